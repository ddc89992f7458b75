"""What became of each message, one file each, so that none is taken twice, even after a run that was killed.

An entry is written before anything is done about its message, and again when all is done. It names no sender.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from curation.errors import FAILED, Stopped
from curation.files import write_over
from curation.intake.outcome import Verdict
from portal import frontmatter, yaml12
from portal.problems import N_, Refused, message
from portal.records.base import Model
from portal.records.fields import Line, Url

KEY_CHARS = 20


class Entry(Model):
    """`<first two characters of the key>/<key>.yml`: what was decided of one message, and how far it is carried out."""

    verdict: Verdict
    """What was decided."""
    path: Line | None = None
    """The file that came of it, inside the content folder."""
    digest: Line | None = None
    """SHA-256 of that file as it was written."""
    proposed: bool = False
    """Whether that file is on a branch of the forge."""
    request: Url | None = None
    """The address of the request for it."""
    done: bool = False
    """Whether the file is written and the answer ready."""


def key_of(message_id: str) -> str:
    """The name of a message’s entry: its id, out of which nobody can read who wrote."""
    return sha256(message_id.encode(errors="replace")).hexdigest()[:KEY_CHARS]


def digest_of(text: str) -> str:
    """What an entry remembers of a file’s text."""
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Ledger:
    """The entries below `folder`."""

    folder: Path

    def get(self, key: str) -> Entry | None:
        """What is known of a message.

        Raises:
            Stopped: its file was changed into something that can’t be read.
        """
        file = self._file(key)
        try:
            return Entry.model_validate(yaml12.load(frontmatter.decode(file.read_bytes())).values)
        except FileNotFoundError:
            return None
        except (Refused, ValidationError):
            what = N_("“{path}” isn’t an entry of the intake any more: bring it back, or delete it")
            raise Stopped(message(what, path=file), FAILED) from None

    def put(self, key: str, entry: Entry) -> None:
        """Write an entry, whole, over the one that is there."""
        values = entry.model_dump(exclude_none=True, exclude_defaults=True)
        write_over(self._file(key), frontmatter.HANDLER.export(values) + "\n")

    def keep_original(self, key: str, text: str) -> None:
        """Keep the text of a file that is about to be changed, until all is done."""
        write_over(self._file(key, ".before"), text)

    def original(self, key: str) -> str | None:
        """The text that was kept."""
        try:
            return self._file(key, ".before").read_bytes().decode()
        except FileNotFoundError:
            return None

    def forget_original(self, key: str) -> None:
        """All is done."""
        self._file(key, ".before").unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While no other run takes messages in; the system frees it, however a run ends.

        Raises:
            Stopped: another one does.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise Stopped(message(N_("another intake is under way: wait until it ends")), FAILED) from None
        finally:
            os.close(handle)

    def _file(self, key: str, suffix: str = ".yml") -> Path:
        return self.folder / key[:2] / f"{key}{suffix}"
