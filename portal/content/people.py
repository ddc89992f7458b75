"""Questions about people: members, holders, learners, newcomers, and what a profile still lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from portal.content.territories import TerritoryQuestions
from portal.problems import N_
from portal.records import Community, Person, Skill, Territory

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
        return tuple(sorted((item for item in people if not self.is_gone(item)), key=self.name_rank))

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
        ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0] or ""))
        return tuple((self.territory(slug), tuple(people)) for slug, people in ordered)

    def holders(self, skill: Skill) -> tuple[Person, ...]:
        """People who have a skill: those who offer help first, then by level, then by name."""
        return self._holders[skill.slug]

    def learners(self, skill: Skill) -> tuple[Person, ...]:
        """People who want to learn a skill, by name."""
        return self._learners[skill.slug]

    def fans(self, skill: Skill) -> tuple[Person, ...]:
        """People who like to do it, the keenest first."""
        return self._fans[skill.slug]

    # Asked again by every profile that names the skill: sorted once for all.

    @cached_property
    def _holders(self) -> Mapping[str, tuple[Person, ...]]:
        def ranked(skill: Skill) -> tuple[Person, ...]:
            def rank(person: Person) -> tuple[bool, int]:
                mine = [item for item in person.skills if item.skill == skill.slug]
                return (not any(item.offers for item in mine), -max(item.level for item in mine))

            return tuple(sorted(self._by_name(self.referring(skill, Person, "skills")), key=rank))

        return {skill.slug: ranked(skill) for skill in self._of(Skill)}

    @cached_property
    def _learners(self) -> Mapping[str, tuple[Person, ...]]:
        return {skill.slug: self._by_name(self.referring(skill, Person, "wants_to_learn")) for skill in self._of(Skill)}

    @cached_property
    def _fans(self) -> Mapping[str, tuple[Person, ...]]:
        def ranked(skill: Skill) -> tuple[Person, ...]:
            people = self._by_name(self.referring(skill, Person, "interests"))
            return tuple(sorted(people, key=lambda person: -person.interest_in(skill.slug)))

        return {skill.slug: ranked(skill) for skill in self._of(Skill)}

    def newcomers(self, days: int = 90, territory: Territory | None = None) -> tuple[Person, ...]:
        """People who joined in the last `days`, there or inside when a territory is given, the latest first."""
        since = self.now.date() - timedelta(days=days)
        people = self.people_of(territory) if territory else self.people()
        found = [item for item in people if item.joined and since <= item.joined <= self.now.date()]
        return tuple(sorted(found, key=lambda item: item.joined or since, reverse=True))

    def completeness(self, person: Person) -> Completeness:
        """How much of a profile is written, and what would help others most."""
        missing = tuple(label for key, label in EXPECTED_OF_PROFILE.items() if not getattr(person, key))
        return Completeness(1 - len(missing) / len(EXPECTED_OF_PROFILE), missing)
