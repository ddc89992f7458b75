"""One Huffman code for all texts of an index: pieces of a single deflate block, which any ten of them make anew.

Deflate tells the code of a block before its letters: sixty bytes, a sixth of a passage, were each a stream. So the block's
beginning and end are told once; between them stand the pieces that are wanted, in any order, each of whole bytes. Nothing is
repeated from a piece before, so that a piece needs no other one. Ten texts are inflated at once.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from math import ceil
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

END = 256
"""What ends a block, after the 256 bytes that it may hold."""

SPACE, NEWLINE = ord(" "), ord("\n")

_LONGEST = 15
_RAREST = 1500
"""A symbol counts as this share of all at least, which costs one byte in a hundred. All are then 1,757 times the rarest at
most (257 symbols may be raised); a code of 16 bits, more than deflate has, would need 2,584, the 18th Fibonacci number."""

_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
"""In which order a block tells the lengths of the code of its lengths (RFC 1951 § 3.2.7)."""

_Bits = TypeVar("_Bits", int, NDArray[np.int32])

_QUAD = 4
"""Bytes that are coded together: 60 bits at most."""


@dataclass(frozen=True)
class Code:
    """A code: `lengths` are the bits of each of the 257 symbols, 0 for one that no text holds. That of a space is odd."""

    lengths: NDArray[np.uint8]

    @cached_property
    def _codes(self) -> NDArray[np.uint64]:
        """The bits of each symbol, first bit lowest: canonical (RFC 1951 § 3.2.2)."""
        made, code = np.zeros(END + 1, np.uint64), 0
        for bits in range(1, _LONGEST + 1):
            for symbol in np.flatnonzero(self.lengths == bits).tolist():
                made[symbol] = int(f"{code:0{bits}b}"[::-1], 2)
                code += 1
            code <<= 1
        return made

    @cached_property
    def _pairs(self) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
        """Lengths and bits of all pairs of bytes, as a little-endian number of 16 bits indexes them."""
        lengths, codes = self.lengths[:END], self._codes[:END]
        bits = codes[np.newaxis, :] | codes[:, np.newaxis] << lengths[np.newaxis, :].astype(np.uint64)
        return (lengths[np.newaxis, :] + lengths[:, np.newaxis]).ravel(), bits.ravel()

    @cached_property
    def head(self) -> bytes:
        """What precedes all pieces: it inflates to spaces and a new line."""
        said = _bits((1, 1), (2, 2), (0, 5), (0, 5), (15, 4))
        said += _bits(*((4 if symbol < 16 else 0, 3) for symbol in _ORDER))
        # Each length takes four bits, first bit first; the code of distances has one length, 0: there is none.
        said += "".join(f"{bits:04b}" for bits in [*self.lengths.tolist(), 0])
        filling = b" " * self.fill(len(said) + int(self.lengths[NEWLINE])) + b"\n"
        return _bytes(said + "".join(self._said(symbol) for symbol in filling))

    @cached_property
    def end(self) -> bytes:
        """What follows all pieces."""
        return _bytes(self._said(END))

    def _said(self, symbol: int) -> str:
        return f"{int(self._codes[symbol]):0{self.lengths[symbol]}b}"[::-1]

    @cached_property
    def space(self) -> int:
        """The bits of a space."""
        return int(self.lengths[SPACE])

    def fill(self, bits: _Bits) -> _Bits:
        """How many spaces make so many bits whole bytes: the inverse of an odd number modulo 8 is that number."""
        return -bits * self.space % 8

    def bits(self, text: bytes) -> int:
        """How many bits a text takes."""
        return int(self.lengths[np.frombuffer(text, np.uint8)].sum())

    def ends(self, text: bytes) -> NDArray[np.int64]:
        """How many bits a text takes up to each byte, that byte's own included."""
        return np.cumsum(self.lengths[np.frombuffer(text, np.uint8)], dtype=np.int64)

    def pieces(self, texts: Sequence[bytes], places: Sequence[int], count: int, size: int) -> bytes:
        """`count` slots of `size` bytes, a multiple of 8; those at `places` have the texts, that `fill` made whole bytes.

        After a text stands a byte 1, then zeros; a slot without any is zeros. No text may be empty, nor hold a byte 0.
        """
        lengths, codes = self._pairs
        padded = [text + bytes(-len(text) % _QUAD) for text in texts]  # zeros take no bit
        pairs = np.frombuffer(b"".join(padded), "<u2")
        bits, said = lengths[pairs].astype(np.uint64), codes[pairs]
        said = said[::2] | said[1::2] << bits[::2]
        bits = bits[::2] + bits[1::2]
        ends = np.cumsum(bits)
        counts = np.array([len(text) // _QUAD for text in padded])
        lasts = ends[np.cumsum(counts) - 1]
        totals = np.diff(lasts, prepend=np.uint64(0))
        begins = np.array(places, np.uint64) * np.uint64(8 * size)
        slots = np.zeros(count * size // 8, "<u8")
        _put(slots, ends - bits + np.repeat(begins - (lasts - totals), counts), said)
        made = slots.view(np.uint8)
        made[(begins + totals >> np.uint64(3)).astype(np.int64)] = 1
        return made.tobytes()

    def read(self, slots: Sequence[bytes]) -> list[str]:
        """What pieces say, one text after the other, as `pieces` has written them."""
        whole = b"".join([self.head, *(slot[: slot.rindex(1)] for slot in slots), self.end])
        return zlib.decompress(whole, -zlib.MAX_WBITS).decode().split("\n")[1:-1]


def _put(words: NDArray[np.uint64], places: NDArray[np.uint64], said: NDArray[np.uint64]) -> None:
    """Write bits into words of 64, where each run begins; places are sorted, no run reaches the next one."""
    at, shifts = places >> np.uint64(6), places & np.uint64(63)
    firsts = np.flatnonzero(np.diff(at, prepend=at[:1] + np.uint64(1)))
    words[at[firsts]] = np.add.reduceat(said << shifts, firsts)
    # Only the last of those that begin in a word may go on in the next one.
    lasts = np.append(firsts[1:], len(at)) - 1
    over = said[lasts] >> np.uint64(1) >> (np.uint64(63) - shifts[lasts])
    lasts, over = lasts[over > 0], over[over > 0]
    words[at[lasts] + np.uint64(1)] |= over


def code_of(counts: NDArray[np.int64]) -> Code:
    """The code of texts that hold each of 256 bytes so often. Bytes that they don't hold have none, but for the signs."""
    held = np.append(counts, 1)
    held[[SPACE, NEWLINE]] += 1
    lengths = _lengths(held)
    while lengths[SPACE] % 2 == 0:
        held[SPACE] *= 2
        lengths = _lengths(held)
    return Code(lengths)


def _lengths(held: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The bits of each symbol in Huffman's code, 0 for one that isn't held."""
    least = ceil(int(held.sum()) / _RAREST)
    rising = count()
    trees = [
        (max(int(held[symbol]), least), next(rising), [symbol]) for symbol in np.flatnonzero(held).tolist()
    ]
    heapq.heapify(trees)
    lengths = np.zeros(len(held), np.uint8)
    while len(trees) > 1:
        (one, _, symbols), (other, _, others) = heapq.heappop(trees), heapq.heappop(trees)
        lengths[symbols + others] += 1
        heapq.heappush(trees, (one + other, next(rising), symbols + others))
    return lengths


def _bits(*fields: tuple[int, int]) -> str:
    """Numbers of so many bits, lowest bit first."""
    return "".join(f"{value:0{size}b}"[::-1] for value, size in fields)


def _bytes(bits: str) -> bytes:
    """Bits, first one lowest, as bytes; the last one is filled with zeros."""
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))
