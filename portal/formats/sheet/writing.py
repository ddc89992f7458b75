"""Values of front matter → the text of a sheet. What is written reads back as the same values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from portal.content import Content
from portal.formats.sheet.escapes import protect, protect_item
from portal.formats.sheet.keys import BODY, Asked, asked, value_at
from portal.formats.sheet.names import Names, choice_words, language_word
from portal.formats.sheet.rows import write_row
from portal.labels import LABELS
from portal.language import Translator
from portal.records import Record
from portal.records.keys import Shape

HEADER = "Veillée · "
"""How the first line begins; the kind follows."""


def write_sheet(  # noqa: PLR0913 - what a sheet is made of
    model: type[Record],
    values: Mapping[str, Any],
    body: str,
    content: Content | None,
    translator: Translator,
    *,
    blank: Collection[str] = (),
) -> str:
    """The sheet of a record's values, as front matter has them; keys that sheets don't ask for are left out.

    `content` names what slugs stand for (without it, slugs are written); what it doesn't hold is written as its slug.
    `blank` are dotted names whose label is written even though nothing is known.

    Raises:
        KeyError: for a model that has no sheet.
    """
    writer = _Writer(model.kind, Names(content) if content else None, translator)
    given = {**values, BODY: body.strip()}
    blocks = [
        writer.block(item, value_at(given, item.name), item.name in blank) for item in asked(model.kind)
    ]
    return "\n".join([writer.header, "", *(line for block in blocks for line in block)]).rstrip() + "\n"


class _Writer:
    def __init__(self, kind: str, names: Names | None, translator: Translator) -> None:
        self._kind, self._names, self._translator = kind, names, translator

    @property
    def header(self) -> str:
        return HEADER + self._translator.gettext(LABELS["kind"][self._kind])

    def block(self, item: Asked, value: Any, is_blank: bool) -> Iterator[str]:
        """The lines of one key; none where there is no value."""
        label = f"{self._translator.gettext(item.label)} :"
        if value in (None, (), [], ""):
            yield from [label] if is_blank else []
        elif item.is_text:
            yield label
            yield from (protect(self._kind, line) for line in _lines(str(value)))
            yield ""
        elif item.shape.many:
            yield label
            yield from (f"- {protect_item(self._said(item, one))}" for one in value)
        else:
            yield f"{label} {self._word(item.shape, value)}"

    def _said(self, item: Asked, value: Any) -> str:
        if not item.parts:
            return self._word(item.shape, value)
        given = {part: value.get(part.name.removeprefix(item.name + ".")) for part in item.parts}
        return write_row(
            (self._translator.gettext(part.label), self._words(part.shape, found))
            for part, found in given.items()
            if found not in (None, (), [])
        )

    def _words(self, shape: Shape, value: Any) -> str:
        return ", ".join(self._word(shape, one) for one in value) if shape.many else self._word(shape, value)

    def _word(self, shape: Shape, value: Any) -> str:
        """One value as people write it."""
        match shape.form:
            case "reference" if self._names and shape.reference:
                word = self._names.written(shape.reference, str(value))
            case "choice":
                word = choice_words(shape, self._translator).get(value, str(value))
            case "language":
                word = language_word(str(value), self._translator)
            case "moment":
                word = str(value).replace("T", " ")
            case "number":
                word = _number(float(value), self._translator.language)
            case _:
                word = str(value)
        return word


def _lines(text: str) -> list[str]:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _number(value: float, language: str) -> str:
    said = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return said.replace(".", ",") if language == "fr" else said
