"""What the company has seen before: what waits, what was decided, what is in the watch. It grows during a fetch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from curation.desk.candidates import page_of
from curation.desk.decision import Decision
from curation.desk.finding import Finding
from curation.judging.identity import Likeness, LikenessIndex, likeness
from curation.judging.urls import same_page_key

Settled = Literal["refused", "kept"]
"""What was decided about an entry that comes back."""


class OwnWords:
    """What waits of one source, by what it says: made for the source's turn, and dropped after it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._likeness = LikenessIndex()
        self._pageless: dict[tuple[str, str], str] = {}
        for finding in findings:
            self.add(finding)

    def add(self, finding: Finding) -> None:
        """A finding that waits from now on."""
        self._likeness.add(finding.id, _likeness(finding))
        if finding.excerpt and page_of(finding) is None:
            self._pageless.setdefault((finding.title, finding.excerpt), finding.id)

    def same(self, finding: Finding) -> str | None:
        """The waiting finding that says the same."""
        if page_of(finding) is None:
            # However short: without a page of its own, an entry is no more than its words.
            same = self._pageless.get((finding.title, finding.excerpt or ""))
            if same is not None and same != finding.id:
                return same
        found = self._likeness.find(_likeness(finding))
        return min((name for name in found if name != finding.id), default=None)


@dataclass
class Known:
    """What the company has seen before, however an entry comes back: by name, by address, by what it says."""

    waiting: dict[str, Finding] = field(default_factory=dict)
    decided: dict[str, Decision] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    _pages: dict[str, tuple[Settled, str]] = field(default_factory=dict)
    _told: LikenessIndex = field(default_factory=LikenessIndex)
    _of_source: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(
        cls,
        findings: Iterable[Finding],
        decisions: dict[str, Decision],
        items: Iterable[tuple[str, str]],
        unread: frozenset[str] = frozenset(),
    ) -> Known:
        """From the findings that wait, the standing decision of each finding, and path and address of watch items.

        `unread` are the ids of findings whose files can't be read: they wait too, as they are.
        """
        known = cls(decided=decisions, unread=unread)
        for path, url in items:
            if page := same_page_key(url):
                known._pages[page] = ("kept", path)
        for name, decision in decisions.items():
            if decision.verdict in {"keep", "refuse"}:
                known._remember(next(item for item in decision.findings if item.id == name), decision)
        for finding in findings:
            known.add(finding)
        return known

    def _remember(self, finding: Finding, decision: Decision) -> None:
        outcome: Settled = "kept" if decision.verdict == "keep" else "refused"
        if page := page_of(finding):
            self._pages.setdefault(page, (outcome, finding.id))
        self._told.add(finding.id, _likeness(finding))

    def add(self, finding: Finding) -> None:
        """A finding that waits from now on."""
        self.waiting[finding.id] = finding
        self._of_source[finding.source].add(finding.id)

    def own_words(self, source: str) -> OwnWords:
        """What waits of a source."""
        return OwnWords(self.waiting[name] for name in sorted(self._of_source[source]))

    def holds(self, name: str) -> bool:
        """Whether the finding of that id waits, or was decided about."""
        return name in self.waiting or name in self.decided or name in self.unread

    def settled(self, finding: Finding) -> tuple[Settled, str] | None:
        """What was decided of a finding, of its page, or of one that says the same; and where that is told."""
        decision = self.decided.get(finding.id)
        if decision and decision.verdict != "later":
            return ("kept" if decision.verdict == "keep" else "refused"), finding.id
        if found := self.page(finding):
            return found
        if (told := self.told(finding)) is not None:
            return ("kept" if self.decided[told].verdict == "keep" else "refused"), told
        return None

    def page(self, finding: Finding) -> tuple[Settled, str] | None:
        """What was decided about the page of a finding, and where that is told."""
        page = page_of(finding)
        return self._pages.get(page) if page else None

    def told(self, finding: Finding) -> str | None:
        """The decided finding that said the same."""
        return _first(self._told, _likeness(finding))


def _first(index: LikenessIndex, wanted: Likeness) -> str | None:
    return min(index.find(wanted), default=None)


def _likeness(finding: Finding) -> Likeness:
    return _likeness_of(finding.title, finding.excerpt or "")


# The same finding is compared with what was told, with its source, then added: the work is done once.
_likeness_of = lru_cache(maxsize=1024)(likeness)
