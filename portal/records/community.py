"""A community: people around real work, with a purpose, animators and a promise to answer (schema.org `Organization`)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from portal.records.base import Model, Record
from portal.records.fields import Date, Line, PersonRef, Text, Title, Url

Phase = Literal["pilot", "active", "quiet", "closed"]


class Resource(Model):
    """Something worth keeping at hand: a document, a space, a tool."""

    title: Title
    """What it is called."""
    url: Url
    """Its address."""
    description: Line | None = None
    """What one finds there."""


class Community(Record):
    """A community; its file is `communities/<slug>/index.md`."""

    kind: ClassVar[str] = "community"
    folder: ClassVar[str] = "communities"

    title: Title
    """Its name."""
    purpose: Text | None = None
    """Why it exists, in a sentence or two."""
    community_kind: Annotated[Literal["practice", "interest", "project"], Field(alias="kind")] = "practice"
    """A trade (`practice`), a taste (`interest`) or a common work with an end (`project`)."""
    visibility: Literal["open", "private"] = "open"
    """Private communities are few: their pages exist only in a site of their own."""
    join: Literal["free", "request", "invite"] = "free"
    """How one becomes a member."""
    animators: tuple[PersonRef, ...] = ()
    """Who keeps it alive."""
    sponsor: PersonRef | None = None
    """The director who supports it."""
    phase: Phase = "active"
    """Its state of life."""
    opened: Date | None = None
    """The day it began."""
    answer_within_days: Annotated[int, Field(ge=1, le=90)] | None = None
    """The promise: each question gets a first answer within that many days."""
    channel: Line | None = None
    """Where its members talk day to day."""
    resources: tuple[Resource, ...] = ()
    """What it keeps at hand."""
    feeds: tuple[Line, ...] = ()
    """Names of the sources that it watches (`site_config/feeds.yml`)."""
