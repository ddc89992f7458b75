"""A calendar around meetings that are written already (RFC 5545 § 3.4, RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from functools import cached_property

from portal.content import Content
from portal.formats.calendar.lines import document, text
from portal.formats.calendar.meetings import Meetings, first_beginning, zone_of
from portal.formats.calendar.zones import timezone_lines, zone_id
from portal.records import Event

MEDIA_TYPE = "text/calendar"

DAYS_KEPT = 365
"""Meetings that have been over for longer leave the calendars; their pages stay."""

REFRESH_HOURS = 6
"""How often agendas are invited to look again (`REFRESH-INTERVAL`)."""


@dataclass(frozen=True)
class Calendar:
    """What a calendar says of itself; addresses are whole ones, or empty where the site has none."""

    id: str
    name: str
    summary: str
    language: str
    page: str = ""
    address: str = ""


@dataclass
class Agenda:
    """The meetings of one view, each written once, however many calendars hold it."""

    content: Content
    _written: dict[str, str] = field(default_factory=dict)

    @cached_property
    def kept(self) -> frozenset[str]:
        """The slugs of the events that aren't over since more than `DAYS_KEPT`."""
        since = self.content.now - timedelta(days=DAYS_KEPT)
        return frozenset(event.slug for event in self.content.events() if event.occurrences(since, 1))

    def calendar(self, head: Calendar, events: Iterable[Event]) -> str:
        """A calendar that one subscribes to: the events that are kept, by slug."""
        kept = sorted((event for event in events if event.slug in self.kept), key=lambda event: event.slug)
        return self._document(_head(head), kept)

    def single(self, event: Event, language: str) -> str:
        """A file that puts one event in someone's own agenda."""
        return self._document(_opening(language), [event])

    def _document(self, head: list[str], events: list[Event]) -> str:
        years: dict[tzinfo, int] = {}
        for event in events:
            if (zone := zone_of(event)) is not None:
                year = first_beginning(event).year - 1
                years[zone] = min(years.get(zone, year), year)
        zones = "".join(map(self._zone, *_in_order(years))) if years else ""
        return document(head) + zones + "".join(map(self._event, events)) + document(["END:VCALENDAR"])

    def _zone(self, zone: tzinfo, year: int) -> str:
        return document(timezone_lines(zone, year))

    def _event(self, event: Event) -> str:
        if event.slug not in self._written:
            self._written[event.slug] = document(Meetings(self.content).lines(event))
        return self._written[event.slug]


def _in_order(years: Mapping[tzinfo, int]) -> tuple[list[tzinfo], list[int]]:
    zones = sorted(years, key=zone_id)
    return zones, [years[zone] for zone in zones]


def _opening(language: str) -> list[str]:
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Veillée//Agenda//{language.upper()}",
        "CALSCALE:GREGORIAN",
    ]


def _head(head: Calendar) -> list[str]:
    """Both the names of RFC 7986 and those that older agendas read."""
    every = f"PT{REFRESH_HOURS}H"
    named = [
        *_opening(head.language),
        f"UID:{head.id.removeprefix('urn:uuid:')}",
        f"NAME:{text(head.name)}",
        f"X-WR-CALNAME:{text(head.name)}",
        f"DESCRIPTION:{text(head.summary)}",
        f"X-WR-CALDESC:{text(head.summary)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{every}",
        f"X-PUBLISHED-TTL:{every}",
    ]
    if head.page:
        named.append(f"URL:{head.page}")
    if head.address:
        named.append(f"SOURCE;VALUE=URI:{head.address}")
    return named
