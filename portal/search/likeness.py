"""Which documents are near one another: pages to read next, and pages that say the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from portal.search.document import FIELDS
from portal.search.encoding import LEVELS, scores_of
from portal.search.heads import Heads

STRONGEST = 16
"""A document's neighbours are looked for by so many of its terms, those that are worth most in it."""

RAREST = 16
"""A text is compared with those that share one of so many of its terms, the rarest."""

MOST_COMPARED = 200
"""Of each of these terms, with so many texts: a thousand texts of ten words must not be a million comparisons."""


class Neighbours:
    """Cosines of documents, over what each term is worth in them.

    Only the best documents of each term count (the head of its postings), which bounds the work: some ten thousand
    postings for one document, whatever the site's size.
    """

    def __init__(self, held: Heads, documents: int) -> None:
        self.held = held
        self.documents = documents
        self.worth = scores_of(np.arange(LEVELS + 1))
        squares = np.bincount(held.numbers, self.worth[held.impacts] ** 2, documents)
        self.norms = np.sqrt(np.maximum(squares, self.worth[0] ** 2))
        self.places = np.argsort(held.numbers, kind="stable")
        self.begins = np.searchsorted(held.numbers[self.places], np.arange(documents + 1))

    def of(self, number: int, limit: int) -> tuple[tuple[int, float], ...]:
        """The nearest documents and their cosine, 0 to 1, best first; those that share no term aren't any."""
        places = self.places[self.begins[number] : self.begins[number + 1]]
        worth = self.worth[self.held.impacts[places]]
        strongest = np.argsort(-worth, kind="stable")[:STRONGEST]
        if not len(strongest):
            return ()
        terms = np.searchsorted(self.held.starts, places[strongest], "right") - 1
        total = self._shared(terms, worth[strongest])
        total /= self.norms * sqrt(float(np.square(worth[strongest]).sum()))
        total[number] = 0
        found = np.flatnonzero(total > 0)
        nearest = found[np.lexsort((found, -total[found]))[:limit]]
        return tuple((int(near), min(float(total[near]), 1.0)) for near in nearest)

    def _shared(self, terms: NDArray[np.int64], worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each document, the products of what these terms are worth in it and in ours."""
        slices = [slice(*self.held.starts[term : term + 2]) for term in terms.tolist()]
        numbers = np.concatenate([self.held.numbers[here] for here in slices])
        values = [self.worth[self.held.impacts[here]] * own for here, own in zip(slices, worth, strict=True)]
        return np.asarray(np.bincount(numbers, np.concatenate(values), self.documents), np.float64)


def vectors(texts: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[dict[str, float]]:
    """Terms and their weights, of length 1, rarest first; each text is the terms of its title and of its body."""
    counted = []
    for title, body in texts:
        counts = Counter(body)
        for term in title:
            counts[term] += int(FIELDS["title"])
        counted.append(counts)
    holding = Counter(term for counts in counted for term in counts)
    return [vector(counts, holding, len(texts)) for counts in counted]


def vector(counts: Mapping[str, int], holding: Mapping[str, int], documents: int) -> dict[str, float]:
    """One text's weights: rare terms weigh more, repeated ones a little more."""
    weights = {
        term: (1 + log(counts[term])) * log(1 + documents / holding[term])
        for term in sorted(counts, key=lambda term: (holding[term], term))
    }
    norm = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / norm for term, weight in weights.items()}


def alike(
    texts: Sequence[tuple[Sequence[str], Sequence[str]]], threshold: float
) -> Iterator[tuple[int, int, float]]:
    """Pairs of places of texts whose cosine is at least `threshold`, each pair once, in order."""
    made = vectors(texts)
    rare: dict[str, list[int]] = defaultdict(list)
    for place, weights in enumerate(made):
        rarest = list(islice(weights, RAREST))
        for other in sorted({before for term in rarest for before in rare[term]}):
            likeness = sum(weight * made[other].get(term, 0.0) for term, weight in weights.items())
            if likeness >= threshold:
                yield other, place, min(likeness, 1.0)
        for term in rarest:
            if len(rare[term]) < MOST_COMPARED:
                rare[term].append(place)
