"""A query → pages in order, by the rules of the browser's engine (docs/search-index.md), over whole postings.

Each word is a group: its own term, or the terms that it may have meant. A page is worth, for a group, its best term;
in all, the sum of its groups × (groups that it has / groups)³. The browser keeps one mean value for the pages beyond
the best of a term; here each has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from curation.finding.index import Index, Page
from curation.finding.spelling import meant
from portal.search.analysis import Analyser
from portal.search.queries import Query, words_of

Place = tuple[int, str]
"""A document's number and a field of it."""
Chosen = Mapping[str, Collection[str]]
"""Facet → the values that a page must have one of; these are values of the index, not what people type."""


@dataclass(frozen=True)
class Group:
    """A word of the query and the terms that stand for it, with what each weighs: none when nothing is like it."""

    word: str
    terms: Mapping[str, float]
    is_corrected: bool = False


@dataclass(frozen=True)
class Hit:
    """A page that answers: its document's number, its score, how many groups it has."""

    number: int
    score: float
    matched: int


@dataclass(frozen=True)
class Found:
    """All answers, best first; `unknown` are the values that were typed after a field and that no page has."""

    groups: tuple[Group, ...]
    hits: tuple[Hit, ...]
    unknown: tuple[tuple[str, str], ...]


def search(query: Query, index: Index, analyser: Analyser, chosen: Chosen) -> Found:
    """Everything that answers a query, among the pages that have the chosen values."""
    groups = tuple(
        _group(word, term, index) for word in query.words if (term := analyser.term(word)) is not None
    )
    asked, unknown = _with_typed(query.filters, chosen, index)
    allowed = _allowed(asked, index)
    everything = [Hit(number, 0.0, 0) for number in sorted(allowed or ())]
    hits = _ranked(groups, index, allowed) if groups else everything
    numbers = {hit.number for hit in hits}
    for phrase in query.phrases:
        if any(map(analyser.term, phrase)):
            numbers &= saying([_step(word, groups, analyser) for word in phrase], numbers, index, analyser)
    for run in query.excluded:
        numbers -= saying([_step(word, (), analyser) for word in run], numbers, index, analyser)
    return Found(groups, tuple(hit for hit in hits if hit.number in numbers), unknown)


def _group(word: str, term: str, index: Index) -> Group:
    if term in index:
        return Group(word, {term: 1.0})
    near = meant(term, index)
    return Group(word, {other: 0.5 / slips for other, slips in near}, is_corrected=bool(near))


def _ranked(groups: Collection[Group], index: Index, allowed: Collection[int] | None) -> list[Hit]:
    """The pages that have a group, best first; of equals, the first number."""
    scores: dict[int, float] = {}
    matched: dict[int, int] = {}
    for group in groups:
        for number, value in _values(group, index).items():
            if allowed is None or number in allowed:
                scores[number] = scores.get(number, 0.0) + value
                matched[number] = matched.get(number, 0) + 1
    hits = [
        Hit(number, score * (matched[number] / len(groups)) ** 3, matched[number])
        for number, score in scores.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.number))


def _values(group: Group, index: Index) -> dict[int, float]:
    """What a group gives to each page that has it: that of its best term."""
    values: dict[int, float] = {}
    for term, weight in group.terms.items():
        for number, score in index.scores(term).items():
            values[number] = max(values.get(number, 0.0), weight * score)
    return values


def _step(word: str, groups: Iterable[Group], analyser: Analyser) -> Group:
    """A word of a run: what it stands for in the query, or its own term; a stop word has none."""
    term = analyser.term(word)
    likely = (group for group in groups if group.word == word and group.terms)
    return next(likely, Group(word, {term: 1.0} if term else {}))


def saying(run: Sequence[Group], among: Collection[int], index: Index, analyser: Analyser) -> set[int]:
    """Which of these pages say a run of words one after the other; none when it is made of stop words alone.

    Terms are found by their positions in a field. Whoosh knows no stop word: those of the run are looked for in the
    texts of the pages that are left.
    """
    begins: dict[Place, set[int]] | None = None
    for distance, step in enumerate(run):
        if step.terms:
            here = _begins(step, distance, among, index)
            kept = here.keys() if begins is None else begins.keys() & here.keys()
            begins = {place: here[place] & (begins or here)[place] for place in kept}
    found = {number for (number, _), positions in (begins or {}).items() if positions}
    if all(step.terms for step in run):
        return found
    return {number for number in found if _is_said(run, index.page(number), analyser)}


def _begins(step: Group, distance: int, among: Collection[int], index: Index) -> dict[Place, set[int]]:
    """Where a run may begin that has a word at this distance."""
    found: dict[Place, set[int]] = {}
    for term in step.terms:
        for place, positions in index.places(term, among).items():
            found.setdefault(place, set()).update(position - distance for position in positions)
    return found


def _is_said(run: Sequence[Group], page: Page, analyser: Analyser) -> bool:
    """Whether a page's title or text has the words of a run, or others that they stand for, in their order."""
    for text in (page.title, " ".join(page.passages)):
        words = analyser.words(text)
        for first in range(len(words) - len(run) + 1):
            here = zip(run, words[first : first + len(run)], strict=True)
            if all(word == step.word or analyser.term(word) in step.terms for step, word in here):
                return True
    return False


def _with_typed(
    typed: Iterable[tuple[str, str]], chosen: Chosen, index: Index
) -> tuple[dict[str, set[str]], tuple[tuple[str, str], ...]]:
    """The chosen values and those that were typed, by facet; and what was typed and names nothing."""
    asked = {facet: set(values) for facet, values in chosen.items() if values}
    unknown = []
    for facet, text in typed:
        values = values_named(text, index.labels.get(facet, {}))
        asked.setdefault(facet, set()).update(values)
        if not values:
            unknown.append((facet, text))
    return asked, tuple(unknown)


def values_named(text: str, labels: Mapping[str, str]) -> set[str]:
    """The values whose slug or words are `text` (folded words), or else begin by it."""

    def named(is_it: Callable[[str], bool]) -> set[str]:
        return {value for value, label in labels.items() if any(map(is_it, map(_plain, (value, label))))}

    return named(lambda plain: plain == text) or named(lambda plain: plain.startswith(text))


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def _allowed(asked: Mapping[str, Collection[str]], index: Index) -> set[int] | None:
    """The pages that have one value of each facet that is asked; None when none is."""
    found = [
        set().union(*(index.having(facet, value) for value in values)) for facet, values in asked.items()
    ]
    return set.intersection(*found) if found else None
