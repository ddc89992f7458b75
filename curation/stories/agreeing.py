"""Writes that someone agreed to appear in a story: one line more in its file, and nothing else."""

from __future__ import annotations

import re
from datetime import date

from pydantic import ValidationError

from curation.errors import Stopped
from curation.stories.moving import read_story
from curation.tree import Tree
from portal.content.checklist import agreement_line
from portal.problems import N_, Refused, message
from portal.records import Story
from portal.records.story import Agreement

_FRONT = re.compile(
    r"\A(\ufeff?---[ \t]*(?:\r\n|\n))(.*?)^(---[ \t]*(?:\r\n|\n|\Z))", re.DOTALL | re.MULTILINE
)
_LIST = re.compile(
    r"^agreements:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n)"
    r"(?P<items>(?:[ \t]*-[^\r\n]*(?:\r\n|\n)|[ \t]+[^\r\n]*(?:\r\n|\n))+)",
    re.MULTILINE,
)
_ITEM = re.compile(r"^([ \t]*)-", re.MULTILINE)


def with_agreement(story: Story, person: str, day: date, tree: Tree) -> str:
    """The text of a story's file with one agreement more.

    Raises:
        Stopped: the person doesn't appear or agreed already, or the file is written in a way that this can't add to.
    """
    if person not in story.appearing:
        what = N_("“{slug}” doesn’t appear in “{title}”: nothing to agree to")
        raise Stopped(message(what, slug=person, title=story.title))
    if earlier := next((item for item in story.agreements if item.person == person), None):
        what = N_("“{slug}” agreed on {day} already")
        raise Stopped(message(what, slug=person, day=earlier.on))
    text = (tree.folder / story.path).read_bytes().decode()
    changed = _added(text, agreement_line(person, day))
    if changed is None or not _is_the_same(story, changed, Agreement(person=person, on=day)):
        what = N_("“{path}” can’t be added to without touching something else: write “{line}” there by hand")
        line = agreement_line(person, day)
        raise Stopped(message(what, path=tree.shown_path(story.path), line=line))
    return changed


def _added(text: str, item: str) -> str | None:
    """The text with an item at the end of the list, which is made when there is none; None where neither fits."""
    found = _FRONT.match(text)
    if found is None:
        return None
    opening, front, _ = found.groups()
    end = "\r\n" if opening.endswith("\r\n") else "\n"
    if listed := _LIST.search(front):
        first = _ITEM.search(listed["items"])
        indent = first[1] if first else "  "
        place, added = listed.end(), f"{indent}- {item}{end}"
    else:
        place, added = len(front), f"agreements:{end}  - {item}{end}"
    return opening + front[:place] + added + front[place:] + text[len(opening) + len(front) :]


def _is_the_same(story: Story, text: str, agreement: Agreement) -> bool:
    """Whether a text holds the story as it was, with one agreement more."""
    try:
        changed = read_story(story, text)
    except (Refused, ValidationError):
        return False
    wanted = story.model_copy(update={"agreements": (*story.agreements, agreement)})
    return changed.model_dump() == wanted.model_dump() and changed.body == story.body
