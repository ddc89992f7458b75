"""A guide: how to use the portal, for whom."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from portal.records.base import Record
from portal.records.fields import Line, Title

Reader = Literal["everyone", "curator", "animator", "communications"]


class Guide(Record):
    """Help for one kind of reader."""

    kind: ClassVar[str] = "guide"
    folder: ClassVar[str] = "guides"

    title: Title
    """What it is called."""
    summary: Line
    """What one can do after reading it."""
    readers: Annotated[tuple[Reader, ...], Field(alias="for")] = ("everyone",)
    """Who it is for."""
    order: int = 100
    """Its rank among the guides."""
