"""The keys of a model as values: the name in the file, what may stand there, and the sentence that describes it.

Read from the models' annotations alone: prompts, forms and reference pages need no list of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from portal.labels import LABELS
from portal.problems import N_
from portal.records import fields
from portal.records.base import Model, Record

Form = Literal[
    "line", "text", "markdown", "date", "moment", "url", "timezone", "language", "email", "integer", "number", "boolean",
    "choice", "reference", "group", "table",
]  # fmt: skip
"""What one value is; `group` is a model of its own, `table` pairs free names with a choice."""

EXPECTED: Mapping[Form, str] = {
    "line": N_("one line of text"),
    "text": N_("text"),
    "markdown": N_("text in Markdown"),
    "date": N_("a date such as 2026-11-05"),
    "moment": N_("a date such as 2026-12-03, or a time such as 2026-12-03T10:00"),
    "url": N_("a web address that begins with https://"),
    "timezone": N_("a time zone such as Europe/Paris"),
    "language": N_("a language code such as fr or en"),
    "email": N_("an e-mail address"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "boolean": N_("true or false"),
    "choice": N_("one of these words"),
    "reference": N_("the name of a file of this kind, without “.md”"),
    "group": N_("a group of keys"),
    "table": N_("a name and one of these words a line"),
}
"""What to write for each form, in words."""

# The first whose markers are all there is meant: a Markdown text carries the markers of a text, and one more.
_NAMED: tuple[tuple[Form, Any], ...] = (
    ("markdown", fields.Markdown), ("text", fields.Text), ("line", fields.Line), ("date", fields.Date),
    ("moment", fields.Moment), ("url", fields.Url), ("timezone", fields.TimeZone), ("language", fields.Language),
    ("email", fields.Email),
)  # fmt: skip
_PLAIN: Mapping[type, Form] = {bool: "boolean", int: "integer", float: "number"}


@dataclass(frozen=True)
class Shape:
    """What may stand in a key: a `form`, one or `many`; `nested` where each item is a list itself.

    `choices` for a choice or a table, the kind referred to in `reference`, the `model` of a group; numbers lie
    between `least` and `most`; texts have at most `max_chars`.
    """

    form: Form
    many: bool = False
    choices: tuple[str, ...] = ()
    reference: str | None = None
    model: type[Model] | None = None
    least: float | None = None
    most: float | None = None
    max_chars: int | None = None
    nested: bool = False

    @property
    def expected(self) -> str:
        """What to write, as an id of the catalogue."""
        return EXPECTED[self.form]

    @property
    def labels(self) -> Mapping[str, str]:
        """The label of each choice, as an id of the catalogue; empty for words that have none."""
        return next((group for group in LABELS.values() if set(group) == set(self.choices)), {})


@dataclass(frozen=True)
class Key:
    """One key of a model: `name` as written in the file; `default` holds where the key is absent."""

    name: str
    shape: Shape
    required: bool
    default: Any
    description: str


@cache
def keys_of(model: type[Model]) -> tuple[Key, ...]:
    """Every key of a model in the order of its declaration; what all records share comes last."""
    shared = [name for name in Record.model_fields if name in model.model_fields]
    own = [name for name in model.model_fields if name not in shared]
    return tuple(_key(name, model.model_fields[name]) for name in (*own, *shared))


def label_key(model: type[Model]) -> Key:
    """The key that names a record to people: `title`, or else its first line of text."""
    keys = keys_of(model)
    titles = [key for key in keys if key.name == "title"]
    return (titles or [key for key in keys if key.required and key.shape.form == "line"])[0]


def _key(name: str, info: FieldInfo) -> Key:
    return Key(
        name=info.alias or name,
        shape=_shape(info.annotation, info.metadata),
        required=info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        description=info.description or "",
    )


def _shape(annotation: Any, metadata: list[Any], many: bool = False) -> Shape:
    """The shape behind `Annotated`, `| None` and `tuple[…, ...]`."""
    markers = list(_flat(metadata))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(args[0], [*markers, *args[1:]], many)
    if origin is tuple:
        items = _shape(args[0], [], many=True)
        return replace(items, nested=items.nested or many)
    if origin in {Union, UnionType} and _named(markers) is None:
        return _shape(next(arg for arg in args if arg is not NoneType), markers, many)
    return replace(_leaf(annotation, markers), many=many)


def _leaf(annotation: Any, markers: list[Any]) -> Shape:
    limits = {type(marker): marker for marker in markers}
    if reference := limits.get(fields.RefTo):
        return Shape("reference", reference=reference.kind)
    if named := _named(markers):
        return Shape(named, max_chars=limits[MaxLen].max_length if MaxLen in limits else None)
    if get_origin(annotation) is Literal:
        return Shape("choice", choices=get_args(annotation))
    if get_origin(annotation) is dict:
        return Shape("table", choices=_shape(get_args(annotation)[1], []).choices)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return Shape("group", model=annotation)
    least, most = getattr(limits.get(Ge), "ge", None), getattr(limits.get(Le), "le", None)
    return Shape(_PLAIN.get(annotation, "line"), least=least, most=most)


def _named(markers: list[Any]) -> Form | None:
    """The named type of `portal.records.fields` whose markers are all there."""
    marking = set(_marking(markers))
    return next((form for form, alias in _NAMED if set(_marking(alias.__metadata__)) <= marking), None)


def _marking(markers: Iterable[Any]) -> list[Any]:
    return [marker for marker in markers if isinstance(marker, BeforeValidator | fields.MarkdownText)]


def _flat(metadata: list[Any]) -> Iterator[Any]:
    """Pydantic's markers, also those inside a `Field(…)` that isn't at the top of an annotation."""
    for marker in metadata:
        if isinstance(marker, FieldInfo):
            yield from marker.metadata
        else:
            yield marker
