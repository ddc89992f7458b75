"""All records, and the questions asked of them. Templates, checks and formats read the content only through here."""

from __future__ import annotations

from portal.content.agenda import AgendaQuestions, Occurrence
from portal.content.communities import CommunityQuestions, Promise, Task, Waiting
from portal.content.people import Completeness, Neighbour, Teacher
from portal.content.skills import Evidence, SkillQuestions
from portal.content.store import INTERNAL, Media, Store, private_audience


class Content(SkillQuestions, CommunityQuestions, AgendaQuestions):
    """The records of one audience at one moment; each question returns records in a documented order."""


__all__ = [
    "INTERNAL", "Completeness", "Content", "Evidence", "Media", "Neighbour", "Occurrence", "Promise", "Store",
    "Task", "Teacher", "Waiting", "private_audience",
]  # fmt: skip
