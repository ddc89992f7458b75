"""One thing that is new, and one feed, before any format: whole addresses, moments with their zone, safe HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Author:
    """Who wrote or chose something, and the address of their page."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Category:
    """What something is about: `scheme` is the address of the listing that `term`, a slug, belongs to."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True)
class Enclosure:
    """A picture that comes with an entry; `size` is in bytes."""

    url: str
    media_type: str
    size: int


@dataclass(frozen=True)
class Entry:
    """One record as a reader of news shows it.

    `id` never changes; `url` is its page here, `outside` the page that it speaks of elsewhere; `html` is safe and
    whole, `summary` one or two sentences of plain text.
    """

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str
    html: str = ""
    authors: tuple[Author, ...] = ()
    categories: tuple[Category, ...] = ()
    outside: str = ""
    enclosure: Enclosure | None = None


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself; `page` is the address of what it follows, `atom` and `json` are its own."""

    id: str
    title: str
    summary: str
    page: str
    atom: str
    json: str
    language: str
    author: Author
    icon: str
    logo: str
    updated: datetime
