"""One frozen type a stage of an entry's trip, so that a half-made thing can't pass for a finished one.

Subscription → `Request` → `Retrieved` → `ParsedFeed` → finding. What goes wrong on the way is a value too: `Failed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from portal.problems import Message

Failure = Literal[
    "forbidden", "network", "timeout", "too-large", "redirects", "http", "gone", "empty", "unreadable", "too-costly",
]  # fmt: skip
"""Why nothing came of a source: an address that isn't public, no answer, an answer too slow or too large, too many or
wrong redirects, a status, 410, nothing in the body, a body that is no feed, a body that costs too much to read."""


@dataclass(frozen=True)
class Validators:
    """What makes the next request conditional (RFC 9110 § 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Request:
    """What is about to be asked of a server for one source."""

    source: str
    url: str
    validators: Validators = Validators()


@dataclass(frozen=True)
class Retrieved:
    """What a server answered.

    `body` is decompressed, None where nothing changed (304); `url` is where it came from after redirects; `moved_to`
    is set when every hop said that it was permanent (301, 308), and is the address to subscribe to.
    """

    source: str
    url: str
    status: int
    body: bytes | None
    validators: Validators = Validators()
    content_type: str = ""
    moved_to: str | None = None


@dataclass(frozen=True)
class Failed:
    """Why a source gave nothing this time. `retry_after_s` is what its server asked for (RFC 9110 § 10.2.3)."""

    source: str
    kind: Failure
    reason: Message
    status: int | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True)
class ParsedEntry:
    """One entry as its feed wrote it, made uniform.

    `title` and `author` are plain text with entities decoded; `link` and `enclosures` are absolute; `html` is the
    longest of content and summary, as found: nothing has been sanitised. Moments are in UTC, their raw text kept.
    """

    title: str
    link: str | None = None
    id: str | None = None
    html: str = ""
    published: datetime | None = None
    published_text: str | None = None
    author: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    enclosures: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParsedFeed:
    """A feed as it was read. `format` is feedparser's name of it (`rss20`, `atom10`…) or `json1`; entries in its order.

    `link` is the absolute address of the site that the feed belongs to.
    """

    source: str
    format: str
    title: str = ""
    link: str | None = None
    language: str | None = None
    entries: tuple[ParsedEntry, ...] = ()
