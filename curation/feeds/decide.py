"""What becomes of each entry of a feed, and why. Pure: values in, values out; files and clock are elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from curation.desk.finding import Finding
from curation.desk.known import Known, OwnWords
from curation.entries import ParsedEntry, ParsedFeed
from curation.feeds.findings import finding_of
from curation.judging.identity import finding_id, keys_of_feed
from curation.judging.text import plain
from curation.judging.topics import passes
from curation.judging.urls import same_page_key
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


def decide(feed: ParsedFeed, subscription: Subscription, known: Known) -> Iterator[Decided]:
    """What becomes of each entry, in the feed's order. Candidates are added to `known` as they come."""
    here: set[str] = set()
    own = known.own_words(subscription.id)
    for entry, key in zip(feed.entries, keys_of_feed(feed), strict=True):
        name = finding_id(subscription.id, key)
        try:
            finding = finding_of(entry, name, feed, subscription, is_own_page=key == _page(entry))
        except ValidationError as error:
            why = error.errors(include_url=False)[0]["msg"]
            reason = message(N_("its entry can’t be filed as it is ({why})"), why=why)
            yield Decided(entry.title[:200], "filtered", reason)
            continue
        decided = _again(finding, here, known) or _new(entry, finding, subscription, known, own)
        here.add(name)
        if decided.to_file:
            known.add(decided.to_file)
            own.add(decided.to_file)
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


def _new(
    entry: ParsedEntry, finding: Finding, subscription: Subscription, known: Known, own: OwnWords
) -> Decided:
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
    if (same := own.same(finding)) is not None:
        return Decided(
            finding.title, "duplicate", message(N_("the source said the same before")), finding, same
        )
    return Decided(finding.title, "candidate", message(N_("it is new")), finding)
