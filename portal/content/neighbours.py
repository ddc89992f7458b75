"""Questions that bring people together: who is near, who teaches what someone wants to learn, who shares a taste."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log

from portal.content.people import PeopleQuestions
from portal.records import Person, Skill

# A taste that more people share than this says nothing of two of them, and would make the search quadratic.
MAX_SHARED_BY = 400

# Points beside those of a shared taste (0.7 to about 8, the rarer the more).
_TEACHES, _LEARNS, _TEACHERS_COUNTED = 2.0, 1.5, 20


@dataclass(frozen=True)
class Neighbour:
    """Someone with neighbouring interests, and why: tastes in common, and what each could teach the other."""

    person: Person
    likes: tuple[Skill, ...] = ()
    teaches: tuple[Skill, ...] = ()
    learns: tuple[Skill, ...] = ()


@dataclass(frozen=True)
class Teacher:
    """Who can teach something that someone wants to learn, the nearest first."""

    skill: Skill
    people: tuple[Person, ...]


class NeighbourQuestions(PeopleQuestions):
    """What could bring two people together."""

    def near(self, people: Iterable[Person], person: Person) -> tuple[Person, ...]:
        """`people` sorted by how near they work to `person`, their order kept within a place."""
        return tuple(sorted(people, key=lambda item: self.distance(person.territory, item.territory)))

    def people_near(self, person: Person, limit: int = 6) -> tuple[Person, ...]:
        """People who work nearest to someone."""
        others = tuple(item for item in self.people() if item.slug != person.slug)
        return self.near(others, person)[:limit]

    def teachers_for(self, person: Person) -> tuple[Teacher, ...]:
        """For each skill that someone wants to learn, who offers to teach it, the nearest first."""
        found: list[Teacher] = []
        for slug in person.wants_to_learn:
            people = [item for item in self._teachers.get(slug, ()) if item.slug != person.slug]
            if people and (skill := self.skill(slug)) is not None:
                found.append(Teacher(skill, self.near(people, person)))
        return tuple(found)

    @cached_property
    def _teachers(self) -> dict[str, tuple[Person, ...]]:
        """Who offers to teach each skill."""
        return {
            skill.slug: tuple(item for item in self.holders(skill) if item.teaches(skill.slug)) for skill in self._of(Skill)
        }

    def neighbours(self, person: Person, limit: int = 4) -> tuple[Neighbour, ...]:
        """People with neighbouring interests, with the reason for each; the rarest tastes count most."""
        score = self._scores(person)
        del score[person.slug]
        least = min(heapq.nlargest(limit, score.values()), default=0)
        # Only those who may be among the first are measured on the map.
        found = [other for slug, points in score.items() if points >= least and (other := self.person(slug)) is not None]
        found.sort(key=lambda item: (-score[item.slug], self.distance(person.territory, item.territory), item.slug))
        return tuple(self._reasons(person, other) for other in found[:limit])

    def _scores(self, person: Person) -> Counter[str]:
        """What each other person shares with someone, in points."""
        score: Counter[str] = Counter()
        total = len(self.people()) or 1
        for slug in (item.skill for item in person.interests):
            fans = self.fans(skill) if (skill := self.skill(slug)) else ()
            if 0 < len(fans) <= MAX_SHARED_BY:
                self._add(score, fans, log(1 + total / len(fans)))
        for teacher in self.teachers_for(person):
            self._add(score, teacher.people[:_TEACHERS_COUNTED], _TEACHES)
        for slug in (item.skill for item in person.skills if "teach" in item.offers):
            self._add(score, self.learners(skill) if (skill := self.skill(slug)) else (), _LEARNS)
        return score

    @staticmethod
    def _add(score: Counter[str], people: Iterable[Person], points: float) -> None:
        """Points for each; in thousandths, so that sums are the same in any order."""
        for person in people:
            score[person.slug] += round(1000 * points)

    def _reasons(self, person: Person, other: Person) -> Neighbour:
        likes = [item.skill for item in person.interests if other.interest_in(item.skill)]
        teaches = [slug for slug in person.wants_to_learn if other.teaches(slug)]
        learns = [slug for slug in other.wants_to_learn if person.teaches(slug)]
        return Neighbour(other, self._skills(likes), self._skills(teaches), self._skills(learns))

    def _skills(self, slugs: list[str]) -> tuple[Skill, ...]:
        return tuple(skill for slug in slugs if (skill := self.skill(slug)) is not None)
