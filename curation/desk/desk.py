"""The desk as a curator sees it: the candidates that wait, appraised; and what becomes of those decided upon."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from curation.desk.appraisal import Appraised, Appraiser
from curation.desk.candidates import Candidate, candidates
from curation.desk.decision import Decision
from curation.desk.finding import Finding
from curation.desk.items import Words, item_draft, item_text
from curation.desk.known import Known
from curation.desk.standing import by_finding
from curation.desk.store import Filed, Papers, Store, finding_path
from curation.errors import FAILED, Stopped
from curation.files import write_new
from curation.tree import Tree
from portal.problems import N_, Problem, message
from portal.records import WatchItem
from portal.validation import nearest, problems_of
from portal.yaml12 import Document

PUT_OFF = timedelta(days=7)
"""How long “later” lasts when no day is said."""


@dataclass(frozen=True)
class Desk:
    """What lies on the desk, with the content that it is read against. A frozen picture: `again()` takes a new one."""

    tree: Tree
    store: Store
    papers: Papers

    @classmethod
    def open(cls, tree: Tree, folder: Path, working: Path) -> Desk:
        """Read the desk at `folder`, relative to `working` (absolute); a folder that isn't there is an empty desk."""
        store = Store(working / folder, folder.as_posix())
        return cls(tree, store, store.read())

    def again(self) -> Desk:
        """The desk as it is now in its folder."""
        return replace(self, papers=self.store.read())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What couldn't be read."""
        return (*self.papers.problems, *self.papers.decision_problems)

    @cached_property
    def decided(self) -> dict[str, Decision]:
        """The decision that stands for each finding that has one, by its id."""
        return dict(by_finding(self.papers.decisions))

    def known(self) -> Known:
        """Everything seen before, for a fetch to compare with; a new one each time, since it grows."""
        items = [
            (item.path, item.url)
            for item in self.tree.content.of("watch_item")
            if isinstance(item, WatchItem)
        ]
        findings = (filed.finding for filed in self.papers.filed)
        return Known.of(findings, self.decided, items, self.papers.unread)

    @cached_property
    def _settled(self) -> frozenset[str]:
        """The findings in the folder about which everything was said, here or through a copy of them."""
        known = self.known()
        return frozenset(
            filed.finding.id for filed in self.papers.filed if known.settled(filed.finding) is not None
        )

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """What waits for a curator, the latest first; what was put off too."""
        return candidates(
            filed.finding for filed in self.papers.filed if filed.finding.id not in self._settled
        )

    def put_off_until(self, candidate: Candidate) -> date | None:
        """The day on which a candidate comes back; None when it waits now."""
        today = self.tree.translator.local(self.tree.now)
        found = [self.decided.get(finding.id) for finding in candidate.findings]
        days = [item.until for item in found if item and item.verdict == "later" and item.until]
        latest = max(days, default=None)
        return latest if latest and latest.isoformat() > today.isoformat()[:10] else None

    @cached_property
    def appraiser(self) -> Appraiser:
        """What is thought of candidates, from the vocabulary and from past decisions."""
        return Appraiser.of(self.tree.content, self.tree.settings.feeds, self.papers.decisions, self.decided)

    @cached_property
    def appraised(self) -> tuple[Appraised, ...]:
        """The candidates that wait now, the most relevant first."""
        waiting = [self.appraiser.appraise(item) for item in self.candidates if not self.put_off_until(item)]
        return tuple(sorted(waiting, key=lambda item: -item.score.value))

    def find(self, name: str) -> Candidate:
        """The candidate that an id means, its own or that of one of its findings.

        Raises:
            Stopped: none waits under that id; with what became of it, or the nearest.
        """
        by_name = {finding.id: item for item in self.candidates for finding in item.findings}
        if name in by_name:
            return by_name[name]
        if decision := self.decided.get(name):
            what = N_("“{id}” was decided already ({verdict}, by {by}): “veillee reopen {id}” takes it back")
            raise Stopped(message(what, id=name, verdict=decision.verdict, by=decision.by), FAILED)
        if proposal := nearest(name, by_name):
            raise Stopped(
                message(N_("no candidate “{id}”: did you mean “{proposal}”?"), id=name, proposal=proposal)
            )
        raise Stopped(message(N_("no candidate “{id}”: “veillee candidates” lists them"), id=name))

    # --- decisions: each is recorded before anything is taken away, so that what is interrupted can be finished ---

    def keep(self, candidate: Candidate, by: str, words: Words, at: datetime) -> Decision:
        """Make a watch item of a candidate.

        Raises:
            ItemRefused: the item would have errors; nothing was written.
        """
        wanted = self._said(candidate.findings, at, verdict="keep", by=by, **vars(words))
        draft = item_draft(wanted, self.tree)
        if draft.is_refused:
            raise ItemRefused(draft.problems)
        decision = wanted.model_copy(update={"item": draft.path})
        self.store.record(decision)
        self._finish(decision)
        return decision

    def refuse(self, candidate: Candidate, by: str, why: str | None, at: datetime) -> Decision:
        """Refuse a candidate for good, under whatever name it comes back.

        Raises:
            ItemRefused: the reason can't stand in a file; nothing was written.
        """
        decision = self._said(candidate.findings, at, verdict="refuse", by=by, why=why)
        self.store.record(decision)
        self._finish(decision)
        return decision

    def later(
        self, candidate: Candidate, by: str, until: date | None, at: datetime, why: str | None = None
    ) -> Decision:
        """Put a candidate off until a day."""
        day = until or (at + PUT_OFF).date()
        decision = self._said(candidate.findings, at, verdict="later", by=by, why=why, until=day)
        self.store.record(decision)
        return decision

    def reopen(self, decision: Decision, by: str, at: datetime) -> Decision:
        """Take a decision back: its findings return to the desk, the watch item that it made goes.

        Raises:
            Stopped: someone has edited the item since; nothing was changed.
        """
        item = self._item_to_take_back(decision)
        for finding in decision.findings:
            if not self.store.has(finding):
                self.store.put(finding)
        if item is not None:
            item.unlink(missing_ok=True)
        taken_back = self._said(decision.findings, at, verdict="reopen", by=by)
        self.store.record(taken_back)
        return taken_back

    def _said(self, findings: tuple[Finding, ...], at: datetime, **words: object) -> Decision:
        """A decision about findings.

        Raises:
            ItemRefused: something in its words can't stand in a file.
        """
        try:
            return Decision.model_validate({"at": self._moment(findings, at), "findings": findings, **words})
        except ValidationError as error:
            path = f"{self.store.name}/{finding_path(findings[0])}"
            raise ItemRefused(tuple(problems_of(error, path, Document({}), Decision))) from None

    def _moment(self, findings: tuple[Finding, ...], at: datetime) -> str:
        """`at`, or just after the last decision about these findings: a clock that is behind loses no last word."""
        names = {finding.id for finding in findings}
        before = (item.at for item in self.papers.decisions if names & {one.id for one in item.findings})
        latest = max(before, default="")
        if utc(at) > latest:
            return utc(at)
        return utc(datetime.fromisoformat(latest) + timedelta(microseconds=1))

    def after(self, decision: Decision) -> Desk:
        """The desk with a decision more, the rest as it was read."""
        return replace(self, papers=replace(self.papers, decisions=(*self.papers.decisions, decision)))

    def _item_to_take_back(self, decision: Decision) -> Path | None:
        if decision.verdict != "keep" or decision.item is None:
            return None
        file = self.tree.folder / decision.item
        if file.exists() and file.read_text(encoding="utf-8") != item_text(decision, self.tree):
            what = N_(
                "“{path}” was edited since it was kept: delete it by hand if it must go, then try again"
            )
            raise Stopped(message(what, path=self.tree.shown_path(decision.item)), FAILED)
        return file

    def finish(self) -> tuple[Decision, ...]:
        """Carry out the decisions that something interrupted: those whose findings still lie in the folder."""
        waiting = {filed.finding.id for filed in self.papers.filed}
        unfinished = {
            decision.model_dump_json(): decision
            for finding, decision in self.decided.items()
            if finding in waiting and decision.verdict in {"keep", "refuse"}
        }
        for decision in unfinished.values():
            self._finish(decision)
        return tuple(unfinished.values())

    def _finish(self, decision: Decision) -> None:
        if decision.verdict == "keep" and decision.item is not None:
            # Someone may have taken the place since the decision: their file stays.
            with suppress(FileExistsError):
                write_new(self.tree.folder / decision.item, item_text(decision, self.tree))
        for finding in decision.findings:
            self.store.drop(finding)

    # --- decisions that curators wrote in the files of candidates, in a forge's editor ----------------------------

    def written(self) -> Iterator[tuple[Filed, Candidate]]:
        """The candidates in whose files a decision was written."""
        annotated = [filed for filed in self.papers.filed if filed.annotation.decision is not None]
        if not annotated:
            return
        by_name = {finding.id: item for item in self.candidates for finding in item.findings}
        for filed in annotated:
            if filed.finding.id in by_name:
                yield filed, by_name[filed.finding.id]

    def carry_out(self, filed: Filed, candidate: Candidate, at: datetime) -> Decision:
        """Do what was written in a file.

        Raises:
            ItemRefused: it can't be done as it is written; the file stays as it is.
        """
        note = filed.annotation
        if note.by is None or (note.decision == "keep" and note.why is None):
            missing = "by" if note.by is None else "why"
            what = message(N_("a decision needs “{key}” too"), key=missing)
            line = filed.front.line_of(("decision",))
            raise ItemRefused((Problem(f"{self.store.name}/{filed.path}", line, "missing-key", what),))
        if note.decision == "keep":
            words = Words(note.why or "", note.communities, note.skills)
            return self.keep(candidate, note.by, words, at)
        if note.decision == "refuse":
            return self.refuse(candidate, note.by, note.why, at)
        decision = self.later(candidate, note.by, None, at, note.why)
        # What was written is done: read again tomorrow, it would put the candidate off for ever.
        self.store.put(filed.finding)
        return decision


class ItemRefused(Exception):  # noqa: N818 - nothing is wrong with the program
    """Raised when what a curator decided can't be written; with the problems."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(str(problem.message) for problem in problems))
        self.problems = problems


def utc(moment: datetime) -> str:
    """A moment as decisions write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
