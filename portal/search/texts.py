"""What results show, in one file of slots whose places are computed, so that ten are asked in one request.

Kinds follow one another, then the documents of a kind, then the passages of a document; a slot of a kind has always
the same size. It holds a raw deflate stream, then zeros; a stream never ends by a zero byte, so that they can be told.
"""

from __future__ import annotations

import os
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import ceil
from tempfile import TemporaryFile

import numpy as np
from deflate import deflate_compress

from portal.search.document import MAX_PASSAGES, Document, Passage

LEVEL = 1
"""Of libdeflate: on a text of 600 characters, higher ones take a third more time and spare one byte in a thousand."""

ROOMY = 2000
"""A kind may have so many slots whatever they hold; beyond, half of them must hold something."""

WITHOUT_TEXT = 100
"""Bytes of a stream that a shorter text doesn't spare, about: its code and what precedes the text."""

MOST_TITLE = 200
"""Characters of a title or a subtitle that results show."""


@dataclass(frozen=True)
class Kind:
    """The documents of one kind: how many, what their addresses begin with, how many passages, bytes of a slot."""

    name: str
    count: int
    base: str
    passages: int
    slot: int


def passages_shown(counts: Sequence[int]) -> int:
    """The most passages that a document of a kind shows.

    A few long pages among thousands of short ones must not make a file of zeros: what they have more isn't shown.
    """
    for most in range(min(max(counts), MAX_PASSAGES), 1, -1):
        slots = most * len(counts)
        if slots <= max(ROOMY, 2 * sum(min(count, most) for count in counts)):
            return most
    return 1


def packed(content: str) -> bytes:
    """A raw deflate stream that doesn't end by a zero byte.

    One in eleven does; spaces after the text change its last bits.
    """
    raw = content.encode()
    made = deflate_compress(raw, LEVEL)
    while not made[-1]:
        raw += b" "
        made = deflate_compress(raw, LEVEL)
    return bytes(made)


def unpacked(stream: bytes) -> str:
    """What a stream holds, without the spaces at its end."""
    return zlib.decompress(stream, -zlib.MAX_WBITS).decode().rstrip(" ")


def line(text: str, most: int | None = None) -> str:
    """A text on one line, its spaces made plain."""
    return " ".join(text[:most].split())


def heading(document: Document, base: str) -> str:
    """The first four lines of a slot: title, address without its base, date, subtitle."""
    title, under = line(document.title, MOST_TITLE), line(document.subtitle, MOST_TITLE)
    return f"{title}\n{document.address[len(base) :]}\n{document.date}\n{under}\n"


def body(passage: Passage) -> str:
    """The last two lines of a slot: anchors, text."""
    return f"{' '.join([f'{anchor.offset}:{anchor.id}' for anchor in passage.anchors])}\n{passage.text}"


def cut(content: str, end: int) -> str:
    """A slot's content with no more of its text than `end` characters, and the anchors that are left."""
    *top, anchors, text = content.split("\n")
    kept = " ".join(anchor for anchor in anchors.split() if int(anchor.partition(":")[0]) < end)
    return "\n".join([*top, kept, text[:end].rstrip() + "…"])


def bare(content: str) -> str:
    """The least that a slot must hold: title, address and date."""
    return "\n".join([*content.split("\n")[:3], "", "", "…"])


def fitted(stream: bytes, room: int) -> bytes:
    """A passage cut at a word so that `room` holds it; `bare` if even the subtitle is too much."""
    content, size, made = unpacked(stream), len(stream), stream
    text = content.rpartition("\n")[2]
    end = len(text)
    while end > 0 and size > room:
        less = (size - room) * end // max(size - WITHOUT_TEXT, 1) + 1
        end = max(text.rfind(" ", 0, max(end - less, 0) + 1), 0)
        made = packed(cut(content, end))
        size = len(made)
    return made if size <= room else packed(bare(content))


class Slots:
    """The slots of one kind, filled as documents come; a document's place is how many of its kind came before.

    Streams wait in a file of the system's own folder, not in memory, until the size of slots is known: `begins` has
    where each begins, `firsts` the first stream of each document.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.base = ""
        self._empty()

    def _empty(self) -> None:
        self.waiting = TemporaryFile()  # noqa: SIM115  (it is closed once it was read)
        self.begins = array("q", [0])
        self.firsts = array("q", [0])

    def add(self, document: Document) -> None:
        """Pack the passages of one document."""
        if len(self.firsts) == 1:
            self.base = document.address[: document.address.find("/", 0, -1) + 1]
        elif not document.address.startswith(self.base):
            self._spell_out()
        top = heading(document, self.base)
        self._add([top + body(passage) for passage in document.passages[:MAX_PASSAGES]])

    def _add(self, contents: Iterable[str]) -> None:
        for content in contents:
            stream = packed(content)
            self.waiting.write(stream)
            self.begins.append(self.begins[-1] + len(stream))
        self.firsts.append(len(self.begins) - 1)

    def _spell_out(self) -> None:
        """Give their whole addresses to the documents that came before one that isn't in their folder."""
        with self.waiting:
            before = [self.streams(place) for place in range(len(self.firsts) - 1)]
        self._empty()
        for streams in before:
            lines = [unpacked(stream).split("\n") for stream in streams]
            self._add("\n".join([title, self.base + address, *rest]) for title, address, *rest in lines)
        self.base = ""

    def streams(self, place: int, shown: int = MAX_PASSAGES) -> list[bytes]:
        """The first streams of one document."""
        first, last = self.firsts[place : place + 2]
        last = min(last, first + shown)
        begins = self.begins[first : last + 1]
        held = self._read(begins[0], begins[-1] - begins[0])
        return [held[begin - begins[0] : end - begins[0]] for begin, end in pairwise(begins)]

    def _read(self, begin: int, size: int) -> bytes:
        self.waiting.flush()
        return os.pread(self.waiting.fileno(), size, begin)

    def kind(self) -> Kind:
        """The size of these slots: nine passages in ten go in whole, every title does."""
        firsts, begins = np.array(self.firsts), np.array(self.begins)
        counts, sizes = np.diff(firsts), np.diff(begins)
        shown = passages_shown(counts.tolist())
        ranks = np.arange(len(sizes)) - np.repeat(firsts[:-1], counts)
        usual = int(np.sort(sizes[ranks < shown])[ceil(np.minimum(counts, shown).sum() * 0.9) - 1])
        long = np.flatnonzero((sizes > usual) & (ranks < shown)).tolist()
        least_sizes = (least(self._read(int(begins[at]), int(sizes[at])), usual) for at in long)
        slot = ceil(max([usual, *least_sizes]) / 16) * 16
        return Kind(self.name, len(counts), self.base, shown, slot)

    def content(self, kind: Kind, places: Iterable[int]) -> Iterator[bytes]:
        """The slots of the documents at `places`, one after the other."""
        for place in places:
            streams = self.streams(place, kind.passages)
            for stream in streams:
                made = stream if len(stream) <= kind.slot else fitted(stream, kind.slot)
                yield made.ljust(kind.slot, b"\0")
            yield bytes(kind.slot * (kind.passages - len(streams)))


def least(stream: bytes, usual: int) -> int:
    """The bytes that a stream takes without its text; 0 where they are surely less than usual."""
    content = bare(unpacked(stream))
    # A stored block takes five bytes more than its content: what is short enough needs no trial.
    return 0 if len(content.encode()) + 6 <= usual else len(packed(content))


def read_texts(slots: bytes, kinds: Sequence[Kind], wanted: str) -> Iterator[tuple[str, str]]:
    """Title and text of each document of a kind, as the slots have them."""
    place = 0
    for kind in kinds:
        size = kind.passages * kind.slot
        for begin in range(place, place + kind.count * size, size) if kind.name == wanted else ():
            cut = [slots[at : at + kind.slot].rstrip(b"\0") for at in range(begin, begin + size, kind.slot)]
            lines = [unpacked(stream).split("\n") for stream in cut if stream]
            yield lines[0][0], " ".join(line[-1] for line in lines)
        place += kind.count * size


class Texts:
    """The slots of all kinds."""

    def __init__(self) -> None:
        self.slots: dict[str, Slots] = {}
        self.places = array("i")

    def add(self, document: Document) -> None:
        """Pack the passages of one document."""
        slots = self.slots.get(document.kind)
        if slots is None:
            slots = self.slots[document.kind] = Slots(document.kind)
        self.places.append(len(slots.firsts) - 1)
        slots.add(document)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds, in the order of numbers."""
        return tuple(self.slots[name].kind() for name in sorted(self.slots))

    def finish(self, kinds: Iterable[Kind], order: Sequence[int]) -> bytes:
        """The file of all slots; `order` has, for each number, how many documents came before it."""
        made, first = BytesIO(), 0
        for kind in kinds:
            places = (self.places[came] for came in order[first : first + kind.count])
            slots = self.slots.pop(kind.name)
            with slots.waiting:
                made.writelines(slots.content(kind, places))
            first += kind.count
        return made.getvalue()
