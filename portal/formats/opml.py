"""Lists of feeds in OPML 2.0 (opml.org/spec2.opml), which every reader of feeds takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.formats.xml_text import element
from portal.subscriptions import Subscription


@dataclass(frozen=True)
class Listed:
    """One feed of a list: its name, its address, its page, and what it is filed under."""

    name: str
    url: str
    page: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()


def sources_listed(sources: Iterable[Subscription]) -> Iterable[Listed]:
    """The sources of the watch; a source's communities are its categories."""
    return (
        Listed(source.name, source.url, None, source.language, tuple(map(str, source.communities)))
        for source in sources
    )


def write_opml(feeds: Iterable[Listed], title: str) -> str:
    """The feeds as OPML 2.0."""
    lines = "".join(f"    {_outline(feed)}\n" for feed in feeds)
    head = element("title", title)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head>\n    {head}\n  </head>\n  <body>\n{lines}  </body>\n</opml>\n"
    )


def _outline(feed: Listed) -> str:
    return element(
        "outline",
        type="rss",
        text=feed.name,
        title=feed.name,
        xmlUrl=feed.url,
        htmlUrl=feed.page,
        language=feed.language,
        category=",".join(f"/{category}" for category in feed.categories),
    )
