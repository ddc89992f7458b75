"""What the form of a story begins with, from the page where the reader stood: parameters of its address.

A parameter is named after the key of the form. Choices and records are given by their slug, typed names and texts as
they would be typed; `form.js` puts them in, where nothing is answered yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

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


def story_query(record: Record | None, names: Names) -> str:
    """The query and fragment of the address of the story form (`?communities=…#from-community`); empty for no subject.

    `names` are those of all pages of a build, gathered once: no page could afford to gather them for itself.
    """
    if record is None or record.kind not in ABOUT:
        return ""
    pairs = [pair for pair in _TELLERS[type(record)](record, names) if pair[1]]
    return f"?{urlencode(pairs)}#from-{record.kind.replace('_', '-')}"


def _person(person: Person, names: Names) -> Iterator[Pair]:
    yield "people", names.written("person", person.slug)


def _community(community: Community, names: Names) -> Iterator[Pair]:
    yield "communities", community.slug


def _territory(territory: Territory, names: Names) -> Iterator[Pair]:
    yield "territory", territory.slug


def _skill(skill: Skill, names: Names) -> Iterator[Pair]:
    yield "skills", names.written("skill", skill.slug)


def _event(event: Event, names: Names) -> Iterator[Pair]:
    yield "title", event.title
    yield "territory", event.territory or ""
    yield from (("communities", slug) for slug in event.communities)


def _story(story: Story, names: Names) -> Iterator[Pair]:
    yield "sequel_of", story.slug
    yield "territory", story.territory or ""
    yield from (("communities", slug) for slug in story.communities)


def _linked(record: Record, names: Names) -> Iterator[Pair]:
    """The title, and the path from which the text begins with a link, as a file of `stories/` writes it."""
    yield "title", record.label
    yield "from", record.path


def _idea(idea: Idea, names: Names) -> Iterator[Pair]:
    yield "territory", idea.territory or ""
    yield from (("communities", slug) for slug in idea.communities)
    yield from _linked(idea, names)


def _question(question: Question, names: Names) -> Iterator[Pair]:
    yield "communities", question.community or ""
    yield from _linked(question, names)


_TELLERS: Mapping[type[Record], Callable[..., Iterator[Pair]]] = {
    Person: _person, Community: _community, Territory: _territory, Skill: _skill, Event: _event, Story: _story,
    Idea: _idea, Question: _question, WatchItem: _linked,
}  # fmt: skip
