"""Decides what is done for each person, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from curation.imports.changes import Action, Change
from curation.imports.drafting import changed_text, new_text
from curation.imports.matching import Match
from curation.imports.memory import Imported
from curation.imports.merging import Difference, Merged, merged
from curation.imports.roster import Profile, Roster, imported_values
from curation.imports.words import Value
from portal import frontmatter
from portal.directory_import import ImportedKey
from portal.problems import N_, Problem, Refused, message
from portal.records import Person
from portal.records.places import path_of
from portal.slugs import MAX_SLUG_BYTES, slugify


@dataclass(frozen=True)
class Planner:
    """`spoken_of` are the keys that the directory has columns for; `today` is a day as 2026-11-05.

    `read` gives the text of a file of the content folder, `shown` its path as the user reads it; `is_taken` tells
    whether a slug or its file is there already. `planned` fills with the slugs of new people.
    """

    roster: Roster
    spoken_of: frozenset[ImportedKey]
    today: str
    read: Callable[[str], str]
    shown: Callable[[str], str]
    is_taken: Callable[[str], bool]
    planned: set[str] = field(default_factory=set)

    def for_match(self, match: Match) -> Change | Problem | None:
        """What is done for someone in the directory; None for someone gone who has no profile."""
        profile = self.roster.profiles.get(match.slug or "")
        if profile is not None:
            return self._existing(profile, match)
        return None if match.listed.departed else self._new(match)

    def for_absent(self, profile: Profile) -> Change | Problem:
        """What is done for someone whom a complete directory doesn't name."""
        return self._changed(profile, self._gone(profile, {}), None)

    def _new(self, match: Match) -> Change:
        listed = match.listed
        slug = match.slug or self._free_slug(slugify(listed.name, "personne"))
        self.planned.add(slug)
        values = {**listed.fallbacks, **listed.values}
        return Change(
            action="create",
            slug=slug,
            path=path_of(Person, slug, 0),
            name=listed.name,
            line=listed.line,
            differences=tuple(Difference(key, None, value) for key, value in values.items()),
            after=new_text(values),
            imported=Imported(id=listed.id, values=dict(listed.values)),
            is_sure=match.is_sure,
        )

    def _free_slug(self, slug: str) -> str:
        for number in count(1):
            suffix = f"-{number}" if number > 1 else ""
            numbered = slug[: MAX_SLUG_BYTES - len(suffix)].rstrip("-") + suffix
            if numbered not in self.planned and not self.is_taken(numbered):
                return numbered
        raise AssertionError("numbers never end")

    def _existing(self, profile: Profile, match: Match) -> Change | Problem:
        listed = match.listed
        if listed.departed:
            return self._changed(profile, self._gone(profile, listed.values), match)
        before = profile.imported.values if profile.imported else {}
        return self._changed(
            profile, merged(profile.values, before, listed.values, self.spoken_of | {"left"}), match
        )

    def _gone(self, profile: Profile, said: Mapping[ImportedKey, Value]) -> Merged:
        """Someone who left keeps every other key as it is."""
        day = said.get("left") or profile.values.get("left") or self.today
        before = profile.imported.values if profile.imported else {}
        return merged(profile.values, before, {"left": day}, {"left"})

    def _changed(self, profile: Profile, found: Merged, match: Match | None) -> Change | Problem:
        identity = (match.listed.id if match else None) or self.roster.id_of(profile.slug)
        imported = Imported(id=identity, values=dict(found.imported))
        change = Change(
            action=_action(found.changes),
            slug=profile.slug,
            path=profile.path,
            name=profile.name,
            line=match.listed.line if match else None,
            differences=found.changes,
            kept=found.kept,
            imported=None if imported == profile.imported else imported,
        )
        return self._drafted(change, profile) if found.changes else change

    def _drafted(self, change: Change, profile: Profile) -> Change | Problem:
        """The change with both texts, or why the file can't be changed."""
        shown = self.shown(profile.path)
        try:
            text = self.read(profile.path)
            now = dict(imported_values(frontmatter.read(text.encode()).front.values))
            after = changed_text(text, change.differences)
        except Refused as refused:
            return Problem(shown, refused.line, "unchangeable-profile", refused.message)
        if now != profile.values:
            return Problem(shown, 1, "unchangeable-profile", MEANWHILE)
        return replace(change, before=text, after=after)


MEANWHILE = message(N_("someone changed the file meanwhile: start the import again"))


def _action(changes: tuple[Difference, ...]) -> Action:
    for change in changes:
        if change.key == "left" and (change.here is None) != (change.there is None):
            return "leave" if change.here is None else "return"
    return "update" if changes else "unchanged"
