"""The index that ships with the site says what Whoosh says: every score, and the first ten of hundreds of queries.

Both are made from the demo company. The static index keeps a score in one byte, so that two scores are told apart when
they are more than a step of that scale away.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from curation.finding.index import Index, write_index
from curation.finding.published import published, source
from curation.finding.ranking import search
from curation.tree import Tree
from portal.search.analysis import Analyser, analyser
from portal.search.document import Document
from portal.search.facets import FIELD_WORDS
from portal.search.index import build_index
from portal.search.queries import parse
from portal.search.scoring import score
from tests.conftest import NOW, ROOT
from tests.search.reader import Reader

QUERIES = 240
STEP = 2 ** (8 / 255)
"""The ratio of a level of the quantiser to the one below."""

HALF = STEP**0.5 * (1 + 1e-9)


class Shipped(Reader):
    """Reads each shard once."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(files)
        self.shard = cache(super().shard)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tuple[Document, ...], Index, Reader]]:
    """The demo's documents, then both indexes of them."""
    view = published(Tree.read(Path("content"), Path("site_config"), ROOT, NOW), "internal")
    found = source(view)
    folder = tmp_path_factory.mktemp("whoosh")
    write_index(folder, found)
    shipped = build_index(found.documents, found.language, found.labels, FIELD_WORDS[found.language])
    with Index(folder) as index:
        yield found.documents, index, Shipped(dict(shipped.files))


def queries(documents: tuple[Document, ...], read: Analyser) -> list[str]:
    """Titles, words of texts, two and three of them, the same without accents: a quarter each."""
    rng = random.Random(20261121)
    asked: list[str] = []
    for kind in range(QUERIES):
        document = rng.choice(documents)
        words = [word for word in document.fields.get("body", "").split() if len(word) > 3] or [
            document.title
        ]
        texts = (
            document.title,
            rng.choice(words),
            " ".join(rng.choices(words, k=rng.choice((2, 3)))),
            " ".join(read.words(document.title)),
        )
        asked.append(texts[kind % 4].replace(":", " ").replace("-", " "))
    return asked


def shipped_ranking(text: str, reader: Reader, read: Analyser) -> dict[int, float]:
    """The contract of docs/search-index.md over the bytes that a browser gets: best first."""
    terms = [term for word in parse(text, {}).words if (term := read.term(word)) is not None]
    sums: dict[int, float] = {}
    matched: dict[int, int] = {}
    for term in terms:
        for number, value in reader.scores(term).items():
            sums[number] = sums.get(number, 0.0) + value
            matched[number] = matched.get(number, 0) + 1
    scores = {number: value * (matched[number] / len(terms)) ** 3 for number, value in sums.items()}
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def test_both_number_the_same_documents(made) -> None:
    documents, index, reader = made
    assert index.count == len(documents) == reader.root["n"] > 200
    for number, document in enumerate(documents):
        assert index.page(number).address == document.address


def test_every_score_is_that_of_whoosh_before_it_becomes_a_byte(made) -> None:
    documents, index, _ = made
    exact = score(documents, analyser("fr"))
    assert exact.terms == index.terms
    for term in index.terms:
        assert index.scores(term) == pytest.approx(exact.of(term), rel=1e-9)


def test_every_shipped_score_is_within_half_a_step(made) -> None:
    _, index, reader = made
    low, high = reader.root["low"], reader.score(reader.root["levels"])
    for term in index.terms:
        shipped, oracle = reader.scores(term), index.scores(term)
        assert shipped.keys() == oracle.keys()
        for number, value in oracle.items():
            assert min(max(value, low), high) / HALF <= shipped[number] <= min(max(value, low), high) * HALF


def test_the_first_ten_are_those_of_whoosh(made) -> None:
    documents, index, reader = made
    read = analyser("fr")
    compared = 0
    for text in queries(documents, read):
        oracle = {hit.number: hit.score for hit in search(parse(text, {}), index, read, {}).hits}
        shipped = shipped_ranking(text, reader, read)
        assert shipped.keys() == oracle.keys(), text
        if not oracle:
            continue
        compared += 1
        ours, theirs = list(shipped)[:10], list(oracle)[:10]
        for higher, first in enumerate(theirs):
            for second in theirs[higher + 1 :]:
                if oracle[first] > oracle[second] * STEP:
                    assert shipped[first] > shipped[second], text
        least = oracle[theirs[-1]] / STEP
        assert all(oracle[number] >= least for number in ours), text
        assert all(number in ours for number in theirs if oracle[number] > oracle[theirs[-1]] * STEP), text
    assert compared >= 200


def test_the_first_of_all_is_nearly_always_the_same(made) -> None:
    documents, index, reader = made
    read = analyser("fr")
    asked = queries(documents, read)
    same = 0
    for text in asked:
        oracle = [hit.number for hit in search(parse(text, {}), index, read, {}).hits]
        same += oracle[:1] == list(shipped_ranking(text, reader, read))[:1]
    assert same > 0.95 * len(asked)
