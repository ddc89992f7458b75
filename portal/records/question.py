"""A question asked to a community, and its answers (schema.org `Question`)."""

from __future__ import annotations

from typing import ClassVar, Literal

from portal.records.base import Model, Record
from portal.records.fields import CommunityRef, Date, Markdown, PersonRef, SkillRef, Title

Status = Literal["open", "answered", "closed"]


class Answer(Model):
    """One answer; `accepted` when it solved the question."""

    by: PersonRef
    """Who answers."""
    on: Date
    """The day of the answer."""
    text: Markdown | None = None
    """What is answered."""
    accepted: bool = False
    """Whether it solved the question."""


class Question(Record):
    """A question, to whom it is asked, and what was answered."""

    kind: ClassVar[str] = "question"
    folder: ClassVar[str] = "questions"

    title: Title
    """The question in one line."""
    asked_by: PersonRef
    """Who asks."""
    asked_on: Date
    """The day it was asked: the community's promise counts from there."""
    community: CommunityRef
    """The community that promised to answer."""
    skills: tuple[SkillRef, ...] = ()
    """What it is about."""
    answers: tuple[Answer, ...] = ()
    """The answers, oldest first."""
    status: Status = "open"
    """Open, answered, or closed without an answer."""

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.status == "open" and not self.answers
