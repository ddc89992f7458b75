"""What is thought of a candidate before anyone reads it: a score, skills, communities. Computed on reading, never kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from curation.desk.candidates import Candidate
from curation.desk.decision import Decision
from curation.judging.relevance import Example, Model, Score, learn
from curation.judging.topics import Proposals, Vocabulary, propose
from portal.content import Content
from portal.records import WatchItem
from portal.subscriptions import Feeds


@dataclass(frozen=True)
class Appraised:
    """A candidate, its score, and what is proposed for it."""

    candidate: Candidate
    score: Score
    proposals: Proposals


@dataclass(frozen=True)
class Appraiser:
    """The company's vocabulary and what its curators' past decisions teach."""

    vocabulary: Vocabulary
    feeds: Feeds
    model: Model

    @classmethod
    def of(
        cls, content: Content, feeds: Feeds, decisions: Iterable[Decision], standing: Mapping[str, Decision]
    ) -> Appraiser:
        """Learn from the decisions that stand, and from the watch items that were written by hand."""
        made = {item.item for item in decisions if item.item}
        names = {source.name: source.id for source in feeds.sources}
        taught = [*_decided(standing), *_written(content, made, names)]
        return cls(Vocabulary.of(content), feeds, learn(taught))

    def appraise(self, candidate: Candidate) -> Appraised:
        """The appraisal of one candidate, by its first finding and the tags of all."""
        first, text = candidate.first, candidate.excerpt
        score = self.model.score(first.source, candidate.title, text, candidate.tags)
        subscription = self.feeds.get(first.source)
        proposals = propose(self.vocabulary, subscription, candidate.title, text, candidate.tags)
        return Appraised(candidate, score, proposals)


def _decided(standing: Mapping[str, Decision]) -> Iterable[Example]:
    for name, decision in standing.items():
        if decision.verdict in {"keep", "refuse"}:
            finding = next(item for item in decision.findings if item.id == name)
            yield Example(
                decision.verdict == "keep", finding.source, finding.title, finding.excerpt or "", finding.tags
            )


def _written(content: Content, made: set[str], names: Mapping[str, str]) -> Iterable[Example]:
    """The watch items that no decision made, under the name that `feeds.yml` gives their source, where it has one."""
    for item in content.of("watch_item"):
        if isinstance(item, WatchItem) and item.path not in made:
            yield Example(True, names.get(item.source, item.source), item.title, item.body, ())
