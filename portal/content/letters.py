"""Questions about newsletters: what each shows to those who may read it, as it was on the day it left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from portal.content.store import Store
from portal.records import Event, Newsletter, Record
from portal.records.newsletter import Item


@dataclass(frozen=True)
class Shown:
    """One thing that a letter shows; `start` and `end` (aware) are the next meeting of an event on the letter’s day."""

    item: Item
    record: Record
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class LetterPart:
    """A part of a letter, with what of it this audience may see."""

    title: str
    shown: tuple[Shown, ...]


class LetterQuestions(Store):
    """What is known of newsletters."""

    def leaves_at(self, letter: Newsletter) -> datetime:
        """The moment of which a letter speaks: the beginning of its day, in the portal's zone."""
        return datetime.combine(letter.published, time.min, ZoneInfo(self.settings.site.timezone))

    def parts_of(self, letter: Newsletter) -> tuple[LetterPart, ...]:
        """The parts of a letter in its order, those that have something to show."""
        parts = (
            LetterPart(
                section.title, tuple(shown for item in section.items if (shown := self._shown(letter, item)))
            )
            for section in letter.sections
        )
        return tuple(part for part in parts if part.shown)

    def _shown(self, letter: Newsletter, item: Item) -> Shown | None:
        record = self.get(*item.key)
        if record is None or not isinstance(record, Event):
            return Shown(item, record) if record else None
        coming = record.occurrences(self.leaves_at(letter), 1)
        return Shown(item, record, *(coming[0] if coming else (record.starts_at, record.ends_at)))
