"""Everything that a build makes, declared: its address, who may have it, and what it is made from.

The generator only runs these declarations; another generator would run the same ones. A declaration never reads
anything but the view of the content that it is given (and the view's own `now`) and the index made from that view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.content import Content
from portal.outputs.cards import CardOutput, card_address, card_files
from portal.outputs.documents import data_files, form_data_json, territories_json
from portal.outputs.editor import EDITOR_ADDRESS, editor_files
from portal.outputs.media import media_files, media_of
from portal.outputs.output import (
    DocumentOutput,
    FragmentOutput,
    MediaOutput,
    Output,
    PageOutput,
    SheetOutput,
)
from portal.outputs.pages import describe, forms, fragments, listings, record_pages
from portal.outputs.posters import poster_sheets
from portal.outputs.screens import screen_sheets
from portal.outputs.search import BUILD_FILE, INDEX_FOLDER, index_files, index_of, search_pages
from portal.outputs.subscriptions import subscribe_page, subscription_files
from portal.page_words import SECTION_SUMMARIES, SECTION_TITLES

if TYPE_CHECKING:
    from portal.search.index import Index


def declare(content: Content, index: Index, *, with_editor: bool = False) -> tuple[Output, ...]:
    """Every output of one audience's site, in a stable order; `index` is that of the same view (`index_of`).

    `with_editor` says that the browser editor is installed here.
    """
    outputs = (
        *listings(content),
        *forms(content),
        *search_pages(content),
        *subscribe_page(content),
        *record_pages(content),
        *fragments(content),
        *screen_sheets(content),
        *poster_sheets(content),
        *card_files(content),
        *data_files(content),
        *index_files(content, index),
        *media_files(content),
        *(editor_files(content) if with_editor else ()),
    )
    made = tuple(output for output in outputs if output.is_for(content.audience))
    subscribed = (output for output in subscription_files(content, made) if output.is_for(content.audience))
    return (*made, *subscribed)


__all__ = [
    "BUILD_FILE",
    "EDITOR_ADDRESS",
    "INDEX_FOLDER",
    "SECTION_SUMMARIES",
    "SECTION_TITLES",
    "CardOutput",
    "DocumentOutput",
    "FragmentOutput",
    "MediaOutput",
    "Output",
    "PageOutput",
    "SheetOutput",
    "card_address",
    "declare",
    "describe",
    "form_data_json",
    "index_of",
    "media_of",
    "territories_json",
]  # fmt: skip
