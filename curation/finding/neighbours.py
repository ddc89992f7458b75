"""The pages near one record: those that the site shows at the bottom of its page, and further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

from curation.errors import Stopped
from curation.explain import locate
from curation.finding.answers import JSON_VERSION, Result, facts
from curation.finding.published import published, source
from curation.tree import Tree
from portal.addresses import address_of
from portal.problems import N_, Message, Severity, message
from portal.search.facets import FIELD_WORDS
from portal.search.index import build_index


def near(file: Path, tree: Tree, working: Path, audience: str, limit: int) -> tuple[Result, ...]:
    """The pages whose words are most those of a file's page, without those that the site lists beside it already.

    A result's score is the likeness, from 0 to 1.

    Raises:
        Stopped: there is no such file, or it has no page on the site of that audience.
    """
    path = locate(file, tree, working)
    view = published(tree, audience)
    record = view.by_path.get(path)
    if record is None:
        raise Stopped(_without_page(path, tree, audience))
    made = source(view)
    index = build_index(made.documents, made.language, made.labels, FIELD_WORDS[made.language])
    numbers = {document.address: number for number, document in enumerate(index.documents)}
    number = numbers.get(address_of(record, made.language))
    if number is None:
        raise Stopped(_without_page(path, tree, audience))
    listed = {record.key, *(other.key for other in view.related(record))}

    def results() -> Iterator[Result]:
        for other, likeness in index.related(number, len(numbers)):
            page = made.page(index.documents[other])
            if page.slug is not None and (page.kind, page.slug) not in listed:
                yield Result(page, likeness)

    return tuple(islice(results(), limit))


def _without_page(path: str, tree: Tree, audience: str) -> Message:
    """Why a file of the content has no page."""
    shown = tree.shown_path(path)
    if path in tree.content.media:
        return message(N_("“{path}” isn’t a page: name a file that ends in .md"), path=shown)
    for problem in tree.own_problems:
        if problem.path == shown and problem.severity is Severity.ERROR:
            what = N_("the error at “{place}” keeps this page out of the site: “veillee check” tells it")
            return message(what, place=f"{shown}:{problem.line}")
    what = N_("“{path}” has no page on the site for “{audience}”: “veillee explain” tells who sees it")
    return message(what, path=shown, audience=audience)


def as_document(path: str, results: Sequence[Result], content: PurePath) -> dict[str, Any]:
    """What `veillee related --json` prints."""
    found = [facts(result, content) for result in results]
    return {"version": JSON_VERSION, "path": path, "count": len(found), "results": found}
