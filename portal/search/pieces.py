"""Many texts, read fast: they are cut where no word goes on, and what a piece says is asked once for all texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

V = TypeVar("V")

_MAX_REMEMBERED = 300_000
"""Pieces that are remembered: more than a portal's language has, fewer than a hostile tree could bring."""

# ASCII letters are made small, as folding makes them; what no word holds (`analysis`) becomes a space.
_PLAIN = bytes(
    ord(sign.lower()) if sign.isalnum() or sign in "+#" else ord(" ") for sign in map(chr, range(128))
) + bytes(range(128, 256))

_APOSTROPHE = "’".encode()


class Pieces(dict[bytes, V], Generic[V]):
    """Piece of a text, in UTF-8 → what `read` makes of it.

    A piece is a word, or several and the signs between them where those aren't ASCII; its ASCII letters are small.
    """

    def __init__(self, read: Callable[[str], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, piece: bytes) -> V:
        made = self[piece] = self._read(piece.decode())
        return made

    def of(self, text: str) -> Iterator[V]:
        """What each piece of a text says, in order."""
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        plain = text.encode(errors="replace").translate(_PLAIN).replace(_APOSTROPHE, b" ")
        return map(self.__getitem__, plain.split())
