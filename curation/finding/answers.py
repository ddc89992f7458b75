"""What a search says: the first pages with a few of their words, and what was understood. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath
from typing import Any

from curation.finding.excerpts import Excerpt, excerpt, spelling
from curation.finding.index import Index, Page
from curation.finding.ranking import Chosen, Found, Group, search
from curation.finding.spelling import proposal
from portal.problems import N_, Message, message
from portal.search.analysis import Analyser, analyser
from portal.search.facets import FIELD_WORDS
from portal.search.queries import parse
from portal.validation import nearest

JSON_VERSION = 1
"""Goes up when a reader of the JSON format would break."""

FACET_WORDS = {
    "kind": N_("Kind"), "territory": N_("Territory"), "skill": N_("Skill"), "community": N_("Community"),
    "language": N_("Language"), "year": N_("Year"),
}  # fmt: skip
"""What people call what results are narrowed by."""


@dataclass(frozen=True)
class Result:
    """A page with its score, and its words where some were asked for."""

    page: Page
    score: float
    excerpt: Excerpt | None = None


@dataclass(frozen=True)
class Answer:
    """The first results of `count`.

    `corrected` pairs a word that no page holds with the spelling of what was looked for instead; `proposed`, when
    nothing was found, with a spelling that is like it; `notes` are what else there is to say.
    """

    query: str
    count: int
    results: tuple[Result, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    proposed: tuple[tuple[str, str], ...] = ()
    notes: tuple[Message, ...] = ()


def answer(text: str, index: Index, chosen: Chosen, limit: int) -> Answer:
    """Ask a query, and read the first pages of its answer; of those, one that is called as the query comes first."""
    read = analyser(index.language)
    query = parse(text, FIELD_WORDS[index.language])
    found = search(query, index, read, chosen)
    terms = {term for group in found.groups for term in group.terms}
    results = []
    for hit in found.hits[:limit]:
        page = index.page(hit.number)
        results.append(Result(page, hit.score, excerpt(page.passages, terms, read)))
    called = read.words(text)
    results.sort(key=lambda result: read.words(result.page.title) != called)
    return Answer(
        query=text,
        count=len(found.hits),
        results=tuple(results),
        corrected=tuple(_corrected(found, results, read)),
        proposed=() if results else tuple(_proposed(found.groups, index, read)),
        notes=tuple(not_named(facet, value, index) for facet, value in found.unknown),
    )


def _corrected(found: Found, results: Sequence[Result], read: Analyser) -> Iterator[tuple[str, str]]:
    texts = list(chain.from_iterable(_texts(result.page) for result in results))
    for group in found.groups:
        written = (spelling(texts, term, read) for term in group.terms if group.is_corrected)
        if said := next(filter(None, written), None):
            yield group.word, said


def _proposed(groups: Sequence[Group], index: Index, read: Analyser) -> Iterator[tuple[str, str]]:
    for group in groups:
        term = read.term(group.word)
        near = proposal(term, index) if term and not group.terms else None
        scores = index.scores(near) if near else {}
        if near and scores:
            page = index.page(max(scores, key=lambda number: (scores[number], -number)))
            yield group.word, spelling(_texts(page), near, read) or near


def _texts(page: Page) -> tuple[str, ...]:
    return (page.title, *page.passages)


def not_named(facet: str, value: str, index: Index) -> Message:
    """That nothing has a value, and which one it may be."""
    labels = index.labels.get(facet, {})
    close = nearest(value, [*labels, *labels.values()])
    if close is None:
        return message(
            N_("{facet}: nothing is named “{value}”"), facet=message(FACET_WORDS[facet]), value=value
        )
    what = N_("{facet}: nothing is named “{value}”; did you mean “{proposal}”?")
    return message(what, facet=message(FACET_WORDS[facet]), value=value, proposal=close)


def as_document(answered: Answer, content: PurePath) -> dict[str, Any]:
    """What `veillee search --json` prints; `content` is the folder as it was named."""
    return {
        "version": JSON_VERSION,
        "query": answered.query,
        "count": answered.count,
        "corrected": dict(answered.corrected),
        "proposed": dict(answered.proposed),
        "results": [facts(result, content) for result in answered.results],
    }


def facts(result: Result, content: PurePath) -> dict[str, Any]:
    """A result for programs; `excerpt` is there where words were asked for."""
    page = result.page
    found = {
        "kind": page.kind,
        "slug": page.slug,
        "path": shown_path(page, content),
        "title": page.title,
        "address": page.address,
        "score": round(result.score, 4),
    }
    return found | ({"excerpt": result.excerpt.text} if result.excerpt else {})


def shown_path(page: Page, content: PurePath) -> str | None:
    """The file of a page as whoever named the folder reads it; None for a listing."""
    return (content / page.path).as_posix() if page.path else None
