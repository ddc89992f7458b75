"""Where the file of a record stands inside the content folder, and by which path texts link to the form of a kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portal.records.base import Record
from portal.records.community import Community
from portal.records.event import Event
from portal.records.idea import Idea
from portal.records.person import Person
from portal.records.question import Question
from portal.records.story import Story
from portal.records.watch_item import WatchItem

CONTRIBUTE = "contribute"
"""The folder, which holds no file, of the forms and of the page that lists them."""

SEARCH = "search"
"""The folder, which holds no file either, of the pages that find the others."""

SEARCH_PAGES = (f"{SEARCH}/index.md", f"{SEARCH}/a-z.md")
"""The paths by which texts link to the search and to the index from A to Z."""

SUBSCRIBE = "subscribe"
"""The folder, which holds no file, of the page that lists what one may subscribe to."""

SUBSCRIBE_PAGE = f"{SUBSCRIBE}/index.md"
"""The path by which texts link to it."""

CONTRIBUTED: tuple[type[Record], ...] = (Person, Story, Event, Question, Idea, WatchItem)
"""The kinds that people contribute through a form."""

_LAYOUTS: Mapping[type[Record], str] = {
    Community: "{folder}/{slug}/index.md",
    WatchItem: "{folder}/{year}/{slug}.md",
}
"""Kinds whose files don't stand directly in their folder."""


def layout(model: type[Record]) -> str:
    """The pattern of a kind's paths, such as `people/<slug>.md`."""
    return path_of(model, "<slug>", "<year>")


def path_of(model: type[Record], slug: str, year: int | str) -> str:
    """The path of a record's file; `year` matters only to kinds that are kept by year."""
    return _LAYOUTS.get(model, "{folder}/{slug}.md").format(folder=model.folder, slug=slug, year=year)


def slug_in(model: type[Record], path: str) -> str | None:
    """The slug in the path of a record's file; None for a path that isn't one of this kind's."""
    pattern = re.escape(layout(model)).replace("<slug>", "(?P<slug>[^/]+)").replace("<year>", "[0-9]{4}")
    found = re.fullmatch(pattern, path)
    return found["slug"] if found else None


def form_page(kind: str) -> str:
    """The path by which texts link to the form of a kind, such as `contribute/question.md`."""
    return f"{CONTRIBUTE}/{kind}.md"
