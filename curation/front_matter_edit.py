"""Changes single keys of a file's front matter: whatever isn't named stays byte for byte, or nothing is changed.

A text is taken as its file holds it: with its byte-order mark and its own line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from curation.front_matter_places import Entry, Node, entries, holds_comment, line_rest
from portal import frontmatter
from portal.problems import N_, Refused, message

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TAIL = re.compile(r"[ \t]*(#.*)?")

_BY_HAND = N_("“{key}” can’t be changed without touching something else: change it by hand")
_COMMENT = N_("a comment stands inside “{key}” and would be lost: change it by hand")


@dataclass(frozen=True)
class _Edit:
    """The lines from `first` to before `end` (from 0, in the front matter) become `lines`."""

    first: int
    end: int
    lines: tuple[str, ...]


def set_keys(text: str, values: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """The same file with these keys; None takes one away. A group is given whole.

    What holds its value already isn't touched, in a group neither. A new key stands after the nearest of those that
    come before it in `order`, or last. Dates are written without quotes; a list in brackets stays in brackets. The
    comment at the end of a line is kept.

    Raises:
        Refused: with the line; the file can't be read, a value can't be written, or something else would change.
    """
    page = frontmatter.read(_encoded(text))
    closing, front = _split(text)
    there = entries(front)
    if there is None:
        raise Refused("front-matter", 2, message(_BY_HAND, key=next(iter(values), "")))
    edits = list(_edits(front, there, page.front.values, values, front.count("\n"), order))
    changed = _applied(text[:closing], edits) + text[closing:] if edits else text
    _verify(changed, page, values)
    return changed


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refused(
            "encoding", 1, message(N_("the text holds characters that UTF-8 can’t write"))
        ) from None


def _split(text: str) -> tuple[int, str]:
    """Where the line that closes the front matter begins, and the lines that it closes, with Unix line ends."""
    plain = frontmatter.decode(text.encode())
    opening, closing, *_ = frontmatter.HANDLER.FM_BOUNDARY.finditer(plain)
    front = plain[opening.end() + 1 : closing.start()]
    return list(_LINE.finditer(text))[front.count("\n") + 1].start(), front


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    """The opening line and the front matter with its lines changed; new lines end as the opening one does."""
    lines = [found.group() for found in _LINE.finditer(text) if found.group()]
    end = lines[0][len(lines[0].rstrip("\r\n")) :]
    for edit in sorted(edits, key=lambda edit: (edit.first, edit.end), reverse=True):
        lines[edit.first + 1 : edit.end + 1] = [line + end for line in edit.lines]
    return "".join(lines)


def _verify(changed: str, before: frontmatter.Page, values: Mapping[str, Any]) -> None:
    """Nothing but what was asked for has changed, or the change is refused."""
    expected = {key: value for key, value in before.front.values.items() if key not in values}
    expected |= {key: _as_read(value) for key, value in values.items() if value is not None}
    by_hand = Refused("front-matter", 1, message(_BY_HAND, key=next(iter(values), "")))
    try:
        after = frontmatter.read(_encoded(changed))
    except Refused as refused:
        raise (refused if refused.rule == "encoding" else by_hand) from None
    if not _same(after.front.values, expected) or after.body != before.body:
        raise by_hand


def _edits(  # noqa: PLR0913, PLR0917 - a group as it stands, and as it should
    front: str,
    there: Sequence[Entry],
    now: Mapping[str, Any],
    values: Mapping[str, Any],
    end: int,
    order: Sequence[str] = (),
) -> Iterator[_Edit]:
    """What makes the keys of one group hold `values`; new ones that nothing orders go before the line `end`."""
    for entry in there:
        if entry.key in values:
            value = values[entry.key]
            if value is None or not _same(now[entry.key], _as_read(value)):
                yield from _changed(front, entry, now[entry.key], value)
    new = [key for key in values if key not in now and values[key] is not None]
    indent = _indent(front, there[0]) if there else ""
    for line, keys in _places(front, there, new, end, order).items():
        lines = tuple(line for key in keys for line in _written(key, values[key], indent))
        yield _Edit(line, line, lines)


def _places(
    front: str, there: Sequence[Entry], new: Sequence[str], end: int, order: Sequence[str]
) -> dict[int, list[str]]:
    """New keys in their order, by the line before which they go."""
    ranks = {key: rank for rank, key in enumerate(order)}
    found: dict[int, list[str]] = {}
    for key in sorted(new, key=lambda key: ranks.get(key, len(ranks))):
        before = [entry for entry in there if ranks.get(entry.key, len(ranks)) < ranks.get(key, -1)]
        nearest = max(before, key=lambda entry: ranks[entry.key], default=None)
        found.setdefault(_line_after(front, nearest.value) if nearest else end, []).append(key)
    return found


def _changed(front: str, entry: Entry, now: Any, value: Any) -> Iterator[_Edit]:
    """What makes one key hold another value, or goes when it is None."""
    node = entry.value
    if isinstance(value, Mapping) and value and node.entries is not None:
        whole = {**dict.fromkeys(now), **value}
        yield from _edits(front, node.entries, now, whole, _line_after(front, node))
        return
    first, end, indent = front.count("\n", 0, entry.start), _line_after(front, node), _indent(front, entry)
    comment = _comments(front, entry, first + 2)
    if value is None:
        yield _Edit(first, end, (indent + comment,) if comment else ())
        return
    key_line, *more = _written(front[entry.start : entry.key_end], value, indent, node.inline)
    yield _Edit(first, end, (f"{key_line}  {comment}" if comment else key_line, *more))


def _comments(front: str, entry: Entry, line: int) -> str:
    """The comment on the line of a key or at the end of its value.

    Raises:
        Refused: there are others, or the key isn't written as “key: value”.
    """
    node = entry.value
    spaces, colon, gap = front[entry.key_end : node.start].partition(":")
    beside_key = gap.partition("\n")[0] if "\n" in gap else ""
    tail = "" if node.literal else line_rest(front, node.end)
    on_own_line = not _indent(front, entry).strip(" ") and colon and not spaces.strip()
    if not (on_own_line and _TAIL.fullmatch(tail) and _TAIL.fullmatch(beside_key)):
        raise Refused("front-matter", line, message(_BY_HAND, key=entry.key))
    inside = entry.key_end + len(spaces) + 1 + len(beside_key)
    if holds_comment(front, inside, node):
        raise Refused("front-matter", line, message(_COMMENT, key=entry.key))
    return "  ".join(part.strip() for part in (beside_key, tail) if part.strip())


def _written(key: str, value: Any, indent: str, inline: bool = False) -> list[str]:
    """The lines of a key, which is taken as it is written."""
    inline = inline and isinstance(value, Mapping | list | tuple)
    text = frontmatter.HANDLER.export({"k": _plain(value)}, inline=inline)
    text = text[1:-1] if inline else text
    return [indent + line if line else line for line in f"{key}{text.removeprefix('k')}".split("\n")]


def _line_after(front: str, node: Node) -> int:
    return front.count("\n", 0, node.end) + 1


def _indent(front: str, entry: Entry) -> str:
    """What stands before a key on its line."""
    return front[front.rfind("\n", 0, entry.start) + 1 : entry.start]


def _plain(value: Any) -> Any:
    """Lists and dictionaries all the way down. Dates are copied: the same one twice would become a YAML alias."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.replace() if isinstance(value, date) else value


def _as_read(value: Any) -> Any:
    """The value as our loader gives it back."""
    if isinstance(value, Mapping):
        return {key: _as_read(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return tuple(_as_read(item) for item in value)
    return value.isoformat() if isinstance(value, date) else value


def _same(one: Any, other: Any) -> bool:
    """Equal and of the same type, all the way down: `1`, `1.0` and `true` differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
