"""What the form of a story begins with, from the page where the reader stood: parameters of its address.

A parameter is named after the key of the form. Choices and records are given by their slug, typed names and texts as
they would be typed; `form.js` puts them in, where nothing is answered yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

from portal.content import Content
from portal.formats.sheet import Names
from portal.problems import N_
from portal.records import (
    Community,
    Event,
    Idea,
    Person,
    Question,
    Record,
    Skill,
    Story,
    Territory,
    WatchItem,
)

Pair = tuple[str, str]

ABOUT: Mapping[str, str] = {
    "person": N_("You come from someone’s page: name them among those who made the story."),
    "community": N_(
        "You come from a community’s page: choose it below, among those where the story was born."
    ),
    "territory": N_("You come from a territory’s page: choose it below, as the place where it happened."),
    "skill": N_("You come from a skill’s page: name it among those that it took."),
    "event": N_("You come from a meeting’s page: say in a line which one, and what came of it."),
    "idea": N_("You come from an idea’s page: say in a line which one, and what it became."),
    "question": N_("You come from a question’s page: say in a line which one, and what the answer changed."),
    "watch_item": N_("You come from a reading: say in a line which one, and what it changed."),
    "story": N_("You come from a story’s page: choose it below, as the one that yours continues."),
}
"""What the page says to who comes from a kind, where no script can say more."""

BEGINNINGS: Mapping[str, str] = {
    "ideas": N_("It began with an idea: {link}."),
    "questions": N_("It began with a question: {link}."),
    "watch": N_("It began with a reading: {link}."),
}
"""How the text begins, by the folder of the page where the reader stood. An address never brings a text of its own:
only a title, and a path that `form.js` makes a link of.
"""


def story_query(record: Record | None, content: Content) -> str:
    """The query and fragment of the address of the story form (`?communities=…#from-community`); empty for no subject."""
    if record is None or record.kind not in ABOUT:
        return ""
    pairs = [pair for pair in _TELLERS[type(record)](record, content) if pair[1]]
    return f"?{urlencode(pairs)}#from-{record.kind.replace('_', '-')}"


def _person(person: Person, content: Content) -> Iterator[Pair]:
    yield "people", Names(content, proposes=False).written("person", person.slug)


def _community(community: Community, content: Content) -> Iterator[Pair]:
    yield "communities", community.slug


def _territory(territory: Territory, content: Content) -> Iterator[Pair]:
    yield "territory", territory.slug


def _skill(skill: Skill, content: Content) -> Iterator[Pair]:
    yield "skills", Names(content, proposes=False).written("skill", skill.slug)


def _event(event: Event, content: Content) -> Iterator[Pair]:
    yield "title", event.title
    yield "territory", event.territory or ""
    yield from (("communities", slug) for slug in event.communities)


def _story(story: Story, content: Content) -> Iterator[Pair]:
    yield "sequel_of", story.slug
    yield "territory", story.territory or ""
    yield from (("communities", slug) for slug in story.communities)


def _linked(record: Record, content: Content) -> Iterator[Pair]:
    """The title, and the path from which the text begins with a link, as a file of `stories/` writes it."""
    yield "title", record.label
    yield "from", record.path


def _idea(idea: Idea, content: Content) -> Iterator[Pair]:
    yield "territory", idea.territory or ""
    yield from (("communities", slug) for slug in idea.communities)
    yield from _linked(idea, content)


def _question(question: Question, content: Content) -> Iterator[Pair]:
    yield "communities", question.community or ""
    yield from _linked(question, content)


_TELLERS: Mapping[type[Record], Callable[..., Iterator[Pair]]] = {
    Person: _person, Community: _community, Territory: _territory, Skill: _skill, Event: _event, Story: _story,
    Idea: _idea, Question: _question, WatchItem: _linked,
}  # fmt: skip
