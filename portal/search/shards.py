"""The postings, cut in small files by the alphabet: one of them answers one word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from portal.search.document import MAX_PASSAGES
from portal.search.encoding import (
    Integers,
    deflated,
    front_coded,
    gaps,
    shared_prefixes,
    varint,
    varint_sizes,
    varints,
)
from portal.search.heads import HEAD, Heads, cumulated

_COUNTS = [varint(count) for count in range(HEAD + 1)]


@dataclass(frozen=True)
class Sharded:
    """The files, named without their folder, and the shortest word that begins each shard (the first is empty)."""

    files: Mapping[str, bytes]
    separators: tuple[str, ...]


def target_size(total: float) -> int:
    """A little less than the square root of all the bytes, where the list of shards and one shard are smallest together.

    Less, since a query of several words asks several shards, and the list once. By steps of √2: a site that grows crosses
    one each time it doubles, and all its shards are cut anew only then.
    """
    return int(min(max(2 ** (round(log2(max(total, 1))) / 2 - 0.25), 1024), 4096))


def beginnings(terms: Sequence[str], prefixes: NDArray[np.int64]) -> list[str]:
    """Of each term, the shortest beginning that parts it from the term before: what the root says of a shard."""
    return [term[: same + 1] for term, same in zip(terms, prefixes.tolist(), strict=True)]


def cuts(words: Sequence[str], sizes: NDArray[np.float64], target: int) -> list[int]:
    """Where shards begin, and the end. `words` are `beginnings`; sizes are bytes, from a term's own postings.

    Between 70 and 130 % of the target, the term with the shortest beginning, then the least CRC-32, begins the next
    shard: a term that comes or goes moves the borders near it, and those beyond stand where they stood.
    """
    places = cumulated(sizes)
    made = [0] if words else [0, 0]
    while made[-1] < len(words):
        begin = made[-1]
        first, last = np.searchsorted(places, places[begin] + target * np.array([0.7, 1.3])).tolist()
        within = range(max(first, begin + 1), min(last, len(words)))
        if last > len(words):
            made.append(len(words))
        elif within:
            made.append(min(within, key=lambda at: (len(words[at]), crc32(words[at].encode()))))
        else:  # one term is larger than the window: it stands with those before it, or begins the next
            around = [at for at in (last - 1, last) if at > begin]
            made.append(min(around, key=lambda at: abs(places[at] - places[begin] - target)))
    return made


class Runs:
    """Runs of numbers as varints, all written at once: those of term t are `starts[t]` to `starts[t+1]`."""

    def __init__(self, values: Integers, starts: NDArray[np.int64] | NDArray[np.int32]) -> None:
        self._written = varints(values)
        self._places = sums(varint_sizes(values))[starts].tolist()

    def of(self, first: int, last: int) -> bytes:
        """What the terms from `first` to before `last` have."""
        return self._written[self._places[first] : self._places[last]]


def sums(values: NDArray[np.uint8] | NDArray[np.bool_]) -> NDArray[np.int32]:
    """Sums of the first 0, 1, 2… values, in as little memory as may be: there are millions."""
    made = np.zeros(len(values) + 1, np.int32)
    np.cumsum(values, dtype=np.int32, out=made[1:])
    return made


class Writer:
    """Writes shards; `shown` tells how many passages each document shows: those that show one have no mask."""

    def __init__(self, held: Heads, shown: NDArray[np.uint8]) -> None:
        self.terms = held.terms
        self.prefixes = shared_prefixes(held.terms)
        self.held = held
        self.lengths = np.diff(held.starts).tolist()
        self.gaps = gaps(held.numbers, held.starts[:-1])
        self.masked = (shown > 1)[held.numbers]
        every = (1 << np.arange(MAX_PASSAGES + 1)) - 1
        masks = held.masks & every.astype(np.uint8)[shown][held.numbers]
        self.masks = Runs(masks[self.masked], sums(self.masked)[held.starts])
        self.numbers = Runs(self.gaps, held.starts)

    def sizes(self) -> NDArray[np.float64]:
        """Bytes that each term adds to a deflated shard, within a few per cent: fitted once on real ones."""
        if not len(self.terms):
            return np.zeros(0)
        postings = self.gaps.astype(np.float32)
        np.log2(np.add(postings, 1, out=postings), out=postings)
        postings *= 0.25
        postings += 0.7
        postings[self.masked] += 0.6
        sizes = 3 + np.add.reduceat(postings, self.held.starts[:-1]).astype(np.float64)
        for rank, rest in self.held.tails.items():
            sizes[rank] += 0.8 * len(rest.content) if rest.is_inside else 0
        return sizes

    def files(self, number: int, first: int, last: int) -> Iterator[tuple[str, bytes]]:
        """The shard of the terms from `first` to before `last`, and their tails that stand apart, by name."""
        heads, inside, apart = [], [], 0
        for rank in range(first, last):
            heads.append(_COUNTS[self.lengths[rank]])
            if rest := self.held.tails.get(rank):
                if rest.is_inside:
                    inside.append(rest.content)
                else:
                    apart += 1
                    yield f"{number}-{apart}.bin", rest.content
                place = 0 if rest.is_inside else apart
                heads[-1] = varint(HEAD + rest.count) + varint(place) + rest.impacts
        parts = (
            front_coded(self.terms[first:last], self.prefixes[first:last]),
            *heads,
            self.held.impacts[self.held.starts[first] : self.held.starts[last]].tobytes(),
            self.numbers.of(first, last),
            self.masks.of(first, last),
            *inside,
        )
        yield f"{number}.bin", deflated(b"".join(parts))


def shards(held: Heads, shown: NDArray[np.uint8]) -> Sharded:
    """All the files of the postings; `shown` tells how many passages each document shows."""
    writer = Writer(held, shown)
    words, sizes = beginnings(held.terms, writer.prefixes), writer.sizes()
    borders = cuts(words, sizes, target_size(sizes.sum()))
    files: dict[str, bytes] = {}
    for number, pair in enumerate(pairwise(borders)):
        files.update(writer.files(number, *pair))
    return Sharded(files, ("", *(words[border] for border in borders[1:-1])))
