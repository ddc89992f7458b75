"""The lobby's screens: one for all, one a territory, and which slides each shows, in which order.

A screen hangs somewhere: what is near comes first, and what the whole company has fills it up, so that a place where
nothing is new still has something to show. The browser takes away, on its own clock, the meetings that are over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal, TypeVar

from portal.addresses import screen_address
from portal.content import Content, Occurrence
from portal.outputs.output import SheetOutput
from portal.records import Idea, Person, Post, Question, Record, Story, Territory

SlideKind = Literal["story", "event", "agenda", "question", "idea", "newcomers", "word", "welcome"]

STORIES, QUESTIONS, IDEAS, NEWCOMERS = 5, 3, 2, 6
EVENTS_SHOWN, EVENTS_READY, AGENDA_READY = 3, 8, 12
"""Meetings shown one by one; more of them wait in the page for those that will be over, as in the list of the agenda."""

T = TypeVar("T")


@dataclass(frozen=True)
class Slide:
    """What fills the screen at once: a record, or several of a kind; `occurrences` are those of meetings."""

    kind: SlideKind
    records: tuple[Record, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


@dataclass(frozen=True)
class ScreenOutput(SheetOutput):
    """A screen; `record` is its territory, or None for that of all."""

    slides: tuple[Slide, ...] = ()


def screen_sheets(content: Content) -> Iterator[ScreenOutput]:
    """The screen of all, then one a territory."""
    language = content.settings.site.language
    for territory in (None, *content.territories()):
        yield ScreenOutput(
            screen_address(language, territory) + "index.html",
            template="supports/screen.html",
            record=territory,
            title=territory.title if territory else content.settings.site.company,
            slides=slides_of(content, territory),
        )


def slides_of(content: Content, territory: Territory | None) -> tuple[Slide, ...]:
    """The slides of one screen: kinds follow each other in turn, beginning with a story; the welcome comes last."""
    meetings = _meetings(content, territory)
    firsts = {item.event.slug: item for item in reversed(meetings)}
    now, again = (
        [item for item in meetings if (firsts[item.event.slug] is item) == is_first]
        for is_first in (True, False)
    )
    ones = [Slide("event", (item.event,), (item,)) for item in (*now, *again)]
    agenda = (
        [Slide("agenda", occurrences=tuple(meetings[:AGENDA_READY]))] if len(meetings) > EVENTS_SHOWN else []
    )
    newcomers = _newcomers(content, territory)
    people = [Slide("newcomers", newcomers)] if newcomers else []
    stories = [Slide("story", (item,)) for item in _stories(content, territory)]
    questions = [Slide("question", (item,)) for item in _questions(content, territory)]
    ideas = [Slide("idea", (item,)) for item in _ideas(content, territory)]
    words = [Slide("word", (item,)) for item in _words(content, territory)]
    # Meetings that wait for their turn stand after those that are shown: they take their places in the browser.
    first, later = ones[:EVENTS_SHOWN], ones[EVENTS_SHOWN:EVENTS_READY]
    return (*_in_turn(stories, agenda + first, questions + ideas, people + words), *later, Slide("welcome"))


def _in_turn(*groups: list[Slide]) -> Iterator[Slide]:
    return (slide for turn in zip_longest(*groups) for slide in turn if slide is not None)


def _nearest(near: Iterable[T], others: Iterable[T], most: int) -> tuple[T, ...]:
    """What is near, filled up with the others, each once."""
    found: list[T] = []
    for item in chain(near, others):
        if item not in found and len(found) < most:
            found.append(item)
    return tuple(found)


def _stories(content: Content, territory: Territory | None) -> tuple[Story, ...]:
    """The featured ones first, near and far."""
    everyone = sorted(content.stories(), key=lambda story: not story.featured)
    near = [story for story in everyone if territory and content.is_inside(story.territory, territory)]
    return _nearest(near, everyone, STORIES)


def _meetings(content: Content, territory: Territory | None) -> list[Occurrence]:
    """What is coming there, around it or nowhere in particular, in order; of the whole company where there is nothing."""
    coming = [item for item in content.coming(each=2) if item.event.status != "cancelled"]
    if territory is None:
        return coming
    around = {territory.slug, *(item.slug for item in content.ancestors(territory))}

    def concerns(item: Occurrence) -> bool:
        place = item.event.territory
        return place is None or place in around or content.is_inside(place, territory)

    return [item for item in coming if concerns(item)] or coming


def _questions(content: Content, territory: Territory | None) -> tuple[Question, ...]:
    """Those that wait, asked from there first; then those whose promise ends first."""
    waiting = [item.question for item in content.waiting()]
    near = [item for item in content.questions_from(territory) if item.waits] if territory else []
    return _nearest(near, waiting, QUESTIONS)


def _ideas(content: Content, territory: Territory | None) -> tuple[Idea, ...]:
    """Ideas that aren't decided yet."""
    undecided = [item for item in content.ideas() if item.status in {"proposed", "studied"}]
    near = [item for item in undecided if territory and content.is_inside(item.territory, territory)]
    return _nearest(near, undecided, IDEAS)


def _newcomers(content: Content, territory: Territory | None) -> tuple[Person, ...]:
    """Who arrived there; in the whole company where nobody did."""
    near = content.newcomers(120, territory) if territory else ()
    return (near or content.newcomers())[:NEWCOMERS]


def _words(content: Content, territory: Territory | None) -> tuple[Post, ...]:
    """The last word of a director: about the place, or else to everyone."""
    words = [item for item in content.posts() if item.post_kind == "leadership"]
    near = [item for item in words if territory and content.is_inside(item.territory, territory)]
    return _nearest(near, words, 1)
