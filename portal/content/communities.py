"""Questions about communities: their promise, their tasks, what they produced."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.content.people import PeopleQuestions
from portal.content.order import by_date
from portal.records import Community, Idea, Person, Post, Question, Story, Territory, WatchItem
from portal.records.story import is_archived
from portal.slugs import fold

# A check box and the lines that continue it, but not a box nested below.
_TASK = re.compile(
    r"^[ \t]*[-*+][ \t]+\[(?P<done>[ xX])\][ \t]+(?P<text>\S.*(?:\n[ \t]{2,}(?![-*+][ \t])\S.*)*)", re.MULTILINE
)
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]")
_MARK = "\x00"
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
        return by_date(_unarchived(self.referring(community, Story, "communities")))

    def stories_by(self, person: Person) -> tuple[Story, ...]:
        """Stories that someone had a part in, the newest first."""
        return by_date(_unarchived(self.referring(person, Story, "people")))

    def watch_of(self, community: Community) -> tuple[WatchItem, ...]:
        """What a community should read, the last chosen first."""
        return by_date(self.referring(community, WatchItem, "communities"))

    def posts_to(self, community: Community) -> tuple[Post, ...]:
        """Posts that concern a community, the newest first."""
        return by_date(self.referring(community, Post, "communities"))

    def ideas_for(self, community: Community) -> tuple[Idea, ...]:
        """Ideas that concern a community, the newest first."""
        return by_date(self.referring(community, Idea, "communities"))

    def due(self, question: Question) -> date | None:
        """The day until which the community promised an answer; None without a promise."""
        community = self.community(question.community)
        if community is None or community.answer_within_days is None:
            return None
        return question.asked_on + timedelta(days=community.answer_within_days)

    def communities_in(self, territory: Territory) -> tuple[tuple[Community, tuple[Person, ...]], ...]:
        """The communities that people of a territory belong to, those with most of them first."""
        members: dict[str, list[Person]] = defaultdict(list)
        for person in self.people_of(territory):
            for community in self.communities_of(person):
                members[community.slug].append(person)
        pairs = [(self.community(slug), tuple(people)) for slug, people in members.items()]
        found = [(community, people) for community, people in pairs if community is not None]
        return tuple(sorted(found, key=lambda pair: (-len(pair[1]), fold(pair[0].title))))

    def questions_from(self, territory: Territory) -> tuple[Question, ...]:
        """Questions that people of a territory asked, the newest first."""
        asked = (self.referring(person, Question, "asked_by") for person in self.people_of(territory))
        return by_date(question for questions in asked for question in questions)

    def days_left(self, question: Question) -> int | None:
        """Days until the community's promise for a question ends (negative once past); None without a promise."""
        due = self.due(question)
        return None if due is None else (due - self.now.date()).days

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
        text, who, due = " ".join(match["text"].split()), None, None
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


def without_tasks(body: str) -> str:
    """A community's Markdown without its check boxes, which its page shows apart, and without a heading left empty."""
    kept: list[str] = []
    # For each level of heading: what lies between this line and the next heading that isn't deeper.
    has_text, has_task = [False] * 7, [False] * 7
    for line in reversed(_TASK.sub(_MARK, body).split("\n")):
        heading = _HEADING.match(line)
        level = len(heading["marks"]) if heading else 7
        is_task = line == _MARK
        is_emptied = heading is not None and has_task[level] and not has_text[level]
        if not is_task and not is_emptied:
            kept.append(line)
        for index in range(1, 7):
            if index >= level:
                has_text[index] = has_task[index] = False
            else:
                has_task[index] |= is_task
                has_text[index] |= bool(line.strip()) and not is_task and not is_emptied
    return "\n".join(reversed(kept)).strip("\n")


def _unarchived(stories: Iterable[Story]) -> Iterator[Story]:
    return (story for story in stories if not is_archived(story))
