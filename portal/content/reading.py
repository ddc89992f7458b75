"""Questions about what is read: what comes before and after it, what is close to it, and by month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest
from itertools import groupby, pairwise

from portal.content.neighbours import MAX_SHARED_BY
from portal.content.people import PeopleQuestions
from portal.content.order import by_date, day_of
from portal.content.store import Key, R
from portal.records import Idea, Person, Post, Question, Record, Story, WatchItem
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
            self.newsletters()[::-1],
        )
        for records in series:
            for one, other in pairwise(records):
                later[one.key], earlier[other.key] = other, one
        return {key: Beside(earlier.get(key), later.get(key)) for key in earlier.keys() | later.keys()}

    def beside(self, record: Record) -> Beside:
        """What comes before and after a story, a post, an event, a guide or a letter; nothing for other kinds."""
        return self._beside.get(record.key, Beside())

    @cached_property
    def _by_skill(self) -> Mapping[tuple[str, str], tuple[tuple[int, str], ...]]:
        """For each skill and kind, the records that name it: their rank in reading order, and their slug."""
        ranks = {
            record.key: rank
            for model in (Story, Question, WatchItem)
            for rank, record in enumerate(self.stories() if model is Story else by_date(self._of(model)))
        }
        return {
            (slug, kind): tuple((ranks[record.key], record.slug) for record in records if record.key in ranks)
            for ((named, slug), kind, key), records in self._referring.items()
            if named == "skill" and key == "skills" and kind in {"story", "question", "watch_item"}
        }

    def related(self, record: R, limit: int = 4) -> tuple[R, ...]:
        """Stories, questions or readings that share skills with one: those that share most, then the newest."""
        shared: Counter[tuple[int, str]] = Counter()
        for slug in getattr(record, "skills", ()):
            found = self._by_skill.get((slug, record.kind), ())
            if len(found) <= MAX_SHARED_BY:
                shared.update(found)
        nearest = nsmallest(limit + 1, shared, key=lambda place: (-shared[place], place))
        others = (self.get(record.kind, slug) for _, slug in nearest if slug != record.slug)
        return tuple(item for item in others if isinstance(item, type(record)))[:limit]

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

    @cached_property
    def ideas_by_status(self) -> Mapping[str, tuple[Idea, ...]]:
        """Ideas at each step of their road that has some, the newest first."""
        found: dict[str, list[Idea]] = defaultdict(list)
        for idea in self.ideas():
            found[idea.status].append(idea)
        return {status: tuple(ideas) for status, ideas in found.items()}

    def ideas_behind(self, story: Story) -> tuple[Idea, ...]:
        """The ideas whose outcome a story tells, the newest first."""
        return by_date(self.referring(story, Idea, "story"))
