"""BM25F, document by document, with the numbers of Whoosh: what each word is worth in each page.

For a field f, a term t and a document d: `idf · w·(K1+1) / (w + K1·(1−B+B·L/avg))`, with `w` the occurrences times the
field's weight, `idf = ln(N/(df+1)) + 1`, and L the field's length as Whoosh keeps it, in one byte. Fields are summed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

from portal.search.analysis import Analyser
from portal.search.document import FIELDS, Document
from portal.search.occurrences import PLACES, FieldOccurrences, Occurrences, gather

K1 = 1.2
"""How soon another occurrence adds nothing."""

B = 0.75
"""How much a long field weighs less."""

SLICE = 300_000
"""Occurrences that are weighed together."""

Pairs = NDArray[np.int64]


@dataclass(frozen=True)
class Scores:
    """Every term of every document: postings `starts[t]` to `starts[t+1]` are those of `terms[t]`, by document.

    `scores` are exact; `masks` have a bit for each passage where the term stands.
    """

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]
    scores: NDArray[np.float64]
    masks: NDArray[np.uint8]

    def of(self, term: str) -> dict[int, float]:
        """Document number → score of one term, nothing for an unknown one."""
        rank = bisect_left(self.terms, term)
        if rank == len(self.terms) or self.terms[rank] != term:
            return {}
        here = slice(*self.starts[rank : rank + 2])
        return dict(zip(self.numbers[here].tolist(), self.scores[here].tolist(), strict=True))


def steady(value: float) -> float:
    """A number rounded up to two significant digits, so that one changed page doesn't move every score."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** (floor(log10(value)) - 1)
    return ceil(value / unit - 1e-9) * unit


def byte_lengths() -> NDArray[np.int64]:
    """The 256 lengths that a byte stands for: a logarithmic scale from 0 to 106,374."""
    return np.array([round((1.033**byte - 1) * 27) for byte in range(256)])


def kept_lengths(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Lengths as a byte tells them: the first of the scale that is not less."""
    scale = byte_lengths()
    return scale[np.minimum(np.searchsorted(scale, lengths), 255)]


def weigh(occurrences: Occurrences) -> Iterator[Scores]:
    """BM25F of all pairs of a term and a document, a slice of the alphabet at a time: memory is for one slice."""
    ranking = Ranking(occurrences)
    for first, last in pairwise(slices(occurrences)):
        yield ranking.weigh(first, last)


def slices(occurrences: Occurrences) -> list[int]:
    """Ranks between which there are about `SLICE` occurrences, from 0 to the number of terms."""
    count = len(occurrences.terms)
    total = np.zeros(count, np.int64)
    for field in occurrences.fields.values():
        total += np.bincount(field.ranks, minlength=count)
    ends = np.cumsum(total)
    wanted = np.arange(SLICE, ends[-1] if count else 0, SLICE)
    return sorted({0, *np.searchsorted(ends, wanted).tolist(), count})


class Ranking:
    """Weighs slices of the alphabet. Pairs are `(rank − first) × documents + document`, sorted."""

    def __init__(self, occurrences: Occurrences) -> None:
        self.occurrences = occurrences
        self.count = occurrences.documents
        self.norms = {name: norms(field.lengths) for name, field in occurrences.fields.items()}

    def weigh(self, first: int, last: int) -> Scores:
        """The terms from `first` to before `last`."""
        found = {name: self._occurring(field, first, last) for name, field in self.occurrences.fields.items()}
        begins = {name: runs(those // PLACES) for name, those in found.items()}
        pairs = {name: those[begins[name]] // PLACES for name, those in found.items()}
        keys = np.concatenate([*pairs.values()])
        keys.sort()
        keys = keys[runs(keys)]
        scores, masks = np.zeros(len(keys)), np.zeros(len(keys), np.uint8)
        for name, those in pairs.items():
            occurring = np.diff(begins[name], append=len(found[name])) * FIELDS[name]
            scores[np.searchsorted(keys, those)] += self._scores(those, occurring, self.norms[name])
        if len(places := found["body"]):
            bits = np.left_shift(1, places % PLACES).astype(np.uint8)
            masks[np.searchsorted(keys, pairs["body"])] = np.bitwise_or.reduceat(bits, begins["body"])
        ranks, numbers = np.divmod(keys, self.count)
        starts = np.searchsorted(ranks, np.arange(last - first + 1))
        return Scores(self.occurrences.terms[first:last], starts, numbers.astype(np.int32), scores, masks)

    def _occurring(self, field: FieldOccurrences, first: int, last: int) -> Pairs:
        """Every occurrence of a slice, sorted, as `pair × PLACES + place`."""
        here = np.flatnonzero((field.ranks >= first) & (field.ranks < last))
        made = field.ranks[here].astype(np.int64)
        made -= first
        made *= self.count * PLACES
        made += field.owners[here]
        made.sort()
        return made

    def _scores(
        self, pairs: Pairs, occurring: NDArray[np.float64], norm: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        ranks, numbers = np.divmod(pairs, self.count)
        idf = np.log(steady(self.count) / (np.bincount(ranks) + 1)) + 1
        return idf[ranks] * (occurring * (K1 + 1)) / (occurring + norm[numbers])


def norms(lengths: NDArray[np.int64]) -> NDArray[np.float64]:
    """What each document's length adds below the line."""
    average = steady(lengths.sum() / max(len(lengths), 1)) or 1.0
    return np.asarray(K1 * (1 - B + B * kept_lengths(lengths) / average), np.float64)


def runs(keys: Pairs) -> NDArray[np.int64]:
    """Where each run of equal numbers begins."""
    if not len(keys):
        return np.zeros(0, np.int64)
    return np.concatenate(([0], np.flatnonzero(keys[1:] != keys[:-1]) + 1))


def score(documents: Iterable[Document], analyser: Analyser) -> Scores:
    """The scores of all documents; a document's number is its rank."""
    made = list(weigh(gather(documents, analyser)))
    holding = [np.diff(one.starts) for one in made]
    return Scores(
        tuple(chain.from_iterable(one.terms for one in made)),
        np.concatenate(([0], np.cumsum(np.concatenate([np.zeros(0, np.int64), *holding])))),
        np.concatenate([np.zeros(0, np.int32), *(one.numbers for one in made)]),
        np.concatenate([np.zeros(0), *(one.scores for one in made)]),
        np.concatenate([np.zeros(0, np.uint8), *(one.masks for one in made)]),
    )
