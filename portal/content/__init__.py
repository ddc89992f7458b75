"""All records, and the questions asked of them. Templates, checks and formats read the content only through here."""

from __future__ import annotations

from dataclasses import dataclass

from portal.content.agenda import AgendaQuestions, Occurrence
from portal.content.communities import CommunityQuestions, Promise, Task, Waiting, without_tasks
from portal.content.letters import LetterPart, LetterQuestions, Shown
from portal.content.neighbours import Neighbour, Teacher
from portal.content.people import Completeness
from portal.content.reading import Beside, Month, ReadingQuestions
from portal.content.skills import Evidence, LocalSkill, SkillQuestions
from portal.content.stories import Series, StoryQuestions
from portal.content.store import DOCUMENTS, INTERNAL, PICTURES, Media, Store, private_audience
from portal.problems import Problem


class Content(
    SkillQuestions, CommunityQuestions, AgendaQuestions, ReadingQuestions, StoryQuestions, LetterQuestions
):
    """The records of one audience at one moment; each question returns records in a documented order."""


@dataclass(frozen=True)
class Loaded:
    """What a content folder holds.

    `content` has every record that could be read, for every audience; `unreadable` names, by kind and slug, the
    files that couldn't; paths in `problems` begin with the name of the folder that was read.
    """

    content: Content
    problems: tuple[Problem, ...]
    unreadable: frozenset[tuple[str, str]]
    root: str


__all__ = [
    "DOCUMENTS", "INTERNAL", "PICTURES", "Beside", "Completeness", "Content", "Evidence", "LetterPart", "Loaded",
    "LocalSkill", "Media", "Month", "Neighbour", "Occurrence", "Promise", "Series", "Shown", "Store", "Task", "Teacher",
    "Waiting", "private_audience", "without_tasks",
]  # fmt: skip
