"""Who a complete directory doesn't name any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from curation.imports.matching import Match
from curation.imports.roster import Profile, Roster
from portal.directory_import import DirectoryImport


@dataclass(frozen=True)
class Absence:
    """`leaving` people are taken for gone; `strangers` are the paths of those who never came from the directory.

    `is_withheld` says that some rows can't be read or placed, so that nobody is taken for gone.
    """

    leaving: tuple[Profile, ...]
    strangers: tuple[str, ...]
    is_withheld: bool


def absence(
    matches: Sequence[Match], everyone: Roster, settings: DirectoryImport, has_unread_rows: bool
) -> Absence:
    """The people whom no row names, nor might name."""
    named = {slug for match in matches for slug in (match.slug, *match.maybe) if slug}
    missed = [
        profile
        for slug, profile in everyone.profiles.items()
        if slug not in named and slug not in everyone.memory.unreadable and "left" not in profile.values
    ]
    leaving = [profile for profile in missed if profile.imported or settings.absent == "everyone"]
    strangers = tuple(sorted(profile.path for profile in missed if profile not in leaving))
    if leaving and (has_unread_rows or any(match.is_nobody for match in matches)):
        return Absence((), strangers, True)
    return Absence(tuple(leaving), strangers, False)


def has_left(profile: Profile, today: str) -> bool:
    """Whether someone had left on a day."""
    return str(profile.values.get("left", "9")) <= today
