"""One run over all sources: each message dealt with or put off, and said as it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from curation.errors import Stopped
from curation.intake.ledger import key_of
from curation.intake.listing import VERSION, as_lines, as_object, failed_line
from curation.intake.servers import Server
from curation.intake.sources.source import Held, Source
from curation.intake.taking import Office, Taken, considered, take
from curation.tree import Tree
from portal.language import Translator
from portal.problems import N_, message


@dataclass
class Run:
    """`tell` hears each line; `document` is the whole for programs; `has_failed` when something waits for the next run."""

    office: Office
    say: Translator
    tell: Callable[[str], None]
    messages: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    has_failed: bool = False

    @property
    def document(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {"version": VERSION, "messages": self.messages, "sent": self.sent}

    def take_in(self, sources: Iterable[Source], tree: Tree, limit: int, *, dry_run: bool) -> None:
        """Deal with at most `limit` messages that weren't dealt with before.

        Raises:
            Stopped: a source can't be read any further.
        """
        for source, held in _all(sources):
            if limit == 0:
                break
            try:
                taken = self._looked_at(held, tree) if dry_run else take(held, source, tree, self.office)
            except Stopped as stopped:
                self._put_off(held, stopped)
                taken = None
            if taken is not None:
                tree, limit = taken.tree, limit - 1
                self.messages.append(as_object(taken, tree, self.say))
                for line in as_lines(taken, tree, self.say):
                    self.tell(line)

    def send(self, server: Server, password: str | None) -> None:
        """Send what waits in the outbox.

        Raises:
            Stopped: the server can't be reached, or breaks off.
        """
        for sent in self.office.outbox.send(server, password):
            refusal = self.say.say(sent.refusal) if sent.refusal else None
            self.sent.append({"file": sent.name, "to": sent.to, "refused": refusal})
            self.has_failed |= refusal is not None
            what = N_("not sent to {to}: {why}") if refusal else N_("sent to {to}")
            self.tell(self.say.say(message(what, to=sent.to, why=refusal)))

    def _looked_at(self, held: Held, tree: Tree) -> Taken | None:
        entry = self.office.ledger.get(key_of(held.message.id))
        if entry is not None and entry.done:
            return None
        outcome = considered(held, tree)
        return Taken(outcome, tree, tree, outcome.draft.path if outcome.draft else outcome.path)

    def _put_off(self, held: Held, stopped: Stopped) -> None:
        self.has_failed = True
        received = held.message
        why = self.say.say(stopped.message)
        self.messages.append(
            {
                "id": received.id,
                "sender": str(received.sender),
                "subject": received.subject,
                "verdict": "failed",
                "why": why,
            }
        )
        self.tell(failed_line(str(received.sender), received.subject, stopped.message, self.say))


def _all(sources: Iterable[Source]) -> Iterator[tuple[Source, Held]]:
    return ((source, held) for source in sources for held in source.waiting())
