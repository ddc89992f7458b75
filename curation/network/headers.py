"""What is said and understood in the headers of a request and of its answer. Pure.

Only values that can be sent back as they came, in visible ASCII and of a sane length, are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from httpx2 import URL, Headers

from curation.entries import Validators
from curation.network.decompression import ACCEPTED

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
_PLAIN = re.compile(r"[\x20-\x7e]+")
_SECONDS = re.compile(r"[0-9]+")
_MAX_VALIDATOR_CHARS = 256
_MAX_TYPE_CHARS = 128
_MAX_LOCATION_CHARS = 2000


def asked(url: URL, user_agent: str, known: Validators) -> list[tuple[bytes, bytes]]:
    """The headers of a request; conditional when something is known (RFC 9110 § 13.1)."""
    said = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": user_agent,
        "Accept": _ACCEPT,
        "Accept-Encoding": ACCEPTED,
        "If-None-Match": _kept(known.etag, _MAX_VALIDATOR_CHARS),
        "If-Modified-Since": _kept(known.last_modified, _MAX_VALIDATOR_CHARS),
    }
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in said.items() if value]


def sendable(text: str) -> str:
    """What of a text may stand in a header."""
    return "".join(_PLAIN.findall(text)).strip()


def validators(answer: Headers, known: Validators = Validators()) -> Validators:  # noqa: B008 - frozen
    """What makes the next request conditional; what the answer doesn't name stays as `known` (RFC 9110 § 15.4.5)."""
    return Validators(
        _kept(answer.get("etag"), _MAX_VALIDATOR_CHARS) or known.etag,
        _kept(answer.get("last-modified"), _MAX_VALIDATOR_CHARS) or known.last_modified,
    )


def content_type(answer: Headers) -> str:
    """The type with its parameters, as it was said; nothing where it can't be."""
    return _kept(answer.get("content-type"), _MAX_TYPE_CHARS) or ""


def codings(answer: Headers) -> Sequence[str]:
    """How the body was compressed, in the order in which it was done."""
    return [name for item in answer.get("content-encoding", "").split(",") if (name := item.strip().lower())]


def length_bytes(answer: Headers) -> int:
    """What the server announces, 0 where it announces nothing."""
    said = answer.get("content-length", "")
    return int(said[:20]) if _SECONDS.fullmatch(said) else 0


def location(answer: Headers) -> str | None:
    """Where the answer sends, as it was written; None where it says nothing that could be an address."""
    said = answer.get("location", "").strip()
    return said if 0 < len(said) <= _MAX_LOCATION_CHARS else None


def retry_after_s(answer: Headers, now: datetime, longest_s: float) -> float | None:
    """How long the server asks to wait from `now` (aware), in seconds or until a date (RFC 9110 § 10.2.3)."""
    said = answer.get("retry-after", "").strip()
    if _SECONDS.fullmatch(said):
        return min(float(said[:20]), longest_s)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), longest_s)


def _kept(value: str | None, max_chars: int) -> str | None:
    is_sane = value is not None and len(value) <= max_chars and _PLAIN.fullmatch(value)
    return value if is_sane else None
