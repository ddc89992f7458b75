"""The Whoosh index of one view: how its folder is written, and the questions asked of it. It knows nothing of caches.

A document's number is its rank in the portal's order (kind, then address), as in the index that ships with the site.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.fields import KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage

from curation.finding.weighting import SteadyBM25F, Words
from portal.records import Record
from portal.search.document import FACETS, FIELDS, Document, Labels

KIND = "kind"
_ABOUT = "about.json"
NARROWING = (KIND, *FACETS)
"""What results may be narrowed by."""

_POOL_MB = 512
"""Postings are sorted in memory below this; Whoosh takes twice the time once it sorts them on disk."""


@dataclass(frozen=True)
class Page:
    """What a result shows; `path` is inside the content folder. A listing has no file: neither slug nor path."""

    kind: str
    slug: str | None
    path: str | None
    title: str
    address: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What an index is made from; `records` holds each record by the address of its page."""

    documents: Sequence[Document]
    records: Mapping[str, Record]
    labels: Labels
    language: str

    def page(self, document: Document) -> Page:
        """A document as results show it."""
        record = self.records.get(document.address)
        slug, path = (record.slug, record.path) if record else (None, None)
        passages = tuple(passage.text for passage in document.passages)
        return Page(document.kind, slug, path, document.title, document.address, passages)


def schema(language: str) -> Schema:
    """The fields of the portal with their weights and positions; facets; what a result shows."""
    words = Words(language)
    texts = {name: TEXT(analyzer=words, field_boost=weight) for name, weight in FIELDS.items()}
    return Schema(page=STORED, **texts, **{_facet(name): KEYWORD() for name in NARROWING})


def write_index(folder: Path, source: Source, advance: Callable[[], None] = lambda: None) -> None:
    """Make an index in an empty folder; `advance` is called after each document."""
    (folder / _ABOUT).write_text(json.dumps({"language": source.language, "labels": source.labels}))
    writer = FileStorage(folder).create_index(schema(source.language)).writer(limitmb=_POOL_MB)
    for document in source.documents:
        facets = {_facet(name): list(dict.fromkeys(values)) for name, values in document.facets.items()}
        texts = {name: text for name, text in document.fields.items() if text}
        shown = astuple(source.page(document))
        writer.add_document(page=shown, facet_kind=[document.kind], **texts, **facets)
        advance()
    writer.commit()


class Index:
    """An index that is open; close it, or use it as a context."""

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / _ABOUT).read_text())
        self.language: str = about["language"]
        self.labels: Labels = about["labels"]
        self._searcher = FileStorage(folder).open_index().searcher(weighting=SteadyBM25F())
        self._scores: dict[str, dict[int, float]] = {}

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *raised: object) -> None:
        self._searcher.close()

    @property
    def count(self) -> int:
        """How many documents there are."""
        return int(self._searcher.doc_count_all())

    def __contains__(self, term: str) -> bool:
        reader = self._searcher.reader()
        return any((field, term) in reader for field in FIELDS)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Every term of every field, sorted."""
        found = {term for field, term in self._searcher.reader().all_terms() if field in FIELDS}
        return tuple(sorted(term.decode() for term in found))

    def scores(self, term: str) -> dict[int, float]:
        """Document number → BM25F of a term, its fields added; empty for an unknown term."""
        if term not in self._scores:
            found = self._scores[term] = {}
            for _, matcher in self._postings(term):
                while matcher.is_active():
                    number = matcher.id()
                    found[number] = found.get(number, 0.0) + matcher.score()
                    matcher.next()
        return self._scores[term]

    def places(self, term: str, among: Collection[int]) -> dict[tuple[int, str], frozenset[int]]:
        """(Document number, field) → the positions of a term there, in words; for these documents."""
        found = {}
        for field, matcher in self._postings(term):
            while matcher.is_active():
                if (number := matcher.id()) in among:
                    found[number, field] = frozenset(matcher.value_as("positions"))
                matcher.next()
        return found

    def having(self, facet: str, value: str) -> set[int]:
        """The documents that have a facet's value."""
        reader, field = self._searcher.reader(), _facet(facet)
        return set(reader.postings(field, value).all_ids()) if (field, value) in reader else set()

    def page(self, number: int) -> Page:
        """What a document shows."""
        return Page(*self._searcher.stored_fields(number)["page"])

    def _postings(self, term: str) -> Iterator[tuple[str, Any]]:
        reader = self._searcher.reader()
        for field in FIELDS:
            if (field, term) in reader:
                yield field, self._searcher.postings(field, term)


def _facet(name: str) -> str:
    return f"facet_{name}"
