"""An idea of the idea box, and what was decided, with the reason."""

from __future__ import annotations

from typing import ClassVar, Literal

from portal.records.base import Record
from portal.records.fields import CommunityRef, Date, PersonRef, StoryRef, TerritoryRef, Text, Title

Status = Literal["proposed", "studied", "adopted", "declined", "done"]


class Idea(Record):
    """An idea from its proposal to its decision."""

    kind: ClassVar[str] = "idea"
    folder: ClassVar[str] = "ideas"

    title: Title
    """The idea in one line."""
    proposed_by: PersonRef
    """Who had it."""
    proposed_on: Date
    """When."""
    territory: TerritoryRef | None = None
    """Where it would be tried."""
    communities: tuple[CommunityRef, ...] = ()
    """The communities that it concerns."""
    status: Status = "proposed"
    """How far it has come."""
    decision: Text | None = None
    """The reason for the decision, said to everyone."""
    decided_on: Date | None = None
    """The day of the decision."""
    supporters: tuple[PersonRef, ...] = ()
    """Who supports it."""
    story: StoryRef | None = None
    """The story that tells what it became."""
