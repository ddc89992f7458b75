"""Questions about time: what is coming, what is past, the next meeting of a place or a community."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.content.order import by_date
from portal.content.territories import TerritoryQuestions
from portal.records import Community, Event, Territory


@dataclass(frozen=True)
class Occurrence:
    """One meeting of an event, which may have several; times are aware."""

    event: Event
    start: datetime
    end: datetime


class AgendaQuestions(TerritoryQuestions):
    """What is known of meetings."""

    def coming(self, events: Iterable[Event] | None = None, each: int = 1) -> tuple[Occurrence, ...]:
        """Meetings that aren't over, in order; at most `each` of a recurring event; cancelled ones are shown too."""
        found = [
            Occurrence(event, start, end)
            for event in (self.events() if events is None else events)
            for start, end in event.occurrences(self.now, each)
        ]
        return tuple(sorted(found, key=lambda item: (item.start, item.event.slug)))

    def past(self, events: Iterable[Event] | None = None) -> tuple[Event, ...]:
        """Events that are over, the latest first."""
        found = [event for event in (self.events() if events is None else events) if not event.occurrences(self.now, 1)]
        return tuple(reversed(found))

    def meetings_of(self, community: Community) -> tuple[Event, ...]:
        """A community's events, by beginning."""
        return by_date(self.referring(community, Event, "communities"))

    def next_meeting(self, of: Community | Territory) -> Occurrence | None:
        """The next meeting of a community or a territory that isn't cancelled, if one is planned."""
        events = self.meetings_of(of) if isinstance(of, Community) else self.events_of(of)
        return next(iter(self.coming(event for event in events if event.status != "cancelled")), None)
