"""What is decided about a message: one frozen value, with its reasons. Nothing is done here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curation.intake.messages import Message
from curation.intake.senders import Writer
from curation.intake.understanding import Understanding
from curation.new import Draft
from portal.problems import Message as Sentence

Verdict = Literal["new", "changed", "known", "incomplete", "unclear", "refused", "left", "ignored"]
"""A new record, a profile that changes, what is there already; a sheet that lacks something, a message without a sheet,
one that can’t be read, one that is left for someone to read; one that no person wrote."""


@dataclass(frozen=True)
class Outcome:
    """The verdict on a message. `draft` is the file to write; `path`, that of a record that is there already.

    `why` is the reason of a refusal; `wrong` are the checks' sentences about an incomplete sheet; `flags` are for the
    curator: what someone must look at before this is published.
    """

    verdict: Verdict
    message: Message
    writer: Writer
    found: Understanding | None = None
    draft: Draft | None = None
    path: str | None = None
    why: Sentence | None = None
    wrong: tuple[Sentence, ...] = ()
    flags: tuple[Sentence, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether someone gets an answer."""
        if self.verdict in {"ignored", "left"}:
            return False
        return bool(self.message.sender.address or self.message.sender.handle)
