"""Which version of each file a proposal holds: the target's, the working tree's, or someone else's. Pure.

A version is what git keeps of a file; files are never merged line by line: where two people changed one, the version
that isn't ours stands and its path is said, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One version of a file: git's mode (`100644`) and the hash of its bytes."""

    mode: str
    blob: str


Versions = Mapping[str, Entry]
"""Path inside the repository → its version; a path that isn't there is a file that isn't."""


@dataclass(frozen=True)
class Chosen:
    """The versions that a proposal holds.

    `theirs` are the paths where someone else's stands; `kept` those of them about which we had another to propose.
    """

    versions: Versions
    kept: tuple[str, ...]
    theirs: tuple[str, ...] = ()


def wanted(work: Versions, base: Versions, target: Versions) -> Chosen:
    """The target's files with what changed here since `base`, their common ancestor.

    Where the target changed too, its version stands.
    """
    versions, kept = dict(target), []
    for path in sorted(_differing(work, base)):
        if target.get(path) == base.get(path):
            _put(versions, path, work.get(path))
        elif target.get(path) != work.get(path):
            kept.append(path)
    return Chosen(versions, tuple(kept))


@dataclass(frozen=True)
class Branch:
    """The files of the branch that waits on the forge: as they are, as we last saw them, and where it left the target."""

    tip: Versions
    seen: Versions
    fork: Versions

    def is_theirs(self, path: str, target: Versions) -> bool:
        """Whether someone else put this version there: it isn't what we saw, and it didn't come from the target."""
        version = self.tip.get(path)
        if version == self.seen.get(path):
            return False
        return version != target.get(path) or target.get(path) == self.fork.get(path)


def with_theirs(ours: Versions, branch: Branch, target: Versions) -> Chosen:
    """Our versions, with those that someone else put in the branch since we last saw it."""
    versions = dict(ours)
    theirs = [path for path in sorted(_differing(branch.tip, branch.seen)) if branch.is_theirs(path, target)]
    for path in theirs:
        _put(versions, path, branch.tip.get(path))
    kept = (
        path
        for path in theirs
        if branch.tip.get(path) != ours.get(path)
        and not ours.get(path) == target.get(path) == branch.seen.get(path)
    )
    return Chosen(versions, tuple(kept), tuple(theirs))


def to_take_up(branch: Branch, work: Versions) -> tuple[dict[str, Entry | None], tuple[str, ...]]:
    """What makes the working tree hold what waits in the branch, and the paths that changed here too: left alone."""
    files: dict[str, Entry | None] = {}
    left = []
    for path in sorted(_differing(branch.tip, branch.seen)):
        if work.get(path) == branch.seen.get(path):
            files[path] = branch.tip.get(path)
        elif work.get(path) != branch.tip.get(path):
            left.append(path)
    return files, tuple(left)


def changes(before: Versions, after: Versions) -> dict[str, Entry | None]:
    """What turns one into the other: a version to set, or None for a file to take away; files that go come first."""
    differing = sorted(_differing(before, after), key=lambda path: (path in after, path))
    return {path: after.get(path) for path in differing}


def _differing(one: Versions, other: Versions) -> set[str]:
    return {path for path in {*one, *other} if one.get(path) != other.get(path)}


def _put(versions: dict[str, Entry], path: str, entry: Entry | None) -> None:
    if entry is None:
        versions.pop(path, None)
    else:
        versions[path] = entry
