"""Atom (RFC 4287). An entry is written once, and put as it is in every feed that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from portal.formats.syndication.entry import Author, Category, Entry, Feed
from portal.formats.xml_text import element

MEDIA_TYPE = "application/atom+xml"


def atom_feed(feed: Feed, entries: Iterable[str]) -> str:
    """A feed around entries that are written already."""
    lines = (
        element("id", feed.id),
        element("title", feed.title),
        element("subtitle", feed.summary) if feed.summary else "",
        element("updated", feed.updated.isoformat()),
        element("link", rel="self", type=MEDIA_TYPE, href=feed.atom),
        element("link", rel="alternate", type="text/html", href=feed.page),
        element("link", rel="alternate", type="application/feed+json", href=feed.json),
        element("icon", feed.icon),
        element("logo", feed.logo),
        element("generator", "Veillée"),
        _author(feed.author),
    )
    head = "\n".join(line for line in lines if line)
    language = quoteattr(feed.language)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={language}>\n{head}\n{"".join(entries)}</feed>\n'
    )


def atom_entry(entry: Entry) -> str:
    """One entry; without HTML it has its summary alone."""
    body = "\n".join(_lines(entry))
    return f"<entry>\n{body}\n</entry>\n"


def _lines(entry: Entry) -> Iterator[str]:
    yield element("id", entry.id)
    yield element("title", entry.title)
    yield element("published", entry.published.isoformat())
    yield element("updated", entry.updated.isoformat())
    yield element("link", rel="alternate", type="text/html", href=entry.url)
    if entry.outside:
        yield element("link", rel="related", href=entry.outside)
    if picture := entry.enclosure:
        yield element(
            "link", rel="enclosure", type=picture.media_type, length=str(picture.size), href=picture.url
        )
    yield from map(_author, entry.authors)
    yield from map(_category, entry.categories)
    if entry.summary:
        yield element("summary", entry.summary)
    if entry.html:
        yield element("content", entry.html, type="html")


def _author(author: Author) -> str:
    where = element("uri", author.url) if author.url else ""
    return f"<author>{element('name', author.name)}{where}</author>"


def _category(category: Category) -> str:
    return element("category", term=category.term, scheme=category.scheme, label=category.label)
