"""What results show, in one file of slots whose places are computed, so that ten are asked in one request.

Kinds follow one another, then the documents of a kind, then the passages of a document; a slot of a kind has always
the same size. It holds a piece of the block that `huffman` tells of, then a byte 1, then zeros.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import count, pairwise
from math import ceil
from tempfile import TemporaryFile

import numpy as np
from numpy.typing import NDArray

from portal.search.document import MAX_PASSAGES, Document, Passage
from portal.search.huffman import Code, code_of

ROOMY = 2000
"""A kind may have so many slots whatever they hold; beyond, half of them must hold something."""

MOST_TITLE = 200
"""Characters of a title or a subtitle that results show."""

LINES = 6
"""Title, address without its base, date, subtitle, text, anchors."""

_TOGETHER = 512
"""Passages that are coded together: what is computed of them stays in the processor's cache."""

_CUT = "…".encode()


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


def line(text: str, most: int | None = None) -> str:
    """A text on one line, its spaces made plain."""
    return " ".join(text[:most].split())


def heading(document: Document) -> str:
    """The first four lines of a slot, with the whole address."""
    title, under = line(document.title, MOST_TITLE), line(document.subtitle, MOST_TITLE)
    return f"{title}\n{document.address}\n{document.date}\n{under}\n"


def body(passage: Passage) -> str:
    """The last two lines of a slot."""
    return f"{passage.text}\n{' '.join([f'{anchor.offset}:{anchor.id}' for anchor in passage.anchors])}"


def bare(content: bytes) -> bytes:
    """The least that a slot must hold: title, address and date."""
    return b"\n".join([*content.split(b"\n")[:3], b"", _CUT, b""])


def fitted(content: bytes, room: int, code: Code) -> bytes:
    """A passage cut at a word so that `room` bits hold it, with the anchors that are left; else `bare`."""
    *top, text, anchors = content.split(b"\n")
    ends = code.ends(text)
    left = room - (code.bits(content) - int(ends[-1]) + code.bits(_CUT)) if text else 0
    end = text.rfind(b" ", 0, int(np.searchsorted(ends, left, "right")) + 1)
    if end <= 0:
        return bare(content)
    kept = text[:end].rstrip()
    characters = len(kept.decode())
    held = [anchor for anchor in anchors.split() if int(anchor.partition(b":")[0]) < characters]
    return b"\n".join([*top, kept + _CUT, b" ".join(held)])


class Texts:
    """The passages of all documents, taken in as these come, and their slots.

    They wait in a file of the system's own folder, not in memory, until the code and the size of slots are known: `begins`
    has where each begins, `firsts` the first passage of each document.
    """

    def __init__(self) -> None:
        self.waiting = TemporaryFile()  # noqa: SIM115  (it is closed once it was read)
        self.begins = array("q", [0])
        self.firsts = array("q", [0])
        self.bases: dict[str, str] = {}
        self.of_kind: dict[str, array[int]] = {}

    def add(self, document: Document) -> None:
        """Take the passages of one document in."""
        address = document.address
        base = self.bases.setdefault(document.kind, address[: address.find("/", 0, -1) + 1])
        if not address.startswith(base):
            self.bases[document.kind] = ""
        self.of_kind.setdefault(document.kind, array("i")).append(len(self.firsts) - 1)
        top = heading(document)
        for passage in document.passages[:MAX_PASSAGES]:
            # No text holds the character 0: the code has none for it.
            content = (top + body(passage)).encode().replace(b"\0", b" ")
            self.waiting.write(content)
            self.begins.append(self.begins[-1] + len(content))
        self.firsts.append(len(self.begins) - 1)


class Slots:
    """The slots of what was taken in, once all documents came: their code, and the kinds in the order of numbers."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        texts.waiting.flush()
        self._begins, self._firsts = np.array(texts.begins), np.array(texts.firsts)
        names = sorted(texts.bases)
        documents = {name: np.array(texts.of_kind[name], np.int32) for name in names}
        self.code = code_of(self._counts(documents))
        self._bits = self._measured()
        self.kinds = tuple(self._kind(name, documents[name]) for name in names)
        self._needed, self._fills = self._sizes(self._bits), self.code.fill(self._bits).astype(np.uint8)

    def _blocks(self) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
        """Some passages after the other, and their bytes."""
        for first in range(0, len(self._begins) - 1, _TOGETHER):
            last = min(first + _TOGETHER, len(self._begins) - 1)
            yield slice(first, last), np.frombuffer(self._read(first, last), np.uint8)

    def _read(self, first: int, last: int) -> bytes:
        begin, end = self._texts.begins[first], self._texts.begins[last]
        return os.pread(self._texts.waiting.fileno(), end - begin, begin)

    def _counts(self, documents: dict[str, NDArray[np.int32]]) -> NDArray[np.int64]:
        """How often each byte stands in all passages, without what addresses begin with; `_CUT` once at least."""
        made = np.bincount(np.frombuffer(_CUT, np.uint8), minlength=256)
        for _, signs in self._blocks():
            made += np.bincount(signs, minlength=256)
        held = np.diff(self._firsts)
        for name, those in documents.items():
            base = np.frombuffer(self._texts.bases[name].encode(), np.uint8)
            made -= np.bincount(base, minlength=256) * held[those].sum()
        return made

    def _measured(self) -> NDArray[np.int32]:
        """The bits of each passage, its last end of line included, its whole address too."""
        made = np.zeros(len(self._begins) - 1, np.int32)
        for here, signs in self._blocks():
            begins = self._begins[here] - self._begins[here.start]
            made[here] = np.add.reduceat(self.code.lengths[signs], begins, dtype=np.int32)
        return made + self.code.bits(b"\n")

    def _kind(self, name: str, documents: NDArray[np.int32]) -> Kind:
        """The size of the slots of a kind: nine passages in ten go in whole, every title does."""
        base = self._texts.bases[name]
        firsts, counts = self._firsts[documents], np.diff(self._firsts)[documents]
        shown = passages_shown(counts.tolist())
        kept = np.minimum(counts, shown)
        ranks = np.arange(kept.sum()) - np.repeat(np.cumsum(kept) - kept, kept)
        passages = np.repeat(firsts, kept) + ranks
        self._bits[passages] -= self.code.bits(base.encode())
        sizes = self._sizes(self._bits[passages])
        usual = int(np.sort(sizes)[ceil(len(sizes) * 0.9) - 1])
        long = passages[sizes > usual].tolist()
        least = [self.code.bits(bare(without(base, self._read(at, at + 1))) + b"\n") for at in long]
        slot = ceil(max([usual, *self._sizes(np.array(least, np.int32)).tolist()]) / 16) * 16
        return Kind(name, len(documents), base, shown, slot)

    def _sizes(self, bits: NDArray[np.int32]) -> NDArray[np.int32]:
        """The bytes of slots that hold so many bits."""
        return (bits + self.code.fill(bits) * self.code.space) // 8 + 1

    def finish(self, order: Sequence[int]) -> bytes:
        """The file of all slots; `order` has, for each number, how many documents came before it."""
        made, first = BytesIO(), 0
        with self._texts.waiting:
            for kind in self.kinds:
                last, step = first + kind.count, max(_TOGETHER // kind.passages, 1)
                for at in range(first, last, step):
                    made.write(self._coded(kind, order[at : min(at + step, last)]))
                first = last
        return made.getvalue()

    def _coded(self, kind: Kind, documents: Sequence[int]) -> bytes:
        """The slots of some documents of a kind, one after the other."""
        texts: list[bytes] = []
        places: list[int] = []
        for first, document in zip(count(0, kind.passages), documents, strict=False):
            shown = list(self._shown(kind, document))
            places.extend(range(first, first + len(shown)))
            texts.extend(shown)
        return self.code.pieces(texts, places, len(documents) * kind.passages, kind.slot)

    def _shown(self, kind: Kind, document: int) -> Iterator[bytes]:
        """The passages of one document that have a slot, as long as it may hold, each of whole bytes."""
        first, last = self._texts.firsts[document : document + 2]
        last = min(last, first + kind.passages)
        begins = self._texts.begins[first : last + 1]
        held = self._read(first, last)
        sizes, fills = self._needed[first:last].tolist(), self._fills[first:last].tolist()
        for (begin, end), size, fill in zip(pairwise(begins), sizes, fills, strict=True):
            content = without(kind.base, held[begin - begins[0] : end - begins[0]])
            yield (content + b" " * fill if size <= kind.slot else self._fitted(content, kind.slot)) + b"\n"

    def _fitted(self, content: bytes, slot: int) -> bytes:
        """A passage cut so that a slot holds it with its end of line and the byte after it."""
        made = fitted(content, 8 * (slot - 1) - self.code.bits(b"\n" + b" " * 7), self.code)
        return made + b" " * self.code.fill(self.code.bits(made + b"\n"))


def without(base: str, content: bytes) -> bytes:
    """A passage whose address doesn't say again what those of its kind begin with."""
    title, _, rest = content.partition(b"\n")
    return title + b"\n" + rest[len(base.encode()) :]


def read_texts(slots: bytes, code: Code, kinds: Sequence[Kind], wanted: str) -> Iterator[tuple[str, str]]:
    """Title and text of each document of a kind, as the slots have them."""
    place = 0
    for kind in kinds:
        size = kind.passages * kind.slot
        for begin in range(place, place + kind.count * size, size) if kind.name == wanted else ():
            cut = [slots[at : at + kind.slot] for at in range(begin, begin + size, kind.slot)]
            lines = code.read([slot for slot in cut if any(slot)])
            yield lines[0], " ".join(lines[LINES - 2 :: LINES])
        place += kind.count * size
