"""Rules about time and place: dates that make sense, zones, recurrences, and where people meet."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date, datetime

from portal.checks.case import Case, Finding, at, short
from portal.problems import N_, Message, message
from portal.records import Event, Idea, Model, Person, Question, Record
from portal.records.event import recurrences
from portal.yaml12 import Location

YEARS = range(1900, 2201)
"""Outside, a date is a slip of the keyboard, and sums of dates leave what Python can count."""

# RFC 5545 § 3.3.10, without what repeats within a day.
_PARTS = re.compile(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9]\d{0,3}|COUNT=[1-9]\d{0,4}|UNTIL=\d{8}(?:T\d{6}Z?)?"
    r"|BYDAY=[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)(?:,[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)){0,20}"
    r"|BYMONTH=(?:0?[1-9]|1[0-2])(?:,(?:0?[1-9]|1[0-2])){0,11}"
    r"|BYMONTHDAY=-?(?:0?[1-9]|[12]\d|3[01])(?:,-?(?:0?[1-9]|[12]\d|3[01])){0,30}"
    r"|BYYEARDAY=-?[1-9]\d{0,2}|BYWEEKNO=-?[1-9]\d?|BYSETPOS=-?[1-9]\d{0,2}|WKST=(?:MO|TU|WE|TH|FR|SA|SU)"
)
_TOO_OFTEN = re.compile(r"FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BY(?:SECOND|MINUTE|HOUR)=", re.IGNORECASE)

_NEVER = N_("“{rule}” never happens: correct its days, its months or its end")

# The last years without an exception to the rule of four: every kind of year is among them (28 = 4 × 7).
_LAST_CYCLE = {(isleap(year), date(year, 1, 1).weekday()): year for year in range(9944, 9972)}


def unlikely_year(case: Case) -> Iterator[Finding]:
    """Dates lie between the years 1900 and 2200."""
    what = N_("the year {year} isn’t likely: write the date as 2026-11-05")
    for record in case.content.records:
        for location, moment in _dates(record, ()):
            if moment.year not in YEARS:
                yield at(record, location, message(what, year=moment.year))


def _dates(value: object, location: Location) -> Iterator[tuple[Location, date]]:
    if isinstance(value, date):
        yield location, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _dates(item, (*location, index))
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _dates(getattr(value, name), (*location, name))


def end_before_start(case: Case) -> Iterator[Finding]:
    """What ends, ends after it began."""
    what = N_("“{last}” ({end}) comes before “{first}” ({start}): put them in order")
    for record in case.content.records:
        for location, end, first, start in _spans(record):
            if end is not None and start is not None and _is_before(end, start, record):
                said = message(what, last=str(location[-1]), end=end, first=first, start=start)
                yield at(record, location, said)


def _spans(record: Record) -> Iterator[tuple[Location, date | None, str, date | None]]:
    match record:
        case Event():
            yield ("end",), record.end, "start", record.start
        case Person():
            yield ("left",), record.left, "joined", record.joined
        case Idea():
            yield ("decided_on",), record.decided_on, "proposed_on", record.proposed_on
        case Question():
            for index, answer in enumerate(record.answers):
                yield ("answers", index, "on"), answer.on, "asked_on", record.asked_on


def _is_before(end: date, start: date, record: Record) -> bool:
    if isinstance(record, Event) and end.year in YEARS and start.year in YEARS:
        return record.ends_at < record.starts_at
    return (end.year, end.month, end.day) < (start.year, start.month, start.day)


def missing_timezone(case: Case) -> Iterator[Finding]:
    """A time says its zone: with an offset, or by the key “timezone”."""
    what = N_("“{key}” is a time without a zone: add “timezone: {zone}”")
    for event in case.content.of(Event.kind):
        if not isinstance(event, Event) or event.timezone:
            continue
        for key in ("start", "end"):
            moment = getattr(event, key)
            if isinstance(moment, datetime) and moment.tzinfo is None:
                zone = case.content.settings.site.timezone
                yield at(event, (key,), message(what, key=key, zone=zone))
                break


def recurrence(case: Case) -> Iterator[Finding]:
    """A recurrence follows RFC 5545, in capitals, and repeats at most once a day."""
    for event in case.content.of(Event.kind):
        if not isinstance(event, Event) or not event.rrule or event.start.year not in YEARS:
            continue
        if what := wrong_with(event.rrule, event.start):
            yield at(event, ("rrule",), what)


def wrong_with(rule: str, start: date) -> Message | None:
    """What is wrong with a recurrence from a day on; None for one that can be read and happens."""
    if _TOO_OFTEN.search(rule):
        return message(
            N_("“{rule}” repeats within a day: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY"), rule=short(rule)
        )
    parts = rule.removeprefix("RRULE:").split(";")
    names = [part.partition("=")[0] for part in parts]
    unreadable = N_("“{rule}” can’t be read: write a recurrence such as FREQ=MONTHLY;BYDAY=1TH, in capitals")
    if "FREQ" not in names or len(set(names)) < len(names) or not all(map(_PARTS.fullmatch, parts)):
        return message(unreadable, rule=short(rule))
    try:
        recurrences(rule, datetime(start.year, start.month, start.day))
        return None if _happens(parts, start) else message(_NEVER, rule=short(rule))
    except (ValueError, OverflowError):
        return message(unreadable, rule=short(rule))


def _happens(parts: list[str], start: date) -> bool:
    """Whether it happens at all, within about thirty years.

    dateutil tries an impossible rule until the year 9999: it is asked from a year like the event's, but near that end.
    """
    like = _LAST_CYCLE[isleap(start.year), date(start.year, 1, 1).weekday()]
    kept = ";".join(part for part in parts if not part.startswith(("UNTIL=", "COUNT=")))
    first = next(recurrences(kept, datetime(like, start.month, start.day)), None)
    until = next((part.removeprefix("UNTIL=") for part in parts if part.startswith("UNTIL=")), "99991231")
    return first is not None and f"{first.year - like + start.year}{first:%m%d}" <= until[:8]


def event_place(case: Case) -> Iterator[Finding]:
    """An event says where people meet."""
    what = N_("nobody knows where to go: add “location” (a room, an address, a link) or “territory”")
    for event in case.content.of(Event.kind):
        if isinstance(event, Event) and not event.location and not event.territory:
            yield at(event, (), message(what))
