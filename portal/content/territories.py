"""Questions about places: what contains what, and how far two places are from each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from math import asin, cos, radians, sin, sqrt

from portal.content.lists import Lists
from portal.records import Event, Idea, Person, Post, Story, Territory
from portal.slugs import fold

EARTH_RADIUS_KM = 6371.0


class TerritoryQuestions(Lists):
    """What is known of territories."""

    def territories(self) -> tuple[Territory, ...]:
        """Territories by title."""
        return tuple(sorted(self._of(Territory), key=lambda territory: fold(territory.title)))

    def roots(self) -> tuple[Territory, ...]:
        """Territories that no other contains, by title."""
        return tuple(item for item in self.territories() if self.territory(item.parent) is None)

    def children(self, territory: Territory) -> tuple[Territory, ...]:
        """The territories directly inside, by title."""
        return tuple(sorted(self.referring(territory, Territory, "parent"), key=lambda item: fold(item.title)))

    def ancestors(self, territory: Territory) -> tuple[Territory, ...]:
        """The territories around, the nearest first; a loop of parents is cut."""
        found: list[Territory] = []
        current = self.territory(territory.parent)
        while current is not None and current not in found and current is not territory:
            found.append(current)
            current = self.territory(current.parent)
        return tuple(found)

    @cached_property
    def _inside(self) -> Mapping[str, frozenset[str]]:
        inside: dict[str, set[str]] = {item.slug: {item.slug} for item in self._of(Territory)}
        for item in self._of(Territory):
            for around in self.ancestors(item):
                inside[around.slug].add(item.slug)
        return {slug: frozenset(slugs) for slug, slugs in inside.items()}

    def is_inside(self, slug: str | None, territory: Territory) -> bool:
        """Whether the territory `slug` is this one or lies inside it."""
        return slug is not None and slug in self._inside.get(territory.slug, ())

    def distance(self, one: str | None, other: str | None) -> float:
        """How far two territories are, for sorting by nearness: 0 for the same, then steps in the tree, then km.

        Unknown places come last.
        """
        if one == other:
            return 0.0
        pair = (one, other)
        if pair not in self._distances:
            self._distances[pair] = self._measured(one, other)
        return self._distances[pair]

    @cached_property
    def _distances(self) -> dict[tuple[str | None, str | None], float]:
        return {}

    def _measured(self, one: str | None, other: str | None) -> float:
        here, there = self.territory(one), self.territory(other)
        if here is None or there is None:
            return float("inf")
        mine = [here.slug, *(item.slug for item in self.ancestors(here))]
        theirs = [there.slug, *(item.slug for item in self.ancestors(there))]
        common = next((slug for slug in mine if slug in theirs), None)
        steps = mine.index(common) + theirs.index(common) if common else 10
        return steps + _kilometres(here, there) / 100_000

    def people_of(self, territory: Territory) -> tuple[Person, ...]:
        """People who work there or inside, by name."""
        inside = (self.territory(slug) for slug in sorted(self._inside[territory.slug]))
        found = [person for item in inside if item for person in self.referring(item, Person, "territory")]
        return tuple(sorted((person for person in found if not self.is_gone(person)), key=self.name_rank))

    def name_rank(self, person: Person) -> int:
        """Where a person stands when everyone is sorted by name, accents and case apart."""
        return self._name_ranks[person.slug]

    @cached_property
    def _name_ranks(self) -> Mapping[str, int]:
        people = sorted(self._of(Person), key=lambda person: (fold(person.name), person.slug))
        return {person.slug: rank for rank, person in enumerate(people)}

    def is_gone(self, person: Person) -> bool:
        """Whether someone has left the company."""
        return person.left is not None and person.left <= self.now.date()

    def stories_of(self, territory: Territory) -> tuple[Story, ...]:
        """Stories that happened there or inside, the newest first."""
        return tuple(story for story in self.stories() if self.is_inside(story.territory, territory))

    def ideas_of(self, territory: Territory) -> tuple[Idea, ...]:
        """Ideas to be tried there or inside, the newest first."""
        return tuple(idea for idea in self.ideas() if self.is_inside(idea.territory, territory))

    def posts_of(self, territory: Territory) -> tuple[Post, ...]:
        """Posts about it or a place inside, the newest first."""
        return tuple(post for post in self.posts() if self.is_inside(post.territory, territory))

    def events_of(self, territory: Territory) -> tuple[Event, ...]:
        """Events held there or inside, by beginning."""
        return tuple(event for event in self.events() if self.is_inside(event.territory, territory))


def _kilometres(one: Territory, other: Territory) -> float:
    """Great-circle distance (haversine); 9,999 km when a place isn't on the map."""
    if one.geo is None or other.geo is None:
        return 9999.0
    lat_1, lat_2 = radians(one.geo.lat), radians(other.geo.lat)
    half_lat, half_lon = (lat_2 - lat_1) / 2, radians(other.geo.lon - one.geo.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(chord))
