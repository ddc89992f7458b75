"""The hardest meetings that we could think of: our pages and an independent reader of our file agree on each of them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from portal.content import Content
from portal.formats.calendar.agenda import Agenda, Calendar
from portal.formats.lasting import name_of
from portal.records import Event, Source
from portal.settings import Settings

Spans = list[list[Any]]
MOST = 30
"""How many meetings of a series are compared; in 2036, ical.js no longer knows of summer time."""
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)

HARD: Mapping[str, dict[str, Any]] = {
    "last-friday": {
        "start": "2026-01-30T17:00", "end": "2026-01-30T18:00",
        "timezone": "Europe/Paris", "rrule": "FREQ=MONTHLY;BYDAY=-1FR"
    },
    "last-working-day": {
        "start": "2026-01-30T09:00", "timezone": "Europe/Paris",
        "rrule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    },
    "the-31st": {"start": "2026-01-31T12:00", "timezone": "Europe/Paris", "rrule": "FREQ=MONTHLY"},
    "29-february": {"start": "2024-02-29T12:00", "timezone": "Europe/Paris", "rrule": "FREQ=YEARLY"},
    "29-february-in-days": {"start": "2024-02-29", "rrule": "FREQ=YEARLY"},
    "across-both-changes": {
        "start": "2026-03-22T10:00", "end": "2026-03-22T11:30", "timezone": "Europe/Paris", "rrule": "FREQ=WEEKLY"
    },
    "a-night-across-both-changes": {
        "start": "2026-03-07T22:00", "end": "2026-03-08T04:30", "timezone": "Europe/Paris", "rrule": "FREQ=WEEKLY;COUNT=40"
    },
    "a-series-that-begins-on-the-long-night": {
        "start": "2026-10-24T22:00", "end": "2026-10-25T04:30", "timezone": "Europe/Paris", "rrule": "FREQ=WEEKLY;COUNT=8"
    },
    "an-hour-that-comes-twice": {
        "start": "2026-10-23T02:30", "end": "2026-10-23T02:45", "timezone": "Europe/Paris", "rrule": "FREQ=DAILY;COUNT=5"
    },
    "an-hour-that-is-jumped-over": {
        "start": "2026-03-27T02:30", "end": "2026-03-27T03:30", "timezone": "Europe/Paris", "rrule": "FREQ=DAILY;COUNT=4"
    },
    "a-night-that-ends-in-the-doubtful-hour": {
        "start": "2026-10-23T23:00", "end": "2026-10-24T02:30", "timezone": "Europe/Paris", "rrule": "FREQ=DAILY;COUNT=4"
    },
    "midnights-that-are-jumped-over": {
        "start": "2026-09-05T00:30", "end": "2026-09-05T01:30", "timezone": "America/Santiago", "rrule": "FREQ=DAILY;COUNT=4"
    },
    "until-in-utc-includes": {
        "start": "2026-06-04T08:30", "end": "2026-06-04T09:00", "timezone": "Europe/Paris",
        "rrule": "FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270701T063000Z",
    },
    "until-in-utc-excludes": {
        "start": "2026-06-04T08:30", "end": "2026-06-04T09:00", "timezone": "Europe/Paris",
        "rrule": "FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270701T062959Z",
    },
    "until-a-day": {
        "start": "2026-06-04T23:30", "end": "2026-06-05T00:30", "timezone": "America/New_York",
        "rrule": "FREQ=WEEKLY;UNTIL=20260702",
    },
    "until-on-the-local-clock": {
        "start": "2026-06-04T08:30", "timezone": "Asia/Tokyo", "rrule": "FREQ=DAILY;UNTIL=20260610T083000"
    },
    "count-with-a-position": {
        "start": "2026-01-13T09:00", "timezone": "Europe/Paris",
        "rrule": "FREQ=MONTHLY;COUNT=7;BYDAY=TU,WE,TH;BYSETPOS=2",
    },
    "weeks-that-begin-on-monday": {
        "start": "1997-08-05T09:00", "timezone": "America/New_York",
        "rrule": "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
    },
    "weeks-that-begin-on-sunday": {
        "start": "1997-08-05T09:00", "timezone": "America/New_York",
        "rrule": "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
    },
    "another-zone-and-its-own-change": {
        "start": "2026-03-02T16:00", "end": "2026-03-02T17:00",
        "timezone": "America/New_York", "rrule": "FREQ=WEEKLY;BYDAY=MO"
    },
    "several-whole-days": {"start": "2026-10-22", "end": "2026-10-26", "rrule": "FREQ=MONTHLY;COUNT=9"},
    "an-odd-offset": {
        "start": "2026-01-05T18:15", "end": "2026-01-05T19:00", "timezone": "Asia/Kathmandu", "rrule": "FREQ=WEEKLY;COUNT=9"
    },
    "half-an-hour-of-summer": {
        "start": "2026-03-29T10:00", "end": "2026-03-29T11:00", "timezone": "Australia/Lord_Howe", "rrule": "FREQ=WEEKLY"
    },
    "the-southern-hemisphere": {
        "start": "2026-02-01T09:00", "end": "2026-02-01T10:00", "timezone": "America/Santiago", "rrule": "FREQ=MONTHLY"
    },
    "a-month-of-winter-each-ramadan": {
        "start": "2026-01-04T12:00", "end": "2026-01-04T13:00", "timezone": "Africa/Casablanca", "rrule": "FREQ=WEEKLY"
    },
    "an-offset-alone": {
        "start": "2026-12-03T00:30+02:00", "end": "2026-12-03T01:30+02:00", "rrule": "FREQ=MONTHLY;BYDAY=1TH"
    },
    "an-offset-and-a-zone": {
        "start": "2026-03-19T10:00+01:00", "end": "2026-03-19T11:00+01:00",
        "timezone": "Europe/Paris", "rrule": "FREQ=WEEKLY"
    },
    "a-beginning-off-its-rule": {
        "start": "2026-01-01T10:00", "timezone": "Europe/Paris", "rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3"
    },
    "the-hundredth-day-of-the-year": {
        "start": "2026-04-10T10:00", "timezone": "Europe/Paris", "rrule": "FREQ=YEARLY;BYYEARDAY=100"
    },
    "one-is-skipped-and-one-moved": {
        "start": "2026-09-03T10:00", "end": "2026-09-03T11:00", "timezone": "Europe/Paris",
        "rrule": "FREQ=MONTHLY;BYDAY=1TH;COUNT=6", "skipped": ["2026-10-01"],
        "moved": [
            {"day": "2026-11-05", "to": "2026-12-10T14:00", "location": "Salle 2"},
            {"day": "2026-12-03", "to": "2026-12-04T09:00", "end": "2026-12-04T12:00"},
        ],
    },
    "whole-days-are-skipped-and-moved": {
        "start": "2026-05-04", "end": "2026-05-05", "rrule": "FREQ=WEEKLY;COUNT=5", "skipped": ["2026-05-11"],
        "moved": [{"day": "2026-05-18", "to": "2026-05-19", "end": "2026-05-21"}],
    },
    "once-in-the-second-of-two-hours": {
        "start": "2026-10-25T02:30+01:00", "end": "2026-10-25T03:30+01:00", "timezone": "Europe/Paris"
    },
    "once-for-days": {"start": "2026-03-28", "end": "2026-03-29"},
}  # fmt: skip


def event(slug: str, values: Mapping[str, Any]) -> Event:
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return Event.read({"title": slug, **values, **lists}, Source(f"events/{slug}.md", slug))


def ours(item: Event, count: int) -> Spans:
    return [list(map(_said(item), span)) for span in item.occurrences(LONG_AGO, count)]


def _said(item: Event) -> Any:
    return lambda moment: moment.date().isoformat() if item.all_day else int(moment.timestamp())


def theirs(items: list[Event], count: int) -> dict[str, Spans]:
    """By slug: what ical.js expands our calendar to, each end of whole days brought back to the last day."""
    content = Content(items, Settings(), now=datetime(2026, 6, 1, tzinfo=UTC))
    agenda = Agenda(content)
    agenda.__dict__["kept"] = frozenset(item.slug for item in items)  # those of long ago too
    others = expanded(agenda.calendar(Calendar("urn:uuid:x", "x", "x", "fr"), items), count)
    found = {}
    for item in items:
        spans = others[name_of(item, content.settings.site).removeprefix("urn:uuid:")]
        if item.all_day:
            spans = [[start, _day_before(end)] for start, end in spans]
        # A meeting that was moved is told in the place of the one that it was.
        found[item.slug] = sorted(spans)
    return found


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def expanded(calendar: str, count: int) -> dict[str, Spans]:
    script = Path(__file__).with_name("expand.mjs")
    done = subprocess.run(
        ["node", script, str(count)], input=calendar.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    result: dict[str, Spans] = json.loads(done.stdout)
    return result


@pytest.fixture(scope="module")
def agendas() -> dict[str, Spans]:
    """What ical.js makes of the hard ones, all in one calendar."""
    return theirs([event(name, values) for name, values in HARD.items()], MOST)


@pytest.mark.parametrize("name", HARD)
def test_pages_and_agendas_agree(name: str, agendas: dict[str, Spans]) -> None:
    item, count = event(name, HARD[name]), 3 if "february" in name else MOST
    assert ours(item, count) == agendas[name][:count]
    assert len(ours(item, 2)) == (2 if item.rrule else 1)


def test_an_hour_that_is_jumped_over_is_said_as_clocks_show_it() -> None:
    item = event("gap", HARD["an-hour-that-is-jumped-over"])
    shown = [[moment.strftime("%H:%M") for moment in span] for span in item.occurrences(LONG_AGO, 9)]
    assert shown == [["02:30", "03:30"], ["02:30", "03:30"], ["03:30", "04:30"], ["02:30", "03:30"]]


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    item = event("twice", HARD["an-hour-that-comes-twice"])
    starts = [start.astimezone(UTC).strftime("%H:%M") for start, _ in item.occurrences(LONG_AGO, 9)]
    assert starts == ["00:30", "00:30", "00:30", "01:30", "01:30"]


ZONES = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kolkata",
    "America/Havana",
    "Africa/Cairo",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def drawn(chance: Random, number: int) -> Event:
    start = datetime(2024, 1, 1) + timedelta(minutes=15 * chance.randrange(4 * 24 * 365 * 4))
    rule = chance.choice(
        [
            f"FREQ={chance.choice(['DAILY', 'WEEKLY', 'MONTHLY'])};INTERVAL={chance.randint(1, 4)}",
            f"FREQ=MONTHLY;BYDAY={chance.choice([-2, -1, 1, 2, 3, 4, 5])}{chance.choice(DAYS)}",
            f"FREQ=WEEKLY;INTERVAL=2;BYDAY={','.join(chance.sample(DAYS, 3))};WKST={chance.choice(DAYS)}",
            f"FREQ=MONTHLY;BYDAY={','.join(chance.sample(DAYS, 3))};BYSETPOS={chance.choice([-2, -1, 1, 3])}",
            f"FREQ=MONTHLY;BYMONTHDAY={chance.choice([1, 15, 29, 30, 31, -1, -3])}",
        ]
    )
    values = {
        "start": f"{start:%Y-%m-%dT%H:%M}",
        "end": f"{start + timedelta(minutes=15 * chance.randint(1, 100)):%Y-%m-%dT%H:%M}",
        "timezone": chance.choice(ZONES),
        "rrule": f"{rule};COUNT={chance.randint(1, 12)}",
    }
    return event(f"drawn-{number}", values)


def test_any_meeting_agrees() -> None:
    """Two hundred at a time: each start of node takes as long as all of them."""
    chance = Random(5545)
    items = [drawn(chance, number) for number in range(200)]
    others = theirs(items, 12)
    for item in items:
        assert ours(item, 12) == others[item.slug], (item.start, item.end, item.timezone, item.rrule)
