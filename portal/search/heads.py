"""The best postings of each term, whose scores become one byte each.

A term held by more than `HEAD` documents has its best ones in its shard; the numbers of the others are its tail, which a
query of one word doesn't need. A long tail is a file apart; a short one isn't worth a request, and stands in the shard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.search.encoding import deflated_runs, gap_bytes, impacts
from portal.search.scoring import Scores

HEAD = 512
"""How many documents of a term stand in its shard."""


MOST_INSIDE = 1536
"""Bytes of a tail's gaps, at most, that stand in the shard."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The documents beyond the head: how many, the impact of their mean, their numbers.

    `content` are the gaps where the tail stands in its shard (`is_inside`), the file where it stands apart.
    """

    count: int
    impact: int
    content: bytes
    is_inside: bool


@dataclass(frozen=True)
class Heads:
    """The best postings of each term, by document: those of term t stand at `starts[t]` to `starts[t+1]`.

    `tails` has the rest of the terms that have more.
    """

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]
    impacts: NDArray[np.uint8]
    masks: NDArray[np.uint8]
    tails: Mapping[int, Tail]

    def holding(self) -> NDArray[np.int64]:
        """How many documents hold each term."""
        counts = np.diff(self.starts)
        for rank, rest in self.tails.items():
            counts[rank] += rest.count
        return counts


def heads(slices: Iterable[Scores], documents: int) -> Heads:
    """Part the best from the rest, slice after slice: exact scores are kept no longer than that."""
    made = _Parting(documents)
    for scores in slices:
        made.add(scores)
    return made.finish()


class _Parting:
    def __init__(self, documents: int) -> None:
        self.documents = documents
        self.terms: list[str] = []
        self.counts = [np.zeros(0, np.int64)]
        self.numbers = [np.zeros(0, np.int32)]
        self.impacts = [np.zeros(0, np.uint8)]
        self.masks = [np.zeros(0, np.uint8)]
        self.tails: dict[int, Tail] = {}

    def add(self, scores: Scores) -> None:
        kept = np.ones(len(scores.numbers), bool)
        for rank in np.flatnonzero(np.diff(scores.starts) > HEAD).tolist():
            here = slice(*scores.starts[rank : rank + 2])
            kept[here] = best(scores.scores[here], HEAD)
            rest = ~kept[here]
            mean = impacts(scores.scores[here][rest].mean(keepdims=True))
            self.tails[len(self.terms) + rank] = tail(
                scores.numbers[here][rest], int(mean[0]), self.documents
            )
        self.terms.extend(scores.terms)
        self.counts.append(np.diff(cumulated(kept)[scores.starts]))
        self.numbers.append(scores.numbers[kept])
        self.impacts.append(impacts(scores.scores[kept]))
        self.masks.append(scores.masks[kept])

    def finish(self) -> Heads:
        return Heads(
            tuple(self.terms),
            cumulated(np.concatenate(self.counts)),
            np.concatenate(self.numbers),
            np.concatenate(self.impacts),
            np.concatenate(self.masks),
            self.tails,
        )


def tail(numbers: NDArray[np.int32], impact: int, documents: int) -> Tail:
    """The tail of these documents. A file is a byte for the form, then gaps (0) or one bit a document (1), the smaller."""
    skipped = gap_bytes(numbers)
    if len(skipped) <= MOST_INSIDE:
        return Tail(len(numbers), impact, skipped, is_inside=True)
    bits = np.zeros(documents, np.uint8)
    bits[numbers] = 1
    forms = (b"\0" + skipped, b"\1" + np.packbits(bits, bitorder="little").tobytes())
    return Tail(len(numbers), impact, min(map(deflated_runs, forms), key=len), is_inside=False)


def best(scores: NDArray[np.float64], count: int) -> NDArray[np.bool_]:
    """Which are the greatest scores; among equal ones, the first."""
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    chosen = np.greater(scores, least)
    chosen[np.flatnonzero(scores == least)[: count - int(chosen.sum())]] = True
    return np.asarray(chosen, bool)


def cumulated(values: NDArray[Any]) -> NDArray[Any]:
    """Sums of the first 0, 1, 2… values."""
    return np.concatenate(([0], np.cumsum(values)))
