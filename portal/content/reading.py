"""Questions about what is read: what comes before and after it, what is close to it, and by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise

from portal.content.people import MAX_SHARED_BY, PeopleQuestions
from portal.content.store import Key, R, by_date, day_of
from portal.records import Idea, Person, Post, Record, Story
from portal.slugs import fold


@dataclass(frozen=True)
class Beside:
    """The records of the same kind that come just before and just after one: by date, guides by rank."""

    earlier: Record | None = None
    later: Record | None = None


@dataclass(frozen=True)
class Month:
    """The records of one month, in the order in which they were given; `first` is its first day."""

    first: date
    records: tuple[Record, ...]


class ReadingQuestions(PeopleQuestions):
    """What is known of stories, posts, guides, questions, ideas and the watch, as things that people read."""

    @cached_property
    def _beside(self) -> Mapping[Key, Beside]:
        earlier: dict[Key, Record] = {}
        later: dict[Key, Record] = {}
        series: tuple[tuple[Record, ...], ...] = (
            self.stories()[::-1],
            self.posts()[::-1],
            self.events(),
            self.guides(),
        )
        for records in series:
            for one, other in pairwise(records):
                later[one.key], earlier[other.key] = other, one
        return {key: Beside(earlier.get(key), later.get(key)) for key in earlier.keys() | later.keys()}

    def beside(self, record: Record) -> Beside:
        """What comes before and after a story, a post, an event or a guide; nothing for other kinds."""
        return self._beside.get(record.key, Beside())

    def related(self, record: R, limit: int = 4) -> tuple[R, ...]:
        """Records of the same kind that share skills with one: those that share most first, then in reading order."""
        shared: Counter[str] = Counter()
        for slug in getattr(record, "skills", ()):
            skill = self.skill(slug)
            found = self.referring(skill, type(record), "skills") if skill else ()
            if len(found) <= MAX_SHARED_BY:
                shared.update(item.slug for item in found)
        del shared[record.slug]
        others = [item for slug in shared if isinstance(item := self.get(record.kind, slug), type(record))]
        return tuple(sorted(by_date(others), key=lambda item: -shared[item.slug])[:limit])

    def named_in(self, records: Iterable[Record], kind: str) -> tuple[Record, ...]:
        """The records of `kind` that some records name, by name: what a list of them may be narrowed by."""
        slugs = dict.fromkeys(
            reference.slug
            for record in records
            for reference in record.references()
            if reference.kind == kind
        )
        return tuple(sorted(self.each(kind, slugs), key=lambda item: fold(item.label)))

    def months(self, records: Iterable[Record]) -> tuple[Month, ...]:
        """Records in reading order, gathered by month; those without a day are left out."""
        dated = ((day.replace(day=1), record) for record in records if (day := day_of(record)) is not None)
        return tuple(
            Month(first, tuple(record for _, record in pairs))
            for first, pairs in groupby(dated, key=lambda pair: pair[0])
        )

    def posts_by(self, person: Person) -> tuple[Post, ...]:
        """Posts that someone signed, the newest first."""
        return by_date(self.referring(person, Post, "author"))

    def ideas_behind(self, story: Story) -> tuple[Idea, ...]:
        """The ideas whose outcome a story tells, the newest first."""
        return by_date(self.referring(story, Idea, "story"))
