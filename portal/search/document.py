"""What the index is made from: one document a page, whatever the page stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS: Mapping[str, float] = {
    "title": 4.0, "aliases": 4.0, "skills": 3.0, "headings": 2.0, "tags": 2.0, "people": 2.0, "body": 1.0,
    "synonyms": 0.5,
}  # fmt: skip
"""The weight of each field of a document."""

FACETS = ("territory", "skill", "community", "language", "year")
"""What results may be narrowed by, besides the kind."""

MAX_PASSAGES = 8
"""A page's text shows at most so many passages: one bit each in a posting's mask."""

Labels = Mapping[str, Mapping[str, str]]
"""The words for the values of each facet."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A heading inside a passage: where it stands in the passage's text, in characters, and its id in the page."""

    offset: int
    id: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page's text, in plain words on one line."""

    text: str
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Helper:
    """Who can help with a skill: `level` is 1 to 5, `offers` holds `teach` and `help`, `territory` is a slug."""

    name: str
    address: str
    territory: str
    level: int
    offers: tuple[str, ...]
    job_title: str


@dataclass(frozen=True, slots=True)
class Document:
    """One page that can be found.

    `kind` is a record's or `page`; `address` is from the site's root (`annuaire/awa-diop/`); `date` an ISO day or
    nothing; `fields` hold the text to index, by the names of `FIELDS`; `facets` hold values by the names of `FACETS`.
    """

    kind: str
    address: str
    title: str
    subtitle: str = ""
    date: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = (Passage(""),)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    helpers: tuple[Helper, ...] = ()
