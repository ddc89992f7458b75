"""The lines of iCalendar and vCard: texts escaped, folded at 75 octets, ended by CRLF (RFC 5545 § 3.1, RFC 6350 § 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MAX_OCTETS = 75

# Only a tab and the ends of lines may stand in a text (RFC 5545 § 3.1, CONTROL).
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_QUOTED = str.maketrans({'"': "’", "\r": " ", "\n": " "})


def text(value: str) -> str:
    """A value of type TEXT (RFC 5545 § 3.3.11)."""
    return _CONTROL.sub("", value).replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def parameter(value: str) -> str:
    """A value of a parameter, between quotation marks, which it can't hold itself (RFC 5545 § 3.2)."""
    return f'"{_CONTROL.sub("", value).translate(_QUOTED)}"'


def document(lines: Iterable[str]) -> str:
    """Lines as they travel."""
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets; no character is cut, and each piece after the first begins with a space."""
    raw, start, room = line.encode(), 0, MAX_OCTETS
    while len(raw) - start > room:
        end = start + room
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        yield (" " if start else "") + raw[start:end].decode()
        start, room = end, MAX_OCTETS - 1
    yield (" " if start else "") + raw[start:].decode()
