"""What this machine remembers of each source between two fetches: one SQLite file, safe to kill, safe to lose.

What curators share is in git (candidates and decisions). This is a cache beside it: without it, the next fetch asks
for every feed whole and finds the same candidates.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from curation.entries import Validators
from curation.errors import FAILED, Stopped
from portal.problems import N_, Message, message

_VERSION = 1


@dataclass(frozen=True)
class SourceState:
    """One source. Moments are aware; `waiting` are the ids of what its last answer put on the desk or found there.

    `failures` counts those since the last success, of which `failure` and `error` tell the last. `language` and `host`
    are what it looked like at the first success, `language_now` and `host_now` at the last one.
    """

    source: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    tried: datetime | None = None
    succeeded: datetime | None = None
    proposed: datetime | None = None
    newest: datetime | None = None
    next_try: datetime | None = None
    failures: int = 0
    failure: str | None = None
    error: Message | None = None
    moved_to: str | None = None
    language: str | None = None
    language_now: str | None = None
    host: str | None = None
    host_now: str | None = None
    waiting: tuple[str, ...] = ()

    @property
    def validators(self) -> Validators:
        """What makes the next request conditional."""
        return Validators(self.etag, self.last_modified)


_MOMENTS = frozenset({"tried", "succeeded", "proposed", "newest", "next_try"})


class State:
    """The file, opened by one fetch at a time; anyone may read it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def open(cls, file: Path) -> Iterator[Self]:
        """Open or make the file, for writing.

        Raises:
            Stopped: another fetch has it, or it isn't ours to read.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        with (file.parent / f"{file.name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Stopped(message(N_("another fetch is under way: wait until it ends")), FAILED) from None
            with _connected(file) as connection:
                yield cls(connection)

    @classmethod
    def read(cls, file: Path) -> dict[str, SourceState]:
        """Every source of the file; none where there is no file yet."""
        if not file.exists():
            return {}
        with _connected(file) as connection:
            return cls(connection).sources()

    def sources(self) -> dict[str, SourceState]:
        """Every source that was tried, by name."""
        rows = self._connection.execute("SELECT source, facts FROM sources ORDER BY source")
        return {source: _loaded(facts) for source, facts in rows}

    def save(self, states: Iterable[SourceState]) -> None:
        """Remember some sources, all of them or none."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO sources (source, facts) VALUES (?, ?)",
                [(state.source, _dumped(state)) for state in states],
            )


@contextmanager
def _connected(file: Path) -> Iterator[sqlite3.Connection]:
    try:
        connection = sqlite3.connect(file, timeout=10)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                with connection:
                    connection.execute("DROP TABLE IF EXISTS sources")
                    connection.execute("CREATE TABLE sources (source TEXT PRIMARY KEY, facts TEXT NOT NULL)")
                    connection.execute(f"PRAGMA user_version = {_VERSION}")
            yield connection
        finally:
            connection.close()
    except (sqlite3.DatabaseError, json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        what = N_("the state of the sources can’t be read ({why}): delete {file}, nothing else is lost")
        raise Stopped(message(what, why=str(error), file=file.as_posix())) from None


def _dumped(state: SourceState) -> str:
    facts = {item.name: getattr(state, item.name) for item in fields(SourceState)}
    return json.dumps(facts, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return {"text": value.text, "params": dict(value.params)}
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _loaded(text: str) -> SourceState:
    facts = json.loads(text)
    for name in _MOMENTS & facts.keys():
        facts[name] = datetime.fromisoformat(facts[name]) if facts[name] else None
    facts["error"] = _message(facts["error"]) if facts.get("error") else None
    facts["waiting"] = tuple(facts.get("waiting", ()))
    return SourceState(**facts)


def _message(written: dict[str, Any]) -> Message:
    params = {
        key: _message(item) if isinstance(item, dict) else item for key, item in written["params"].items()
    }
    return Message(written["text"], params)
