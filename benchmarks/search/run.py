"""One size of the comparison, from the documents to its figures; both sites stay in the folder for a closer look."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.search import build, pagefind, veillee
from benchmarks.search.browser import chromium
from benchmarks.search.documents import content_of, pages_of
from benchmarks.search.queries import Query, queries, typed
from benchmarks.search.relevance import mean_reciprocal_ranks, missed, of_pagefind, of_veillee
from benchmarks.search.server import served
from benchmarks.search.speed import Speed, Typed, speeds, typed_speeds
from portal.search.document import Document, Labels
from portal.search.documents import documents
from portal.search.facets import facet_labels


@dataclass(frozen=True)
class Sizes:
    """How many queries: of each class for relevance, and pairs of them for speed."""

    relevance: int
    speed: int


@dataclass(frozen=True)
class Run:
    """The figures of one size; those of an engine by its name."""

    pages: int
    words: float
    asked: Mapping[str, int]
    built: Mapping[str, build.Built]
    alone: build.Built
    relevance: Mapping[str, Mapping[str, float]]
    speed: Mapping[str, Speed]
    typed: Mapping[str, Typed]


def compare(source: Path, work: Path, seed: int, sizes: Sizes, *, markdown: bool) -> Run:
    """Build both sites from a content folder (or any folder of Markdown), serve them, and ask them the same."""
    made, labels = _read(source, markdown=markdown)
    say(f"{len(made):,} pages: building both sites…")
    kept = work / "documents.pickle"
    work.mkdir(parents=True, exist_ok=True)
    build.keep(made, labels, kept)
    ours, theirs = work / veillee.FOLDER, work / pagefind.FOLDER
    veillee.write_site(ours)
    alone = build.in_own_process(kept, ours)
    built = {"Veillée": alone if markdown else build.in_own_process(source, ours)}
    pagefind.write_pages(made, theirs)
    built["Pagefind"] = pagefind.build(theirs)
    pagefind.write_interfaces(theirs)
    asked, pairs = queries(made, seed, sizes.relevance), typed(made, seed, sizes.speed)
    addresses = json.loads((ours / "addresses.json").read_text())
    with served(work, work / "nginx") as server, chromium() as browser:
        say(f"{len(pairs)} pairs of queries, timed…")
        speed = speeds(browser, server, pairs)
        say("The same, typed a key after the other…")
        by_key = typed_speeds(browser, server, pairs[::2])
        say(f"{len(asked)} queries with one right answer…")
        texts = [query.text for query in asked]
        found = {
            "Veillée": of_veillee(browser, server, texts, addresses),
            "Pagefind": of_pagefind(browser, server, texts),
        }
    write_missed(work / "missed.txt", asked, found)
    return Run(
        pages=len(made),
        words=sum(len(document.fields["body"].split()) for document in made) / len(made),
        asked=Counter(query.asks for query in asked),
        built=built,
        alone=alone,
        relevance={name: mean_reciprocal_ranks(asked, pages) for name, pages in found.items()},
        speed=speed,
        typed=by_key,
    )


def _read(source: Path, *, markdown: bool) -> tuple[Sequence[Document], Labels]:
    if markdown:
        return pages_of(source), {}
    content = content_of(source)
    return documents(content), facet_labels(content)


def write_missed(file: Path, asked: Sequence[Query], found: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Keep the queries that failed: for the seed of development only are they to be looked at."""
    lines = [
        f"{name}\t{query.asks}\t{query.text}\t{query.wanted}\t{' '.join(pages[:3])}"
        for name, pages_found in found.items()
        for query, pages in missed(asked, pages_found)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def say(what: str) -> None:
    """Progress, on the terminal."""
    print(what, flush=True)
