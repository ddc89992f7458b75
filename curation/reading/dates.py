"""The dates that feeds write → moments in UTC. Nothing is guessed: a date that could mean two days means none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from portal.slugs import fold

_MONTHS = (
    ("jan", 1), ("feb", 2), ("fev", 2), ("mar", 3), ("apr", 4), ("avr", 4), ("may", 5), ("mai", 5),
    ("juin", 6), ("jun", 6), ("juil", 7), ("jul", 7), ("aug", 8), ("aou", 8), ("sep", 9), ("oct", 10), ("nov", 11),
    ("dec", 12),
)  # fmt: skip
_TIME = r"(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d{2})(?:[:m](?P<second>\d{2})(?:[.,]\d{1,9})?)?\s?(?P<half>[ap]m\b)?"
_OFFSET = r"(?:gmt|utc?)?\s*(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?(?:\s*\([^()]*\))?"
_ZONE = rf"\s*(?P<zone>[a-z/]*|{_OFFSET})"
_DAY_NAME = r"(?:[a-z]+\.?,?\s+)?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # ISO 8601 and RFC 3339, with a space or slashes too: 2026-11-05T10:00:00.5+01:00, 2026/11/5 10:00
        rf"(?P<year>\d{{4}})(?P<cut>[-/]?)(?P<month>\d{{1,2}})(?P=cut)(?P<day>\d{{1,2}})(?:(?:t|\s+){_TIME})?{_ZONE}",
        # RFC 822 and French: Thu, 05 Nov 2026 10:00:00 GMT, jeudi 5 novembre 2026 à 10h30
        rf"{_DAY_NAME}(?P<day>\d{{1,2}})(?:er)?[\s-]+(?P<month>[a-z]+)\.?[\s-]+(?P<year>\d{{4}}|\d\d)"
        rf"(?:,?\s+(?:(?:a|-)\s+)?{_TIME})?{_ZONE}",
        # Nov 5, 2026 10:00 AM
        rf"{_DAY_NAME}(?P<month>[a-z]+)\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?:,?\s+(?:at\s+)?{_TIME})?{_ZONE}",
        # asctime: Thu Nov  5 10:00:00 2026
        rf"{_DAY_NAME}(?P<month>[a-z]+)\.?\s+(?P<day>\d{{1,2}})\s+{_TIME}{_ZONE}\s+(?P<year>\d{{4}})",
    )
)
# RFC 822 § 5.1, then the names used in Europe. “BST” and “IST” mean several zones, and so none.
_ZONES = {
    "": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "etc/gmt": 0, "etc/utc": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
    "wet": 0, "west": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3,
}  # fmt: skip
_EARLIEST = 1900
"""Years before this are what programs write for “unknown” (year 1 is .NET's)."""


def moment(written: str) -> datetime | None:
    """The moment, in UTC; None where there is no such date, or where it could mean several.

    RFC 822 with its two-digit years, RFC 3339 and ISO 8601 calendar dates, C's asctime, and French or English months
    in words are read; a basic time (`T100000`), a week or a month alone are not. A date without a time is its midnight;
    one without a time zone, or with an unknown one, is taken as UTC.
    """
    folded = fold(written[:200]).strip()
    for shape in _SHAPES:
        if found := shape.fullmatch(folded):
            return _moment(found.groupdict())
    return None


def _moment(parts: dict[str, str | None]) -> datetime | None:
    month = _month(parts["month"] or "")
    try:
        local = datetime(_year(parts["year"] or ""), month, int(parts["day"] or ""), *_time(parts))
        read = local.replace(tzinfo=_zone(parts)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return read if read.year >= _EARLIEST else None


def _month(written: str) -> int:
    """1 to 12; 0, which no date has, where it isn't one."""
    if written.isdigit():
        return int(written)
    return next((number for name, number in _MONTHS if written.startswith(name)), 0)


def _year(written: str) -> int:
    """Two digits are in the century around 2000 (RFC 2822 § 4.3)."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 50 else 1900)


def _time(parts: dict[str, str | None]) -> tuple[int, int, int]:
    """Hour, minute and second; a leap second counts as the one before."""
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if half := parts["half"]:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour, minute, min(second, 59)


def _zone(parts: dict[str, str | None]) -> timezone:
    if not parts["sign"]:
        return timezone(timedelta(hours=_ZONES.get(parts["zone"] or "", 0)))
    offset = timedelta(hours=int(parts["hours"] or 0), minutes=int(parts["minutes"] or 0))
    return timezone(-offset if parts["sign"] == "-" else offset)
