"""Writes what a plan says, person by person. It may be killed anywhere: the next import finds its way from there.

Each profile comes before the memory of it. Killed between both, the next import finds the directory's values in the
profile and only remembers them. Someone new whom no e-mail address tells apart gets a memory that says so first: the file
made next is known to be theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from curation.files import write_new, write_over
from curation.imports.changes import Change
from curation.imports.memory import Imported, remember
from curation.imports.planning import MEANWHILE
from portal.problems import Problem


def applied(changes: Iterable[Change], content: Path, desk: Path) -> Iterator[Problem]:
    """Write profiles and memory below these folders; a file that isn't as it was planned stays, and is a problem.

    Raises:
        OSError: a file can't be written; everything before it is.
    """
    for change in changes:
        if change.after is not None and not _is_written(change, change.after, content, desk):
            yield Problem(change.path, 1, "unchangeable-profile", MEANWHILE)
        elif change.imported is not None:
            remember(desk, change.slug, change.imported)


def _is_written(change: Change, text: str, content: Path, desk: Path) -> bool:
    file = content / change.path
    if change.before is not None:
        if file.read_bytes() != change.before.encode():
            return False
        write_over(file, text)
        return True
    if not change.is_sure and change.imported is not None:
        remember(desk, change.slug, Imported(id=change.imported.id, begun=True))
    try:
        write_new(file, text)
    except FileExistsError:
        return False
    return True
