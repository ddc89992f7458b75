"""What someone typed in a message, and what their mail program quoted below it. Lines in, lines out.

Quotes are lines after `>`, what follows « Le …, X a écrit : », and what follows a rule or a block `De : … Envoyé : …`
(mail programs that quote without signs). Signatures begin at a line `--` (RFC 3676 § 4.3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEADER = re.compile(r"[\s*_#]*veill[ée]e[\s*_]*[·•.:|–—-][\s*_]*(\S.*?)[\s*_]*", re.IGNORECASE)
"""The first line of a sheet; its kind in group 1."""

_MARK = re.compile(r" ?> ?")
_ATTRIBUTION = re.compile(r"(?!\s*\\).{0,300}(a écrit|wrote)\s{0,3}:?\s{0,3}", re.IGNORECASE)
_ATTRIBUTION_BEGINS = re.compile(r"\s*(le|on)\s.{0,200}\d", re.IGNORECASE)
_RULE = re.compile(r"\s*(-{3,20}\s{0,3}\w.{0,80}\w\s{0,3}-{2,20}|_{10,200})\s*")
_FROM = re.compile(r"\s*[*_]*(de|from)\s*:.*", re.IGNORECASE)
_SENT = re.compile(r"\s*[*_]*(envoyé|date|sent)\s*:.*", re.IGNORECASE)
_SIGNATURE = re.compile(r"\s*--\s*|\s*(envoyé de|sent from|télécharger outlook).*", re.IGNORECASE)
_BELOW = 4
"""How many lines below its first one tell that a quoted mail begins."""


@dataclass(frozen=True)
class Line:
    """One line of a message and its number, from 1."""

    number: int
    text: str


def split_regions(text: str) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines that were typed, and those that were quoted with one level of quoting taken off; no signatures."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    start = _replied_at(lines)
    quoted = [
        Line(line.number, _MARK.sub("", line.text, count=1)) if _MARK.match(line.text) else line
        for line in lines[start:]
    ]
    return _signed(lines[:start]), _signed(quoted)


def _replied_at(lines: Sequence[Line]) -> int:
    """The index of the line where the quoted mail begins; the number of lines where none is quoted."""
    for index, line in enumerate(lines):
        below = [other.text for other in lines[index + 1 : index + 1 + _BELOW]]
        if _ATTRIBUTION.fullmatch(line.text) and _MARK.match(next(filter(str.strip, below), "")):
            is_wrapped = index > 0 and _ATTRIBUTION_BEGINS.match(lines[index - 1].text)
            return index - 1 if is_wrapped else index
        is_block = _FROM.fullmatch(line.text) and any(map(_SENT.fullmatch, below))
        if is_block or _RULE.fullmatch(line.text) or _quotes_a_sheet(line.text):
            return index
    return len(lines)


def _quotes_a_sheet(line: str) -> bool:
    mark = _MARK.match(line)
    return mark is not None and HEADER.fullmatch(line[mark.end() :]) is not None


def _signed(lines: Sequence[Line]) -> tuple[Line, ...]:
    cut = next((index for index, line in enumerate(lines) if _SIGNATURE.fullmatch(line.text)), len(lines))
    return tuple(lines[:cut])
