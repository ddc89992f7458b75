"""The board in words for people, and as a document for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from curation.report import printable
from curation.stories.board import STATUSES, Card, Task, Wait
from curation.stories.since import History
from curation.terminal import Rows
from portal.content import Content
from portal.content.checklist import SHORT
from portal.labels import LABELS
from portal.language import Translator
from portal.problems import N_

_TASKS: dict[Task, str] = {
    "write": N_("{name} to write it"),
    "review": N_("{name} to read it"),
    "agree": N_("{name} to agree"),
}
_NOBODY: dict[Task, str] = {
    "write": N_("nobody: name an “editor”"),
    "review": N_("nobody: name “reviewers”"),
    "agree": N_("nobody"),
}


def tables(found: Sequence[Card], content: Content, say: Translator) -> list[tuple[str, Rows]]:
    """One table a status that has stories: its title, which counts them, and its rows."""
    made = []
    for status in STATUSES:
        column = [card for card in found if card.column == status]
        if column:
            word = LABELS["story_status"][status]
            label = say.gettext(word)
            head = tuple(
                map(say.gettext, (N_("Story"), N_("Day"), N_("Since"), N_("Waits for"), N_("Missing")))
            )
            rows = tuple(_row(card, content, say) for card in column)
            made.append((f"{label} ({len(column)})", Rows(head, rows)))
    return made


def _row(card: Card, content: Content, say: Translator) -> tuple[str, ...]:
    file = card.story.path.removeprefix(f"{card.story.folder}/")
    cells = (
        f"{card.story.title} ({file})",
        day(card, say),
        since(card, content, say),
        "; ".join(_wait(wait, content, say) for wait in card.waits) or "–",
        ", ".join(dict.fromkeys(say.gettext(SHORT[item.item]) for item in card.missing)) or "–",
    )
    return tuple(printable(cell) for cell in cells)


def day(card: Card, say: Translator) -> str:
    """When it comes or came out; what is late says so."""
    published = card.story.published
    said = say.date(published, "medium") if published else say.gettext("no day")
    if card.late == "planned":
        return say.gettext("LATE: planned for {day}").format(day=said)
    if card.late == "unwhole":
        return say.gettext("{day}, NOT WHOLE").format(day=said)
    if card.column == "published" and card.story.status == "scheduled":
        return say.gettext("{day}, by its schedule").format(day=said)
    if card.column in {"draft", "review"} and published:
        return say.gettext("planned for {day}").format(day=said)
    return said


def since(card: Card, content: Content, say: Translator) -> str:
    """Since when it has its status, in days."""
    known = card.since
    if known.moment is None:
        return say.gettext("not committed yet") if known.origin == "uncommitted" else say.gettext("unknown")
    days = (content.today - content.day_at(known.moment)).days
    if days <= 0:
        return say.gettext("today")
    return say.ngettext("{count} day", "{count} days", days).format(count=say.number(days))


def _wait(wait: Wait, content: Content, say: Translator) -> str:
    if wait.person is None:
        return say.gettext(_NOBODY[wait.task])
    person = content.person(wait.person)
    return say.gettext(_TASKS[wait.task]).format(name=person.name if person else wait.person)


def note(history: History, say: Translator) -> str:
    """Where the dates come from, when it isn't from the whole history of git; else nothing."""
    if not history.has_git:
        return say.gettext("No git history here: “since” is the date of each file on this disk.")
    if history.is_cut:
        return say.gettext(
            "Git has only the last commits here: “since” may be earlier (git fetch --unshallow)."
        )
    return ""


def as_document(found: Sequence[Card], history: History, content: Content, say: Translator) -> dict[str, Any]:
    """The board for programs; its keys are those that `veillee stories --help` lists."""
    return {
        "version": 1,
        "dated_by": "git" if history.has_git else "files",
        "stories": [_document(card, say) for card in found],
    }


def _document(card: Card, say: Translator) -> dict[str, Any]:
    story = card.story
    return {
        "slug": story.slug,
        "path": story.path,
        "title": story.title,
        "status": story.status,
        "column": card.column,
        "published": story.published.isoformat() if story.published else None,
        "late": card.late,
        "since": card.since.moment.isoformat() if card.since.moment else None,
        "since_from": card.since.origin,
        "territory": story.territory,
        "editor": story.editor,
        "waits_for": [{"task": wait.task, "person": wait.person} for wait in card.waits],
        "missing": [{"item": item.item, "message": say.say(item.what)} for item in card.missing],
    }
