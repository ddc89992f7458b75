"""One YAML loader for every file: YAML 1.2's core schema, no aliases or tags, bounded, with line numbers.

PyYAML reads YAML 1.1, where `no` is false, `10:30` is 630 and `2026-01-02` a date. We take only its parser
(libyaml's speed, when present) and build the values from its events by the rules of YAML 1.2.2 § 10.3.2.
Nothing is ever constructed from a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml

from portal.problems import N_, Message, Refused, message

MAX_DEPTH = 12
MAX_BYTES = 256 * 1024

Scalar = str | int | float | bool | None
Value = Scalar | tuple["Value", ...] | dict[str, "Value"]
Location = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"0o[0-7]+"), lambda text: int(text, 8)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text, 16)),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
)
_MAX_DIGITS = 18


@dataclass(frozen=True)
class Document:
    """A mapping read from YAML, with the line (from 1, in the file) of each key and item by its location."""

    values: dict[str, Value]
    lines: dict[Location, int] = field(default_factory=dict)

    def line_of(self, location: Location) -> int:
        """The line of `location`, or of the nearest key around it."""
        for length in range(len(location), 0, -1):
            if (line := self.lines.get(location[:length])) is not None:
                return line
        return self.lines.get((), 1)


def resolve_scalar(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar in YAML 1.2's core schema."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if len(text) <= _MAX_DIGITS:
        for pattern, convert in _NUMBERS:
            if pattern.fullmatch(text):
                return convert(text)
    return text


def load(text: str, first_line: int = 1) -> Document:
    """Read one YAML mapping; `first_line` is the line of the file on which `text` begins.

    Raises:
        Refused: with the line in the file, for anything that isn't one plain, bounded mapping.
    """
    if len(text.encode()) > MAX_BYTES:
        limit = MAX_BYTES // 1024
        raise Refused(
            "front-matter", first_line, message(N_("the YAML is longer than {limit} KiB"), limit=limit)
        )
    try:
        return _Builder(first_line).build(text)
    except yaml.MarkedYAMLError as error:
        # What is never closed is best mended where it was opened.
        opened = error.context and ("flow" in error.context or "quoted" in error.context)
        mark = error.context_mark if opened else error.problem_mark
        line = first_line + (mark.line if mark else 0)
        raise Refused("front-matter", line, _explain(error)) from None
    except yaml.YAMLError as error:
        raise Refused("front-matter", first_line, message(N_("this isn’t YAML: {why}"), why=error)) from None


def _explain(error: yaml.MarkedYAMLError) -> Message:
    """PyYAML's own words, said in ours for the mistakes that people make."""
    problem = (error.problem or "").lower()
    if "mapping values are not allowed" in problem:
        return message(N_("a value that holds “: ” must be put between quotes"))
    if "could not find expected ':'" in problem:
        return message(N_("a key must be followed by a colon and a space"))
    if "cannot start any token" in problem:
        return message(N_("a value that begins with a special character or a tab must be put between quotes"))
    if "block" in problem or "indent" in problem:
        return message(N_("the indentation isn’t regular: align the keys of one group"))
    if "quoted scalar" in problem or "end of stream" in problem or "expected ','" in problem:
        return message(N_("a quote or a bracket is opened and never closed"))
    return message(N_("this isn’t YAML: {why}"), why=error.problem or error.context or "?")


class _Builder:
    """Builds a `Document` from libyaml's events without recursion on hostile depth."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.lines: dict[Location, int] = {}

    def build(self, text: str) -> Document:
        events = iter(yaml.parse(text, Loader=_Loader))
        value: Value = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    line = self._line(event)
                    raise Refused("front-matter", line, message(N_("a second YAML document begins here")))
                value = self._node(next(events), events, ())
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise Refused(
                "front-matter", self.first_line, message(N_("“key: value” lines are expected here"))
            )
        self.lines.setdefault((), self.first_line)
        return Document(value, self.lines)

    def _line(self, event: yaml.Event) -> int:
        return self.first_line + (int(event.start_mark.line) if event.start_mark else 0)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], at: Location) -> Value:
        line = self._line(event)
        self.lines.setdefault(at, line)
        if len(at) > MAX_DEPTH:
            raise Refused(
                "front-matter", line, message(N_("more than {limit} levels of nesting"), limit=MAX_DEPTH)
            )
        if isinstance(event, yaml.AliasEvent):
            raise Refused(
                "front-matter", line, message(N_("aliases (*{name}) are refused"), name=event.anchor)
            )
        if (tag := getattr(event, "tag", None)) is not None:
            raise Refused("front-matter", line, message(N_("tags ({name}) are refused"), name=tag))
        if (anchor := getattr(event, "anchor", None)) is not None:
            raise Refused("front-matter", line, message(N_("anchors (&{name}) are refused"), name=anchor))
        if isinstance(event, yaml.ScalarEvent):
            return resolve_scalar(event.value) if event.implicit[0] else str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, at)
        return self._mapping(events, at)

    def _sequence(self, events: Iterator[yaml.Event], at: Location) -> tuple[Value, ...]:
        items: list[Value] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, (*at, len(items))))
        return tuple(items)

    def _mapping(self, events: Iterator[yaml.Event], at: Location) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = self._line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise Refused("front-matter", line, message(N_("a key must be a plain word")))
            key = str(event.value)
            if key in values:
                raise Refused("front-matter", line, message(N_("the key “{key}” stands here twice"), key=key))
            self.lines[*at, key] = line
            values[key] = self._node(next(events), events, (*at, key))
        return values
