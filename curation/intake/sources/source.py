"""What every source of messages can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from curation.intake.messages import Message
from curation.intake.outcome import Verdict


@dataclass(frozen=True)
class Held:
    """A message, and the name under which its source knows it."""

    name: str
    message: Message


class Source(Protocol):
    """Messages that wait. Each method may raise `Stopped`, with a sentence."""

    def waiting(self) -> Iterator[Held]:
        """The messages that this source doesn’t know to be done, the oldest first."""

    def answer(self, held: Held, text: str) -> bool:
        """Answer where the message was written; False where answers go by mail."""

    def done(self, held: Held, verdict: Verdict) -> None:
        """Remember that a message was dealt with, as far as the source can."""
