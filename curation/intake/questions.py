"""What is asked back of an incomplete sheet, point by point, and the sheet that goes back with what we propose. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curation.intake.outcome import Outcome
from curation.tree import Tree
from portal.content import INTERNAL
from portal.formats.sheet.keys import BODY, Asked, labels
from portal.formats.sheet.writing import write_sheet
from portal.language import Translator
from portal.problems import N_, message

MAX_CHOICES = 12
"""Up to so many records of a kind are named to choose from."""

_KEY = re.compile(r"[“«]\s?([a-z_]+(?:\.[a-z_0-9]+)*)\s?[”»]")


def questions(outcome: Outcome, tree: Tree, say: Translator) -> Iterator[str]:
    """What is missing, what is doubtful, what the checks refuse; in the words of the sheet."""
    found = outcome.found
    if found is None:
        return
    for item in found.missing:
        yield _missing(item, outcome, tree, say)
    for doubt in found.doubts:
        yield say.say(message(N_("{label}: {what}"), label=message(doubt.label), what=doubt.what))
    for wrong in outcome.wrong:
        yield _in_labels(found.model.kind, say.say(wrong), say)


def is_settled_by_a_word(outcome: Outcome) -> bool:
    """Whether the sheet that goes back is complete with our proposals."""
    found = outcome.found
    if found is None or found.missing or outcome.wrong:
        return False
    return all(doubt.is_proposed for doubt in found.doubts)


def sheet_to_complete(outcome: Outcome, tree: Tree, say: Translator) -> str:
    """The sheet with our proposals, and a line for each key that has none."""
    found = outcome.found
    if found is None:
        return ""
    doubted = {doubt.label for doubt in found.doubts} | {item.label for item in found.missing}
    said = {say.gettext(label) for label in doubted}
    blank = [name for name, label in labels(found.model.kind, say).items() if label in said]
    return write_sheet(found.model, found.proposal, found.body, tree.loaded.content, say, blank=blank)


def _missing(item: Asked, outcome: Outcome, tree: Tree, say: Translator) -> str:
    """What is missing, with what may be chosen where that is little and the sender a colleague."""
    label, kind = message(item.label), item.shape.reference
    known = [record.label for record in tree.content.view(INTERNAL, tree.now).of(kind)] if kind else []
    if 0 < len(known) <= MAX_CHOICES and outcome.writer.is_colleague:
        what = N_("{label}: to be completed. To choose from: {names}")
        return say.say(message(what, label=label, names=tuple(known)))
    return say.say(message(N_("{label}: to be completed"), label=label))


def _in_labels(kind: str, text: str, say: Translator) -> str:
    """A check’s sentence where keys are called as on the sheet."""
    known = labels(kind, say)

    def label(quoted: re.Match[str]) -> str:
        name = ".".join(part for part in quoted[1].split(".") if not part.isdecimal())
        return quoted[0].replace(quoted[1], known[name]) if name in known and name != BODY else quoted[0]

    return _KEY.sub(label, text)
