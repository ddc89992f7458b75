"""Rules about newsletters: a letter shows only what those who receive it may read, and what is there on its day."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.case import Case, Finding, at
from portal.problems import N_, Message, message
from portal.records import Newsletter, Person, Record, Story
from portal.yaml12 import Location


def _shown(letter: Newsletter) -> Iterator[tuple[Location, tuple[str, str]]]:
    """Everything that a letter shows: where it says so, and its kind and slug."""
    for number, section in enumerate(letter.sections):
        for rank, item in enumerate(section.items):
            yield ("sections", number, "items", rank, item.key[0]), item.key


def _found(case: Case) -> Iterator[tuple[Newsletter, Location, Record]]:
    for letter in case.content.newsletters():
        for location, key in _shown(letter):
            # What doesn't exist is another rule's matter.
            if (record := case.content.get(*key)) is not None:
                yield letter, location, record


def letter_audience(case: Case) -> Iterator[Finding]:
    """A letter shows only what everyone who receives it may read."""
    outside = N_(
        "this letter goes outside, where nobody may read “{name}”: take it away, or write “audience: external” in {path}"
    )
    for letter, location, record in _found(case):
        # Private matters and people who haven't agreed are told by rules of their own.
        if letter.audience == "external" and record.audience == "internal" and not isinstance(record, Person):
            yield at(letter, location, message(outside, name=record.slug, path=record.path))


def letter_day(case: Case) -> Iterator[Finding]:
    """A letter shows only stories that readers can open on the day it leaves."""
    for letter, location, record in _found(case):
        if isinstance(record, Story) and (what := _not_yet(record, letter)):
            yield at(letter, location, what)


def _not_yet(story: Story, letter: Newsletter) -> Message | None:
    if story.status in {"draft", "review"}:
        what = N_("the story “{name}” isn’t published: publish it, or take it away from the letter")
        return message(what, name=story.slug)
    if story.published is not None and story.published > letter.published:
        what = N_("the story “{name}” comes out on {day}, after the letter leaves ({left})")
        return message(what, name=story.slug, day=story.published, left=letter.published)
    return None


def empty_letter(case: Case) -> Iterator[Finding]:
    """A letter shows something."""
    what = N_("this letter shows nothing: name stories, meetings or questions under “sections”")
    for letter in case.content.newsletters():
        if not letter.items:
            yield at(letter, ("sections",), message(what))


def shown_twice(case: Case) -> Iterator[Finding]:
    """A letter shows each thing once."""
    what = N_("“{name}” stands in this letter already: keep it in one place")
    for letter in case.content.newsletters():
        seen: set[tuple[str, str]] = set()
        for location, key in _shown(letter):
            if key in seen:
                yield at(letter, location, message(what, name=key[1]))
            seen.add(key)
