"""What the search is made of: its index, the files that carry it, and its pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from portal.addresses import az_address, section_address
from portal.content import Content
from portal.outputs.output import DocumentOutput, PageOutput
from portal.page_words import AZ_SUMMARY, AZ_TITLE, SECTION_SUMMARIES, SECTION_TITLES
from portal.records.places import SEARCH, SEARCH_PAGES
from portal.search.documents import each_document
from portal.search.facets import FIELD_WORDS, facet_labels

if TYPE_CHECKING:
    from portal.search.index import Index

INDEX_FOLDER = "assets/search"
"""Where a site has its index."""

BUILD_FILE = f"{INDEX_FOLDER}/build.json"
"""Names the build of the index and whose it is, for the next build: it keeps this one for the tabs that are open."""


def index_of(content: Content) -> Index:
    """The index of one audience’s site; made once a build, it serves the pages too."""
    from portal.search.index import build_index  # numpy is loaded by who makes an index, not by every command

    language = content.settings.site.language
    return build_index(each_document(content), language, facet_labels(content), FIELD_WORDS[language])


def search_pages(content: Content) -> Iterator[PageOutput]:
    """The search on a page of its own, and the index from A to Z."""
    language = content.settings.site.language
    search, a_to_z = SEARCH_PAGES
    yield PageOutput(
        section_address(SEARCH, language) + "index.html",
        src_uri=search,
        template="pages/search.html",
        title=SECTION_TITLES[SEARCH],
        description=SECTION_SUMMARIES[SEARCH],
        section=SEARCH,
    )
    yield PageOutput(
        az_address(language) + "index.html",
        src_uri=a_to_z,
        template="pages/index_az.html",
        title=AZ_TITLE,
        description=AZ_SUMMARY,
        section=SEARCH,
    )


def index_files(content: Content, index: Index) -> Iterator[DocumentOutput]:
    """The files of the index as they are, and the one that names them."""
    for name, data in index.files.items():
        yield DocumentOutput(f"{INDEX_FOLDER}/{name}", render=_as_it_is(data))
    named = json.dumps({"audience": content.audience, "id": index.id}, sort_keys=True)
    yield DocumentOutput(BUILD_FILE, render=_as_it_is(named))


def _as_it_is(data: str | bytes) -> Callable[[Content], str | bytes]:
    return lambda _: data
