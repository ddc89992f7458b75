"""What became of each copy of a letter: lines added to a file beside the list, each on the disk before what follows.

A line is a JSON object: `to`, `state`, `at`, `id`, and `why` where there is a reason. The last line about someone holds.
`handing` is written when a server has the whole copy except the dot that makes it a mail (RFC 5321 § 4.1.1.4), the
others when the server has answered: who is left at `handing` may have it or not, and is never sent it silently.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curation.errors import FAILED, Stopped
from portal.problems import N_, message

HANDING, ACCEPTED, REFUSED, DEFERRED = "handing", "accepted", "refused", "deferred"
STATES = (HANDING, ACCEPTED, REFUSED, DEFERRED)


@dataclass(frozen=True)
class Line:
    """The last thing known of one recipient."""

    to: str
    state: str
    at: str = ""
    id: str = ""
    why: str = ""


class Journal:
    """An open journal, ours alone until it is closed in every process that holds it."""

    def __init__(self, file: Path, handle: int) -> None:
        self.file, self._handle = file, handle

    @classmethod
    def open(cls, file: Path) -> Journal:
        """Open or make it.

        Raises:
            BlockingIOError: a process still writes in it.
        """
        is_new = not file.exists()
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if is_new:
                _keep_name(file)
            _cut_torn_line(handle)
        except BaseException:
            os.close(handle)
            raise
        return cls(file, handle)

    def write(self, line: Line) -> None:
        """Add a line; it is on the disk when this returns."""
        values = {key: value for key, value in vars(line).items() if value}
        os.write(self._handle, (json.dumps(values, ensure_ascii=False) + "\n").encode())
        os.fsync(self._handle)

    def read(self) -> Mapping[str, Line]:
        """The last line about each recipient, by address in small letters."""
        return _understood(os.pread(self._handle, os.fstat(self._handle).st_size, 0), self.file)

    def close(self) -> None:
        """Leave it to the next."""
        os.close(self._handle)


def read_journal(file: Path) -> Mapping[str, Line]:
    """The same without opening it for oneself; nothing when it isn't there."""
    try:
        return _understood(file.read_bytes(), file)
    except FileNotFoundError:
        return {}


def _keep_name(file: Path) -> None:
    """Put the name of a new file on the disk too."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _cut_torn_line(handle: int) -> None:
    """Take away a last line that a loss of power left unfinished: what it spoke of hadn't begun, or is in doubt."""
    data = os.pread(handle, os.fstat(handle).st_size, 0)
    if data and not data.endswith(b"\n"):
        os.ftruncate(handle, data.rfind(b"\n") + 1)
        os.fsync(handle)


def _understood(data: bytes, file: Path) -> Mapping[str, Line]:
    found: dict[str, Line] = {}
    whole = data[: data.rfind(b"\n") + 1]
    for number, row in enumerate(whole.splitlines(), 1):
        line = _line(row)
        if line is None:
            what = N_("{path}:{line}: this line of the journal can’t be read: bring it back as it was")
            raise Stopped(message(what, path=file, line=number), FAILED)
        found[line.to] = line
    return found


def _line(row: bytes) -> Line | None:
    try:
        values: Any = json.loads(row)
        line = Line(**values)
    except (ValueError, TypeError):
        return None
    return (
        line
        if line.state in STATES and all(isinstance(value, str) for value in vars(line).values())
        else None
    )
