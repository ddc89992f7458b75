"""What a curator does between opening the screen and leaving it, beside others who decide too. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import ValidationError

from curation.desk.appraisal import Appraised
from curation.desk.decision import Decision
from curation.desk.desk import Desk, ItemRefused
from curation.desk.items import Words
from curation.desk.store import decision_file, finding_path
from curation.errors import FAILED, Stopped
from portal.problems import N_, Message, message
from portal.records import Person
from portal.validation import problems_of
from portal.yaml12 import Document

VERDICTS = {
    "keep": N_("kept by {who}"),
    "refuse": N_("refused by {who}"),
    "later": N_("put off by {who}"),
    "reopen": N_("taken back by {who}"),
}


@dataclass(frozen=True)
class Taken:
    """A decision of this session and the candidate that it is about."""

    decision: Decision
    item: Appraised


class Session:
    """The candidates that wait and the decisions taken, the last one last. Each decision is a file at once."""

    def __init__(self, desk: Desk, by: str, clock: Callable[[], datetime]) -> None:
        self.by, self._clock = by, clock
        self.taken: list[Taken] = []
        self._read(desk)

    def read_again(self) -> None:
        """Take what the folder holds now: what was fetched meanwhile, what others decided."""
        self._read(self.desk)

    def _read(self, desk: Desk) -> None:
        # The paths first: a decision that comes while the rest is read is read twice rather than never.
        self._seen = set(desk.store.decision_paths())
        self.desk = desk.again()
        self.waiting = list(self.desk.appraised)

    @property
    def now(self) -> datetime:
        """This moment."""
        return self._clock()

    def name_of(self, slug: str) -> str:
        """What a person is called."""
        person = self.desk.tree.content.get("person", slug)
        return person.name if isinstance(person, Person) else slug

    # --- decisions ------------------------------------------------------------------------------------------------

    def keep(self, item: Appraised, words: Words) -> None:
        """Make a watch item of a candidate.

        Raises:
            Stopped: it was decided elsewhere meanwhile.
            ItemRefused: the item would have errors; nothing was written.
        """
        self.check(item)
        self._take(item, self.desk.keep(item.candidate, self.by, words, self.now))

    def refuse(self, item: Appraised, why: str | None) -> None:
        """Refuse a candidate for good.

        Raises:
            Stopped: it was decided elsewhere meanwhile.
            ItemRefused: the reason holds what no file may hold; nothing was written.
        """
        self.check(item)
        try:
            decision = self.desk.refuse(item.candidate, self.by, why, self.now)
        except ValidationError as error:
            path = finding_path(item.candidate.first)
            raise ItemRefused(tuple(problems_of(error, path, Document({}), Decision))) from None
        self._take(item, decision)

    def put_off(self, item: Appraised, until: date) -> None:
        """Put a candidate off until a day.

        Raises:
            Stopped: it was decided elsewhere meanwhile.
        """
        self.check(item)
        self._take(item, self.desk.later(item.candidate, self.by, until, self.now))

    def _take(self, item: Appraised, decision: Decision) -> None:
        self._known(decision)
        self.taken.append(Taken(decision, item))
        self.waiting.remove(item)

    def _known(self, decision: Decision) -> None:
        self._seen.add(decision_file(decision)[0])
        self.desk = self.desk.after(decision)

    def undo(self) -> None:
        """Take the last decision of this session back.

        Raises:
            Stopped: there is none, someone decided otherwise since, or edited the page that it made.
        """
        if not self.taken:
            raise Stopped(message(N_("Nothing to undo: no decision was taken on this screen.")))
        self.look()
        last = self.taken[-1]
        if self._stands(last.item) != last.decision:
            self.taken.pop()
            raise self._stopped(N_("“{title}” isn’t taken back: it was {verdict} since."), last.item)
        self._known(self.desk.reopen(last.decision, self.by, self.now))
        self.waiting.append(self.taken.pop().item)

    # --- others ---------------------------------------------------------------------------------------------------

    def check(self, item: Appraised) -> None:
        """That a candidate may still be decided upon.

        Raises:
            Stopped: someone decided meanwhile, in a decision, in the candidate's file, or by taking it off the desk.
        """
        self.look()
        if item not in self.waiting:
            raise self._stopped(N_("“{title}” was {verdict} meanwhile: nothing was changed."), item)
        filed = [found for finding in item.candidate.findings if (found := self.desk.store.filed(finding))]
        if not filed:
            self.waiting.remove(item)
            what = N_("“{title}” has left the desk meanwhile: nothing was changed.")
            raise Stopped(message(what, title=item.candidate.title), FAILED)
        if any(found.annotation.decision for found in filed):
            what = N_("“{title}” has a decision in its file: “veillee settle” carries it out.")
            raise Stopped(message(what, title=item.candidate.title), FAILED)

    def look(self) -> None:
        """Take in the decisions that came since; those decided upon wait no longer."""
        came = self.desk.store.decision_paths() - self._seen
        for path in sorted(came):
            if decision := self.desk.store.decision(path):
                self._seen.add(path)
                self.desk = self.desk.after(decision)
        if came:
            self.waiting = [item for item in self.waiting if not self._is_decided(item)]

    def _is_decided(self, item: Appraised) -> bool:
        stands = self._stands(item)
        if stands and stands.verdict == "later":
            return self.desk.put_off_until(item.candidate) is not None
        return stands is not None

    def _stands(self, item: Appraised) -> Decision | None:
        """What was decided about a candidate, or about one of its findings at least."""
        found = (self.desk.decided.get(finding.id) for finding in item.candidate.findings)
        return next(filter(None, found), None)

    def _stopped(self, what: str, item: Appraised) -> Stopped:
        verdict: Message | str = "?"
        if decision := self._stands(item):
            verdict = message(VERDICTS[decision.verdict], who=self.name_of(decision.by))
        return Stopped(message(what, title=item.candidate.title, verdict=verdict), FAILED)
