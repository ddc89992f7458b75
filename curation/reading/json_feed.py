"""JSON Feed 1.0 and 1.1 (jsonfeed.org), and RSS written in JSON, → `ParsedFeed`. Only text is taken for text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from curation.entries import ParsedEntry, ParsedFeed
from curation.reading.dates import moment
from curation.reading.decoding import Unreadable
from curation.reading.raw_text import (
    MAX_AUTHOR_CHARS,
    MAX_DATE_CHARS,
    MAX_ENTRIES,
    MAX_TITLE_CHARS,
    bounded_html,
    distinct_lines,
    html_of_text,
    identifier,
    language_code,
    one_line,
    text_of_html,
    web_address,
    without_references,
)
from portal.problems import N_, message

_MAX_ENCLOSURES = 20


def read_json(text: str, url: str, source: str) -> ParsedFeed:
    """The feed that `text` is; `url` is where it came from.

    Raises:
        Unreadable: it isn't JSON, or JSON of another kind.
    """
    try:
        # Numbers stay as they are written: some feeds use them as ids, and a long one would take long to compute.
        read = json.loads(text, strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise Unreadable(
            message(
                N_("it isn’t sound JSON: reading stops at line {line}, column {column}"),
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except RecursionError:
        raise Unreadable(message(N_("it is JSON nested too deep to be a feed"))) from None
    feed = _group(read)
    if "jsonfeed.org/version/" in _text(feed, "version"):
        return _feed(feed, url, source)
    if channel := _group(_group(feed.get("rss")).get("channel")):
        return _rss(channel, url, source)
    raise Unreadable(message(N_("it is JSON, but not a JSON Feed")))


def _feed(feed: dict[str, Any], url: str, source: str) -> ParsedFeed:
    link = web_address(_text(feed, "home_page_url"), url)
    return ParsedFeed(
        source=source,
        format="json1",
        title=_title(feed),
        link=link,
        language=language_code(feed.get("language")),
        entries=tuple(
            _entry(item, link or url, _authors(feed)) for item in _groups(feed, "items", MAX_ENTRIES)
        ),
    )


def _entry(item: dict[str, Any], base: str, feed_authors: str | None) -> ParsedEntry:
    published = one_line(_text(item, "date_published") or _text(item, "date_modified"), MAX_DATE_CHARS)
    plain = _text(item, "content_text") or _text(item, "summary")
    attached = (
        web_address(_text(part, "url"), base) for part in _groups(item, "attachments", _MAX_ENCLOSURES)
    )
    tags = item.get("tags")
    return ParsedEntry(
        title=_title(item),
        link=web_address(_text(item, "url"), base) or web_address(_text(item, "external_url"), base),
        id=identifier(_text(item, "id")),
        html=bounded_html(max(_text(item, "content_html"), html_of_text(plain), key=len)),
        published=moment(published),
        published_text=published or None,
        author=_authors(item) or feed_authors,
        tags=distinct_lines([tag for tag in tags if isinstance(tag, str)]) if isinstance(tags, list) else (),
        language=language_code(item.get("language")),
        enclosures=tuple(dict.fromkeys(filter(None, attached))),
    )


def _rss(channel: dict[str, Any], url: str, source: str) -> ParsedFeed:
    """RSS 2.0 written in JSON (github.com/scripting/Scripting-News, “rss-in-json”)."""
    link = web_address(_text(channel, "link"), url)
    items = channel.get("item")
    return ParsedFeed(
        source=source,
        format="rss20",
        title=text_of_html(_text(channel, "title"), MAX_TITLE_CHARS),
        link=link,
        language=language_code(channel.get("language")),
        entries=tuple(
            _rss_entry(item, link or url)
            for item in _groups({"item": items if isinstance(items, list) else [items]}, "item", MAX_ENTRIES)
        ),
    )


def _rss_entry(item: dict[str, Any], base: str) -> ParsedEntry:
    guid = _group(item.get("guid"))
    name = _text(item, "guid") or _text(guid, "#value")
    written = one_line(_text(item, "pubDate"), MAX_DATE_CHARS)
    enclosure = web_address(_text(_group(item.get("enclosure")), "url"), base)
    is_address = _text(guid, "isPermaLink") != "false" and guid.get("isPermaLink") is not False
    return ParsedEntry(
        title=text_of_html(_text(item, "title"), MAX_TITLE_CHARS),
        link=web_address(_text(item, "link"), base) or (web_address(name, "") if is_address else None),
        id=identifier(name),
        html=bounded_html(_text(item, "description")),
        published=moment(written),
        published_text=written or None,
        author=one_line(_text(item, "author"), MAX_AUTHOR_CHARS) or None,
        enclosures=(enclosure,) if enclosure else (),
    )


def _title(element: dict[str, Any]) -> str:
    """Plain text by the specification; what generators that were made for RSS have escaped is unescaped."""
    return one_line(without_references(_text(element, "title")), MAX_TITLE_CHARS)


def _authors(element: dict[str, Any]) -> str | None:
    """The names of `authors` (1.1), or of `author` (1.0)."""
    people: Iterable[dict[str, Any]] = _groups(element, "authors", 50) or [_group(element.get("author"))]
    names = [_text(person, "name") for person in people]
    return one_line(", ".join(distinct_lines(names, MAX_AUTHOR_CHARS)), MAX_AUTHOR_CHARS) or None


def _text(element: dict[str, Any], key: str) -> str:
    value = element.get(key)
    return value if isinstance(value, str) else ""


def _group(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _groups(element: dict[str, Any], key: str, most: int) -> list[dict[str, Any]]:
    values = element.get(key)
    return [value for value in values[:most] if isinstance(value, dict)] if isinstance(values, list) else []
