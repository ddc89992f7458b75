"""A CSV file, with the delimiter and the encoding that some spreadsheet chose (RFC 4180, and what isn't in it)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator

from curation.imports.export import Export, Row, cells_of, decode, named
from portal.problems import N_, Message, Problem, Refused, message
from portal.slugs import fold_name

DELIMITERS = (";", ",", "\t", "|")

_DIRECTIVE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def read_csv(raw: bytes, path: str, wanted: Collection[str], delimiter: str | None = None) -> Export:
    """The rows of a file whose first line names the columns.

    Without a delimiter, the one that finds most of the `wanted` columns is taken, then the one that makes most cells.
    Rows that end early are completed with empty cells: spreadsheets leave out the last delimiters.

    Raises:
        Refused: the encoding can't be read, or nothing is in the file.
    """
    text = decode(raw)
    directive = _DIRECTIVE.match(text)
    if directive:
        delimiter, text = delimiter or directive[1], text[directive.end() :]
    delimiter = delimiter or _recognised(text, wanted)
    first = 2 if directive else 1
    header: list[str] | None = None
    rows: list[Row] = []
    unread: list[Problem] = []
    for line, cells in _lines(text, delimiter, first):
        if isinstance(cells, Message):
            unread.append(Problem(path, line, "unreadable-row", cells))
        elif header is None:
            header = cells
        elif any(cells[len(header) :]):
            what = N_(
                "there are more cells than columns: a text that holds “{delimiter}” must be between quotes"
            )
            unread.append(Problem(path, line, "unreadable-row", message(what, delimiter=delimiter)))
        elif found := cells_of(zip(header, cells, strict=False)):
            rows.append(Row(line, found))
    if header is None:
        raise Refused(
            "unreadable-row", 1, message(N_("the file is empty: its first line must name the columns"))
        )
    return Export("csv", named(header), tuple(rows), tuple(unread))


def _recognised(text: str, wanted: Collection[str]) -> str:
    names = {fold_name(name) for name in wanted}

    def score(delimiter: str) -> tuple[int, int]:
        header = next((cells for _, cells in _lines(text, delimiter, 1) if isinstance(cells, list)), [])
        return len(names & {fold_name(name) for name in header}), len(header)

    return max(DELIMITERS, key=score)


def _lines(text: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str] | Message]]:
    """Each row that isn't blank with the line where it begins, or what is wrong with it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + first
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = N_("the line can’t be read ({why}): look for a quote that is never closed, here or above")
            yield line, message(what, why=str(error))
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells
