"""RSS, RDF and Atom → `ParsedFeed`, by feedparser. Knows what feedparser makes of each dialect, and nothing of processes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import feedparser  # type: ignore[import-untyped]

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
from curation.reading.xml_text import is_cut_short, readable_xml
from portal.problems import N_, message

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_NAMED = re.compile(r"[^\s()<>]{1,200}@[^\s()<>]{1,200}\s*\(([^()]+)\)|([^<>]+?)\s*<[^<>]{1,400}>")
_MAX_ENCLOSURES = 20
_MAX_AUTHORS = 50

Element = dict[str, Any]
"""feedparser's dictionary. Read with `_text` and `_groups`: its own `get` answers for other keys too, and an element that
is called like one of feedparser's keys puts a dictionary where text or a list is expected."""


@dataclass(frozen=True)
class _Dialect:
    """How the values are to be understood: Atom's rules or RSS's, read by feedparser's strict parser or its loose one."""

    is_atom: bool
    is_loose: bool

    def plain(self, text: str) -> str:
        """A value that is no markup: the loose parser leaves its references as they are."""
        return without_references(text) if self.is_loose else text


def read_xml(text: str, url: str, source: str) -> ParsedFeed:
    """The feed that `text` is; `url` is where it came from.

    Raises:
        Unreadable: it is none.
    """
    xml = readable_xml(text)
    read = _parsed(xml)
    entries = read.entries[: -1 if read.bozo and is_cut_short(xml) else None]
    if not (read.version or entries):
        raise Unreadable(message(N_("there is no RSS, Atom or JSON Feed in it")))
    dialect = _Dialect(is_atom=read.version.startswith("atom"), is_loose=bool(read.bozo))
    link = _link(read.feed, url, dialect)
    # A relative link of RSS is one of the site (its specification knows none); Atom's are the document's (RFC 3986).
    base = url if dialect.is_atom or not link else link
    author = _author(read.feed, dialect) if dialect.is_atom else None
    return ParsedFeed(
        source=source,
        format=read.version or "rss",
        title=_title(read.feed),
        link=link,
        language=language_code(_text(read.feed, "language")),
        entries=tuple(_entry(entry, base, author, dialect) for entry in entries[:MAX_ENTRIES]),
    )


def _parsed(xml: bytes) -> Any:
    """What feedparser makes of it.

    It is given a stream, because it opens the file or asks for the address that a string or even bytes would name. And
    no address: it would make absolute ones of identifiers, which must not change when a feed moves.
    """
    try:
        return feedparser.parse(
            BytesIO(xml),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:
        raise
    except Exception:  # markup that is broken in the right way makes it raise whatever comes
        raise Unreadable(message(N_("its markup is too broken to be read"))) from None


def _entry(entry: Element, base: str, feed_author: str | None, dialect: _Dialect) -> ParsedEntry:
    published, published_text = _published(entry)
    return ParsedEntry(
        title=_title(entry),
        link=web_address(_text(entry, "feedburner_origlink"), base) or _link(entry, base, dialect),
        id=identifier(dialect.plain(_text(entry, "id"))),
        html=bounded_html(max(_bodies(entry), key=len, default="")),
        published=published,
        published_text=published_text,
        # An author of an Atom feed is that of its entries without any (RFC 4287 § 4.2.1); in RSS it is an editor.
        author=_author(entry, dialect) or feed_author,
        tags=_tags(entry, dialect),
        language=_language(entry),
        enclosures=_enclosures(entry, base),
    )


def _text(element: Element, key: str) -> str:
    value = dict.get(element, key)
    return value if isinstance(value, str) else ""


def _group(element: Element, key: str) -> Element:
    value = dict.get(element, key)
    return value if isinstance(value, dict) else {}


def _groups(element: Element, key: str) -> list[Element]:
    values = dict.get(element, key)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _title(element: Element) -> str:
    """The title as plain text; feedparser tells whether it is HTML, and guesses for RSS, which doesn't say."""
    title = _text(element, "title")
    if _text(_group(element, "title_detail"), "type") in _HTML:
        return text_of_html(title, MAX_TITLE_CHARS)
    return one_line(title, MAX_TITLE_CHARS)


def _link(element: Element, base: str, dialect: _Dialect) -> str | None:
    """The page: the first alternate link (RFC 4287 § 4.2.7.2), HTML before others, or a guid that is an address."""
    links = [link for link in _groups(element, "links") if _text(link, "rel") == "alternate"]
    for link in sorted(links, key=lambda link: _text(link, "type") not in _HTML):
        if address := web_address(_text(link, "href"), base):
            return address
    # A guid without `isPermaLink="false"` is an address by RSS 2.0; often it isn't, which only its scheme can tell.
    return web_address(dialect.plain(_text(element, "id")), "") if element.get("guidislink") is True else None


def _bodies(entry: Element) -> Iterable[str]:
    """Content and summary as HTML."""
    summary = _group(entry, "summary_detail") or {"type": "text/html", "value": _text(entry, "summary")}
    for body in (*_groups(entry, "content"), summary):
        if _text(body, "type") in _HTML:
            yield _text(body, "value")
        elif _text(body, "type") == "text/plain":
            yield html_of_text(_text(body, "value"))


def _published(entry: Element) -> tuple[datetime | None, str | None]:
    """The moment and the text of the first date that can be read: of publication, else of update, else of creation."""
    names = ("published", "updated", "created")
    written = [text for name in names if (text := one_line(_text(entry, name), MAX_DATE_CHARS))]
    for text in written:
        if read := moment(text):
            return read, text
    return None, written[0] if written else None


def _author(element: Element, dialect: _Dialect) -> str | None:
    """The names, or the addresses of who gives none.

    RSS asks for `address (name)`, which feedparser cuts in the wrong place where a domain ends in more than four
    letters; the last author is there as it was written too.
    """
    people = [_text(person, "name") or _text(person, "email") for person in _groups(element, "authors")]
    people = [dialect.plain(name) for name in people]
    if not dialect.is_atom:
        last = dialect.plain(_text(element, "author"))
        named = _NAMED.fullmatch(last.strip())
        people = [
            without_references(name) for name in (*people[:-1], (named and (named[1] or named[2])) or last)
        ]
    return (
        one_line(", ".join(distinct_lines(people, MAX_AUTHOR_CHARS, _MAX_AUTHORS)), MAX_AUTHOR_CHARS) or None
    )


def _tags(entry: Element, dialect: _Dialect) -> tuple[str, ...]:
    """Labels or terms; not the addresses by which Blogger says what kind of entry it is.

    WordPress escapes the names of its categories twice.
    """
    names = [dialect.plain(_text(tag, "label") or _text(tag, "term")) for tag in _groups(entry, "tags")]
    names = [name for name in names if not name.startswith(("http://", "https://"))]
    return distinct_lines(names if dialect.is_atom else [without_references(name) for name in names])


def _language(entry: Element) -> str | None:
    """That of the entry, or of its content or title (xml:lang)."""
    said = [
        _text(part, "language") for part in (entry, *_groups(entry, "content"), _group(entry, "title_detail"))
    ]
    return next(filter(None, map(language_code, said)), None)


def _enclosures(entry: Element, base: str) -> tuple[str, ...]:
    links = [_text(link, "href") for link in _groups(entry, "links") if _text(link, "rel") == "enclosure"]
    addresses = (web_address(link, base) for link in links[:_MAX_ENCLOSURES])
    return tuple(dict.fromkeys(address for address in addresses if address))
