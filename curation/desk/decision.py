"""A decision: what one curator said of one candidate at one moment. A file is written once and never changed.

Each has a name of its own, so that the decisions of two curators merge without conflict; what stands is computed
from all of them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from curation.desk.finding import Finding
from portal.records.base import Model
from portal.records.fields import CommunityRef, Date, Line, PersonRef, SkillRef, Text, Title, Url

Verdict = Literal["keep", "refuse", "later", "reopen"]


class Decision(Model):
    """`desk/decisions/<year>/<candidate>-<hash>.yml`."""

    verdict: Verdict
    """Kept for the watch, refused for good, put off, or taken back (`reopen`)."""
    by: PersonRef
    """Who decided."""
    at: Annotated[Line, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$")]
    """When, in UTC, to the microsecond."""
    why: Text | None = None
    """Why it matters to us, for what is kept; why not, for what is refused."""
    communities: tuple[CommunityRef, ...] = ()
    """Who should read what is kept."""
    skills: tuple[SkillRef, ...] = ()
    """What it is about."""
    title: Title | None = None
    """The title that the curator gave, where it isn't the source's."""
    url: Url | None = None
    """The address that the curator gave, where it isn't the source's."""
    until: Date | None = None
    """The day on which what was put off comes back."""
    item: Annotated[Line, Field(pattern=r"^watch/\d{4}/[a-z0-9-]{1,100}\.md$")] | None = None
    """The file of the watch item, inside the content folder, that was made of what is kept."""
    findings: Annotated[tuple[Finding, ...], Field(min_length=1)]
    """What was decided about: it is recognised by these if it returns, and restored from them if it is reopened."""
