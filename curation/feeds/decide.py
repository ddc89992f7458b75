"""What becomes of each entry of a feed, and why. Pure: values in, values out; files and clock are elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from pydantic import ValidationError

from curation.desk.candidates import page_of
from curation.desk.decision import Decision
from curation.desk.finding import Finding
from curation.feeds.entries import ParsedEntry, ParsedFeed
from curation.feeds.findings import finding_of
from curation.feeds.identity import Likeness, LikenessIndex, finding_id, keys_of_feed, likeness
from curation.feeds.text import plain
from curation.feeds.topics import passes
from curation.feeds.urls import same_page_key
from portal.problems import N_, Message, message
from portal.subscriptions import Subscription

Outcome = Literal["candidate", "changed", "known", "duplicate", "filtered", "refused", "kept"]
"""New on the desk; there already, with another text now; there already; told already; out of the source's topics, or
not to be filed; refused before; kept before."""


@dataclass(frozen=True)
class Decided:
    """One entry's fate: `finding` is what it makes, None where it can't be filed; `of` what it repeats, an id or a file."""

    title: str
    outcome: Outcome
    reason: Message
    finding: Finding | None = None
    of: str | None = None

    @property
    def to_file(self) -> Finding | None:
        """The finding, where the desk doesn't hold it as it is."""
        return self.finding if self.outcome in {"candidate", "changed"} else None


@dataclass
class Known:
    """What the company has seen before, however an entry comes back: by name, by address, by what it says."""

    waiting: dict[str, Finding] = field(default_factory=dict)
    decided: dict[str, Decision] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    _pages: dict[str, tuple[Outcome, str]] = field(default_factory=dict)
    _told: LikenessIndex = field(default_factory=LikenessIndex)
    _own: dict[str, LikenessIndex] = field(default_factory=lambda: defaultdict(LikenessIndex))
    _words: dict[tuple[str, str, str], str] = field(default_factory=dict)

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
        outcome: Outcome = "kept" if decision.verdict == "keep" else "refused"
        if page := page_of(finding):
            self._pages.setdefault(page, (outcome, finding.id))
        self._told.add(finding.id, _likeness(finding))

    def add(self, finding: Finding) -> None:
        """A finding that waits from now on."""
        self.waiting[finding.id] = finding
        self._own[finding.source].add(finding.id, _likeness(finding))
        if finding.excerpt and page_of(finding) is None:
            self._words.setdefault((finding.source, finding.title, finding.excerpt), finding.id)

    def holds(self, name: str) -> bool:
        """Whether the finding of that id waits, or was decided about."""
        return name in self.waiting or name in self.decided or name in self.unread

    def settled(self, finding: Finding) -> tuple[Outcome, str] | None:
        """What was decided of a finding, of its page, or of one that says the same; and where that is told."""
        decision = self.decided.get(finding.id)
        if decision and decision.verdict != "later":
            return ("kept" if decision.verdict == "keep" else "refused"), finding.id
        if found := self.page(finding):
            return found
        if (told := self.told(finding)) is not None:
            return ("kept" if self.decided[told].verdict == "keep" else "refused"), told
        return None

    def page(self, finding: Finding) -> tuple[Outcome, str] | None:
        """What was decided about the page of a finding, and where that is told."""
        page = page_of(finding)
        return self._pages.get(page) if page else None

    def told(self, finding: Finding) -> str | None:
        """The decided finding that said the same."""
        return _first(self._told, _likeness(finding))

    def own(self, finding: Finding) -> str | None:
        """The waiting finding of the same source that says the same."""
        if page_of(finding) is None:
            # However short: without a page of its own, an entry is no more than its words.
            same = self._words.get((finding.source, finding.title, finding.excerpt or ""))
            if same is not None and same != finding.id:
                return same
        found = self._own[finding.source].find(_likeness(finding))
        return min((name for name in found if name != finding.id), default=None)


def _first(index: LikenessIndex, wanted: Likeness) -> str | None:
    return min(index.find(wanted), default=None)


def _likeness(finding: Finding) -> Likeness:
    return _likeness_of(finding.title, finding.excerpt or "")


# The same finding is compared with what was told, with its source, then added: the work is done once.
_likeness_of = lru_cache(maxsize=1024)(likeness)


def decide(feed: ParsedFeed, subscription: Subscription, known: Known) -> Iterator[Decided]:
    """What becomes of each entry, in the feed's order. Candidates are added to `known` as they come."""
    here: set[str] = set()
    for entry, key in zip(feed.entries, keys_of_feed(feed), strict=True):
        name = finding_id(subscription.id, key)
        try:
            finding = finding_of(entry, name, feed, subscription, is_own_page=key == _page(entry))
        except ValidationError as error:
            why = error.errors(include_url=False)[0]["msg"]
            reason = message(N_("its entry can’t be filed as it is ({why})"), why=why)
            yield Decided(entry.title[:200], "filtered", reason)
            continue
        decided = _again(finding, here, known) or _new(entry, finding, subscription, known)
        here.add(name)
        if decided.to_file:
            known.add(decided.to_file)
        yield decided


def _page(entry: ParsedEntry) -> str | None:
    return same_page_key(entry.link) if entry.link else None


def _again(finding: Finding, here: set[str], known: Known) -> Decided | None:
    """The fate of an entry that has been seen; None for one that is new."""
    if finding.id in here:
        return Decided(finding.title, "duplicate", message(N_("the feed has it twice")), finding, finding.id)
    if finding.id in known.unread:
        return Decided(finding.title, "known", message(N_("its file on the desk must be mended")), finding)
    decision = known.decided.get(finding.id)
    if decision and decision.verdict != "later":
        return _decided(finding, "kept" if decision.verdict == "keep" else "refused", finding.id)
    if found := known.page(finding):
        return _decided(finding, *found)
    if waiting := known.waiting.get(finding.id):
        return _waiting(waiting, finding)
    return None


def _waiting(old: Finding, new: Finding) -> Decided:
    """Feeds that give an entry another id each time don't change it."""
    if (old.title, old.excerpt, old.url) == (new.title, new.excerpt, new.url):
        return Decided(new.title, "known", message(N_("it waits on the desk already")), new)
    return Decided(new.title, "changed", message(N_("its source has rewritten it")), new)


def _decided(finding: Finding, outcome: Outcome, of: str) -> Decided:
    reason = N_("it was kept before") if outcome == "kept" else N_("it was refused before")
    return Decided(finding.title, outcome, message(reason), finding, of)


def _new(entry: ParsedEntry, finding: Finding, subscription: Subscription, known: Known) -> Decided:
    if not (entry.title or finding.excerpt or finding.url):
        return Decided(
            finding.title, "filtered", message(N_("it has neither title nor text nor address")), finding
        )
    if subscription.take == "filtered" and not passes(
        subscription, finding.title, plain(entry.html), entry.tags
    ):
        what = N_("it holds none of the words or tags that “{source}” is watched for")
        return Decided(finding.title, "filtered", message(what, source=subscription.name), finding)
    if (told := known.told(finding)) is not None:
        verdict = known.decided[told].verdict if told in known.decided else "refuse"
        return _decided(finding, "kept" if verdict == "keep" else "refused", told)
    if (own := known.own(finding)) is not None:
        return Decided(
            finding.title, "duplicate", message(N_("the source said the same before")), finding, own
        )
    return Decided(finding.title, "candidate", message(N_("it is new")), finding)
