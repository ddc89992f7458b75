"""A « belle histoire »: how people solved something together, with figures that prove it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from portal.records.base import Model, Record
from portal.records.fields import (
    CommunityRef,
    Date,
    Line,
    PersonRef,
    SkillRef,
    TerritoryRef,
    Text,
    Title,
)

Status = Literal["draft", "review", "scheduled", "published", "archived"]
Number = Annotated[float, Field(strict=False)]


class Result(Model):
    """One figure: what it measures, before, after, its unit, and how it is known."""

    label: Title
    """What is measured."""
    after: Number
    """The figure afterwards."""
    before: Number | None = None
    """The figure to begin with."""
    unit: Line | None = None
    """Its unit, such as % or m³."""
    evidence: Line | None = None
    """How it is known: a report, a meter, a survey."""


class Quote(Model):
    """What someone says of it."""

    text: Text
    """The words, without quotation marks."""
    by: PersonRef
    """Who says them."""


class Image(Model):
    """A picture beside the file."""

    src: Line
    """The name of its file."""
    alt: Line
    """What it shows, for who can't see it."""
    credit: Line | None = None
    """Who made it."""


class Story(Record):
    """A story told with its people, its place and its figures."""

    kind: ClassVar[str] = "story"
    folder: ClassVar[str] = "stories"

    title: Title
    """What it is called."""
    published: Date | None = None
    """The day it is published."""
    people: tuple[PersonRef, ...] = ()
    """Who made it."""
    territory: TerritoryRef | None = None
    """Where it happened."""
    communities: tuple[CommunityRef, ...] = ()
    """The communities where it was born."""
    skills: tuple[SkillRef, ...] = ()
    """The skills that it proves."""
    challenge: Text | None = None
    """What was hard."""
    solution: Text | None = None
    """What was done."""
    results: tuple[Result, ...] = ()
    """Its figures."""
    quote: Quote | None = None
    """What someone says of it."""
    image: Image | None = None
    """Its picture."""
    featured: bool = False
    """Whether it stands first on the wall."""
    status: Status = "published"
    """Only `published` stories are in the site."""
