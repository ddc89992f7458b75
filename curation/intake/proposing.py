"""What came of a message → the proposal that curators read on the forge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from curation.forges.inert_markdown import inert, quiet
from curation.intake.outcome import Outcome
from curation.tree import Tree
from portal.labels import LABELS
from portal.problems import N_, Severity, message
from portal.records.keys import label_key

_KEY_CHARS = 8


@dataclass(frozen=True)
class Proposer:
    """Proposes the files of a content folder; called by `taking` with each of them."""

    tree: Tree
    environment: Mapping[str, str]
    now: datetime

    def __call__(self, outcome: Outcome, path: str, key: str) -> str | None:
        """The address of the request for one file, opened or refreshed on a branch that its message names.

        Raises:
            Stopped: it can't be pushed, or the forge says no.
        """
        from curation.forges.propose import propose
        from curation.forges.request import Change

        folder, site = self.tree.folder, self.tree.settings.site
        branch = f"contribution/{path.rpartition('/')[2].removesuffix('.md')[:60]}-{key[:_KEY_CHARS]}"
        change = Change(branch, self._title(outcome, path), self._body(outcome), (folder / path,))
        return propose(change, folder, None, self.environment, site=site, now=self.now).url

    def _title(self, outcome: Outcome, path: str) -> str:
        say = self.tree.translator
        if outcome.found is None:
            return quiet(path)
        model = outcome.found.model
        kind = say.gettext(LABELS["kind"][model.kind])
        title = outcome.found.values.get(label_key(model).name) or path
        flag = say.gettext(N_("To verify: ")) if outcome.flags else ""
        return quiet(say.say(message(N_("{flag}{kind}: {title}"), flag=flag, kind=kind, title=title)))

    def _body(self, outcome: Outcome) -> str:
        """Who contributes, what must be made sure of, what was assumed."""
        say = self.tree.translator
        who = outcome.message.sender.discreet
        parts = [say.say(message(N_("A contribution by {sender}, received without git."), sender=inert(who)))]
        for head, points in self._points(outcome):
            if points:
                parts.append("\n".join([say.gettext(head), "", *(f"- {inert(point)}" for point in points)]))
        return "\n\n".join(parts) + "\n"

    def _points(self, outcome: Outcome) -> Iterator[tuple[str, list[str]]]:
        say = self.tree.translator
        problems = outcome.draft.problems if outcome.draft else ()
        warnings = [item.message for item in problems if item.severity is Severity.WARNING]
        yield N_("To make sure of before it is published:"), [say.say(flag) for flag in outcome.flags]
        yield (
            N_("What was assumed or left aside:"),
            [say.say(note) for note in (outcome.found.notes if outcome.found else ())],
        )
        yield N_("What the checks say:"), [say.say(warning) for warning in warnings]
