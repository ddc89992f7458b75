"""The best postings of each term, whose scores become one byte each.

A term held by more than `HEAD` documents has its best ones in its shard; the numbers of the others are its tail, which a
query of one word doesn't need. Its better half has one impact, the other half another: nearly all that exact ones would be
worth to a query of several words. A long tail is a file apart; a short one isn't worth a request, and stands in the shard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.search.encoding import deflated_runs, gap_bytes, impacts
from portal.search.scoring import Scores

HEAD = 256
"""How many documents of a term stand in its shard."""


MOST_INSIDE = 1536
"""Bytes of a tail's gaps, at most, that stand in the shard."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The documents beyond the head: how many, the impact of the mean of either half, the better one first.

    `content` has the gaps of these halves: as they are where the tail stands in its shard (`is_inside`), else as a file.
    """

    count: int
    impacts: bytes
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


def heads(slices: Iterable[Scores]) -> Heads:
    """Part the best from the rest, slice after slice: exact scores are kept no longer than that."""
    made = _Parting()
    for scores in slices:
        made.add(scores)
    return made.finish()


class _Parting:
    def __init__(self) -> None:
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
            self.tails[len(self.terms) + rank] = tail(scores.numbers[here][rest], scores.scores[here][rest])
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


def tail(numbers: NDArray[np.int32], scores: NDArray[np.float64]) -> Tail:
    """The tail of these documents; of an odd number, the lesser half has one more."""
    better = best(scores, len(scores) // 2)
    halves = (better, ~better)
    means = [scores[half].mean() if half.any() else 0.0 for half in halves]
    skipped = b"".join([gap_bytes(numbers[half]) for half in halves if half.any()])
    is_inside = len(skipped) <= MOST_INSIDE
    content = skipped if is_inside else deflated_runs(skipped)
    return Tail(len(numbers), impacts(np.array(means)).tobytes(), content, is_inside)


def best(scores: NDArray[np.float64], count: int) -> NDArray[np.bool_]:
    """Which are the greatest scores; among equal ones, the first."""
    if not count:
        return np.zeros(len(scores), bool)
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    chosen = np.greater(scores, least)
    chosen[np.flatnonzero(scores == least)[: count - int(chosen.sum())]] = True
    return np.asarray(chosen, bool)


def cumulated(values: NDArray[Any]) -> NDArray[Any]:
    """Sums of the first 0, 1, 2… values."""
    return np.concatenate(([0], np.cumsum(values)))
