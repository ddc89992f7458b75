"""Days and hours as people write them: « jeudi 5 novembre 2026 à 10 h », 05/11/2026, 2026-11-05, de 10h à 12h30.

Numbers are read day first: the portal is French first, and a month never comes before its day there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Literal

from babel import Locale

from portal.language import LANGUAGES
from portal.slugs import fold

Toward = Literal["past", "future"]
"""Where a day without its year is sought."""

_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?=\b|t\d)")
_NUMBERS = re.compile(
    r"\b(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>\d{4}|\d{2}))?\b"
)
_DAY_FIRST = re.compile(
    r"\b(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<name>[a-z]{3,})\.?(?:,?\s+(?P<year>\d{4}))?\b"
)
_MONTH_FIRST = re.compile(
    r"\b(?P<name>[a-z]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?\b"
)
_TWO_DAYS = re.compile(
    r"\b(\d{1,2})(?:er)?\s*(?:au|et|to|and|[-–&])\s*(\d{1,2})(?:er)?\s+([a-z]{3,})\b(\.?(?:\s+\d{4})?)"
)
_CLOCK = re.compile(r"(?<![\d-])(?P<hour>\d{1,2})\s?(?:h|:)\s?(?P<minute>\d{2})?(?!\d)")
_NOON = re.compile(r"\bmidi\b|\bnoon\b")
_NEAR: Mapping[str, int] = {
    "aujourd'hui": 0,
    "today": 0,
    "demain": 1,
    "tomorrow": 1,
    "hier": -1,
    "yesterday": -1,
}
_OFFSET = re.compile(r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2})(:\d{2})?(z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True)
class Span:
    """A beginning and maybe an end, as front matter writes them (`2026-11-05`, `2026-11-05T10:00`)."""

    start: str
    end: str | None = None


def read_day(text: str, today: date, toward: Toward = "past") -> str | None:
    """The day that a text gives, as front matter writes it; None where it gives none, or one that doesn't exist."""
    found = next(_days(_plain(text), today, toward), None)
    return found.isoformat() if found else None


def read_span(text: str, today: date) -> Span | None:
    """The day or days of a text with the hours that stand in it; an hour alone is none.

    A moment with an offset from UTC is kept as it is.
    """
    plain = _plain(text)
    if _OFFSET.fullmatch(plain):
        return Span(plain.upper().replace(" ", "T"))
    days = list(_days(_TWO_DAYS.sub(r"\1 \3\4 \2 \3\4", plain), today, "future"))
    if not days:
        return None
    clocks = list(_clocks(plain))
    first, last = days[0], days[-1]
    if not clocks:
        return Span(first.isoformat(), last.isoformat() if last != first else None)
    start = _moment(first, clocks[0])
    return Span(start, _moment(last, clocks[-1]) if len(clocks) > 1 else None)


def read_hour(text: str) -> time | None:
    """The only hour of a text that gives no day."""
    clocks = list(_clocks(_plain(text)))
    return clocks[0] if len(clocks) == 1 else None


def _moment(day: date, clock: time) -> str:
    return f"{day.isoformat()}T{clock.isoformat('minutes')}"


def _plain(text: str) -> str:
    return " ".join(fold(text).replace("’", "'").split())


def _clocks(text: str) -> Iterator[time]:
    for found in _CLOCK.finditer(_NOON.sub("12h00", text)):
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if hour < 24 and minute < 60:
            yield time(hour, minute)


def _days(text: str, today: date, toward: Toward) -> Iterator[date]:
    """Every day of a text in its order, each piece read once."""
    for word, days in _NEAR.items():
        if text == word:
            yield today + timedelta(days=days)
            return
    for pattern in (_ISO, _NUMBERS, _DAY_FIRST, _MONTH_FIRST):
        found = [day for match in pattern.finditer(text) if (day := _day(match, today, toward))]
        if found:
            yield from found
            return


def _day(match: re.Match[str], today: date, toward: Toward) -> date | None:
    groups = match.groupdict()
    month = _months().get(groups["name"]) if groups.get("name") else int(groups["month"])
    if month is None:
        return None
    try:
        if groups["year"]:
            year = int(groups["year"])
            return date(year + 2000 if year < 100 else year, month, int(groups["day"]))
        return _nearest(month, int(groups["day"]), today, toward)
    except ValueError:
        return None


def _nearest(month: int, day: int, today: date, toward: Toward) -> date:
    """The last such day until today, or the next one from today."""
    this_year = date(today.year, month, day)
    if toward == "past":
        return this_year if this_year <= today else date(today.year - 1, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


@cache
def _months() -> Mapping[str, int]:
    """Names and abbreviations of the months in the interface's languages, without accents or a point."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        names = Locale.parse(language).months["format"]
        for width in ("wide", "abbreviated"):
            found |= {fold(name).rstrip("."): number for number, name in names[width].items()}
    return found
