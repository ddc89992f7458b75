"""What came of messages → one line each for people, one object each for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from curation.intake.outcome import Outcome
from curation.intake.taking import Taken
from curation.report import printable
from curation.tree import Tree
from portal.language import Translator
from portal.problems import N_, Message, message

VERSION = 1
"""Goes up when a reader of the JSON would break."""

_SAID: Mapping[str, str] = {
    "new": N_("written: {path}"),
    "changed": N_("changed: {path}"),
    "known": N_("there already: {path}"),
    "incomplete": N_("asked back for {missing}"),
    "unclear": N_("asked back: {why}"),
    "refused": N_("refused: {why}"),
    "left": N_("left for someone to read: {why}"),
    "ignored": N_("passed over: {why}"),
}


def as_lines(taken: Taken, tree: Tree, say: Translator) -> list[str]:
    """Who wrote, under which subject, and what came of it; then what a curator must look at."""
    outcome = taken.outcome
    params = {"path": _shown(taken, tree), "why": outcome.why, "missing": say.listed(_missing(outcome, say))}
    what = say.say(message(_SAID[outcome.verdict], **params))
    line = N_("{sender}, “{subject}”: {what}")
    received = outcome.message
    said = say.say(message(line, sender=str(received.sender), subject=received.subject, what=what))
    more = [say.say(flag) for flag in outcome.flags]
    return [
        printable(said),
        *(f"  ! {printable(text)}" for text in more),
        *([f"  {taken.request}"] if taken.request else []),
    ]


def failed_line(received_from: str, subject: str, why: Message, say: Translator) -> str:
    """What is said of a message that the next run takes up again."""
    what = N_("{sender}, “{subject}”: put off until the next run: {why}")
    return printable(say.say(message(what, sender=received_from, subject=subject, why=why)))


def as_object(taken: Taken, tree: Tree, say: Translator) -> dict[str, Any]:
    """The same for programs."""
    outcome = taken.outcome
    found = outcome.found
    return {
        "id": outcome.message.id,
        "sender": str(outcome.message.sender),
        "subject": outcome.message.subject,
        "verdict": outcome.verdict,
        "kind": found.model.kind if found else None,
        "path": _shown(taken, tree) or None,
        "request": taken.request,
        "missing": [item.name for item in found.missing] if found else [],
        "questions": [say.say(doubt.what) for doubt in found.doubts] if found else [],
        "problems": [say.say(wrong) for wrong in outcome.wrong],
        "notes": [say.say(note) for note in found.notes] if found else [],
        "flags": [say.say(flag) for flag in outcome.flags],
        "why": say.say(outcome.why) if outcome.why else None,
    }


def _shown(taken: Taken, tree: Tree) -> str:
    return tree.shown_path(taken.path) if taken.path else ""


def _missing(outcome: Outcome, say: Translator) -> Sequence[str]:
    found = outcome.found
    if found is None:
        return ()
    asked = [*(item.label for item in found.missing), *(doubt.label for doubt in found.doubts)]
    labels = [say.gettext(label) for label in asked] + [say.say(wrong) for wrong in outcome.wrong]
    return tuple(dict.fromkeys(labels))
