"""Documents become numbers: which terms stand in which field, and in which passage."""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from mmap import mmap

import numpy as np
from numpy.typing import NDArray

from portal.search.analysis import Analyser
from portal.search.document import FIELDS, MAX_PASSAGES, Document, Passage
from portal.search.reading import BLOCK, Reader

PLACES = 16
"""An owner is `document × PLACES + place`: the passage where a term stands, or `NO_PASSAGE`."""

NO_PASSAGE = MAX_PASSAGES

_TEXTS = 1 << 12
"""Texts whose owners are written at once."""


@dataclass(frozen=True)
class FieldOccurrences:
    """One field: for each occurrence the rank of its term and its owner; and how many terms each document has there."""

    ranks: NDArray[np.int32]
    owners: NDArray[np.int32]
    lengths: NDArray[np.int64]


@dataclass(frozen=True)
class Occurrences:
    """All fields of all documents, terms sorted by code point."""

    terms: tuple[str, ...]
    documents: int
    fields: Mapping[str, FieldOccurrences]


class Tokens:
    """Terms of texts one after the other; each text's owner, and how many terms it has.

    Flat arrays, a block of texts each: lists would take ten times more. Texts wait until there are enough for a block.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.ids: deque[NDArray[np.int32]] = deque()
        self.owners = array("i")
        self.lengths = array("i")
        self.waiting: list[str] = []
        self.characters = 0

    def add(self, text: str, owner: int) -> None:
        """Take one text."""
        self.owners.append(owner)
        self.waiting.append(text)
        self.characters += len(text)
        if self.characters > BLOCK:
            self.read()

    def read(self) -> None:
        """Append the terms of the texts that wait."""
        ids, lengths = self.reader.read(self.waiting)
        self.ids.append(ids)
        self.lengths.frombytes(lengths.astype(np.int32).tobytes())
        self.waiting, self.characters = [], 0

    def occurrences(self, ranks: NDArray[np.int32], numbers: NDArray[np.int32]) -> FieldOccurrences:
        """With ranks for ids, and the final numbers for documents."""
        first, lengths = np.array(self.owners, np.int32), np.array(self.lengths, np.int32)
        first = numbers[first // PLACES] * PLACES + first % PLACES
        held = np.bincount(first // PLACES, lengths, len(numbers)).astype(np.int64)
        found, owners, end = _pages(int(held.sum())), _pages(int(held.sum())), 0
        while self.ids:
            ids = self.ids.popleft()
            found[end : end + len(ids)] = ranks[ids]
            end += len(ids)
        ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))
        for at in range(0, len(first), _TEXTS):
            here = slice(at, at + _TEXTS)
            owners[ends[at] : ends[min(at + _TEXTS, len(first))]] = np.repeat(first[here], lengths[here])
        return FieldOccurrences(found, owners, held)


def _pages(count: int) -> NDArray[np.int32]:
    """An array in memory pages of its own: they go back to the system with it, what the heap holds may not."""
    return np.frombuffer(mmap(-1, max(count, 1) * 4), np.int32)[:count]


class Gathering:
    """What is read, document by document."""

    def __init__(self, analyser: Analyser) -> None:
        self.vocabulary: dict[str, int] = defaultdict(count().__next__)
        reader = Reader(lambda piece: [self.vocabulary[term] for term in analyser.terms(piece)])
        self.fields = {name: Tokens(reader) for name in FIELDS}
        self.documents = 0

    def add(self, document: Document) -> None:
        """Take the terms of one document in; its number is how many came before."""
        owner = self.documents * PLACES
        for name, text in document.fields.items():
            if name == "body":
                self._body(text, document.passages, owner)
            elif text:
                self.fields[name].add(text, owner + NO_PASSAGE)
        self.documents += 1

    def _body(self, text: str, passages: Sequence[Passage], owner: int) -> None:
        """The passages begin the text, one after the other: their terms are known by place, and read once."""
        begin = 0
        for place, passage in enumerate(passages):
            if not text.startswith(passage.text, begin):
                break
            begin += len(passage.text)
            begin += text.startswith(" ", begin)
            self.fields["body"].add(passage.text, owner + min(place, NO_PASSAGE))
        if begin < len(text):
            self.fields["body"].add(text[begin:], owner + NO_PASSAGE)

    def finish(self, numbers: NDArray[np.int32] | None = None) -> Occurrences:
        """Sort the vocabulary; `numbers` tells the final number of each document, in the order in which they came.

        Can be done once: what was gathered is forgotten on the way.
        """
        for tokens in self.fields.values():
            tokens.read()
        terms = sorted(self.vocabulary)
        ranks = np.empty(len(terms), np.int32)
        ranks[[self.vocabulary[term] for term in terms]] = np.arange(len(terms), dtype=np.int32)
        if numbers is None:
            numbers = np.arange(self.documents, dtype=np.int32)
        fields = {name: self.fields.pop(name).occurrences(ranks, numbers) for name in FIELDS}
        return Occurrences(tuple(terms), self.documents, fields)


def gather(documents: Iterable[Document], analyser: Analyser) -> Occurrences:
    """Read all documents, numbered as they come."""
    gathering = Gathering(analyser)
    for document in documents:
        gathering.add(document)
    return gathering.finish()
