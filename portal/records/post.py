"""A post: a short note, or the voice of a director."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from portal.records.base import Record
from portal.records.fields import CommunityRef, Date, PersonRef, TerritoryRef, Title


class Post(Record):
    """A signed note."""

    kind: ClassVar[str] = "post"
    folder: ClassVar[str] = "posts"

    title: Title
    """What it is called."""
    author: PersonRef
    """Who speaks."""
    published: Date
    """When."""
    post_kind: Annotated[Literal["note", "leadership"], Field(alias="kind")] = "note"
    """A note, or a director's word."""
    communities: tuple[CommunityRef, ...] = ()
    """The communities that it concerns."""
    territory: TerritoryRef | None = None
    """The territory that it concerns."""
