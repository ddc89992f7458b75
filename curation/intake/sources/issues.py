"""Issues that people opened with a form, on the project’s forge: answered by a comment, closed once they are taken in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from curation.intake.messages import MAX_TEXT_CHARS, Message, Sender
from curation.intake.outcome import Verdict
from curation.intake.sources.source import Held
from portal.problems import N_, message

if TYPE_CHECKING:
    from curation.forges.forge import Forge


@dataclass(frozen=True)
class Issues:
    """The open issues with a label. An issue that is edited is read again."""

    forge: Forge
    label: str

    def waiting(self) -> Iterator[Held]:
        """The oldest first."""
        for issue in self.forge.list_issues(self.label):
            is_long = len(issue.body) > MAX_TEXT_CHARS
            digest = sha256(f"{issue.title}\0{issue.body}".encode(errors="replace")).hexdigest()[:16]
            received = Message(
                f"{issue.url}#{digest}",
                Sender(issue.author, handle=issue.author),
                issue.title,
                issue.created_at,
                "" if is_long else issue.body,
                trouble=message(N_("the text is longer than {limit} characters"), limit=MAX_TEXT_CHARS)
                if is_long
                else None,
            )
            yield Held(str(issue.number), received)

    def answer(self, held: Held, text: str) -> bool:
        """A comment, which calls nobody whatever the words of the issue that it repeats."""
        self.forge.comment(int(held.name), text.replace("@", "@\u200b"))
        return True

    def done(self, held: Held, verdict: Verdict) -> None:
        """Close what was taken in; what lacks something stays open for its author."""
        if verdict in {"new", "changed", "known"}:
            self.forge.close(int(held.name))
