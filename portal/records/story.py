"""A « belle histoire »: how people solved something together, with figures that prove it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from portal.records.base import Model, Record
from portal.records.fields import (
    CommunityRef,
    Date,
    Line,
    Month,
    PersonRef,
    SkillRef,
    StoryRef,
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
    adds_up: bool = False
    """Whether its difference may be added to those of other stories, on the wall: never a share, a mean or a content."""


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


class Agreement(Model):
    """That someone agreed to appear. Nothing more is kept of it: neither how it was given, nor why."""

    person: PersonRef
    """Who agreed, after reading the story."""
    on: Date
    """The day they said so."""


class Part(Model):
    """The place of a story among those of a series."""

    title: Title
    """What the series is called, written alike in each of its stories."""
    part: Annotated[int, Field(ge=1)]
    """Its place in the series: 1 for the first."""


BACKSTAGE = ("editor", "reviewers", "agreements")
"""Keys that say how a story was made: they stay in its file, and no site receives them."""


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
    without_image: Line | None = None
    """Why it has no picture, where it has none: a site that isn’t shown, someone who would rather not."""
    series: Part | None = None
    """The series that it belongs to."""
    sequel_of: StoryRef | None = None
    """The story that it continues."""
    featured: Month | None = None
    """The month of which it is the story: it then stands first on the wall and on the first page."""
    status: Status = "published"
    """How far it has come: only `published` stories are in the site, `scheduled` ones from their day on."""
    archived_on: Date | None = None
    """The day it was archived: it leaves the lists, its address stays."""
    editor: PersonRef | None = None
    """Who follows it in communications."""
    reviewers: tuple[PersonRef, ...] = ()
    """Who reads it before it is published."""
    agreements: tuple[Agreement, ...] = ()
    """Who agreed to appear in it, and when."""

    @property
    def appearing(self) -> tuple[str, ...]:
        """Who appears in it: those who made it, and who is quoted."""
        return tuple(dict.fromkeys([*self.people, *([self.quote.by] if self.quote else [])]))

    @property
    def unasked(self) -> tuple[str, ...]:
        """Who appears in it and isn’t known to agree."""
        agreed = {agreement.person for agreement in self.agreements}
        return tuple(slug for slug in self.appearing if slug not in agreed)


def is_archived(record: Record) -> bool:
    """Whether a record is a story that left the lists."""
    return isinstance(record, Story) and record.status == "archived"
