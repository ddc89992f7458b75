"""A message as it is understood, wherever it came from: a mailbox, a folder, a forge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.problems import Message as Sentence

MAX_MESSAGE_BYTES = 5 * 1024 * 1024
MAX_TEXT_CHARS = 200_000


@dataclass(frozen=True)
class Sender:
    """Who wrote: as they name themselves, and their address or, on a forge, their account (`handle`)."""

    name: str = ""
    address: str = ""
    handle: str = ""

    def __str__(self) -> str:
        shown = self.address or (f"@{self.handle}" if self.handle else "?")
        return f"{self.name} <{shown}>" if self.name else shown

    @property
    def discreet(self) -> str:
        """Who they are, for pages that many may read: without the address, or with its domain alone."""
        named = self.name if "@" not in self.name else ""
        return named or (f"@{self.handle}" if self.handle else f"…@{self.address.rpartition('@')[2] or '?'}")


@dataclass(frozen=True)
class Message:
    """One message; `id` stays the same wherever it is seen again.

    `date` is aware, or None where it can't be read. `attachments` are the names of what wasn't read. `references` are
    the ids of the messages that it answers. A message with a `trouble` can't be
    read and is answered; one that is `automatic` is neither read nor answered; one that is `bulk` (a list’s) is only
    answered if it holds a sheet.
    """

    id: str
    sender: Sender
    subject: str
    date: datetime | None
    text: str
    attachments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    trouble: Sentence | None = None
    automatic: Sentence | None = None
    bulk: bool = False
