"""One meeting as `VEVENT` (RFC 5545 § 3.6.1): the whole series, then the meetings of it that were moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import takewhile
from zoneinfo import ZoneInfo

from portal.addresses import absolute, address_of
from portal.content import Content
from portal.formats.calendar.lines import parameter, text
from portal.formats.calendar.zones import zone_id
from portal.formats.excerpt import excerpt
from portal.formats.lasting import name_of
from portal.language import Translator
from portal.records import Event
from portal.records.event import Span, recurrences, until

MAX_DESCRIPTION_CHARS = 1000

DOUBTFUL_YEARS = 3
"""How far ahead the meetings of a series are told apart that fall in the night of a change of hour."""

_ENDS = ("DTSTART", "DTEND")
_NIGHT = (22, 23, 0, 1, 2, 3, 4)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
# A point stands for a place that one walks to; the middle of a region would lead people astray.
_FOUND_ON_A_MAP = {"site", "floor"}


@dataclass(frozen=True)
class Meetings:
    """Writes the meetings of one view."""

    content: Content

    def lines(self, event: Event) -> Iterator[str]:
        """The unfolded lines of an event: one `VEVENT`, and one more for each meeting that was moved."""
        begin = first_beginning(event)
        yield "BEGIN:VEVENT"
        yield from self._named(event)
        yield from _times(event, event.span_at(begin), begin)
        if event.rrule:
            yield f"RRULE:{explicit_rule(event, begin)}"
            for day in sorted(set(event.skipped)):
                yield _moment("EXDATE", datetime.combine(day, begin.time()), event)
        yield from self._told(event, event.location)
        yield "END:VEVENT"
        for moved in event.moved if event.rrule else ():
            yield "BEGIN:VEVENT"
            yield from self._named(event)
            yield _moment("RECURRENCE-ID", datetime.combine(moved.day, begin.time()), event)
            yield from _times(event, event.span_of(moved))
            yield from self._told(event, moved.location or event.location)
            yield "END:VEVENT"
        for doubtful in _doubtful_beginnings(event, self.content.now):
            yield "BEGIN:VEVENT"
            yield from self._named(event)
            yield _moment("RECURRENCE-ID", doubtful, event)
            yield from (f"{name}:{_utc(at)}" for name, at in zip(_ENDS, event.span_at(doubtful), strict=True))
            yield from self._told(event, event.location)
            yield "END:VEVENT"

    def _named(self, event: Event) -> Iterator[str]:
        """What tells this meeting from others, and this state of it from those before."""
        said = max((self._day(change.on) for change in event.changes), default=_UNDATED)
        yield f"UID:{name_of(event, self.content.settings.site).removeprefix('urn:uuid:')}"
        yield f"DTSTAMP:{_utc(said)}"
        if event.changes:
            yield f"LAST-MODIFIED:{_utc(said)}"
        yield f"SEQUENCE:{len(event.changes)}"
        yield f"STATUS:{event.status.upper()}"
        if event.all_day:
            yield "TRANSP:TRANSPARENT"

    def _day(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.content.settings.site.timezone))

    def _told(self, event: Event, location: str | None) -> Iterator[str]:
        """What people read of it."""
        site, territory = self.content.settings.site, self.content.territory(event.territory)
        yield f"SUMMARY:{text(event.title)}"
        if where := location or (territory.title if territory else ""):
            yield f"LOCATION:{text(where)}"
        if territory and territory.geo and territory.territory_kind in _FOUND_ON_A_MAP:
            yield f"GEO:{territory.geo.lat:.6f};{territory.geo.lon:.6f}"
        if description := "\n\n".join(self._words(event)):
            yield f"DESCRIPTION:{text(description)}"
        if site.url:
            yield f"URL:{absolute(address_of(event, site.language), site.url)}"
        yield from self._people(event)
        named = [
            *self.content.each("community", event.communities),
            *self.content.each("skill", event.skills),
        ]
        if named:
            yield "CATEGORIES:" + ",".join(text(record.label) for record in named)

    def _words(self, event: Event) -> Iterator[str]:
        """What changed, the last first; what it is; where to sign up."""
        say = Translator(self.content.settings.site.language, self.content.settings.site.timezone)
        for change in reversed(event.changes):
            yield say.gettext("Changed on {day}: {what}").format(day=say.date(change.on), what=change.what)
        if event.body.strip():
            yield excerpt(event.body, MAX_DESCRIPTION_CHARS)
        if event.registration_url:
            yield say.gettext("Sign up: {url}").format(url=event.registration_url)

    def _people(self, event: Event) -> Iterator[str]:
        people = [person for slug in event.organizers if (person := self.content.person(slug))]
        reached = [
            (person, person.contact.email) for person in people if person.contact and person.contact.email
        ]
        if reached:
            person, email = reached[0]
            yield f"ORGANIZER;CN={parameter(person.name)}:mailto:{email}"
        if people:
            yield f"CONTACT:{text(', '.join(person.name for person in people))}"


def first_beginning(event: Event) -> datetime:
    """Where the series begins, naive, on the clock of its zone: the first day that its rule gives (§ 3.8.2.4)."""
    if not event.rrule:
        return event.begins
    return next(recurrences(event.rrule, event.begins, event.zone), event.begins)


def explicit_rule(event: Event, begin: datetime) -> str:
    """The recurrence with all that it takes from its beginning, and its end in UTC as RFC 5545 § 3.3.10 wants it.

    Agendas don't agree on rules that only imply their day: on 29 February, or on the 31st.
    """
    parts = dict(part.split("=", 1) for part in (event.rrule or "").removeprefix("RRULE:").split(";"))
    if not any(name.startswith("BY") for name in parts):
        day = {"BYMONTHDAY": str(begin.day)}
        parts |= {
            "WEEKLY": {"BYDAY": _DAYS[begin.weekday()]},
            "MONTHLY": day,
            "YEARLY": {"BYMONTH": str(begin.month), **day},
        }.get(parts["FREQ"], {})
    if (last := until(event.rrule or "", event.zone)) is not None:
        parts["UNTIL"] = f"{last:%Y%m%d}" if event.all_day else _utc(last.replace(tzinfo=event.zone))
    return ";".join(f"{name}={parts[name]}" for name in sorted(parts, key=lambda name: name != "FREQ"))


def zone_of(event: Event) -> tzinfo | None:
    """The zone in which an event is written; None for whole days, and for what is written in UTC."""
    if event.all_day or event.zone is UTC:
        return None
    # A single moment needs no rule of its zone: UTC tells what a bare offset, or an hour that comes twice, can't.
    has_rules = isinstance(event.zone, ZoneInfo) and not _is_doubtful(event, event.begins)
    return event.zone if event.rrule or has_rules else None


def _is_doubtful(event: Event, begin: datetime) -> bool:
    """Whether a meeting begins or ends in an hour that comes twice, or not at all, in the night of a change."""
    return any(
        (clock := moment.replace(tzinfo=event.zone, fold=0)).utcoffset() != clock.replace(fold=1).utcoffset()
        for moment in (begin, begin + event.length)
    )


def _doubtful_beginnings(event: Event, now: datetime) -> Iterator[datetime]:
    """The meetings of a series, within some years, that readers of its rule would not all put at the same moment.

    What RFC 5545 § 3.3.5 says of such hours isn't followed by all of them, so that their moment is written in UTC.
    """
    at_night = any(time.hour in _NIGHT for time in (event.begins, event.begins + event.length))
    if event.all_day or not event.rrule or not at_night or not isinstance(event.zone, ZoneInfo):
        return
    last = now.replace(tzinfo=None) + timedelta(days=366 * DOUBTFUL_YEARS)
    for begin in takewhile(lambda begin: begin < last, event.beginnings()):
        if _is_doubtful(event, begin):
            yield begin


def _times(event: Event, span: Span, begin: datetime | None = None) -> Iterator[str]:
    start, end = span
    yield _moment("DTSTART", begin or start.replace(tzinfo=None), event, start)
    if event.all_day:
        yield _moment("DTEND", end.replace(tzinfo=None) + timedelta(days=1), event)
    elif begin and event.rrule and (_is_doubtful(event, begin) or _elapsed(span) != event.length):
        # The first night is an hour longer or shorter than the others: its end would be taken for theirs (§ 3.8.5.3).
        yield f"DURATION:{_duration(event.length)}"
    else:
        yield _moment("DTEND", end.replace(tzinfo=None), event, end)


def _elapsed(span: Span) -> timedelta:
    return span[1].astimezone(UTC) - span[0].astimezone(UTC)


def _moment(name: str, clock: datetime, event: Event, aware: datetime | None = None) -> str:
    if event.all_day:
        return f"{name};VALUE=DATE:{clock:%Y%m%d}"
    zone = zone_of(event)
    if zone is None:
        return f"{name}:{_utc(aware or clock.replace(tzinfo=event.zone))}"
    return f"{name};TZID={_parameter_of(zone)}:{clock:%Y%m%dT%H%M%S}"


def _parameter_of(zone: tzinfo) -> str:
    name = zone_id(zone)
    return f'"{name}"' if ":" in name else name


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _duration(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"PT{minutes}M{seconds}S" if seconds else f"PT{minutes}M"
