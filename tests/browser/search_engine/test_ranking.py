"""Which pages are found and in which order: as the plain reader and Whoosh have them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from portal.search.analysis import analyser
from portal.search.index import Index
from portal.search.scoring import Scores
from tests.browser.search_engine.asking import COUNT, DOCUMENTS, HITS, LABELS, PAGES, Tab, queries
from tests.search.oracle import SteadyBM25F, whoosh_index, whoosh_scores
from tests.search.reader import Reader


def expected(reader: Reader, words: Sequence[str], size: int = 10) -> list[tuple[int, float]]:
    """The best pages for whole words, from the plain reader; one word does without its tail."""
    totals: dict[int, list[float]] = {}
    terms = [term for word in words if (term := analyser("fr").term(word))]
    for term in terms:
        found = reader.postings(term)
        assert found, term
        scores = reader.scores(term)
        for number in scores if len(terms) > 1 else found.numbers:
            totals.setdefault(number, []).append(scores[number])
    ranked = {number: sum(values) * (len(values) / len(terms)) ** 3 for number, values in totals.items()}
    return sorted(ranked.items(), key=lambda pair: (-pair[1], pair[0]))[:size]


def hits(engine: Tab, asked: list[list[str]]) -> list[list[dict[str, Any]]]:
    """The ten best pages for each of these words, whole ones."""
    texts = [" ".join(words) for words in asked]
    return list(engine.page.evaluate(HITS, texts))


def test_scores_and_order_are_those_of_the_plain_reader(engine: Tab, index: Index, scores: Scores) -> None:
    asked = queries(scores)
    assert max(len(scores.of(word)) for [word] in asked[:8]) > 512, "no word has a tail"
    reader = Reader(dict(index.files))
    reader.shard = cache(reader.shard)
    for words, found in zip(asked, hits(engine, asked), strict=True):
        best = expected(reader, words)
        assert [hit["number"] for hit in found] == [number for number, _ in best], words
        assert [hit["score"] for hit in found] == pytest.approx([score for _, score in best], rel=1e-12)


def test_scores_are_those_of_whoosh_within_one_level(engine: Tab, scores: Scores) -> None:
    oracle = whoosh_scores(whoosh_index(DOCUMENTS), SteadyBM25F())
    asked = [words for words in queries(scores) if len(words) == 1]
    for [word], found in zip(asked, hits(engine, asked), strict=True):
        exact = oracle[word]
        assert [hit["score"] for hit in found] == pytest.approx(
            [exact[hit["number"]] for hit in found], rel=0.0111
        )
        best = sorted(exact.values(), reverse=True)[: len(found)]
        assert [exact[hit["number"]] for hit in found] == pytest.approx(best, rel=0.0222)


def test_facets_count_every_result(engine: Tab, index: Index, scores: Scores) -> None:
    [word] = queries(scores)[0]
    numbers = set(scores.of(word))
    for filters in ({}, {"kind": ["story"]}):
        those = {number for number in numbers if not filters or DOCUMENTS[number].kind == "story"}
        counts = engine.page.evaluate(COUNT, [word, {"filters": filters}, "territory"])
        places = [place for number in those for place in DOCUMENTS[number].facets.get("territory", ())]
        assert {(one["value"], one["label"], one["count"]) for one in counts} == {
            (place, LABELS["territory"][place], places.count(place)) for place in set(places)
        }
        assert [one["count"] for one in counts] == sorted((one["count"] for one in counts), reverse=True)
        kinds = engine.page.evaluate(COUNT, [word, {"filters": filters}, "kind"])
        assert sum(one["count"] for one in kinds) == len(those)
    assert engine.ask(word)["count"] == len(numbers)


def test_a_word_that_is_being_typed_finds_what_it_begins(engine: Tab) -> None:
    assert engine.titles("électrop") == ["Voyages"]
    assert engine.titles("électrop ") == engine.titles("électrop", live=False) == []
    assert engine.titles("chloratio") == engine.titles("chlore"), "the typed word is longer than its term"
    assert PAGES[1].title in engine.titles("pom")
    for begun in ("fourneau", "fournea"):
        assert engine.titles(begun) == ["Chloration"], "the term ends by other letters: “fournel”"
    for begun in ("tableau", "tablea"):
        assert PAGES[2].title in engine.titles(begun), (
            "“tablea” is read as “table”, and begins “tableau” all the same"
        )


def test_pages_of_results_follow_each_other(engine: Tab, scores: Scores) -> None:
    [word] = queries(scores)[0]
    whole = engine.ask(word, live=False, limit=40)["hits"]
    assert engine.ask(word, live=False, limit=10, offset=30)["hits"] == whole[30:]
    beyond = engine.ask(word, live=False, limit=10, offset=510)["hits"]
    assert len(beyond) == min(10, len(scores.of(word)) - 510)
