"""A file in LDIF (RFC 2849), as directory servers write them. Addresses of values (`:<`) are never followed.

Written here rather than taken from the library `ldif`: that one takes minutes on some names of entries, has no line
numbers, and stops at the first entry that it can't read.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Sequence

from curation.imports.export import Export, Row, cells_of, decode, named
from portal.problems import N_, Message, Problem, message

_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z0-9][\w.-]*)(?P<options>(?:;[\w-]+)*):(?P<how>[:<]?) *(?P<value>.*)", re.DOTALL
)
_PEOPLE = {"person", "organizationalperson", "inetorgperson", "user", "posixaccount"}
_MACHINES = {"computer"}
_FIRST_PART = re.compile(r"\s*([\w.-]+)\s*=\s*((?:\\.|[^\\,+])*)", re.DOTALL)
_ESCAPED = re.compile(r"(?:\\[0-9a-fA-F]{2})+|\\.", re.DOTALL)

_Pair = tuple[str, str]


def read_ldif(raw: bytes, path: str) -> Export:
    """One row an entry that is a person's, or that has no `objectClass`; columns are the names of attributes.

    A record with `changetype: delete` is a row with what its name says; other changes than `add` can't be read alone.

    Raises:
        Refused: the encoding can't be read.
    """
    rows: list[Row] = []
    unread: list[Problem] = []
    names: dict[str, None] = {}
    others = 0
    for line, lines in _records(decode(raw)):
        row = _row(lines)
        if isinstance(row, Message):
            unread.append(Problem(path, line, "unreadable-row", row))
        elif row is None:
            others += 1
        elif row:
            names.update((name, None) for name, _ in row)
            deleted = any(name == "changetype" and value.lower() == "delete" for name, value in row)
            rows.append(Row(line, cells_of(_name_parts(row) if deleted else row), deleted))
    return Export("ldif", named(names), tuple(rows), tuple(unread), others)


def _records(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The unfolded lines of each record, without comments, and the line where it begins."""
    record: list[str] = []
    begun = 1
    is_comment = False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line.startswith(" "):
            if record and not is_comment:
                record[-1] += line[1:]
            continue
        is_comment = line.startswith("#")
        if is_comment:
            continue
        if line:
            begun = begun if record else number
            record.append(line)
        elif record:
            yield begun, record
            record = []
    if record:
        yield begun, record


def _row(lines: Sequence[str]) -> Sequence[_Pair] | Message | None:
    """The attributes of a record, none for the line of the version; None for what isn't a person."""
    pairs: list[_Pair] = []
    for text in lines:
        pair = _pair(text)
        if isinstance(pair, Message):
            return pair
        if pair and pair[0] == "changetype" and pair[1].lower() not in {"add", "delete"}:
            what = N_("the change “{change}” can’t be read alone: export whole entries instead")
            return message(what, change=pair[1])
        pairs += [pair] if pair else []
    if pairs[:1] and pairs[0][0] == "version":
        del pairs[0]
    if pairs and pairs[0][0] != "dn":
        return message(N_("a record begins with “dn:”, not with “{name}”"), name=pairs[0][0])
    return pairs if not pairs or _is_person(pairs) else None


def _pair(text: str) -> _Pair | Message | None:
    """Name and value of an attribute; None for what isn't text."""
    found = _ATTRIBUTE.fullmatch(text)
    if not found:
        return message(N_("“{line}” isn’t of the form “attribute: value”"), line=text[:60])
    name, value = _folded(found["name"]), found["value"]
    if found["how"] == "<" or "binary" in found["options"].lower():
        return None
    if found["how"] == ":":
        try:
            value = base64.b64decode(value.strip(), validate=True).decode()
        except UnicodeDecodeError:
            return None
        except binascii.Error:
            return message(N_("the value of “{name}” isn’t in Base64"), name=name)
    return name, value


def _folded(name: str) -> str:
    """The names that the syntax gives a meaning, whatever their case; others as they are."""
    return name.lower() if name.lower() in {"dn", "version", "changetype", "objectclass"} else name


def _is_person(pairs: Sequence[_Pair]) -> bool:
    classes = {value.lower() for name, value in pairs if name == "objectclass"}
    return not classes or bool(classes & _PEOPLE and not classes & _MACHINES)


def _name_parts(pairs: Sequence[_Pair]) -> list[_Pair]:
    """The attribute that names an entry: `uid` and its value for `uid=adiop,ou=people` (RFC 4514)."""
    found = _FIRST_PART.match(pairs[0][1])
    return [*pairs, (found[1], _ESCAPED.sub(_unescaped, found[2]).strip())] if found else list(pairs)


def _unescaped(found: re.Match[str]) -> str:
    text = found.group()
    if re.fullmatch(r"(?:\\[0-9a-fA-F]{2})+", text):
        return bytes.fromhex(text.replace("\\", "")).decode(errors="replace")
    return text[1:]
