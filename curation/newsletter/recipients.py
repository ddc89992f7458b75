"""The list of those who receive a letter: a text or CSV file outside of any repository, one address a line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curation.errors import Stopped
from portal import frontmatter
from portal.problems import N_, Message, Problem, Refused, message

MAX_ADDRESS_CHARS = 254
"""RFC 5321 § 4.5.3.1.3, without the angle brackets."""

# ASCII only: what every server takes without SMTPUTF8.
_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
_HEADS = {
    "email",
    "e-mail",
    "mail",
    "courriel",
    "adresse",
    "address",
    "adresse e-mail",
    "adresse électronique",
}


@dataclass(frozen=True)
class Recipients:
    """Addresses in the order of the file, each once whatever its case; `repeated` counts those that stood again."""

    addresses: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    repeated: int = 0


def read_list(file: Path, shown: str) -> Recipients:
    """The addresses of a file; `shown` is how its path is said.

    Raises:
        Stopped: the file isn't there, isn't text, or lies in a repository, where everyone could read who receives what.
    """
    if repository := _repository(file):
        what = N_("“{path}” lies in the git repository {folder}: keep the list of addresses outside of it")
        raise Stopped(message(what, path=shown, folder=repository))
    try:
        text = frontmatter.decode(file.read_bytes())
    except Refused as refused:
        raise Stopped(message(N_("“{path}” can’t be read: {why}"), path=shown, why=refused.message)) from None
    return parse_list(text, shown)


def _repository(file: Path) -> Path | None:
    """The work tree that a file lies in, links followed."""
    return next((folder for folder in file.resolve().parents if (folder / ".git").exists()), None)


def parse_list(text: str, shown: str) -> Recipients:
    """The addresses of a text: one a line, maybe with a name, or the column of a CSV file; `#` begins a comment."""
    known: dict[str, str] = {}
    problems: list[Problem] = []
    repeated = 0
    for line, cell in _cells(text):
        found = _NAMED.fullmatch(cell)
        address = (found[1] if found else cell).strip().rstrip(";,").strip()
        if what := _wrong(address):
            problems.append(Problem(shown, line, "address", what))
        elif address.lower() in known:
            repeated += 1
        else:
            known[address.lower()] = address
    return Recipients(tuple(known.values()), tuple(problems), repeated)


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """The number of each line that counts, and what stands there for an address."""
    lines = [
        (number, line.strip()) for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1)
    ]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if not lines:
        return
    separator = max(";,\t", key=lines[0][1].count)
    head = [cell.strip().strip('"').lower() for cell in lines[0][1].split(separator)]
    column = next((index for index, cell in enumerate(head) if cell in _HEADS), None)
    if column is None:
        yield from ((number, line.partition(" #")[0].strip()) for number, line in lines)
        return
    for number, line in lines[1:]:
        cells = next(csv.reader([line], delimiter=separator))
        yield number, cells[column].strip() if column < len(cells) else ""


def _wrong(address: str) -> Message | None:
    if len(address) <= MAX_ADDRESS_CHARS and _ADDRESS.fullmatch(address):
        return None
    what = N_(
        "“{value}” isn’t an address that can be written to: one is expected a line, such as awa.diop@company.example"
    )
    return message(what, value=address[:60])
