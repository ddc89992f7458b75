"""Calendars: sound to independent readers, folded and escaped as RFC 5545 says, and telling subscribers what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from portal.content import Content
from portal.formats.calendar.agenda import Agenda
from portal.formats.calendar.lines import document, text
from portal.formats.calendar.zones import timezone_lines
from portal.records import Event, Source
from portal.settings import Settings
from tests.subscriptions.sites import company, documents, view

PORT = "content/events/port.md"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return documents(view())


def parsed(calendar: str) -> Any:
    return icalendar.Calendar.from_ical(calendar)


def single(values: Mapping[str, Any], body: str = "") -> str:
    event = Event.read({"title": "Essai", **values}, Source("events/essai.md", "essai", body))
    return Agenda(Content([event], Settings())).single(event, "fr")


def test_all_each_territory_community_and_event_has_its_calendar(made: dict[str, str]) -> None:
    assert sorted(address for address in made if address.endswith(".ics")) == [
        "agenda/agenda.ics",
        "agenda/atelier/atelier.ics",
        "agenda/port/port.ics",
        "communautes/donnees/agenda.ics",
        "territoires/nord/agenda.ics",
        "territoires/sud/agenda.ics",
        "territoires/usine/agenda.ics",
    ]


def test_calendars_are_sound_to_two_readers(made: dict[str, str]) -> None:
    for address, raw in made.items():
        if not address.endswith(".ics"):
            continue
        assert raw.endswith("END:VCALENDAR\r\n")
        assert "\n" not in raw.replace("\r\n", "")
        assert max(len(line.encode()) for line in raw.split("\r\n")) <= 75
        calendar = parsed(raw)
        assert calendar["VERSION"] == "2.0"
        assert calendar.errors == []
        assert "METHOD" not in calendar
        used = {
            event["DTSTART"].params["TZID"] for event in calendar.events if "TZID" in event["DTSTART"].params
        }
        assert used == {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
        for event in calendar.events:
            assert event.errors == []
            assert {"UID", "DTSTAMP", "SEQUENCE", "STATUS", "SUMMARY", "URL", "DTEND"} <= set(event)
        assert len(list(vobject.readOne(raw).components())) == len(calendar.subcomponents)


def test_a_calendar_says_what_it_is_and_when_to_come_back(made: dict[str, str]) -> None:
    calendar = parsed(made["communautes/donnees/agenda.ics"])
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Mini · Agenda · Données"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert calendar["SOURCE"] == "https://mini.example/portail/communautes/donnees/agenda.ics"
    assert calendar["URL"] == "https://mini.example/portail/communautes/donnees/"


def test_whole_days_end_on_the_day_after(made: dict[str, str]) -> None:
    (event,) = parsed(made["agenda/atelier/atelier.ics"]).events
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 5, 4), date(2026, 5, 6))
    assert event["TRANSP"] == "TRANSPARENT"


def test_who_leads_and_where(made: dict[str, str], tmp_path: Path) -> None:
    (event,) = parsed(made["agenda/atelier/atelier.ics"]).events
    assert event["ORGANIZER"].startswith("mailto:")
    assert event["CONTACT"] == event["ORGANIZER"].params["CN"]
    public = company(tmp_path, {"content/events/atelier.md": ("title:", "audience: external\ntitle:")})
    (event,) = parsed(documents(view(public, "external"))["agenda/atelier/atelier.ics"]).events
    assert "ORGANIZER" not in event, "nobody's address leaves the company"
    assert "CONTACT" in event


def test_a_point_is_given_for_a_site_not_for_a_region() -> None:
    content = view()
    for event in content.events():
        raw = Agenda(content).single(event, "fr")
        territory = content.territory(event.territory)
        is_place = bool(territory and territory.geo and territory.territory_kind in {"site", "floor"})
        assert ("GEO:" in raw) == is_place


def test_what_changes_is_told_by_number_date_and_words(made: dict[str, str], tmp_path: Path) -> None:
    (before,) = parsed(made["agenda/port/port.ics"]).events
    changed = company(
        tmp_path,
        {
            PORT: (
                "location: Le port",
                "location: La criée\nstatus: cancelled\nchanges:\n"
                "  - {on: 2026-01-02, what: À la criée.}\n  - {on: 2026-01-05, what: 'Tempête : annulé.'}",
            )
        },
    )
    (after,) = parsed(documents(view(changed))["agenda/port/port.ics"]).events
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 2)
    assert after["STATUS"] == "CANCELLED"
    assert after["LAST-MODIFIED"].dt == datetime(2026, 1, 4, 23, tzinfo=UTC)
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt
    assert after["DESCRIPTION"].startswith("Changement du 5 janvier 2026\u00a0: Tempête : annulé.")


def test_a_meeting_keeps_its_name_when_its_title_or_the_address_changes(
    made: dict[str, str], tmp_path: Path
) -> None:
    other = company(
        tmp_path,
        {
            PORT: ("title: Le café du port", "title: Le thé du port"),
            "site_config/site.yml": ("https://mini.example/portail/", "https://neuf.example/"),
        },
    )
    uids = [
        sorted(str(event["UID"]) for event in parsed(found["agenda/agenda.ics"]).events)
        for found in (made, documents(view(other)))
    ]
    assert uids[0] == uids[1]


def test_what_was_skipped_or_moved_is_told(tmp_path: Path) -> None:
    here = company(
        tmp_path,
        {
            PORT: (
                "location:",
                "skipped: [2026-02-05]\nmoved:\n  - {day: 2026-03-05, to: 2026-03-06T09:00, location: Le phare}\nlocation:",
            )
        },
    )
    series, moved = parsed(documents(view(here))["agenda/port/port.ics"]).events
    paris = ZoneInfo("Europe/Paris")
    assert series["EXDATE"].dts[0].dt == datetime(2026, 2, 5, 8, 30, tzinfo=paris)
    assert moved["RECURRENCE-ID"].dt == datetime(2026, 3, 5, 8, 30, tzinfo=paris)
    assert (moved["DTSTART"].dt, moved["DTEND"].dt) == (
        datetime(2026, 3, 6, 9, 0, tzinfo=paris),
        datetime(2026, 3, 6, 10, 0, tzinfo=paris),
    )
    assert moved["LOCATION"] == "Le phare"
    assert moved["UID"] == series["UID"]
    event = next(event for event in view(here).events() if event.slug == "port")
    days = [start.date().isoformat() for start, _ in event.occurrences(datetime(2026, 1, 1, tzinfo=UTC), 3)]
    # The first Thursday of January 2026 is its first day: the series begins in February, which is skipped.
    assert days == ["2026-03-06", "2026-04-02", "2026-05-07"]
    assert [
        event.location_at(start) for start, _ in event.occurrences(datetime(2026, 1, 1, tzinfo=UTC), 2)
    ] == [
        "Le phare",
        "Le port",
    ]


def test_meetings_leave_a_year_after_they_ended() -> None:
    content = view()
    later = Content(content.records, content.settings, now=datetime(2027, 6, 1, tzinfo=UTC))
    found = documents(later)
    names = [str(event["SUMMARY"]) for event in parsed(found["agenda/agenda.ics"]).events]
    assert "Atelier Python" not in names
    assert "Le café du port" in names
    assert "agenda/atelier/atelier.ics" in found, "its own file stays beside its page"


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t;,\\:é"'))
)
def test_any_text_comes_back_whole(value: str) -> None:
    folded = document([f"SUMMARY:{text(value)}"])
    assert max(len(line.encode()) for line in folded.split("\r\n")) <= 75
    raw = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + folded + "END:VEVENT\r\nEND:VCALENDAR\r\n"
    (event,) = vobject.readOne(raw).components()
    assert event.summary.value == value


ZONES = [
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Jerusalem",
    "Europe/Dublin",
]


@pytest.mark.parametrize(
    "name", [*ZONES, "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo"]
)
def test_a_zone_is_written_as_its_data_says(name: str) -> None:
    """Each week of thirty years, by dateutil's reading of our VTIMEZONE."""
    import io

    from dateutil.tz import tzical

    zone = ZoneInfo(name)
    lines = document(["BEGIN:VCALENDAR", *timezone_lines(zone, 2010), "END:VCALENDAR"])
    read = tzical(io.StringIO(lines)).get(name)
    moment = datetime(2011, 1, 1, 12)
    while moment.year < 2041:
        assert moment.replace(tzinfo=read).utcoffset() == moment.replace(tzinfo=zone).utcoffset(), moment
        moment += timedelta(days=7)


def test_an_offset_alone_is_a_zone_of_its_own() -> None:
    raw = single({"start": "2026-01-01T00:30+05:45", "rrule": "FREQ=DAILY;COUNT=3"})
    assert 'DTSTART;TZID="UTC+05:45":20260101T003000' in raw
    (event,) = parsed(raw).events
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=5, minutes=45)
    assert timezone_lines(timezone(timedelta(0)), 2026)[1] == "TZID:UTC"
