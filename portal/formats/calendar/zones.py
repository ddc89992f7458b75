"""Time zones as `VTIMEZONE` (RFC 5545 § 3.6.5): what the zone's own data says, as rules where rules tell it all."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

YEARS_AHEAD = 40
"""How long a zone is looked at."""

LEAST_YEARS = 12
"""A rule that holds for so long, up to the last year that is looked at, is written without end."""

_STEP = timedelta(days=7)
# No zone changes its hour twice within a week: Morocco keeps its winter hour for the month of Ramadan.
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class _Change:
    """One change of hour: its moment on the clock that it ends (naive), and the offsets and name around it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


def zone_id(zone: tzinfo) -> str:
    """The name of a zone: the one of the tz database, else its offset (`UTC+05:45`)."""
    if isinstance(zone, ZoneInfo):
        return zone.key
    return str(zone) if zone is not UTC else "UTC"


@lru_cache(maxsize=256)
def timezone_lines(zone: tzinfo, first_year: int) -> tuple[str, ...]:
    """The `VTIMEZONE` of a zone from a year on, as unfolded lines."""
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    changes = tuple(_changes(zone, begin))
    first = begin.astimezone(zone)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone_id(zone)}"]
    # Before the first change, and all there is for zones that keep their hour.
    opening = _Change(
        datetime(first_year, 1, 1) - timedelta(days=366),
        _offset(first),
        _offset(first),
        first.tzname() or zone_id(zone),
        bool(first.dst()),
    )
    lines += _observance(opening, ())
    groups: dict[tuple[timedelta, timedelta, str, bool], list[_Change]] = defaultdict(list)
    for change in changes:
        groups[change.before, change.after, change.name, change.is_daylight].append(change)
    for group in groups.values():
        lines += _observances(group, first_year + YEARS_AHEAD - 2)
    return (*lines, "END:VTIMEZONE")


def _observances(changes: Sequence[_Change], last_year: int) -> Iterator[str]:
    """Changes of one kind: one by one, then by the rule that still holds in `last_year`, if any."""
    starts = range(len(changes)) if changes[-1].at.year >= last_year else ()
    found = ((start, rule) for start in starts if (rule := _rule(changes[start:])))
    start, rule = next(found, (len(changes), None))
    if earlier := changes[:start]:
        # The first is named again: some readers forget the beginning where there are further dates.
        yield from _observance(earlier[0], [f"RDATE:{_stamp(item.at)}" for item in earlier])
    if rule:
        yield from _observance(changes[start], [f"RRULE:{rule}"])


def _observance(change: _Change, more: Iterable[str]) -> Iterator[str]:
    name = "DAYLIGHT" if change.is_daylight else "STANDARD"
    yield f"BEGIN:{name}"
    yield f"DTSTART:{_stamp(change.at)}"
    yield from more
    yield f"TZNAME:{change.name}"
    yield f"TZOFFSETFROM:{_written(change.before)}"
    yield f"TZOFFSETTO:{_written(change.after)}"
    yield f"END:{name}"


def _changes(zone: tzinfo, begin: datetime) -> Iterator[_Change]:
    """Every change of hour within `YEARS_AHEAD`; found by looking at each week, then between two of them."""
    day, end = begin, begin.replace(year=begin.year + YEARS_AHEAD)
    known = day.astimezone(zone)
    while day < end:
        later = day + _STEP
        seen = later.astimezone(zone)
        if _clock(seen) != _clock(known):
            moment = _between(zone, day, later)
            after = moment.astimezone(zone)
            at = moment.replace(tzinfo=None) + _offset(known)
            yield _Change(
                at, _offset(known), _offset(after), after.tzname() or zone_id(zone), bool(after.dst())
            )
        day, known = later, seen


def _between(zone: tzinfo, low: datetime, high: datetime) -> datetime:
    """The first second of another clock, between two moments in UTC."""
    clock = _clock(low.astimezone(zone))
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if _clock(middle.astimezone(zone)) == clock:
            low = middle
        else:
            high = middle
    return high


def _clock(moment: datetime) -> tuple[timedelta, bool]:
    return _offset(moment), bool(moment.dst())


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _rule(changes: Sequence[_Change]) -> str | None:
    """The yearly rule that gives exactly these changes; None when they follow none, or for too short a time."""
    days = [change.at for change in changes]
    same = {(day.month, day.weekday(), day.time()) for day in days}
    is_yearly = all(later.year == earlier.year + 1 for earlier, later in pairwise(days))
    if len(days) < LEAST_YEARS or len(same) > 1 or not is_yearly:
        return None
    day = days[0]
    ranks = {(item.day - 1) // 7 + 1 for item in days}
    is_last = all(item.day + 7 > monthrange(item.year, item.month)[1] for item in days)
    if not is_last and len(ranks) > 1:
        return None
    rank = -1 if is_last else ranks.pop()
    return f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={rank}{_DAYS[day.weekday()]}"


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def _written(offset: timedelta) -> str:
    """An offset as `+0545`; seconds, which some zones had long ago, only where there are some."""
    seconds = round(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds_left = divmod(rest, 60)
    end = f"{seconds_left:02}" if seconds_left else ""
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{end}"
