"""One step in the life of a story: which status comes next, why not, and the file with these keys changed only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from curation.errors import Stopped
from curation.files import write_over
from curation.front_matter_edit import set_keys
from curation.tree import Tree
from portal import frontmatter
from portal.content.checklist import missing
from portal.problems import N_, Message, Refused, message
from portal.records import Source, Story
from portal.records.keys import keys_of
from portal.records.story import Status
from portal.validation import problems_of
from portal.yaml12 import Document

_ORDER = tuple(key.name for key in keys_of(Story))


@dataclass(frozen=True)
class Step:
    """What would change: the keys and their values, the file's new text, and why it may not be (nothing when it may)."""

    story: Story
    to: Status
    values: Mapping[str, Any]
    text: str
    reasons: tuple[Message, ...]


def next_status(story: Story, day: date | None, today: date) -> Status:
    """The status that comes by itself: a review leads to a schedule when its day is to come, else to the wall.

    Raises:
        Stopped: the story is archived already.
    """
    match story.status:
        case "draft":
            return "review"
        case "review":
            planned = day or story.published
            return "scheduled" if planned and planned > today else "published"
        case "scheduled":
            return "published"
        case "published":
            return "archived"
        case _:
            raise Stopped(
                message(N_("the story is archived: say where it goes with --to, such as “--to published”"))
            )


def plan(story: Story, to: Status, day: date | None, tree: Tree) -> Step:
    """The step of a story to a status, with `day` as that of its publication if given.

    Raises:
        Stopped: the file can't be changed without touching something else.
    """
    today = tree.content.today
    values: dict[str, Any] = {"status": to}
    if day is not None:
        values["published"] = day
    elif to == "published" and (story.published is None or story.published > today):
        values["published"] = today
    values["archived_on"] = (story.archived_on or today) if to == "archived" else None
    return with_keys(story, values, tree, to)


def with_keys(story: Story, values: Mapping[str, Any], tree: Tree, to: Status) -> Step:
    """The story's file with these keys, judged as it would be read.

    Raises:
        Stopped: the file can't be changed without touching something else.
    """
    shown = tree.shown_path(story.path)
    try:
        text = set_keys((tree.folder / story.path).read_bytes().decode(), values, _ORDER)
        changed = read_story(story, text)
    except Refused as refused:
        what = N_("“{path}”, line {line}: {why}")
        raise Stopped(message(what, path=shown, line=refused.line, why=refused.message)) from None
    except ValidationError as error:
        (problem, *_) = problems_of(error, shown, Document({}), Story)
        raise Stopped(
            message(N_("“{path}” can’t be changed: {why}"), path=shown, why=problem.message)
        ) from None
    return Step(story, to, values, text, tuple(_reasons(changed, tree)))


def read_story(story: Story, text: str) -> Story:
    """The story that its file would hold with this text."""
    page = frontmatter.read(text.encode())
    source = Source(story.path, story.slug, page.body, page.body_line, page.front)
    return Story.read(page.front.values, source)


def _reasons(story: Story, tree: Tree) -> list[Message]:
    """Why a story may not have its status; a draft may be anything."""
    if story.status in {"draft", "archived"}:
        return []
    lacking = missing(story, tree.content)
    if story.status == "review":
        return [item.what for item in lacking if item.item in {"people", "figures"}]
    reasons = [item.what for item in lacking]
    if story.status == "scheduled" and story.published and story.published <= tree.content.today:
        what = N_("its day, {day}, isn’t to come: give one with --on, or publish it with “--to published”")
        reasons.append(message(what, day=story.published))
    return reasons


def apply(step: Step, tree: Tree) -> None:
    """Write the file, beside then renamed.

    Raises:
        Stopped: it can't be written.
    """
    try:
        write_over(tree.folder / step.story.path, step.text)
    except OSError as error:
        shown, why = tree.shown_path(step.story.path), error.strerror or "?"
        raise Stopped(message(N_("“{path}” can’t be written: {why}"), path=shown, why=why)) from None
