"""Rules about meetings that readers have already noted: what is skipped, what is moved, and saying what changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import takewhile

from pydantic import ValidationError

from portal import frontmatter
from portal.checks.case import Case, Finding, at
from portal.checks.moments import YEARS, wrong_with
from portal.problems import N_, Refused, message
from portal.records import Event, Source
from portal.records.event import recurrences
from portal.yaml12 import Location

TOLD = ("start", "end", "timezone", "rrule", "skipped", "moved", "location", "territory", "status")
"""The keys that decide whether someone stands at the right door, on the right day."""

_MOST = 4000
"""A series is read no further than so many meetings: ten years of days."""


def unknown_occurrence(case: Case) -> Iterator[Finding]:
    """What is skipped or moved is a day of the series, named once."""
    not_held = N_("the meeting isn’t held on {day} by its rule: name a day of the series")
    alone = N_(
        "only a recurring meeting skips or moves days: change “start”, or “status”, or write a “rrule”"
    )
    twice = N_("{day} is named twice: skip it, or move it, once")
    for event in _events(case):
        named: list[tuple[Location, date]] = [
            (("skipped", rank), day) for rank, day in enumerate(event.skipped)
        ]
        named += [(("moved", rank, "day"), item.day) for rank, item in enumerate(event.moved)]
        if named and not event.rrule:
            yield at(event, (named[0][0][0],), message(alone))
            continue
        held = _days(event, max((day for _, day in named), default=date.min))
        seen: set[date] = set()
        for location, day in named:
            if day in seen or (held is not None and day not in held):
                yield at(event, location, message(twice if day in seen else not_held, day=day))
            seen.add(day)


def moved_moment(case: Case) -> Iterator[Finding]:
    """A meeting that is moved keeps to days or to hours as its series does, and ends after it begins."""
    days = N_("the series is given in days: write “{key}” as a day, such as 2026-12-03")
    hours = N_("the series is given in hours: write “{key}” as a time, such as 2026-12-03T10:00")
    order = N_("“end” comes before “to”: put them in order")
    for event in _events(case):
        for rank, item in enumerate(event.moved):
            moments = [("to", item.to), ("end", item.end)]
            wrong = [key for key, value in moments if value and isinstance(value, datetime) == event.all_day]
            for key in wrong:
                yield at(event, ("moved", rank, key), message(days if event.all_day else hours, key=key))
            if not wrong and item.end and event.span_of(item)[1] < event.span_of(item)[0]:
                yield at(event, ("moved", rank, "end"), message(order))


def unsaid_change(case: Case) -> Iterator[Finding]:
    """A meeting whose day, hour, place or status changes says so by one more line of “changes”.

    Agendas that have subscribed learn of the change by the number of these lines, so that none is ever taken away.
    """
    unsaid = N_(
        "“{key}” changed: add a line to “changes”, with the day (“on”) and what people must know (“what”)"
    )
    fewer = N_("lines of “changes” were taken away: agendas would ignore the next change; put them back")
    before = {} if case.change is None else case.change.before
    for event in _events(case):
        was = _read(before.get(event.path), event)
        if was is None:
            continue
        changed = next((key for key in TOLD if getattr(was, key) != getattr(event, key)), None)
        if len(event.changes) < len(was.changes):
            yield at(event, ("changes",), message(fewer))
        elif changed and len(event.changes) == len(was.changes) and was.ends_after(case.now):
            yield at(event, (changed,), message(unsaid, key=changed))


def _events(case: Case) -> Iterator[Event]:
    for event in case.content.of(Event.kind):
        if isinstance(event, Event) and event.start.year in YEARS:
            yield event


def _days(event: Event, last: date) -> frozenset[date] | None:
    """The days of a series up to one; None where the rule can't be read, which another rule says."""
    end = datetime.combine(last, time.max)
    if event.rrule is None or wrong_with(event.rrule, event.start):
        return None
    try:
        found = recurrences(event.rrule, event.begins, event.zone)
        near = takewhile(
            lambda begin: begin <= end, (begin for _, begin in zip(range(_MOST), found, strict=False))
        )
        return frozenset(begin.date() for begin in near)
    except (ValueError, OverflowError):
        return None


def _read(raw: bytes | None, event: Event) -> Event | None:
    """The event as it was; None where there was none, or none that could be read."""
    if raw is None:
        return None
    try:
        return Event.read(frontmatter.read(raw).front.values, Source(event.path, event.slug))
    except (Refused, ValidationError):
        return None
