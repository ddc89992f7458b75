"""The form of a kind: what someone is asked, in which order and by which control. Read from the sheet of the kind.

A form only helps to write a contribution sheet: its answers are the words of the sheet, and nothing else is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from portal.content import Content
from portal.formats.form_options import LANGUAGE, Option, completions, options_of
from portal.formats.form_words import (
    FOLDED,
    FURTHER,
    HINTS,
    QUESTIONS,
    ROWS,
    SCALES,
    SECTIONS,
)
from portal.formats.sheet import Asked, asked, write_sheet
from portal.formats.sheet.escapes import BEGINS_OTHERWISE
from portal.formats.sheet.keys import BODY
from portal.formats.sheet.names import choice_words
from portal.formats.sheet.words import reserved
from portal.labels import LABELS
from portal.language import Translator
from portal.page_words import INVITATIONS, Invitation
from portal.records import KINDS, Person, Skill
from portal.records.keys import Key, keys_of

Control = Literal[
    "line", "text", "url", "email", "date", "moment", "number", "scale", "choice", "choices", "pick", "picks", "name",
    "names", "rows",
]  # fmt: skip
"""How an answer is given: `pick` chooses among a few words, `name` types one of many; `scale` is a number of steps."""

FEW = 24
"""Up to so many records are shown to choose from; beyond, their names are typed and completed."""

_OPEN = frozenset({Person.kind, Skill.kind})
"""Kinds whose names are always typed: someone may have no profile yet, or a skill that nobody has named."""

_PLAIN: dict[str, Control] = {
    "line": "line", "text": "text", "markdown": "text", "url": "url", "email": "email", "date": "date",
    "moment": "moment", "number": "number", "integer": "number",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One thing asked. `name` is dotted as on the sheet; `word` is its label there, `label` and `hint` are the form's.

    `place` is its rank on the sheet; `names` is the list that completes what is typed. `completes` says that it is
    needed once another key of its group is given. `parts` are those of a row.
    """

    name: str
    control: Control
    word: str
    label: str
    hint: str
    place: int
    required: bool = False
    completes: bool = False
    many: bool = False
    max_chars: int | None = None
    options: tuple[Option, ...] = ()
    names: str = ""
    parts: tuple[Field, ...] = ()

    @property
    def group(self) -> str:
        """The key of the group that it belongs to; empty for one that stands alone."""
        return self.name.rpartition(".")[0]


@dataclass(frozen=True)
class Section:
    """Some fields under a title; `is_folded` says that the form is whole without them, and hides them until asked."""

    title: str
    fields: tuple[Field, ...]
    is_folded: bool = False


@dataclass(frozen=True)
class Form:
    """What someone fills in to contribute one record; `sheet` is its empty contribution sheet.

    Lines of a text are protected where a label of `reserved` (folded) stands before a colon, or where they match
    `otherwise`, a pattern in the words of ECMAScript.
    """

    kind: str
    invitation: Invitation
    header: str
    sections: tuple[Section, ...]
    sheet: str
    reserved: tuple[str, ...]
    otherwise: str

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order of the sheet."""
        found = (field for section in self.sections for field in section.fields)
        return tuple(sorted(found, key=lambda field: field.place))


def form_of(kind: str, content: Content, translator: Translator) -> Form:
    """The form of a kind, for who sees `content`, in the translator's words.

    Raises:
        KeyError: for a kind that people don't contribute.
    """
    fields = tuple(_Asking(kind, content, translator).fields())
    sheet = write_sheet(
        KINDS[kind], {}, "", content, translator, blank=frozenset(field.name for field in fields)
    )
    return Form(
        kind=kind,
        invitation=INVITATIONS[kind],
        header=sheet.partition("\n")[0],
        sections=tuple(_sections(kind, fields, translator)),
        sheet=sheet,
        reserved=tuple(sorted(reserved(kind))),
        otherwise=BEGINS_OTHERWISE.pattern.replace(r"\W", r"[^\p{L}\p{N}_]"),
    )


def names_of(content: Content, translator: Translator) -> dict[str, list[list[str]]]:
    """By list, what completes the names that are typed, as `completions` gives it.

    The lists are the kinds of records that some form asks for by name, and languages.
    """
    asking = (_Asking(kind, content, translator) for kind in INVITATIONS)
    asked_for = {one.names for kind in asking for field in kind.fields() for one in (field, *field.parts)}
    return {listed: completions(listed, content, translator) for listed in sorted(asked_for - {""})}


@dataclass(frozen=True)
class _Asking:
    """Turns what the sheet of one kind asks into fields."""

    kind: str
    content: Content
    translator: Translator

    def fields(self) -> Iterator[Field]:
        """Every field in the order of the sheet."""
        for place, item in enumerate(asked(self.kind)):
            yield self._field(item, place, item.description)

    def _field(self, item: Asked, place: int, described: str = "") -> Field:
        say, name = self.translator.gettext, f"{self.kind}.{item.name}"
        word = say(item.label)
        control = self._control(item)
        names = LANGUAGE if item.shape.form == "language" else item.shape.reference or ""
        return Field(
            name=item.name,
            control=control,
            word=word,
            label=say(QUESTIONS[name]) if name in QUESTIONS else word[:1].upper() + word[1:],
            hint=say(found) if (found := HINTS.get(name, described)) else "",
            place=place,
            required=item.required,
            completes=_completes(self.kind, item),
            many=item.shape.many,
            max_chars=item.shape.max_chars,
            options=tuple(self._choices(item, control)),
            names=names if control in {"name", "names"} else "",
            parts=self._parts(item),
        )

    def _parts(self, item: Asked) -> tuple[Field, ...]:
        """The parts of a row as they are read: those that `ROWS` names first, then the others."""
        found = [self._field(part, number) for number, part in enumerate(item.parts)]
        first = [f"{item.name}.{part}" for part in ROWS.get(f"{self.kind}.{item.name}", ())]
        return tuple(
            sorted(found, key=lambda part: first.index(part.name) if part.name in first else len(first))
        )

    def _control(self, item: Asked) -> Control:
        shape = item.shape
        if item.parts:
            return "rows"
        if shape.reference:
            few = shape.reference not in _OPEN and len(self.content.of(shape.reference)) <= FEW
            return ("picks" if few else "names") if shape.many else ("pick" if few else "name")
        if shape.form == "choice":
            return "choices" if shape.many else "choice"
        if shape.form == "integer" and shape.least is not None and shape.most is not None:
            return "scale"
        return "names" if shape.many else _PLAIN.get(shape.form, "name")

    def _choices(self, item: Asked, control: Control) -> Iterator[Option]:
        shape = item.shape
        if control in {"pick", "picks"} and shape.reference:
            yield from options_of(shape.reference, self.content)
        elif shape.form == "choice":
            for choice, word in choice_words(shape, self.translator).items():
                yield Option(word, word, choice)
        elif control == "scale" and shape.least is not None and shape.most is not None:
            steps = LABELS.get(SCALES.get(f"{self.kind}.{item.name}", ""), {})
            for step in range(int(shape.least), int(shape.most) + 1):
                said = steps.get(step)  # type: ignore[call-overload]  # the steps of a scale are whole numbers
                yield Option(str(step), self.translator.gettext(said) if said else str(step))


def _completes(kind: str, item: Asked) -> bool:
    """Whether a key of an optional group is needed once the group has another one."""
    first, _, rest = item.name.partition(".")
    key: Key | None = next((key for key in keys_of(KINDS[kind]) if key.name == first), None)
    if key is None or not rest or key.shape.model is None:
        return False
    return next(inner.required for inner in keys_of(key.shape.model) if inner.name == rest)


def _sections(kind: str, fields: tuple[Field, ...], translator: Translator) -> Iterator[Section]:
    """The sections that have something to ask. What is required comes first, wherever it was meant to stand."""
    by_name = {field.name: field for field in fields}
    placed: set[str] = set()
    for number, (title, names) in enumerate(SECTIONS[kind]):
        wanted = [by_name[name] for name in names if name in by_name]
        placed |= {field.name for field in wanted}
        if number == 0:
            needed = [field for field in fields if field.required and field.name not in placed]
            placed |= {field.name for field in needed}
            wanted += needed
        if wanted:
            yield Section(translator.gettext(title), tuple(wanted))
    rest = sorted(
        (field for field in fields if field.name not in placed), key=lambda field: field.name == BODY
    )
    if rest:
        yield Section(translator.gettext(FURTHER), tuple(rest), kind in FOLDED)
