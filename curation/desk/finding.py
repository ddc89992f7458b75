"""A finding: one entry of one source that waits on the desk. Facts only; what is thought of it is computed on reading.

The same entry gives the same bytes whoever fetches it, so that two machines that fetched it merge without conflict.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portal.records.base import Model
from portal.records.fields import Language, Line, Text, Title, Url

MAX_EXCERPT_CHARS = 600


class Finding(Model):
    """`desk/candidates/<source>/<id>.md`: what a source published, and an excerpt of it."""

    id: Annotated[str, Field(pattern=r"^[a-z2-7]{10}$")]
    """Made from the source's name and what identifies the entry there; the name of the file."""
    source: Line
    """The name of the source in `feeds.yml`."""
    title: Title
    """The title of the entry, as plain text."""
    url: Url | None = None
    """Its canonical address."""
    entry: Line | None = None
    """What the feed calls it (`guid`, `id`)."""
    author: Line | None = None
    """Who wrote it."""
    published: Line | None = None
    """The moment of its publication, in UTC (`2026-11-05T10:00:00Z`)."""
    published_text: Line | None = None
    """The same as the feed wrote it, where it couldn't be read or had no time zone."""
    tags: tuple[Line, ...] = ()
    """The feed's own tags."""
    lang: Language | None = None
    """The language found in its text."""
    excerpt: Annotated[Text, Field(max_length=MAX_EXCERPT_CHARS)] | None = None
    """Its first sentences, as plain text in paragraphs; in a file it is the body."""
