"""A finding: one entry of one source that waits on the desk. Facts only; what is thought of it is computed on reading.

The same entry gives the same bytes whoever fetches it, so that two machines that fetched it merge without conflict.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from portal.problems import N_, message
from portal.records.base import Model
from portal.records.fields import CommunityRef, Language, Line, PersonRef, SkillRef, Text, Title, Url, refusal
from portal.slugs import is_slug

MAX_EXCERPT_CHARS = 600


def _slug(value: str) -> str:
    """The name of a source becomes the name of a folder."""
    if not is_slug(value):
        raise refusal(message(N_("“{value}” isn’t the name of a source"), value=value))
    return value


class Finding(Model):
    """`desk/candidates/<source>/<id>.md`: what a source published, and an excerpt of it."""

    id: Annotated[str, Field(pattern=r"^[a-z2-7]{10}$")]
    """Made from the source's name and what identifies the entry there; the name of the file."""
    source: Annotated[Line, AfterValidator(_slug)]
    """The name of the source in `feeds.yml`."""
    title: Title
    """The title of the entry, as plain text."""
    url: Url | None = None
    """Its canonical address."""
    url_is_its_own: bool = True
    """False where other entries of the source have the same address, the home page of a podcast for instance."""
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


class Annotation(Model):
    """What a curator may add to the front matter of a candidate's file, in a forge's editor for instance."""

    decision: Literal["keep", "refuse", "later"] | None = None
    """`keep`, `refuse` or `later`."""
    why: Text | None = None
    """Why it matters to us, or why not."""
    by: PersonRef | None = None
    """Who decides."""
    communities: tuple[CommunityRef, ...] = ()
    """Who should read it."""
    skills: tuple[SkillRef, ...] = ()
    """What it is about."""
