"""The index that ships with a site: all its files, in memory. What they hold is told in docs/search-index.md."""

from __future__ import annotations

import gc
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.search.analysis import analyser
from portal.search.document import FACETS, Document, Labels
from portal.search.encoding import LEVELS, LOW, OCTAVES, deflated, front_coded_text
from portal.search.heads import HEAD, Heads, heads
from portal.search.huffman import Code
from portal.search.likeness import Neighbours, alike
from portal.search.occurrences import Gathering
from portal.search.rules import RULES
from portal.search.scoring import weigh
from portal.search.shards import shards
from portal.search.side_files import SideFiles, compact, named_terms, words
from portal.search.texts import Kind, Slots, Texts, read_texts

NOTHING: Mapping[str, Any] = MappingProxyType({})

VERSION = 3
"""Of the format; a reader refuses another."""


@dataclass(frozen=True)
class Index:
    """The documents by number, without what was indexed of them, and the files by name below `assets/search/`.

    `id` names the folder of all files but `root.bin`. Same documents, same bytes.
    """

    documents: tuple[Document, ...]
    id: str
    files: Mapping[str, bytes]
    language: str
    kinds: tuple[Kind, ...]
    code: Code
    heads: Heads

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self.heads, len(self.documents))

    def related(self, number: int, limit: int = 4) -> tuple[tuple[int, float], ...]:
        """The documents nearest to one, of any kind, best first, each with its likeness from 0 to 1."""
        return self._neighbours.of(number, limit)

    def alike(self, kinds: Iterable[str], threshold: float) -> Iterator[tuple[int, int, float]]:
        """Pairs of documents of one kind that say much the same, by the words of their titles and texts.

        Each pair once, the lower number first; two copies have a likeness of 1, texts that share no rare word 0.
        """
        terms, first = analyser(self.language).terms, 0
        wanted = set(kinds)
        for kind in self.kinds:
            if kind.name in wanted:
                texts = read_texts(self.files[f"{self.id}/texts.bin"], self.code, self.kinds, kind.name)
                read = [(terms(title), terms(text)) for title, text in texts]
                yield from (
                    (one + first, other + first, likeness) for one, other, likeness in alike(read, threshold)
                )
            first += kind.count


def build_index(
    documents: Iterable[Document], language: str, labels: Labels, field_words: Mapping[str, str]
) -> Index:
    """The whole index of a site. `labels` are the words of facets' values, `field_words` what a query may filter by.

    Documents may come in any order, and one by one: they are numbered by kind, then address.
    """
    reading = Reading(language)
    with without_collector():
        for document in documents:
            reading.add(document)
        return _written(reading, language, labels, field_words)


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing here makes a cycle; the collector would walk all that a portal holds, again and again, to find none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _written(reading: Reading, language: str, labels: Labels, field_words: Mapping[str, str]) -> Index:
    """The index of all that was read."""
    order, numbers = reading.order()
    held, named = reading.held(numbers)
    slots = Slots(reading.texts)
    shown = [kind.passages for kind in slots.kinds for _ in range(kind.count)]
    sharded = shards(held, np.array(shown, np.uint8))
    files = {
        **sharded.files,
        "texts.bin": slots.finish(order),
        "words.bin": words(held, named),
    }
    files |= reading.side.files(numbers, labels)
    root = {
        "fields": dict(field_words),
        "kinds": [[kind.name, kind.count, kind.base, kind.passages, kind.slot] for kind in slots.kinds],
        "language": language,
        "letters": [b64encode(bits).decode() for bits in (slots.code.head, slots.code.end)],
        "n": len(order),
        "rules": RULES[language].as_json(),
        "sep": front_coded_text(sharded.separators),
    }
    light = tuple(reading.documents[came] for came in order)
    return Index(light, *named_files(files, root), language, slots.kinds, slots.code, held)


class Reading:
    """Takes documents in, one by one: what is kept of each is a tenth of it."""

    def __init__(self, language: str) -> None:
        self.documents: list[Document] = []
        self.gathering = Gathering(analyser(language))
        self.texts = Texts()
        self.side = SideFiles()

    def add(self, document: Document) -> None:
        """Take one document in."""
        for part in (self.gathering, self.texts, self.side):
            part.add(document)
        shown = (document.title, document.subtitle, document.date)
        self.documents.append(
            Document(document.kind, document.address, *shown, fields=NOTHING, facets=NOTHING)
        )

    def held(self, numbers: NDArray[np.int32]) -> tuple[Heads, NDArray[np.bool_]]:
        """The best postings, and for each term whether a title or an alias has it; what was gathered is forgotten."""
        occurrences = self.gathering.finish(numbers)
        del self.gathering
        return heads(weigh(occurrences)), named_terms(occurrences)

    def order(self) -> tuple[list[int], NDArray[np.int32]]:
        """For each number how many documents came before it, and the reverse."""
        keys = [(document.kind, document.address) for document in self.documents]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        numbers = np.empty(len(order), np.int32)
        numbers[order] = np.arange(len(order), dtype=np.int32)
        return order, numbers


def named_files(files: Mapping[str, bytes], root: Mapping[str, object]) -> tuple[str, dict[str, bytes]]:
    """The index's id, and all files under their whole names, the root first."""
    files = {**files, "files.json": compact(sorted(files))}  # for the worker that keeps them all
    key = identity(files, root["rules"])
    counted = {
        "bytes": sum(map(len, files.values())),
        "facets": [name for name in FACETS if f"facet-{name}.bin" in files],
        "h": HEAD,
        "id": key,
        "levels": LEVELS,
        "low": LOW,
        "names": len(files["words.bin"]),
        "octaves": OCTAVES,
        "v": VERSION,
    }
    return key, {
        "root.bin": deflated(compact({**root, **counted})),
        **{f"{key}/{name}": files[name] for name in sorted(files)},
    }


def identity(files: Mapping[str, bytes], rules: object) -> str:
    """Ten hexadecimal digits that change with any byte of any file, or with the rules that they were made by."""
    digest = sha256(compact(rules))
    for name in sorted(files):
        digest.update(f"\n{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()[:10]
