"""An item of the watch on the outside, chosen by a curator who says why (an Atom entry with a comment)."""

from __future__ import annotations

from typing import ClassVar

from portal.records.base import Record
from portal.records.fields import CommunityRef, Date, Language, Line, PersonRef, SkillRef, Text, Title, Url


class WatchItem(Record):
    """A page of the outside world worth reading; its file is `watch/<year>/<slug>.md`."""

    kind: ClassVar[str] = "watch_item"
    folder: ClassVar[str] = "watch"

    title: Title
    """The title of the page."""
    url: Url
    """Its address."""
    source: Line
    """Who published it."""
    published: Date
    """The day it was published there."""
    curated_by: PersonRef
    """Who chose it."""
    curated_on: Date
    """The day it was chosen."""
    why: Text
    """Why it matters to us."""
    communities: tuple[CommunityRef, ...] = ()
    """Who should read it."""
    skills: tuple[SkillRef, ...] = ()
    """What it is about."""
    lang: Language = "fr"
    """Its language."""
