"""Questions about stories: the one of the month, the series, what continues what, and what their figures add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.content.lists import Lists
from portal.content.order import by_date
from portal.content.sums import Sum, sums_of
from portal.records import Story
from portal.slugs import fold_name


@dataclass(frozen=True)
class Series:
    """Stories that are told one after the other, in their order; `title` is written as the first of them writes it."""

    title: str
    stories: tuple[Story, ...]


class StoryQuestions(Lists):
    """What is known of success stories, beside their lists."""

    def chosen_stories(self) -> tuple[Story, ...]:
        """Stories of a month that has begun, the latest month first; that of the month leads the wall."""
        month = f"{self.today:%Y-%m}"
        chosen = [story for story in self.stories() if story.featured and story.featured <= month]
        # The sort is stable: of two stories of one month, the newest stays first.
        return tuple(sorted(chosen, key=lambda story: story.featured or "", reverse=True))

    def series(self) -> tuple[Series, ...]:
        """The series that have two stories or more, the one that was last added to first."""
        several = [series for series in self._series.values() if len(series.stories) > 1]
        rank = {story.slug: place for place, story in enumerate(self.every_story())}
        return tuple(sorted(several, key=lambda series: min(rank[story.slug] for story in series.stories)))

    def series_of(self, story: Story) -> Series | None:
        """The series of a story, where another of its stories can be read."""
        found = self._series.get(fold_name(story.series.title)) if story.series else None
        return found if found and len(found.stories) > 1 else None

    @cached_property
    def _series(self) -> Mapping[str, Series]:
        """By the folded title: a capital or an accent more doesn't part a series in two."""
        found: dict[str, list[tuple[int, Story]]] = defaultdict(list)
        for story in self.every_story()[::-1]:
            if story.series:
                found[fold_name(story.series.title)].append((story.series.part, story))
        ordered = {key: [story for _, story in sorted(parts, key=lambda pair: pair[0])] for key, parts in found.items()}
        return {key: Series(_title(stories[0]), tuple(stories)) for key, stories in ordered.items()}

    def sequels(self, story: Story) -> tuple[Story, ...]:
        """The stories that continue one, as they came."""
        return by_date(self.referring(story, Story, "sequel_of"))[::-1]

    def sums(self) -> tuple[Sum, ...]:
        """What the figures of stories that are not archived add up to."""
        return sums_of(self.stories())


def _title(story: Story) -> str:
    return story.series.title if story.series else story.title
