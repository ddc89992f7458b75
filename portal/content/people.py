"""Questions about people: members, holders, learners, neighbours, and what a profile still lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from math import log

from portal.content.territories import TerritoryQuestions
from portal.problems import N_
from portal.records import Community, Person, Skill, Territory
from portal.slugs import fold

# A taste that more people share than this says nothing of two of them, and would make the search quadratic.
MAX_SHARED_BY = 400


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


@dataclass(frozen=True)
class Completeness:
    """How much of a profile is written (0–1), and labels of what is missing."""

    share: float
    missing: tuple[str, ...]


EXPECTED_OF_PROFILE = {
    "skills": N_("skills"),
    "interests": N_("interests"),
    "wants_to_learn": N_("what you want to learn"),
    "languages": N_("languages"),
    "communities": N_("communities"),
    "contact": N_("a way to reach you"),
    "joined": N_("the day you joined"),
    "body": N_("a few words about you"),
}
"""Optional keys that make a profile useful to others, with the words that name them."""


class PeopleQuestions(TerritoryQuestions):
    """What is known of people."""

    def people(self) -> tuple[Person, ...]:
        """Everyone who works here, by name."""
        return self._present

    @cached_property
    def _present(self) -> tuple[Person, ...]:
        return self._by_name(self._of(Person))

    def _by_name(self, people: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(sorted((item for item in people if not self.is_gone(item)), key=lambda item: fold(item.name)))

    def members(self, community: Community) -> tuple[Person, ...]:
        """Members of a community, its animators too, by name."""
        members = {person.slug: person for person in self.referring(community, Person, "communities")}
        for slug in community.animators:
            if (animator := self.person(slug)) is not None:
                members.setdefault(slug, animator)
        return self._by_name(tuple(members.values()))

    def members_by_territory(self, community: Community) -> tuple[tuple[Territory | None, tuple[Person, ...]], ...]:
        """Members grouped by territory, the largest group first."""
        groups: dict[str, list[Person]] = defaultdict(list)
        for person in self.members(community):
            groups[person.territory].append(person)
        ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
        return tuple((self.territory(slug), tuple(people)) for slug, people in ordered)

    def holders(self, skill: Skill) -> tuple[Person, ...]:
        """People who have a skill: those who offer help first, then by level, then by name."""

        def rank(person: Person) -> tuple[bool, int, str]:
            offers = any(item.offers for item in person.skills if item.skill == skill.slug)
            return (not offers, -person.level_in(skill.slug), fold(person.name))

        return tuple(sorted(self._by_name(self.referring(skill, Person, "skills")), key=rank))

    def learners(self, skill: Skill) -> tuple[Person, ...]:
        """People who want to learn a skill, by name."""
        return self._by_name(self.referring(skill, Person, "wants_to_learn"))

    def fans(self, skill: Skill) -> tuple[Person, ...]:
        """People who like to do it, the keenest first."""
        people = self._by_name(self.referring(skill, Person, "interests"))
        return tuple(sorted(people, key=lambda person: -person.interest_in(skill.slug)))

    def newcomers(self, days: int = 90, territory: Territory | None = None) -> tuple[Person, ...]:
        """People who joined in the last `days`, there or inside when a territory is given, the latest first."""
        since = self.now.date() - timedelta(days=days)
        people = self.people_of(territory) if territory else self.people()
        found = [item for item in people if item.joined and since <= item.joined <= self.now.date()]
        return tuple(sorted(found, key=lambda item: item.joined or since, reverse=True))

    def near(self, people: tuple[Person, ...], person: Person) -> tuple[Person, ...]:
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
            if (skill := self.skill(slug)) is not None:
                people = tuple(item for item in self.holders(skill) if item.teaches(slug) and item.slug != person.slug)
                if people:
                    found.append(Teacher(skill, self.near(people, person)))
        return tuple(found)

    @cached_property
    def _interested(self) -> Mapping[str, tuple[Person, ...]]:
        """Who likes each skill."""
        return {skill.slug: self.fans(skill) for skill in self._of(Skill)}

    def neighbours(self, person: Person, limit: int = 4) -> tuple[Neighbour, ...]:
        """People with neighbouring interests, with the reason for each; the rarest tastes count most."""
        score: Counter[str] = Counter()
        total = len(self.people()) or 1
        for interest in person.interests:
            fans = self._interested.get(interest.skill, ())
            if len(fans) <= MAX_SHARED_BY:
                score.update({fan.slug: round(1000 * log(1 + total / len(fans))) for fan in fans})
        for teacher in self.teachers_for(person):
            score.update({item.slug: 2000 for item in teacher.people[:20]})
        for item in person.skills:
            skill = self.skill(item.skill) if "teach" in item.offers else None
            score.update({learner.slug: 1500 for learner in (self.learners(skill) if skill else ())})
        del score[person.slug]
        found = [other for slug in score if (other := self.person(slug)) is not None and not self.is_gone(other)]
        found.sort(key=lambda item: (-score[item.slug], self.distance(person.territory, item.territory), item.slug))
        return tuple(self._reasons(person, other) for other in found[:limit])

    def _reasons(self, person: Person, other: Person) -> Neighbour:
        likes = [item.skill for item in person.interests if other.interest_in(item.skill)]
        teaches = [slug for slug in person.wants_to_learn if other.teaches(slug)]
        learns = [slug for slug in other.wants_to_learn if person.teaches(slug)]
        return Neighbour(other, self._skills(likes), self._skills(teaches), self._skills(learns))

    def _skills(self, slugs: list[str]) -> tuple[Skill, ...]:
        return tuple(skill for slug in slugs if (skill := self.skill(slug)) is not None)

    def completeness(self, person: Person) -> Completeness:
        """How much of a profile is written, and what would help others most."""
        missing = tuple(label for key, label in EXPECTED_OF_PROFILE.items() if not getattr(person, key))
        return Completeness(1 - len(missing) / len(EXPECTED_OF_PROFILE), missing)
