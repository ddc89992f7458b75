"""Whoosh reads texts and scores them by the portal's rules: its words, and its steady statistics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from math import log
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis.acore import Token
from whoosh.scoring import BM25F, BM25FScorer

from portal.search.analysis import analyser
from portal.search.scoring import steady

_REMEMBERED = 100_000
"""So many words keep their term: a text says the same ones again and again."""


@cache
def _reading(language: str) -> tuple[Callable[[str], list[str]], Callable[[str], str | None]]:
    """What parts a text in words, and what gives a word's term."""
    read = analyser(language)
    return read.words, lru_cache(_REMEMBERED)(read.term)


class Words(Analyzer):  # type: ignore[misc]
    """The portal's analyser as one of Whoosh's. A stop word leaves a gap in the positions.

    Whoosh pickles it with the schema: it is but its language then.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(
        self, value: str, positions: bool = False, start_pos: int = 0, **options: Any
    ) -> Iterator[Token]:
        """The terms of a text; the same token each time, as Whoosh wants it."""
        read, term_of = _reading(self.language)
        token = Token(positions, boosts=True, removestops=True, boost=1.0)
        for token.pos, word in enumerate(read(value), start_pos):
            if term := term_of(word):
                token.text = term
                yield token


class SteadyBM25F(BM25F):  # type: ignore[misc]
    """BM25F where the number of documents and the mean lengths are rounded (`portal.search.scoring.steady`).

    Its constants are Whoosh's own, 0.75 and 1.2: an oracle borrows nothing from what it judges.
    """

    def idf(self, searcher: Any, field: str, term: bytes) -> float:
        """How rare a term is in a field."""
        everything = searcher.get_parent()
        holding: int = everything.doc_frequency(field, term)
        return log(steady(everything.doc_count_all()) / (holding + 1)) + 1

    def scorer(self, searcher: Any, field: str, term: bytes, qf: int = 1) -> _Scorer:
        """What scores the postings of a term in a field."""
        return _Scorer(searcher, field, term, self)


class _Scorer(BM25FScorer):  # type: ignore[misc]
    """Whoosh's own formula with the steady mean; its constructor would take the exact one."""

    def __init__(self, searcher: Any, field: str, term: bytes, model: SteadyBM25F) -> None:
        everything = searcher.get_parent()
        self.idf = everything.idf(field, term)
        self.avgfl = steady(everything.avg_field_length(field)) or 1
        self.B, self.K1, self.qf = model.B, model.K1, 1
        self.setup(searcher, field, term)
