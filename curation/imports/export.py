"""One file of a directory, as rows of cells: what every format is read into."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from portal.problems import N_, Problem, Refused, message
from portal.slugs import fold_name

Format = Literal["csv", "vcard", "ldif"]

MAX_BYTES = 50 * 1024 * 1024

folded_word = lru_cache(maxsize=8192)(fold_name)
"""`fold_name` for what returns row after row: names of columns, places, languages."""


@dataclass(frozen=True)
class Row:
    """One person of the file: `line` is where they begin, from 1.

    `cells` are the texts of each column, by its folded name; none is empty, all are on one line. `deleted` tells an
    LDIF record that takes its entry away.
    """

    line: int
    cells: Mapping[str, tuple[str, ...]]
    deleted: bool = False

    def texts(self, column: str) -> tuple[str, ...]:
        """What a column holds, whatever its case, accents and punctuation."""
        return self.cells.get(folded_word(column), ())


@dataclass(frozen=True)
class Export:
    """What a file holds. `columns` are their folded names and, for each, the name as it is written.

    `unread` are the problems of lines from which no row could be made; `others` counts entries that aren't people.
    """

    format: Format
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    unread: tuple[Problem, ...] = ()
    others: int = 0

    def has(self, column: str) -> bool:
        """Whether any row could say something of it."""
        return folded_word(column) in self.columns


def cells_of(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The cells of a row from the names of its columns and their texts, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        cleaned, column = " ".join(unicodedata.normalize("NFC", text).split()), folded_word(name)
        if cleaned and column:
            found[column] = (*found.get(column, ()), cleaned)
    return found


def named(names: Iterable[str]) -> dict[str, str]:
    """Folded names and, for each, the first that was written so."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded_word(name), name)
    return {folded: name for folded, name in found.items() if folded}


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1252, which spreadsheets still write in France.

    Raises:
        Refused: it is in none of these; with the line.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: Sequence[str] = ("utf-16",)
    elif b"\0" in raw:
        raise Refused(
            "encoding",
            _line(raw, raw.index(b"\0")),
            message(N_("the file isn’t plain text: save it as UTF-8")),
        )
    else:
        encodings = ("utf-8-sig", "cp1252")
    at = 0
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            at = error.start
    raise Refused(
        "encoding", _line(raw, at), message(N_("a character can’t be read: save the file as UTF-8"))
    )


def _line(raw: bytes, at: int) -> int:
    return raw.count(b"\n", 0, at) + 1
