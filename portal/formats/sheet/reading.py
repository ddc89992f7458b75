"""The text of a message → a sheet. Tolerant: quotes, signatures, wrapped lines, bold labels, headings of forge forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal.formats.sheet.blocks import Block, blocks, kind_guessed, uses_headings
from portal.formats.sheet.escapes import unprotect_item
from portal.formats.sheet.fields import Field, Sheet, Unknown
from portal.formats.sheet.regions import HEADER, Line, split_regions
from portal.formats.sheet.words import kind_meant
from portal.records.fields import UNSAFE_CHARS

_KIND_HEADING = re.compile(r"\s*#{1,6}\s*veill[ée]e\s*", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\d{1,2}[.)])\s+")
_TICKED, _UNTICKED = re.compile(r"\[[xX]\]\s*"), re.compile(r"\[ ?\](\s|$)")
_COMMENT = re.compile(r"<!--.{0,500}?-->")
_NOTHING = frozenset({"_no response_", "…", "..."})


def read_sheet(text: str, kind: str | None = None) -> Sheet:
    """Read a sheet, its labels in any of the languages; `kind` is what the message's subject or form says of it.

    A sheet that was typed stands alone; otherwise, what was typed completes the sheet that was quoted.
    """
    typed, quoted = split_regions(UNSAFE_CHARS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    head, lines = _below_header(typed)
    if head or not quoted:
        return _read(lines, head or kind)
    asked, below = _below_header(quoted)
    said = _read(typed, asked or kind)
    if said.fields and asked is None:
        return said
    return _completed(_read(below, asked or said.kind), said)


def _below_header(lines: Sequence[Line]) -> tuple[str | None, Sequence[Line]]:
    """The kind that the first line of a sheet names, and the lines below it; None and all lines without one."""
    for index, line in enumerate(lines):
        if (found := HEADER.fullmatch(line.text)) and (kind := kind_meant(found[1])):
            return kind, lines[index + 1 :]
        if _KIND_HEADING.fullmatch(line.text):
            below = next((other for other in lines[index + 1 :] if other.text.strip()), line)
            if kind := kind_meant(below.text):
                return kind, lines[lines.index(below) + 1 :]
    return None, lines


def _read(lines: Sequence[Line], kind: str | None) -> Sheet:
    kind = kind or kind_guessed(lines)
    if kind is None:
        return Sheet(None, prose=_joined(line.text for line in lines))
    headings = uses_headings(lines, kind)
    prose, *found = blocks(lines, kind, headings=headings)
    fields: dict[str, Field] = {}
    unknown, left = [], ["\n".join(prose.lines)]
    for block in found:
        field, rest = _field(_without_comments(block) if headings else block)
        left.append(rest)
        if not field.text:
            continue
        known = fields.get(field.name)
        if block.asked is None or (known and not block.asked.shape.many):
            unknown.append(Unknown(field.label, field.text, field.line))
        else:
            fields[field.name] = _longer(known, field)
    return Sheet(kind, tuple(fields.values()), tuple(unknown), _joined(left))


def _without_comments(block: Block) -> Block:
    """A forge’s template holds its help in HTML comments of one line."""
    return replace(block, lines=[_COMMENT.sub("", line) for line in block.lines])


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(texts).strip()


def _longer(known: Field | None, field: Field) -> Field:
    """A list that is continued elsewhere."""
    return replace(known, text=f"{known.text}\n{field.text}") if known else field


def _completed(sheet: Sheet, said: Sheet) -> Sheet:
    """A sheet that was sent back, with what was typed beside it."""
    fields = {field.name: field for field in (*sheet.fields, *said.fields)}
    return Sheet(sheet.kind, tuple(fields.values()), said.unknown, said.prose)


def _field(block: Block) -> tuple[Field, str]:
    """What a block says, and the lines below it that aren't part of it."""
    if block.asked is None or block.asked.is_text:
        text, rest = "\n".join([block.rest, *block.lines]).strip(), ""
    elif block.asked.shape.many:
        items, left = _items(block)
        text, rest = "\n".join(items), left
    else:
        text, rest = _paragraph([block.rest, *block.lines])
    text = "" if text.strip(" *").casefold() in _NOTHING else text
    return Field(block.asked.name if block.asked else "", block.label, text, block.line), rest


def _paragraph(lines: Sequence[str]) -> tuple[str, str]:
    """The first lines that aren't blank, as one, and what stands below."""
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    end = next((index for index, line in enumerate(lines) if index > start and not line.strip()), len(lines))
    return " ".join(line.strip() for line in lines[start:end]).strip(), "\n".join(lines[end:])


def _items(block: Block) -> tuple[list[str], str]:
    """The items of a list, one a bullet, or one a line where nothing has a bullet; and what stands below."""
    if block.rest and not any(_BULLET.match(line) for line in block.lines):
        text, left = _paragraph([block.rest, *block.lines])
        return [text], left
    items, is_open, bulleted = [block.rest] if block.rest else [], False, False
    for index, line in enumerate(block.lines):
        if bullet := _BULLET.match(line):
            item = line[bullet.end() :].strip()
            bulleted = is_open = True
            if not _UNTICKED.match(item):
                items.append(unprotect_item(_TICKED.sub("", item, count=1) if _TICKED.match(item) else item))
        elif not line.strip():
            is_open = False
            if items and not bulleted:
                return items, "\n".join(block.lines[index:])
        elif not bulleted:
            items.append(line.strip())
        elif is_open and items:
            items[-1] = f"{items[-1]} {line.strip()}"
        else:
            return items, "\n".join(block.lines[index:])
    return items, ""
