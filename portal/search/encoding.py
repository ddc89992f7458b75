"""How numbers, words and scores become bytes: LEB128 numbers, front-coded words, one byte an impact, raw deflate."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

import numpy as np
from deflate import deflate_compress
from numpy.typing import NDArray

LOW = 0.25
"""The least score that is told from nothing."""

OCTAVES = 8
"""How many times a score may double above `LOW`."""

LEVELS = 255
"""The greatest impact."""

SHARED = 15
"""The most characters that a word takes from the one before."""

_TOGETHER = 1 << 16
"""Numbers that are written at once: what is computed of them stays in the processor's cache."""

Integers = NDArray[np.int32] | NDArray[np.uint8]


def deflated(raw: bytes) -> bytes:
    """A raw deflate stream (RFC 1951), which browsers read with `DecompressionStream("deflate-raw")`."""
    return bytes(deflate_compress(raw, 9))


def deflated_runs(raw: bytes) -> bytes:
    """The same for bytes that repeat no longer pattern than runs of one: twenty times faster there, and no larger."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    return packer.compress(raw) + packer.flush()


def varint(value: int) -> bytes:
    """One number as LEB128, unsigned."""
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    made.append(value)
    return bytes(made)


def varint_sizes(values: Integers) -> NDArray[np.uint8]:
    """How many bytes each number takes as LEB128."""
    sizes = np.ones(len(values), np.uint8)
    bits, most = 7, int(values.max(initial=0))
    while most >> bits:
        sizes += values >> bits > 0
        bits += 7
    return sizes


def varints(values: Integers) -> bytes:
    """Numbers as LEB128, one after the other."""
    return b"".join([_varints(values[at : at + _TOGETHER]) for at in range(0, len(values), _TOGETHER)])


def _varints(values: Integers) -> bytes:
    if values.max(initial=0) < 128:
        return values.astype(np.uint8).tobytes()
    sizes = varint_sizes(values)
    ends = np.cumsum(sizes, dtype=np.int32)
    made = np.empty(ends[-1], np.uint8)
    begins = ends - sizes
    for place in range(int(sizes.max())):
        here = np.flatnonzero(sizes > place)
        more = np.where(sizes[here] > place + 1, 128, 0)
        made[begins[here] + place] = values[here] >> 7 * place & 127 | more
    return made.tobytes()


def gaps(numbers: NDArray[np.int32], starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """What is skipped before each number of increasing runs; a run begins at each of `starts`, after −1."""
    skipped = np.zeros(len(numbers), np.int32)
    np.subtract(numbers[1:], numbers[:-1], out=skipped[1:])
    skipped -= np.int32(1)
    skipped[starts] = numbers[starts]
    return skipped


def gap_bytes(numbers: NDArray[np.int32]) -> bytes:
    """One increasing run, not empty, as the varints of its gaps."""
    return varints(gaps(numbers, np.zeros(1, np.int64)))


def impacts(scores: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Scores on a scale of logarithms: each level is 2^(OCTAVES/LEVELS) times the one below, about 2 %."""
    octaves = np.log2(np.maximum(scores, LOW) / LOW)
    return np.clip(np.rint(octaves / OCTAVES * LEVELS), 0, LEVELS).astype(np.uint8)


def scores_of(levels: NDArray[np.int64]) -> NDArray[np.float64]:
    """The score that each impact stands for."""
    return np.asarray(LOW * 2 ** (levels * (OCTAVES / LEVELS)), np.float64)


def shared_prefixes(words: Sequence[str]) -> NDArray[np.int64]:
    """How many characters each word of a sorted list has in common with the one before; the first, none.

    No word may hold the character 0, of which the shorter ones are filled.
    """
    if not words:
        return np.zeros(0, np.int64)
    spelled = np.array(words)
    letters = spelled.view(np.uint32).reshape(len(words), -1)
    same = np.logical_and.accumulate(letters[1:] == letters[:-1], axis=1).sum(axis=1)
    return np.concatenate((np.zeros(1, np.int64), same))


def front_coded(words: Sequence[str], prefixes: NDArray[np.int64] | None = None) -> bytes:
    """Sorted words: their count, shared lengths, lengths of the rests (in characters), bytes of the rests, the rests.

    `prefixes` are their `shared_prefixes`, for who has them already, or those of the list that they are cut from.
    """
    shared = [
        min(same, SHARED) for same in (shared_prefixes(words) if prefixes is None else prefixes).tolist()
    ]
    shared[:1] = [0] * len(words[:1])
    rests = [word[same:] for word, same in zip(words, shared, strict=True)]
    text = "".join(rests).encode()
    return varint(len(words)) + bytes(shared) + bytes(map(len, rests)) + varint(len(text)) + text


def front_coded_text(words: Sequence[str]) -> tuple[str, str, str]:
    """Sorted words as three strings: shared lengths, lengths of the rests, the rests.

    A length is a character, from `0` on. Three strings deflate smaller than one.
    """
    shared = shared_prefixes(words).tolist()
    rests = [word[same:] for word, same in zip(words, shared, strict=True)]
    return _digits(shared), _digits(map(len, rests)), "".join(rests)


def _digits(lengths: Iterable[int]) -> str:
    return "".join([chr(ord("0") + length) for length in lengths])
