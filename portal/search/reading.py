"""Many texts → the numbers of their terms, by blocks: what a piece of text says is asked once, then known by its key.

A text is cut where no word goes on. A piece is a word, or several and the signs between them where those aren't ASCII;
its ASCII letters are small. A piece's key is the sum of its bytes, each times a power of an odd number, modulo 2^64:
those of a whole block come from one running sum, without a Python object a word.

Two pieces of one key would be taken for one: of a million pieces chosen by nobody, two have it in one site of thirty
million.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from portal.search.analysis import plain

BLOCK = 1 << 17
"""Characters that are read at once: what is computed of them stays in the processor's cache."""

_BITS = 20
"""Of the places where keys are kept: a key has one place, whoever comes first keeps it."""

_MAX_REMEMBERED = 300_000
"""Keys without a place that are remembered: more than a portal's language, fewer than a hostile tree could bring."""

_USUAL = 2 * BLOCK
"""Bytes of a block, seldom more."""

_NONE = -1
"""The number of a piece without a term."""

_FACTOR, _SCATTER = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
"""Odd, without a pattern: the golden ratio's fraction, and one that brings every bit's influence to the upper ones."""

_END = "\0"
"""What stands between two texts of a block."""

Keys = NDArray[np.uint64]


class Terms(NamedTuple):
    """Numbers of terms, one text after the other, and how many each text has."""

    numbers: NDArray[np.int32]
    lengths: NDArray[np.int64]


class Cut(NamedTuple):
    """The pieces of a block: where each begins and ends in its bytes, its key, the place of its text."""

    raw: bytes
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    keys: Keys
    texts: NDArray[np.int64]


class Reader:
    """Reads texts; `read` gives the numbers of the terms of a piece, from 0."""

    def __init__(self, read: Callable[[str], Sequence[int]]) -> None:
        self._read = read
        self._keys = np.zeros(1 << _BITS, np.uint64)
        self._numbers = np.zeros(1 << _BITS, np.int32)
        self._others: dict[int, Sequence[int]] = {}

    def read(self, texts: Sequence[str]) -> Terms:
        """The terms of texts, in order."""
        pieces = cut(texts)
        places = (pieces.keys >> np.uint64(64 - _BITS)).astype(np.int64)
        numbers, of = self._numbers[places], pieces.texts
        unknown = np.flatnonzero(self._keys[places] != pieces.keys)
        if len(unknown):
            keys, firsts, which = np.unique(pieces.keys[unknown], return_index=True, return_inverse=True)
            said = self._ask(pieces, keys, unknown[firsts], places[unknown[firsts]])
            numbers[unknown] = _firsts(said)[which]
            several = np.flatnonzero(np.array([len(found) > 1 for found in said])[which]).tolist()
            at = [unknown[one] for one in several for _ in said[which[one]][1:]]
            more = [number for one in several for number in said[which[one]][1:]]
            numbers, of = np.insert(numbers, at, more), np.insert(of, at, of[at])
        held = numbers != _NONE
        return Terms(numbers[held], np.bincount(of[held], minlength=len(texts)))

    def _ask(
        self, pieces: Cut, keys: Keys, firsts: NDArray[np.int64], places: NDArray[np.int64]
    ) -> list[Sequence[int]]:
        """What pieces say that have no place yet, and a place for those that may have one."""
        if len(self._others) > _MAX_REMEMBERED:
            self._others.clear()
        known, ask, raw = self._others.get, self._read, pieces.raw
        spans = zip(keys.tolist(), pieces.begins[firsts].tolist(), pieces.ends[firsts].tolist(), strict=True)
        said = [known(key) or ask(raw[begin:end].decode()) for key, begin, end in spans]
        placed = (self._keys[places] == 0) & (np.array([*map(len, said)]) < 2)
        self._keys[places[placed]] = keys[placed]
        self._numbers[places[placed]] = _firsts(said)[placed]
        self._others |= {int(keys[one]): said[one] for one in np.flatnonzero(~placed).tolist()}
        return said


def _firsts(said: Sequence[Sequence[int]]) -> NDArray[np.int32]:
    return np.array([found[0] if found else _NONE for found in said], np.int32)


def cut(texts: Sequence[str]) -> Cut:
    """The pieces of texts, in order."""
    joined = _END.join([text.replace(_END, " ") for text in texts])
    raw = plain(f" {joined} ")
    signs = np.frombuffer(raw, np.uint8)
    inside = signs > ord(" ")
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    begins, ends = edges[::2], edges[1::2]
    borders = np.searchsorted(begins, np.flatnonzero(signs == ord(_END)))
    counts = np.diff(borders, prepend=0, append=len(begins))
    return Cut(raw, begins, ends, _keys(signs, begins, ends), np.repeat(np.arange(len(texts)), counts))


def _keys(signs: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> Keys:
    """The key of each piece, never 0."""
    rising, falling = _usual() if len(signs) <= _USUAL else _powers(len(signs))
    sums = np.cumsum(signs * rising[: len(signs)])
    return (sums[ends - 1] - sums[begins - 1]) * falling[begins] | np.uint64(1)


def _powers(count: int) -> tuple[Keys, Keys]:
    """The powers of the factor; and those of its inverse, each scattered."""
    steps = np.ones((2, count), np.uint64)
    steps[0, 1:], steps[1, 1:], steps[1, 0] = _FACTOR, pow(_FACTOR, -1, 1 << 64), _SCATTER
    return tuple(np.cumprod(steps, axis=1))


@cache
def _usual() -> tuple[Keys, Keys]:
    return _powers(_USUAL)
