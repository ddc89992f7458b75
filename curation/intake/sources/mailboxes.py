"""Mail on this machine: a Maildir, where mail that was dealt with is marked as seen, or an mbox file, only read."""

from __future__ import annotations

import mailbox
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curation.errors import Stopped
from curation.intake.mail import read_mail
from curation.intake.messages import MAX_MESSAGE_BYTES
from curation.intake.outcome import Verdict
from curation.intake.sources.source import Held
from portal.problems import N_, message

_FLAGS = ":2,"


@dataclass(frozen=True)
class Maildir:
    """A Maildir (cr.yp.to, “Using maildir format”): `new/`, and what nobody has seen yet in `cur/`."""

    folder: Path

    def waiting(self) -> Iterator[Held]:
        """By the names of the files, which begin with the moment of their delivery."""
        if not (self.folder / "new").is_dir() or not (self.folder / "cur").is_dir():
            raise Stopped(
                message(N_("“{folder}” isn’t a Maildir: it has no “new” and “cur”"), folder=self.folder)
            )
        files = [file for place in ("new", "cur") for file in (self.folder / place).iterdir()]
        for file in sorted(files, key=lambda file: file.name):
            if file.is_file() and not file.name.startswith(".") and "S" not in _flags(file.name):
                yield Held(file.relative_to(self.folder).as_posix(), read_mail(_bounded(file)))

    def answer(self, held: Held, text: str) -> bool:
        """By mail."""
        return False

    def done(self, held: Held, verdict: Verdict) -> None:
        """Put it in `cur/`, marked as seen, in one step; what is left for someone to read stays as it is."""
        if verdict == "left":
            return
        file = self.folder / held.name
        base, _, _ = file.name.partition(_FLAGS)
        seen = f"{base}{_FLAGS}{''.join(sorted({*_flags(file.name), 'S'}))}"
        os.rename(file, self.folder / "cur" / seen)


def _flags(name: str) -> str:
    return name.partition(_FLAGS)[2]


def _bounded(file: Path) -> bytes:
    """The file, or its beginning and one byte too many when it is too large."""
    with file.open("rb") as opened:
        return opened.read(MAX_MESSAGE_BYTES + 1)


@dataclass(frozen=True)
class Mbox:
    """An mbox file (RFC 4155). It isn’t written to: the ledger alone remembers."""

    file: Path

    def waiting(self) -> Iterator[Held]:
        """In their order in the file."""
        if not self.file.is_file():
            raise Stopped(message(N_("there is no file “{file}”"), file=self.file))
        box = mailbox.mbox(self.file, create=False)
        try:
            for key in box.iterkeys():
                with box.get_file(key) as opened:
                    yield Held(str(key), read_mail(opened.read(MAX_MESSAGE_BYTES + 1)))
        finally:
            box.close()

    def answer(self, held: Held, text: str) -> bool:
        """By mail."""
        return False

    def done(self, held: Held, verdict: Verdict) -> None:
        """Nothing to do."""
