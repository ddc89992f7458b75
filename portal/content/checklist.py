"""What a story needs before it is published: one list, for the rules of `check`, the board and the commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.content.store import Store
from portal.problems import N_, Message, message
from portal.records import Story
from portal.yaml12 import Location

Item = Literal["people", "agreements", "figures", "evidence", "picture", "territory", "day"]


@dataclass(frozen=True)
class Missing:
    """One thing that a story still needs: which, at which key of its file, and what to do about it."""

    item: Item
    location: Location
    what: Message


ITEMS: dict[Item, str] = {
    "people": N_("who made it is named"),
    "agreements": N_("everyone in it agrees to appear"),
    "figures": N_("a result has figures"),
    "evidence": N_("each figure says how it is known"),
    "picture": N_("a picture with its credit and its description, or why there is none"),
    "territory": N_("where it happened"),
    "day": N_("the day it comes out"),
}
"""The checklist, in its order: each item as it is ticked."""

SHORT: dict[Item, str] = {
    "people": N_("people"),
    "agreements": N_("agreements"),
    "figures": N_("figures"),
    "evidence": N_("evidence"),
    "picture": N_("picture"),
    "territory": N_("the territory"),
    "day": N_("day"),
}
"""The same in a word, for a board."""


def missing(story: Story, content: Store) -> tuple[Missing, ...]:
    """What a story still needs, in the order of the checklist; nothing when it is whole."""
    found: list[Missing] = []
    if not story.people:
        found.append(Missing("people", ("people",), message(N_("name who made it under “people”"))))
    found += (_unasked(slug, content) for slug in story.unasked)
    if not story.results:
        what = N_("add a figure under “results”, with what it was before")
        found.append(Missing("figures", ("results",), message(what)))
    found += _unproven(story)
    found += _picture(story)
    if story.territory is None:
        what = N_("say where it happened under “territory”")
        found.append(Missing("territory", ("territory",), message(what)))
    if story.published is None:
        found.append(Missing("day", ("published",), message(N_("give its day under “published”"))))
    return tuple(found)


def _unasked(slug: str, content: Store) -> Missing:
    person = content.person(slug)
    what = N_("ask {name}, then write “{line}” under “agreements”")
    said = message(what, name=person.name if person else slug, line=agreement_line(slug, content.today))
    return Missing("agreements", ("agreements",), said)


def agreement_line(slug: str, day: date) -> str:
    """How a file says that someone agreed on a day."""
    return f"{{person: {slug}, on: {day.isoformat()}}}"


def _unproven(story: Story) -> list[Missing]:
    what = N_("say under “evidence” how the figure “{label}” is known")
    return [
        Missing("evidence", ("results", rank), message(what, label=result.label))
        for rank, result in enumerate(story.results)
        if result.evidence is None
    ]


def _picture(story: Story) -> list[Missing]:
    """A picture that may be shown, or the reason why there is none."""
    if story.image is None:
        what = N_("add a picture under “image”, or say under “without_image” why it has none")
        return [] if story.without_image else [Missing("picture", ("image",), message(what))]
    if story.image.credit is None:
        return [Missing("picture", ("image",), message(N_("say under “credit” who made the picture")))]
    return []
