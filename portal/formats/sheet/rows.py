"""A row of a sheet: the parts of one item of a list of groups, between semicolons (`Python ; niveau : 3`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.formats.sheet.words import part_meant

_SEMICOLON = re.compile(r"(?<!\\)(\\*+);")
_LABEL = re.compile(r"([^:]{1,40}?)\s*[:=]\s*(.*)", re.DOTALL)
_LABEL_ALONE = re.compile(r"([^\W\d]+)\s+(.+)", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One part of a row: the dotted name of what it answers, None where it isn't labelled, and its text."""

    name: str | None
    text: str


def write_row(parts: Iterable[tuple[str, str]]) -> str:
    """A row of labels and texts; the first label is left out where the text can't be taken for a labelled one."""
    labelled = [(label, _SEMICOLON.sub(lambda found: found[1] * 2 + r"\;", text)) for label, text in parts]
    first = [text if not {":", "="} & set(text) else f"{label} : {text}" for label, text in labelled[:1]]
    return " ; ".join([*first, *(f"{label} : {text}" for label, text in labelled[1:])])


def read_row(kind: str, row: str, text: str) -> tuple[Part, ...]:
    """The parts of one item of the list named `row`; empty ones are dropped."""
    pieces = [piece.strip() for piece in _split(text)]
    return tuple(_part(kind, row, piece, first=number == 0) for number, piece in enumerate(pieces) if piece)


def _split(text: str) -> list[str]:
    """Cut at semicolons that have no backslash of their own before them; two backslashes are one."""
    pieces, start, current = [], 0, ""
    for found in _SEMICOLON.finditer(text):
        slashes = len(found[1])
        current += text[start : found.start()] + "\\" * (slashes // 2)
        start = found.end()
        if slashes % 2:
            current += ";"
        else:
            pieces.append(current)
            current = ""
    return [*pieces, current + text[start:]]


def _part(kind: str, row: str, text: str, *, first: bool) -> Part:
    """`niveau : 3`, or `niveau 3` after the first part."""
    for pattern in (_LABEL,) if first else (_LABEL, _LABEL_ALONE):
        found = pattern.fullmatch(text)
        if found and (part := part_meant(kind, row, found[1])) is not None:
            return Part(part.name, found[2].strip())
    return Part(None, text)
