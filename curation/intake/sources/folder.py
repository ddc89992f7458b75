"""A folder of files: mails (`.eml`), and sheets as plain text (`.txt`, `.md`) that someone typed or scanned. Only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from curation.errors import Stopped
from curation.intake.mail import read_mail
from curation.intake.messages import MAX_MESSAGE_BYTES, MAX_TEXT_CHARS, Message, Sender
from curation.intake.outcome import Verdict
from curation.intake.sources.source import Held
from portal.problems import N_, message

_SHEETS = frozenset({".txt", ".md", ".markdown"})


@dataclass(frozen=True)
class Folder:
    """The files of a folder itself; a sheet is known by what it says, so that a corrected one is another."""

    folder: Path

    def waiting(self) -> Iterator[Held]:
        """By the names of the files."""
        if not self.folder.is_dir():
            raise Stopped(message(N_("there is no folder “{folder}” here"), folder=self.folder))
        for file in sorted(self.folder.iterdir()):
            suffix = file.suffix.lower()
            if not file.is_file() or file.name.startswith(".") or suffix not in {".eml", *_SHEETS}:
                continue
            with file.open("rb") as opened:
                raw = opened.read(MAX_MESSAGE_BYTES + 1)
            yield Held(file.name, read_mail(raw) if suffix == ".eml" else _sheet(file.name, raw))

    def answer(self, held: Held, text: str) -> bool:
        """By mail."""
        return False

    def done(self, held: Held, verdict: Verdict) -> None:
        """Nothing to do."""


def _sheet(name: str, raw: bytes) -> Message:
    """A sheet that nobody signs; what isn’t UTF-8 is taken for Windows’ Latin."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    trouble = None
    if len(raw) > MAX_MESSAGE_BYTES or len(text) > MAX_TEXT_CHARS:
        trouble = message(N_("the text is longer than {limit} characters"), limit=MAX_TEXT_CHARS)
        text = ""
    return Message(f"file:{sha256(raw).hexdigest()}", Sender(), Path(name).stem, None, text, trouble=trouble)
