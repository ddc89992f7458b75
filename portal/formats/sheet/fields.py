"""What a sheet says, field by field, as text: what reading gives. Turning text into values is for who knows the content."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One thing said: its dotted name (`contact.email`, `body`), the label as it was written, the text, the line.

    A list holds one item a line, without bullets; items of a list of groups are read by `read_row`.
    """

    name: str
    label: str
    text: str
    line: int

    @property
    def items(self) -> tuple[str, ...]:
        """The items of a list."""
        return tuple(line for line in self.text.split("\n") if line)


@dataclass(frozen=True)
class Unknown:
    """A line that looks like a field and isn't one, or says again what was said."""

    label: str
    text: str
    line: int


@dataclass(frozen=True)
class Sheet:
    """One contribution as it was written; `kind` is None where nothing tells it. `prose` stands before any label."""

    kind: str | None
    fields: tuple[Field, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    prose: str = ""

    def text_of(self, name: str) -> str | None:
        """What is said under a dotted name."""
        return next((field.text for field in self.fields if field.name == name), None)
