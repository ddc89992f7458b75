"""Where each key of a front matter stands in its text, so that one can be changed and the rest left byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TO_LINE_END = re.compile(r"[^\n]*")


@dataclass(frozen=True)
class Node:
    """A value by its place: `text[start:end]`, without the blank lines and comments that follow it.

    `entries` are the keys of a group written one a line, None for any other value; `inline` tells a group or a list
    in brackets, `literal` a text in a block (`|`, `>`). `words` are the places of all scalars in it, in order.
    """

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    entries: tuple[Entry, ...] | None = None
    inline: bool = False
    literal: bool = False


@dataclass(frozen=True)
class Entry:
    """One key and its value. `start` and `key_end` enclose the key as it is written."""

    key: str
    start: int
    key_end: int
    value: Node


def entries(text: str) -> tuple[Entry, ...] | None:
    """The keys of a YAML mapping that our loader accepts; None when it isn't written one key a line."""
    events = iter(yaml.parse(text, Loader=_Loader))
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            root = _node(next(events), events, text)
            return root.entries if root.entries is not None or text[root.start : root.end].strip() else ()
    return ()


def holds_comment(text: str, begin: int, node: Node) -> bool:
    """Whether a comment stands between `begin` and the end of a value: outside scalars, `#` begins nothing else."""
    gaps, last = [], begin
    for start, end in node.words:
        gaps.append(text[last:start])
        if text[start : start + 1] in {"|", ">"}:
            gaps.append(line_rest(text, start))
        last = end
    gaps.append(text[last : node.end])
    return any("#" in gap for gap in gaps)


def line_rest(text: str, at: int) -> str:
    """What stands on the line from a place on."""
    found = _TO_LINE_END.match(text, at)
    return found.group() if found else ""


def _node(event: yaml.Event, events: Iterator[yaml.Event], text: str) -> Node:
    start, end = _span(event)
    if isinstance(event, yaml.ScalarEvent):
        literal = event.style in {"|", ">"}
        if literal:
            end = start + len(text[start:end].rstrip())
        return Node(start, end, ((start, end),), literal=literal)
    if isinstance(event, yaml.CollectionStartEvent) and event.flow_style:
        return _inline(start, events)
    if isinstance(event, yaml.MappingStartEvent):
        return _group(start, events, text)
    items = []
    while not isinstance(inner := next(events), yaml.SequenceEndEvent):
        items.append(_node(inner, events, text))
    words = tuple(word for item in items for word in item.words)
    return Node(start, items[-1].end, words, literal=items[-1].literal)


def _group(start: int, events: Iterator[yaml.Event], text: str) -> Node:
    found: list[Entry] = []
    words: list[tuple[int, int]] = []
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        value = _node(next(events), events, text)
        found.append(Entry(str(getattr(key, "value", "")), *_span(key), value))
        words += [_span(key), *value.words]
    last = found[-1].value
    return Node(start, last.end, tuple(words), tuple(found), literal=last.literal)


def _inline(start: int, events: Iterator[yaml.Event]) -> Node:
    words, depth = [], 1
    while depth:
        event = next(events)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.ScalarEvent):
            words.append(_span(event))
    return Node(start, _span(event)[1], tuple(words), inline=True)


def _span(event: yaml.Event) -> tuple[int, int]:
    if event.start_mark is None or event.end_mark is None:
        raise RuntimeError("the parser gives every event its place")
    return event.start_mark.index, event.end_mark.index
