"""An event: a meeting in real life or at a distance, maybe recurring (RFC 5545 `VEVENT`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from portal.records.base import Record
from portal.records.fields import (
    CommunityRef,
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

_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6})?Z?")
# Without end, or so many that counting them never ends.
_UNBOUNDED = re.compile(
    r"FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BY(?:SECOND|MINUTE|HOUR)=|INTERVAL=0*(?:;|$)", re.IGNORECASE
)


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
    outcome: Markdown | None = None
    """What came of it, once past."""

    @property
    def all_day(self) -> bool:
        """Whether it is given in days rather than hours."""
        return not isinstance(self.start, datetime)

    def _aware(self, moment: date, at: time) -> datetime:
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, at)
        zone = ZoneInfo(self.timezone) if self.timezone else UTC
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    @property
    def starts_at(self) -> datetime:
        """The first beginning, with its zone."""
        return self._aware(self.start, time.min)

    @property
    def ends_at(self) -> datetime:
        """The first end, with its zone: the end of the last day, or one hour after a start without an end."""
        if self.end is not None:
            return self._aware(self.end, time(23, 59, 59))
        return (
            self._aware(self.start, time(23, 59, 59)) if self.all_day else self.starts_at + timedelta(hours=1)
        )

    def occurrences(self, after: datetime, limit: int = 6) -> tuple[tuple[datetime, datetime], ...]:
        """The next `limit` beginnings and ends that aren't over at `after`, in order.

        Recurrence is counted on the wall clock, so that a meeting at 10:00 stays at 10:00 across a change of hour.
        """
        start, end = self.starts_at, self.ends_at
        length = end - start
        if not self.rrule:
            return ((start, end),) if end >= after else ()
        begins = (
            begin.replace(tzinfo=start.tzinfo)
            for begin in recurrences(self.rrule, start.replace(tzinfo=None))
        )
        coming = ((begin, begin + length) for begin in begins if begin + length >= after)
        return tuple(islice(coming, limit))


def recurrences(rule: str, start: datetime) -> Iterator[datetime]:
    """The beginnings that an RFC 5545 `RRULE` gives from a naive local `start`, in order; maybe without end.

    Raises:
        ValueError: the rule can't be read, never advances, or repeats more often than once a day.
    """
    if _UNBOUNDED.search(rule):
        raise ValueError(rule)
    # dateutil refuses a zone in UNTIL beside a naive start; wall-clock counting makes the day what matters.
    local = _UNTIL.sub(lambda match: f"UNTIL={match[1]}{match[2] or 'T235959'}", rule)
    try:
        return iter(rrulestr(local, dtstart=start))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(rule) from error
