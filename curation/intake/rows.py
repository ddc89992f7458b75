"""Rows of a sheet → groups of front matter: what someone can do and likes, and the figures of a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from curation.intake.reading import MAX_LINE_CHARS, TOO_MANY, Read, Reader, bounded, level_scale
from curation.intake.scales import read_figure, read_level, split_arrow, split_level
from portal.formats.sheet.keys import Asked
from portal.formats.sheet.names import Names, choice_meant
from portal.formats.sheet.rows import Part, read_row
from portal.problems import N_, Message, message

_COMMA = re.compile(r"\s*,\s*")
_LIKELY_LEVEL = 3
_MAX_UNIT_CHARS = 20


def read_rows(reader: Reader, kind: str, item: Asked, texts: Iterable[str]) -> Read:
    """The groups of a list; a name and its level may stand on one line with others (`Python (3), SIG (2)`)."""
    rows = (
        row.read()
        for text in texts
        for row in _rows(reader, item, read_row(kind, item.name, text[:MAX_LINE_CHARS]))
    )
    reads = list(bounded(rows, Read(doubts=(TOO_MANY,))))
    return Read(
        tuple(read.value for read in reads if read.value) or None,
        tuple(read.proposal for read in reads if read.proposal) or None,
        tuple(doubt for read in reads for doubt in read.doubts),
        tuple(note for read in reads for note in read.notes),
    )


@dataclass
class _Row:
    """One group while its parts are read, by the dotted names of what they answer."""

    item: Asked
    label: str
    parts: dict[str, Read] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)

    def read(self) -> Read:
        """The group; no value where its first part was left aside."""
        reads = list(self.parts.values())
        notes = (*(note for read in reads for note in read.notes), *self.notes)
        head = self.parts.get(self.item.parts[0].name, Read())
        is_aside = head.value is None and not head.doubts
        missing = [part for part in self.item.parts if part.required and part.name not in self.parts]
        guesses = {part.name: _LIKELY_LEVEL for part in self.item.parts if part.shape.form == "integer"}
        doubts = (
            ()
            if is_aside
            else (*(doubt for read in reads for doubt in read.doubts), *map(self._asked, missing))
        )
        values = self._group({name: read.value for name, read in self.parts.items()})
        proposed = {name: read.proposal for name, read in self.parts.items() if read.proposal is not None}
        proposal = self._group({**guesses, **proposed})
        return Read(None if doubts or is_aside else values, proposal, doubts, notes)

    def _asked(self, part: Asked) -> Message:
        if part.shape.form == "integer":
            return message(N_("which level for “{name}”, from 1 to 5?"), name=self.label)
        return message(N_("“{name}”: “{part}” is missing"), name=self.label, part=message(part.label))

    def _group(self, values: dict[str, Any]) -> dict[str, Any]:
        """The group in the order of its keys."""
        found = {part.name.rpartition(".")[2]: values.get(part.name) for part in self.item.parts}
        return {name: value for name, value in found.items() if value is not None}


def _rows(reader: Reader, item: Asked, parts: tuple[Part, ...]) -> Iterator[_Row]:
    if kind := item.parts[0].shape.reference:
        yield from _named_rows(reader, item, _pieces(reader.names, item, kind, parts))
    elif parts:
        yield _figures(reader, item, parts)


def _named_rows(reader: Reader, item: Asked, parts: Iterable[Part]) -> Iterator[_Row]:
    """Rows that begin with a name; a part that is no level and no choice begins another."""
    row: _Row | None = None
    for part in parts:
        found = _answered(item, part)
        if row is None or found is None:
            if row is not None:
                yield row
            row, found = _Row(item, part.text), item.parts[0]
        row.parts[found.name] = (
            reader.several(found, [part.text]) if found.shape.many else reader.one(found, part.text)
        )
    if row is not None:
        yield row


def _pieces(names: Names, item: Asked, kind: str, parts: Iterable[Part]) -> Iterator[Part]:
    """Parts cut further where one holds several: `Python (3), SIG`; a name that is known is never cut."""
    for part in parts:
        if _answered(item, part) or names.meant(kind, part.text).slug is not None:
            yield part
        elif len(pieces := [piece for piece in _COMMA.split(part.text) if piece]) > 1:
            yield from _pieces(names, item, kind, [Part(None, piece) for piece in pieces])
        elif cut := split_level(part.text):
            level = next(one.name for one in item.parts if one.shape.form == "integer")
            yield from (Part(None, cut[0]), Part(level, cut[1]))
        else:
            yield part


def _answered(item: Asked, part: Part) -> Asked | None:
    """What a part answers, by its label or by what it says; None for a name."""
    if part.name is not None:
        return next(one for one in item.parts if one.name == part.name)
    scale = level_scale(item.name)
    for one in item.parts[1:]:
        if one.shape.form == "integer" and read_level(part.text, scale):
            return one
        if one.shape.form == "choice" and choice_meant(one.shape, part.text):
            return one
    return None


def _figures(reader: Reader, item: Asked, parts: Iterable[Part]) -> _Row:
    """One figure of a story: numbers without a label are `before` then `after`, or `after` alone."""
    asked = {one.name.rpartition(".")[2]: one for one in item.parts}
    said: dict[str, str] = {}
    loose: list[str] = []
    for part in parts:
        if part.name is not None:
            said[part.name.rpartition(".")[2]] = part.text
        elif "label" not in said:
            said["label"] = part.text
        elif cut := split_arrow(part.text):
            said["before"], said["after"] = cut
        else:
            loose.append(part.text)
    numbers = [text for text in loose if read_figure(text)]
    said |= dict(zip(("before", "after") if len(numbers) > 1 else ("after",), numbers, strict=False))
    _place(said, [text for text in loose if text not in numbers])
    row = _Row(item, said.get("label", ""))
    row.parts = {asked[name].name: reader.one(asked[name], text) for name, text in said.items()}
    return row


def _place(said: dict[str, str], texts: Iterable[str]) -> None:
    """The unit behind a figure, then words without a label: a short one is the unit, a long one the evidence."""
    for name in ("after", "before"):
        figure = read_figure(said.get(name, ""))
        if figure and figure[1]:
            said.setdefault("unit", figure[1])
    for text in texts:
        name = "unit" if len(text) <= _MAX_UNIT_CHARS and "unit" not in said else "evidence"
        said[name] = f"{said[name]} ; {text}" if name in said else text
