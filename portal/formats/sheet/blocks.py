"""Lines → blocks: a label, and the lines that stand below it until the next one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from portal.formats.sheet.escapes import is_protected, unprotect
from portal.formats.sheet.keys import SHEET_KINDS, Asked
from portal.formats.sheet.regions import Line
from portal.formats.sheet.words import label_meant

_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)[\s:#*_]*")
_LABELLED = re.compile(
    r"\s*(?P<bullet>[-*•]\s+)?(?:\*\*|__)?(?P<label>[^:：*_]{1,60}?)\s*(?:\*\*|__)?\s*[:：](?!//)(?:\*\*|__)?(?P<rest>.*)"
)
_LABEL_LIKE = re.compile(r"[^\W\d_]\w*( [\w’'-]+){0,3}")


@dataclass
class Block:
    """What stands under one label while lines are read; `asked` is None under a label that isn't known."""

    asked: Asked | None
    label: str
    line: int
    rest: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Whether lines below the label may say anything."""
        return self.asked is not None and self.asked.is_text


def blocks(lines: Sequence[Line], kind: str, *, headings: bool) -> Iterator[Block]:
    """What stands before any label, then each label with its lines; labels are headings or stand before a colon."""
    current, is_first = Block(None, "", 1), True
    for line in lines:
        if is_protected(kind, line.text):
            current.lines.append(unprotect(line.text))
            continue
        began = (
            _headed(line, kind, current) if headings else _labelled(line, kind, current, is_prose=is_first)
        )
        if began is None:
            current.lines.append(line.text)
        else:
            yield current
            current, is_first = began, False
    yield current


def uses_headings(lines: Sequence[Line], kind: str) -> bool:
    """Whether the first label is a heading, as forges write the answers to their forms (`### Label`)."""
    for line in lines:
        heading, labelled = _HEADING.fullmatch(line.text), _LABELLED.fullmatch(line.text)
        if heading and label_meant(kind, heading[1]):
            return True
        if labelled and label_meant(kind, labelled["label"]):
            return False
    return False


def kind_guessed(lines: Sequence[Line]) -> str | None:
    """The only kind whose sheet has the most of the labels, two at least."""
    heads = [found for line in lines if (found := _HEADING.fullmatch(line.text))]
    texts = [head[1] for head in heads] + [
        found["label"] for line in lines if (found := _LABELLED.fullmatch(line.text))
    ]
    counts = Counter(
        kind for kind in SHEET_KINDS for text in texts if label_meant(kind, text, exactly=True)
    ).most_common(2)
    if not counts or counts[0][1] < 2 or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def _headed(line: Line, kind: str, current: Block) -> Block | None:
    found = _HEADING.fullmatch(line.text)
    if found is None:
        return None
    asked = label_meant(kind, found[1], exactly=current.is_text)
    return None if asked is None and current.is_text else Block(asked, found[1], line.number)


def _labelled(line: Line, kind: str, current: Block, *, is_prose: bool) -> Block | None:
    """The block that a line begins; in a text or after a bullet, only an exact label begins one."""
    found = _LABELLED.fullmatch(line.text)
    in_list = current.asked is not None and current.asked.shape.many
    if found is None or (found["bullet"] and in_list):
        return None
    exactly = current.is_text or bool(found["bullet"])
    asked = label_meant(kind, found["label"], exactly=exactly)
    is_unknown = not (is_prose or exactly) and _LABEL_LIKE.fullmatch(found["label"].strip())
    if asked is None and not is_unknown:
        return None
    return Block(asked, found["label"].strip(), line.number, found["rest"].strip())
