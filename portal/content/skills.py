"""Questions about skills: families, evidence, and what hangs on a single person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from portal.content.neighbours import NeighbourQuestions
from portal.content.order import by_date
from portal.content.store import R
from portal.records import Community, Event, Person, Question, Skill, Story, Territory, WatchItem
from portal.slugs import fold


@dataclass(frozen=True)
class Evidence:
    """What proves a skill: stories told, questions answered, meetings led; each the newest first."""

    stories: tuple[Story, ...] = ()
    answers: tuple[Question, ...] = ()
    events: tuple[Event, ...] = ()

    def __len__(self) -> int:
        return len(self.stories) + len(self.answers) + len(self.events)


@dataclass(frozen=True)
class LocalSkill:
    """A skill in one territory: who has it there, of whom the first `helpers` offer to help or teach."""

    skill: Skill
    people: tuple[Person, ...]
    helpers: int


class SkillQuestions(NeighbourQuestions):
    """What is known of skills."""

    def skills(self) -> tuple[Skill, ...]:
        """Every skill, by title."""
        return tuple(sorted(self._of(Skill), key=lambda skill: fold(skill.title)))

    def families(self) -> tuple[tuple[Skill, tuple[Skill, ...]], ...]:
        """Skills without a broader one, each with those directly below, by title."""
        return tuple((skill, self.narrower(skill)) for skill in self.skills() if self.skill(skill.broader) is None)

    def narrower(self, skill: Skill) -> tuple[Skill, ...]:
        """The skills directly below, by title."""
        return tuple(sorted(self.referring(skill, Skill, "broader"), key=lambda item: fold(item.title)))

    def evidence(self, skill: Skill, person: Person | None = None) -> Evidence:
        """What proves a skill, of everyone or of one person."""
        stories = [item for item in self._about(skill, Story) if _by(person, item.people)]
        answers = [
            item
            for item in self._about(skill, Question)
            if item.answers and _by(person, tuple(answer.by for answer in item.answers))
        ]
        events = [
            item
            for item in self._about(skill, Event)
            if item.starts_at <= self.now and _by(person, item.organizers)
        ]
        return Evidence(tuple(stories), tuple(answers), tuple(reversed(events)))

    def _about(self, skill: Skill, model: type[R]) -> tuple[R, ...]:
        """The records of a kind that name a skill, in reading order."""
        return by_date(self.referring(skill, model, "skills"))

    def proofs(self, person: Person) -> tuple[tuple[Skill, Evidence], ...]:
        """Every skill that something proves of a person, the best proven first."""
        named = dict.fromkeys(
            [item.skill for item in person.skills]
            + [slug for story in self.referring(person, Story, "people") for slug in story.skills]
            + [slug for question in self.referring(person, Question, "answers") for slug in question.skills]
        )
        pairs = [(skill, self.evidence(skill, person)) for slug in named if (skill := self.skill(slug)) is not None]
        return tuple(sorted((pair for pair in pairs if len(pair[1])), key=lambda pair: -len(pair[1])))

    def skills_in(self, territory: Territory) -> tuple[LocalSkill, ...]:
        """What people of a territory can do, the most widespread first."""
        people: dict[str, list[Person]] = defaultdict(list)
        for person in self.people_of(territory):
            for item in person.skills:
                people[item.skill].append(person)
        found = [_local(skill, of_skill) for slug, of_skill in people.items() if (skill := self.skill(slug)) is not None]
        return tuple(sorted(found, key=lambda item: (-len(item.people), fold(item.skill.title))))

    def is_rare(self, skill: Skill) -> bool:
        """Whether a single person holds the skill: nobody could replace them tomorrow."""
        return len(self.holders(skill)) == 1

    def communities_about(self, skill: Skill) -> tuple[Community, ...]:
        """Communities whose stories, questions, meetings or watch touch the skill, the most often first."""
        weight: dict[str, int] = {}
        for model in (Story, Event, WatchItem, Question):
            for record in self.referring(skill, model, "skills"):
                for reference in record.references():
                    if reference.kind == "community":
                        weight[reference.slug] = weight.get(reference.slug, 0) + 1
        found = [community for slug in weight if (community := self.community(slug)) is not None]
        return tuple(sorted(found, key=lambda item: (-weight[item.slug], item.slug)))

    def watch_about(self, skill: Skill) -> tuple[WatchItem, ...]:
        """Items of the watch about the skill, the last chosen first."""
        return self._about(skill, WatchItem)


def _local(skill: Skill, people: list[Person]) -> LocalSkill:
    helpers = {person.slug for person in people for item in person.skills if item.skill == skill.slug and item.offers}
    ordered = sorted(people, key=lambda person: (person.slug not in helpers, -person.level_in(skill.slug)))
    return LocalSkill(skill, tuple(ordered), len(helpers))


def _by(person: Person | None, people: tuple[str, ...]) -> bool:
    return person is None or person.slug in people
