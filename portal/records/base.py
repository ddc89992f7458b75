"""What every record has: a source file, a slug, an audience; and how its references are found and taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, PrivateAttr

from portal.records.fields import MarkdownText, RefTo
from portal.yaml12 import Document, Location

Audience = Literal["internal", "external", "private"]


M = TypeVar("M", bound="Model")


class Model(BaseModel):
    """Strict, frozen, and closed: a key that isn't declared is an error."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=False,
        use_attribute_docstrings=True,
    )


@dataclass(frozen=True)
class Source:
    """Where a record comes from.

    `path` is relative to the content folder, with `/`; `body_line` is the line on which the body begins.
    """

    path: str
    slug: str
    body: str = ""
    body_line: int = 1
    front: Document = field(default_factory=lambda: Document({}))


@dataclass(frozen=True)
class Reference:
    """One slug that a record names: the key where it stands and the record that it means."""

    location: Location
    kind: str
    slug: str


@dataclass(frozen=True)
class Prose:
    """One piece of Markdown in a record: its body, or a key whose text is Markdown."""

    location: Location
    text: str
    line: int


class Record(Model):
    """One file of content. Subclasses declare the keys of a kind; `kind` and `folder` are their addresses."""

    kind: ClassVar[str]
    folder: ClassVar[str]

    audience: Audience = "internal"
    """Who may read it: every employee (`internal`), the public too (`external`), or a private community."""

    _origin: Source = PrivateAttr(default_factory=lambda: Source("", ""))

    @classmethod
    def read(cls, values: Mapping[str, Any], source: Source) -> Self:
        """Validate `values`; raises pydantic's `ValidationError`."""
        record = cls.model_validate(values)
        record._origin = source
        return record

    @property
    def origin(self) -> Source:
        """The file that it was read from."""
        return self._origin

    @cached_property
    def slug(self) -> str:
        """The name that other records use."""
        return self._origin.slug

    @cached_property
    def path(self) -> str:
        """The file's path inside the content folder."""
        return self._origin.path

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self._origin.body

    @property
    def label(self) -> str:
        """The name that people read."""
        return str(getattr(self, "title", self.slug))

    @cached_property
    def key(self) -> tuple[str, str]:
        """Kind and slug: unique among all records."""
        return (self.kind, self.slug)

    def line_of(self, *location: str | int) -> int:
        """The line of a key in the file, or of the front matter's beginning."""
        return self._origin.front.line_of(location)

    def references(self) -> Iterator[Reference]:
        """Every slug that the record names, in the file's order of keys."""
        yield from _references(self, ())

    def prose(self) -> Iterator[Prose]:
        """Every piece of Markdown in the record, the body last."""
        for location, text in _prose(self, ()):
            yield Prose(location, text, self.line_of(*location))
        if self.body:
            yield Prose((), self.body, self._origin.body_line)

    def without(self, hidden: frozenset[tuple[str, str]]) -> Self:
        """The same record with every trace of the `hidden` records removed from its keys."""
        if not any((reference.kind, reference.slug) in hidden for reference in self.references()):
            return self
        return _without(self, hidden) or self  # a record itself is never dropped here


@dataclass(frozen=True)
class _Shape:
    """What a field may hold: a slug of `ref`, Markdown, or models; one or a list of them."""

    ref: str | None = None
    markdown: bool = False
    models: bool = False


@cache
def _shapes(model: type[Model]) -> dict[str, _Shape]:
    """The fields of `model` that hold references, Markdown or further models."""
    found = {name: _shape(info.annotation, list(info.metadata)) for name, info in model.model_fields.items()}
    return {name: shape for name, shape in found.items() if shape != _Shape()}


def _shape(annotation: Any, metadata: list[Any]) -> _Shape:
    for marker in metadata:
        if isinstance(marker, RefTo):
            return _Shape(ref=marker.kind)
        if isinstance(marker, MarkdownText):
            return _Shape(markdown=True)
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extra = get_args(annotation)
        return _shape(inner, extra)
    if origin in {tuple, list, Union, UnionType}:
        shapes = [_shape(arg, []) for arg in get_args(annotation) if arg not in {NoneType, Ellipsis}]
        return next((shape for shape in shapes if shape != _Shape()), _Shape())
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _Shape(models=True)
    return _Shape()


def _items(value: Any, at: Location) -> Iterator[tuple[Location, Any]]:
    if isinstance(value, tuple):
        yield from (((*at, index), item) for index, item in enumerate(value))
    elif value is not None:
        yield at, value


def _references(model: Model, at: Location) -> Iterator[Reference]:
    for name, shape in _shapes(type(model)).items():
        for location, item in _items(getattr(model, name), (*at, name)):
            if shape.ref:
                yield Reference(location, shape.ref, item)
            elif shape.models:
                yield from _references(item, location)


def _prose(model: Model, at: Location) -> Iterator[tuple[Location, str]]:
    for name, shape in _shapes(type(model)).items():
        for location, item in _items(getattr(model, name), (*at, name)):
            if shape.markdown:
                yield location, item
            elif shape.models:
                yield from _prose(item, location)


def _kept(value: Any, shape: _Shape, hidden: frozenset[tuple[str, str]]) -> Any:
    """`value` without hidden records; None when nothing of it may be kept."""
    if isinstance(value, tuple):
        kept = (_kept(item, shape, hidden) for item in value)
        return tuple(item for item in kept if item is not None)
    if shape.ref:
        return None if (shape.ref, value) in hidden else value
    return _without(value, hidden) if value is not None and shape.models else value


def _without(model: M, hidden: frozenset[tuple[str, str]]) -> M | None:
    """A copy of `model` without hidden records; a part of a record that names one of them goes whole."""
    updates: dict[str, Any] = {}
    for name, shape in _shapes(type(model)).items():
        value = getattr(model, name)
        kept = _kept(value, shape, hidden)
        if kept is None and value is not None and shape.ref and not isinstance(model, Record):
            return None
        if kept != value:
            updates[name] = kept
    return model.model_copy(update=updates) if updates else model
