"""The board: each story in its column, with what waits for whom, since when, and what it lacks. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from curation.stories.since import History, Since
from portal.content import Content
from portal.content.checklist import Missing, missing
from portal.records import Person, Story, Territory
from portal.records.story import Status

STATUSES: tuple[Status, ...] = get_args(Status)
"""The columns, in the order of a story's life."""

Task = Literal["write", "review", "agree"]
"""What someone is waited for: to write the story, to read it, or to agree to appear in it."""

Late = Literal["planned", "unwhole"]
"""Why a story is late: its day has come and it isn't scheduled, or it comes out and something is missing."""


@dataclass(frozen=True)
class Wait:
    """Someone is waited for; no person where nobody is named for the task."""

    task: Task
    person: str | None


@dataclass(frozen=True)
class Card:
    """One story on the board. `column` is its status, but the day tells scheduled and published ones apart."""

    story: Story
    column: Status
    since: Since
    waits: tuple[Wait, ...]
    missing: tuple[Missing, ...]
    late: Late | None

    @property
    def comes_out(self) -> date | None:
        """The day on which a scheduled story will come out."""
        return self.story.published if self.column == "scheduled" else None


@dataclass(frozen=True)
class Wanted:
    """Which cards are asked for: all of them where a filter is None."""

    status: Status | None = None
    territory: Territory | None = None
    waiting_for: Person | None = None

    def takes(self, card: Card, content: Content) -> bool:
        """Whether a card passes every filter; a territory takes those inside too."""
        if self.status is not None and card.column != self.status:
            return False
        if self.territory is not None and not content.is_inside(card.story.territory, self.territory):
            return False
        person = self.waiting_for
        return person is None or any(wait.person == person.slug for wait in card.waits)


def cards(content: Content, history: History, wanted: Wanted) -> tuple[Card, ...]:
    """The cards that are wanted: by column, then those that come or came first, the undated ones last."""
    found = (_card(story, content, history) for story in content.every_story())
    kept = [card for card in found if wanted.takes(card, content)]
    return tuple(sorted(kept, key=_rank))


def _rank(card: Card) -> tuple[int, int, str]:
    day = (card.story.published or date.max).toordinal()
    # What is over is read from the newest, what is to come from the nearest.
    is_over = card.column in {"published", "archived"}
    return STATUSES.index(card.column), -day if is_over else day, card.story.slug


def _card(story: Story, content: Content, history: History) -> Card:
    is_due = story.published is not None and story.published <= content.today
    column = story.status
    if column in {"scheduled", "published"} and story.published is not None:
        # Both words mean the same but for the day: it tells whether the story is out.
        column = "published" if is_due else "scheduled"
    lacking = missing(story, content) if column != "archived" else ()
    return Card(
        story, column, history.of[story.path], tuple(_waits(story, column)), lacking, _late(column, is_due, lacking)
    )  # fmt: skip


def _late(column: Status, is_due: bool, lacking: tuple[Missing, ...]) -> Late | None:
    if column in {"draft", "review"} and is_due:
        return "planned"
    return "unwhole" if column in {"scheduled", "published"} and lacking else None


def _waits(story: Story, column: Status) -> Iterable[Wait]:
    """Whom a story waits for; what is out, or will be by itself, waits for nobody but who hasn't agreed."""
    if column == "draft":
        yield Wait("write", story.editor)
    elif column == "review":
        readers = story.reviewers or (story.editor,)
        yield from (Wait("review", reader) for reader in readers)
    if column != "archived":
        yield from (Wait("agree", slug) for slug in story.unasked)
