"""JSON Feed 1.1 (jsonfeed.org/version/1.1). An item is written once, and put as it is in every feed that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from portal.formats.syndication.entry import Author, Entry, Feed

MEDIA_TYPE = "application/feed+json"


def json_feed(feed: Feed, items: Iterable[str]) -> str:
    """A feed around items that are written already."""
    head = _kept(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "description": feed.summary,
            "home_page_url": feed.page,
            "feed_url": feed.json,
            "icon": feed.logo,
            "favicon": feed.icon,
            "language": feed.language,
            "authors": [_author(feed.author)],
        }
    )
    return f'{_text(head)[:-1]},"items":[{",".join(items)}]}}\n'


def json_item(entry: Entry) -> str:
    """One item; without HTML its summary is its text."""
    picture = entry.enclosure
    text = {"content_html": entry.html} if entry.html else {"content_text": entry.summary or entry.title}
    item = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.outside,
        "title": entry.title,
        **text,
        "summary": entry.summary,
        "image": picture.url if picture else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [_author(author) for author in entry.authors],
        "tags": [category.label for category in entry.categories],
        "attachments": [
            {"url": picture.url, "mime_type": picture.media_type, "size_in_bytes": picture.size}
        ] if picture else [],
    }  # fmt: skip
    return _text(_kept(item))


def _author(author: Author) -> dict[str, str]:
    return {"name": author.name, "url": author.url} if author.url else {"name": author.name}


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", [])}


def _text(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
