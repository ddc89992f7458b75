"""Questions about communities: their promise, their tasks, what they produced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from portal.content.people import PeopleQuestions
from portal.content.store import by_date
from portal.records import Community, Idea, Person, Post, Question, Story, WatchItem
from portal.slugs import fold

_TASK = re.compile(r"^\s*[-*+]\s+\[(?P<done>[ xX])\]\s+(?P<text>.+?)\s*$", re.MULTILINE)
_WHO = re.compile(r"\s*(?:[—–-]\s*)?@(?P<slug>[a-z0-9-]+)")
_WHEN = re.compile(r"[\s,;(]*(?P<day>\d{4}-\d{2}-\d{2})\)?")


@dataclass(frozen=True)
class Task:
    """One check box of a community's page: what, who, until when."""

    text: str
    done: bool
    who: Person | None = None
    due: date | None = None


@dataclass(frozen=True)
class Promise:
    """How a community keeps its promise to answer within `days`.

    `kept` of `answered` questions had a first answer in time; `late` ones still wait past the promise.
    """

    days: int
    answered: int
    kept: int
    waiting: int
    late: int

    @property
    def share(self) -> float | None:
        """The share of the questions that were due whose promise was kept (0–1); None before the first is due."""
        due = self.answered + self.late
        return self.kept / due if due else None


@dataclass(frozen=True)
class Waiting:
    """A question that waits; `days_left` is negative once the promise is broken, None without a promise."""

    question: Question
    community: Community
    days_left: int | None


class CommunityQuestions(PeopleQuestions):
    """What is known of communities."""

    def communities(self) -> tuple[Community, ...]:
        """Communities: the living first, then by title."""
        life = {"active": 0, "pilot": 0, "quiet": 1, "closed": 2}
        return tuple(sorted(self._of(Community), key=lambda item: (life[item.phase], fold(item.title))))

    def communities_of(self, person: Person) -> tuple[Community, ...]:
        """The communities that someone is a member of, those they animate first."""
        named = [slug for slug in person.communities if self.community(slug)]
        animated = [item.slug for item in self.referring(person, Community, "animators")]
        slugs = dict.fromkeys([*animated, *named])
        return tuple(found for slug in slugs if (found := self.community(slug)) is not None)

    def questions_of(self, community: Community) -> tuple[Question, ...]:
        """Questions asked to a community, the newest first."""
        return by_date(self.referring(community, Question, "community"))

    def stories_from(self, community: Community) -> tuple[Story, ...]:
        """Stories born of a community, the newest first."""
        return by_date(self.referring(community, Story, "communities"))

    def watch_of(self, community: Community) -> tuple[WatchItem, ...]:
        """What a community should read, the last chosen first."""
        return by_date(self.referring(community, WatchItem, "communities"))

    def posts_to(self, community: Community) -> tuple[Post, ...]:
        """Posts that concern a community, the newest first."""
        return by_date(self.referring(community, Post, "communities"))

    def ideas_for(self, community: Community) -> tuple[Idea, ...]:
        """Ideas that concern a community, the newest first."""
        return by_date(self.referring(community, Idea, "communities"))

    def days_left(self, question: Question) -> int | None:
        """Days until the community's promise for a question ends (negative once past); None without a promise."""
        community = self.community(question.community)
        if community is None or community.answer_within_days is None:
            return None
        due = question.asked_on + timedelta(days=community.answer_within_days)
        return (due - self.now.date()).days

    def waiting(self) -> tuple[Waiting, ...]:
        """Questions that nobody answered yet, the most urgent first."""
        found = [
            Waiting(question, community, self.days_left(question))
            for question in self.questions()
            if question.waits and (community := self.community(question.community)) is not None
        ]
        return tuple(sorted(found, key=lambda item: (item.days_left is None, item.days_left or 0, item.question.slug)))

    def promise(self, community: Community) -> Promise | None:
        """How a community keeps its promise; None when it made none."""
        days = community.answer_within_days
        if days is None:
            return None
        questions = self.questions_of(community)
        delays = [(min(answer.on for answer in item.answers) - item.asked_on).days for item in questions if item.answers]
        waits = [(self.now.date() - item.asked_on).days for item in questions if item.waits]
        return Promise(
            days=days,
            answered=len(delays),
            kept=sum(delay <= days for delay in delays),
            waiting=len(waits),
            late=sum(wait > days for wait in waits),
        )

    def tasks(self, community: Community) -> tuple[Task, ...]:
        """The check boxes of a community's page: the open ones by date, then the done."""
        found = [self._task(match) for match in _TASK.finditer(community.body)]
        return tuple(sorted(found, key=lambda task: (task.done, task.due or date.max)))

    def _task(self, match: re.Match[str]) -> Task:
        text, who, due = match["text"], None, None
        if named := _WHO.search(text):
            who = self.person(named["slug"])
            text = text.replace(named.group(), "" if who else named.group(), 1)
        if dated := _WHEN.search(text):
            try:
                due = date.fromisoformat(dated["day"])
                text = text.replace(dated.group(), "", 1)
            except ValueError:
                pass
        return Task(text.strip(" ,;—–-"), match["done"] != " ", who, due)
