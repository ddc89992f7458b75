"""A sheet → the values of a record, as far as it says them: what is sure, what is proposed, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curation.intake.dates import read_hour, read_span
from curation.intake.reading import Read, Reader, sure
from curation.intake.rows import read_rows
from portal.formats.sheet.fields import Field, Sheet
from portal.formats.sheet.keys import BODY, Asked, asked
from portal.problems import N_, Message, message
from portal.records import KINDS, Record

SIGNERS: Mapping[str, str] = {"question": "asked_by", "idea": "proposed_by", "watch_item": "curated_by"}
"""The key that names who contributes, by kind: the sender, where a sheet doesn't say otherwise."""


@dataclass(frozen=True)
class Doubt:
    """One thing to ask: what is wrong, the label of the key where it stands, and whether something is proposed."""

    label: str
    what: Message
    is_proposed: bool = False


@dataclass(frozen=True)
class Understanding:
    """What a sheet says of one record.

    `values` and `body` are sure; `proposal` holds our guesses too, for the sheet that is sent back; `missing` are keys
    that are needed; `notes` tell what was assumed or left aside.
    """

    model: type[Record]
    values: Mapping[str, Any]
    body: str
    proposal: Mapping[str, Any]
    doubts: tuple[Doubt, ...] = ()
    missing: tuple[Asked, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing to ask."""
        return not (self.doubts or self.missing)


def understand(sheet: Sheet, kind: str, reader: Reader, defaults: Mapping[str, Any]) -> Understanding:
    """Read every field; `defaults` stand for keys of which nothing is said."""
    items = {item.name: item for item in asked(kind)}
    reads = {field.name: _read(reader, kind, items[field.name], field) for field in sheet.fields}
    reads |= _span(sheet, reads, reader)
    said = {**defaults, **_nested({name: read.value for name, read in reads.items()})}
    proposed = {**defaults, **_nested({name: read.proposal for name, read in reads.items()})}
    doubts = tuple(
        Doubt(items[name].label, what, read.proposal is not None)
        for name, read in reads.items()
        for what in read.doubts
    )
    doubted = {name for name, read in reads.items() if read.doubts}
    needed = [item for item in items.values() if item.required and item.name not in {*doubted, *said}]
    body = str(said.pop(BODY, ""))
    proposed.pop(BODY, None)
    notes = (*(note for read in reads.values() for note in read.notes), *_not_understood(sheet))
    return Understanding(KINDS[kind], said, body, proposed, doubts, tuple(needed), notes)


def _read(reader: Reader, kind: str, item: Asked, field: Field) -> Read:
    if item.parts:
        return read_rows(reader, kind, item, field.items)
    return reader.several(item, field.items) if item.shape.many else reader.one(item, field.text)


def _span(sheet: Sheet, reads: Mapping[str, Read], reader: Reader) -> Mapping[str, Read]:
    """The end that stands on the line of the start, and an end that is an hour of the first day."""
    start, end = sheet.text_of("start"), sheet.text_of("end")
    if start is None:
        return {}
    found = read_span(start, reader.today)
    if found is None:
        return {}
    if end is None:
        return {"end": sure(found.end)} if found.end else {}
    hour = read_hour(end)
    if hour is None or reads["end"].value is not None:
        return {}
    return {"end": sure(f"{found.start[:10]}T{hour.isoformat('minutes')}")}


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by key, the dotted ones in their groups; what is None isn't said."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        first, dot, rest = name.partition(".")
        if value is None:
            continue
        if dot:
            found.setdefault(first, {})[rest] = value
        else:
            found[first] = value
    return found


def _not_understood(sheet: Sheet) -> Iterator[Message]:
    for line in sheet.unknown:
        what = N_("the line “{label}: {text}” isn’t one of the sheet’s: it was left aside")
        yield message(what, label=line.label, text=line.text)
