"""A territory: a place where people meet in real life."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from portal.records.base import Model, Record
from portal.records.fields import Line, PersonRef, TerritoryRef, Title

TerritoryKind = Literal["region", "subsidiary", "site", "floor"]
Phase = Literal["study", "pilot", "launch", "active"]


class Geo(Model):
    """A point on the map, in degrees (WGS 84)."""

    lat: Annotated[float, Field(ge=-90, le=90, strict=False)]
    """Latitude, north is positive."""
    lon: Annotated[float, Field(ge=-180, le=180, strict=False)]
    """Longitude, east is positive."""


class Territory(Record):
    """A region, a subsidiary, a site or a floor, and how far its accompaniment has gone."""

    kind: ClassVar[str] = "territory"
    folder: ClassVar[str] = "territories"

    title: Title
    """Its name."""
    territory_kind: Annotated[TerritoryKind, Field(alias="kind")]
    """What it is."""
    parent: TerritoryRef | None = None
    """The territory around it."""
    phase: Phase
    """Study, pilot, launch, active: how far the portal has come there."""
    lead: PersonRef | None = None
    """Who answers for it."""
    ambassadors: tuple[PersonRef, ...] = ()
    """Who welcomes people there."""
    headcount: Annotated[int, Field(ge=0)] | None = None
    """How many people work there."""
    geo: Geo | None = None
    """Where it is."""
    traits: tuple[Line, ...] = ()
    """What makes it unlike the others."""
