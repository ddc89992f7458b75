"""Everyone who has a profile or had one: what people of a directory are recognised by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from curation.imports.columns import KEYS
from curation.imports.memory import Imported, Memory
from curation.imports.words import Value
from portal.directory_import import ImportedKey
from portal.records import Person
from portal.records.base import Record
from portal.slugs import fold


@dataclass(frozen=True)
class Profile:
    """One profile as it stands. `path` is inside the content folder; `imported` is None where no import touched it."""

    slug: str
    path: str
    values: Mapping[ImportedKey, Value]
    imported: Imported | None

    @property
    def name(self) -> str:
        """The name in the file."""
        return str(self.values.get("name", ""))

    @property
    def email(self) -> str:
        """The address in the file without its case, or nothing."""
        return str(self.values.get("contact.email", "")).casefold()


@dataclass(frozen=True)
class Roster:
    """`profiles` by slug; `memory` of past imports; `unreadable` are the slugs of profiles that can't be read."""

    profiles: Mapping[str, Profile]
    memory: Memory
    unreadable: frozenset[str]

    @cached_property
    def by_id(self) -> Mapping[str, frozenset[str]]:
        """Slugs by the id of the last import."""
        return _grouped((found.id, slug) for slug, found in self.memory.people.items() if found.id)

    @cached_property
    def by_email(self) -> Mapping[str, frozenset[str]]:
        """Slugs of profiles by their address, and by that of the last import."""
        return _grouped(
            (email, slug)
            for slug, profile in self.profiles.items()
            for email in (profile.email, profile.imported.email if profile.imported else "")
            if email
        )

    @cached_property
    def by_name(self) -> Mapping[str, frozenset[str]]:
        """Slugs of profiles by their folded name."""
        return _grouped((folded(profile.name), slug) for slug, profile in self.profiles.items())

    def id_of(self, slug: str) -> str | None:
        """What the directory called them at the last import."""
        found = self.memory.people.get(slug)
        return found.id if found else None


def roster(people: Iterable[Record], memory: Memory, unreadable: Iterable[tuple[str, str]]) -> Roster:
    """Everyone, from the content and the memory; `unreadable` are kinds and slugs."""
    profiles = {
        person.slug: Profile(
            person.slug,
            person.path,
            dict(imported_values(person.origin.front.values)),
            memory.people.get(person.slug),
        )
        for person in people
    }
    return Roster(profiles, memory, frozenset(slug for kind, slug in unreadable if kind == Person.kind))


def imported_values(front: Mapping[str, Any]) -> Iterator[tuple[ImportedKey, Value]]:
    """The keys that a directory may hold, as a front matter has them."""
    for key in KEYS:
        group, _, inner = key.rpartition(".")
        holder = front.get(group) if group else front
        value = holder.get(inner) if isinstance(holder, dict) else None
        if isinstance(value, str):
            yield key, " ".join(value.split())
        elif isinstance(value, tuple):
            yield key, tuple(str(item) for item in value)


def folded(name: str) -> str:
    """A name without accents, case and punctuation: « Élise d’Arc » is « ELISE D ARC »."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(name)).split())


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, slug in pairs:
        found.setdefault(key, set()).add(slug)
    return {key: frozenset(slugs) for key, slugs in found.items()}
