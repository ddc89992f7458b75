"""An event: a meeting in real life or at a distance, maybe recurring (RFC 5545 `VEVENT`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from heapq import merge
from itertools import islice
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from portal.records.base import Model, Record
from portal.records.fields import (
    CommunityRef,
    Date,
    Line,
    Markdown,
    Moment,
    PersonRef,
    SkillRef,
    TerritoryRef,
    TimeZone,
    Title,
    Url,
)

Status = Literal["confirmed", "tentative", "cancelled"]

Span = tuple[datetime, datetime]
"""A beginning and an end, both aware."""

_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?")
_LAST_SECOND = time(23, 59, 59)
_ALMOST_A_DAY = timedelta(hours=23, minutes=59, seconds=59)
# Without end, or so many that counting them never ends.
_UNBOUNDED = re.compile(
    r"FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BY(?:SECOND|MINUTE|HOUR)=|INTERVAL=0*(?:;|$)", re.IGNORECASE
)


class Moved(Model):
    """One meeting of a recurring event that is held at another moment, or elsewhere."""

    day: Date
    """The day on which it would have been held."""
    to: Moment
    """When it begins instead; a time without an offset is in the event’s zone."""
    end: Moment | None = None
    """When it ends; without it, it lasts as long as usual."""
    location: Line | None = None
    """Where people meet this time, if elsewhere."""


class Changed(Model):
    """What readers who had already noted the meeting must know."""

    on: Date
    """The day on which it was changed."""
    what: Line
    """What changed, in a sentence: the new room, the new day, why it is cancelled."""


class Event(Record):
    """A meeting; `start` and `end` are dates (whole days, the end included) or times with a zone."""

    kind: ClassVar[str] = "event"
    folder: ClassVar[str] = "events"

    title: Title
    """What it is called."""
    start: Moment
    """When it begins (`DTSTART`)."""
    end: Moment | None = None
    """When it ends (`DTEND`); for whole days, the last day."""
    timezone: TimeZone | None = None
    """The zone of times written without an offset."""
    rrule: Line | None = None
    """Recurrence (`RRULE`), such as FREQ=MONTHLY;BYDAY=1TH."""
    skipped: tuple[Date, ...] = ()
    """Days on which a recurring meeting isn’t held (`EXDATE`)."""
    moved: tuple[Moved, ...] = ()
    """Meetings of a recurring event that are held at another moment, or elsewhere (`RECURRENCE-ID`)."""
    location: Line | None = None
    """Where people meet."""
    territory: TerritoryRef | None = None
    """The territory that hosts it."""
    communities: tuple[CommunityRef, ...] = ()
    """The communities that it gathers."""
    organizers: tuple[PersonRef, ...] = ()
    """Who leads it."""
    skills: tuple[SkillRef, ...] = ()
    """What it is about."""
    registration_url: Url | None = None
    """Where to sign up."""
    status: Status = "confirmed"
    """`STATUS` of RFC 5545."""
    changes: tuple[Changed, ...] = ()
    """What changed since it was announced, oldest first: agendas learn of it by the number of lines (`SEQUENCE`)."""
    outcome: Markdown | None = None
    """What came of it, once past."""

    @property
    def all_day(self) -> bool:
        """Whether it is given in days rather than hours."""
        return not isinstance(self.start, datetime)

    @property
    def zone(self) -> tzinfo:
        """Where its clock is: the zone that is named, else the offset of its beginning, else UTC."""
        if self.timezone:
            return ZoneInfo(self.timezone)
        given = self.start.tzinfo if isinstance(self.start, datetime) else None
        return given or UTC

    def _clock(self, moment: date, at: time) -> datetime:
        """A moment as clocks of the place say it, naive; `at` is the time of a day."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, at)
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment.tzinfo else moment

    def _aware(self, moment: date, at: time) -> datetime:
        if isinstance(moment, datetime) and moment.tzinfo:
            return moment.astimezone(self.zone)
        return _on_the_clock(self._clock(moment, at), self.zone)

    @property
    def begins(self) -> datetime:
        """The first beginning as it is written, naive, on the clock of its zone."""
        return self._clock(self.start, time.min)

    @property
    def starts_at(self) -> datetime:
        """The first beginning, in its zone."""
        return self._aware(self.start, time.min)

    @property
    def ends_at(self) -> datetime:
        """The first end, in its zone: the end of the last day, or one hour after a start without an end."""
        if self.end is not None:
            return self._aware(self.end, _LAST_SECOND)
        return self.span_at(self.begins)[1]

    @property
    def length(self) -> timedelta:
        """How long it lasts on the wall clock: 22:00 to 04:30 is six hours and a half, whatever the night."""
        if self.end is None:
            return _ALMOST_A_DAY if self.all_day else timedelta(hours=1)
        return self._clock(self.end, _LAST_SECOND) - self.begins

    def occurrences(self, after: datetime, limit: int = 6) -> tuple[Span, ...]:
        """The next `limit` beginnings and ends that aren't over at `after`, in order.

        Recurrence is counted on the wall clock, so that a meeting at 10:00 stays at 10:00 across a change of hour.
        """
        return tuple(islice((span for span in self.spans() if span[1] >= after), limit))

    def ends_after(self, moment: datetime) -> bool:
        """Whether some meeting of it isn't over at `moment`."""
        return bool(self.occurrences(moment, 1))

    def spans(self) -> Iterator[Span]:
        """Every beginning and end, in order; maybe without end."""
        if not self.rrule:
            return iter(((self.starts_at, self.ends_at),))
        return merge(map(self.span_at, self.beginnings()), sorted(map(self.span_of, self.moved)))

    def beginnings(self) -> Iterator[datetime]:
        """What the rule gives, naive, on the clock of the place, without the meetings that were skipped or moved."""
        away = {*self.skipped, *(item.day for item in self.moved)}
        found = recurrences(self.rrule, self.begins, self.zone) if self.rrule else iter((self.begins,))
        return (begin for begin in found if begin.date() not in away)

    def span_at(self, begin: datetime) -> Span:
        """Beginning and end of the meeting that begins at a naive moment on the clock of the place."""
        start = _on_the_clock(begin, self.zone)
        return start, _on_the_clock(start.replace(tzinfo=None) + self.length, self.zone)

    def span_of(self, moved: Moved) -> Span:
        """When a meeting that was moved is held."""
        start = self._aware(moved.to, time.min)
        if moved.end is not None:
            return start, self._aware(moved.end, _LAST_SECOND)
        return self.span_at(start.replace(tzinfo=None))

    def location_at(self, start: datetime) -> str | None:
        """Where the meeting that begins at `start` is held."""
        places = (item.location for item in self.moved if self.rrule and self.span_of(item)[0] == start)
        return next((place for place in places if place), self.location)


def _on_the_clock(moment: datetime, zone: tzinfo) -> datetime:
    """A naive moment in its zone (RFC 5545 § 3.3.5).

    Of an hour that comes twice, the first; one that is jumped over counts from before, and is said as clocks show it.
    """
    aware = moment.replace(tzinfo=zone)
    shown = aware.astimezone(UTC).astimezone(zone)
    # What begins at a midnight that isn’t there stays on its day, an hour later.
    return shown if shown.replace(tzinfo=None) != moment else aware


def recurrences(rule: str, start: datetime, zone: tzinfo = UTC) -> Iterator[datetime]:
    """The beginnings that an RFC 5545 `RRULE` gives from a naive `start` on the clock of `zone`, in order.

    They may have no end. `UNTIL` in UTC is read on that clock too.

    Raises:
        ValueError: the rule can't be read, never advances, or repeats more often than once a day.
    """
    if _UNBOUNDED.search(rule):
        raise ValueError(rule)
    # dateutil refuses a zone in UNTIL beside a naive start.
    try:
        local = _UNTIL.sub(lambda match: f"UNTIL={_until_of(match, zone):%Y%m%dT%H%M%S}", rule)
        return iter(rrulestr(local, dtstart=start))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(rule) from error


def until(rule: str, zone: tzinfo) -> datetime | None:
    """The last moment of a rule, naive on the clock of `zone`: the end of the day that is named without a time."""
    match = _UNTIL.search(rule)
    return None if match is None else _until_of(match, zone)


def _until_of(match: re.Match[str], zone: tzinfo) -> datetime:
    """The same, of what was found."""
    moment = datetime.strptime(match[1] + (match[2] or "235959"), "%Y%m%d%H%M%S")
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) if match[3] else moment
