"""Candidates → lines for people, or a document for programs. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from curation.desk.appraisal import Appraised
from curation.desk.desk import Desk
from curation.judging.relevance import MODEL_VERSION
from curation.report import printable
from portal.language import Translator

JSON_VERSION = 1
"""Goes up when a reader of the JSON format would break."""


def as_document(found: Sequence[Appraised], waiting: int) -> dict[str, Any]:
    """What `veillee candidates --json` prints."""
    facts = [_facts(item) for item in found]
    return {"version": JSON_VERSION, "model": MODEL_VERSION, "waiting": waiting, "candidates": facts}


def _facts(item: Appraised) -> dict[str, Any]:
    candidate = item.candidate
    return {
        "id": candidate.id,
        "score": item.score.value,
        "title": candidate.title,
        "url": candidate.url,
        "sources": list(candidate.sources),
        "published": candidate.published.isoformat() if candidate.published else None,
        "lang": candidate.first.lang,
        "excerpt": candidate.excerpt,
        "skills": [proposal.slug for proposal in item.proposals.skills],
        "communities": [proposal.slug for proposal in item.proposals.communities],
        "for": list(item.score.for_words),
        "against": list(item.score.against_words),
    }


def as_lines(found: Sequence[Appraised], waiting: int, desk: Desk, say: Translator) -> Iterator[str]:
    """A few lines a candidate, then how many wait."""
    for item in found:
        candidate = item.candidate
        yield f"{candidate.id}  {item.score.value:3}  {printable(candidate.title)}"
        told = [say.date(candidate.published, "medium")] if candidate.published else []
        yield "    " + " · ".join([say.listed(source_names(candidate.sources, desk)), *told])
        if reasons := reasons_of(item, say):
            yield "    " + " · ".join(map(printable, reasons))
    yield say.ngettext("{count} candidate waits.", "{count} candidates wait.", waiting).format(
        count=say.number(waiting)
    )


def source_names(sources: Sequence[str], desk: Desk) -> list[str]:
    """What readers call some sources."""
    feeds = desk.tree.settings.feeds
    return [found.name if (found := feeds.get(source)) else source for source in sources]


def reasons_of(item: Appraised, say: Translator) -> list[str]:
    """Why it is scored so, and what is proposed for it with the words that made it so."""
    reasons = []
    if item.score.for_words:
        reasons.append(say.gettext("for: {words}").format(words=", ".join(item.score.for_words)))
    if item.score.against_words:
        reasons.append(say.gettext("against: {words}").format(words=", ".join(item.score.against_words)))
    for label, proposals in (
        (say.gettext("skills: {names}"), item.proposals.skills),
        (say.gettext("communities: {names}"), item.proposals.communities),
    ):
        if proposals:
            names = [f"{one.slug} ({', '.join(one.words)})" if one.words else one.slug for one in proposals]
            reasons.append(label.format(names=", ".join(names)))
    return reasons
