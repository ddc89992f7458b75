"""Rules about the shared vocabulary: one name, one skill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from portal.checks.case import Case, Finding, at, short
from portal.problems import N_, message
from portal.records import Skill
from portal.slugs import fold_name


def _by_title(case: Case) -> dict[str, list[Skill]]:
    found: dict[str, list[Skill]] = defaultdict(list)
    for skill in sorted(case.content.skills(), key=lambda item: item.slug):
        # A title of signs only folds to nothing, and says nothing of its likeness to another.
        if name := fold_name(skill.title):
            found[name].append(skill)
    return found


def twin_skills(case: Case) -> Iterator[Finding]:
    """Two skills never have the same name, whatever their spaces, capitals, accents and dots."""
    what = N_(
        "“{title}” is the same name as “{other}” ({path}): keep one file, and name it wherever the other is"
    )
    for first, *twins in _by_title(case).values():
        for twin in twins:
            said = message(what, title=short(twin.title), other=short(first.title), path=first.path)
            yield at(twin, ("title",), said)


def claimed_alias(case: Case) -> Iterator[Finding]:
    """An alias belongs to one skill, and isn’t the title of another."""
    titles = _by_title(case)
    owners: dict[str, Skill] = {}
    what = N_("the alias “{alias}” already belongs to “{other}” ({path}): take it away here or there")
    for skill in sorted(case.content.skills(), key=lambda item: item.slug):
        for index, alias in enumerate(skill.aliases):
            name = fold_name(alias)
            titled = next((item for item in titles.get(name, ()) if item.slug != skill.slug), None)
            owner = titled or (owners.setdefault(name, skill) if name else skill)
            if owner.slug != skill.slug:
                said = message(what, alias=short(alias), other=short(owner.title), path=owner.path)
                yield at(skill, ("aliases", index), said)
