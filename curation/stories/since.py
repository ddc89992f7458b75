"""Since when each story has stood where it stands: git's history of the line `status`, or else the files' own dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from curation.errors import Stopped
from curation.git import Done, Git
from portal.records import Story

Origin = Literal["git", "uncommitted", "file"]
"""How a date is known: the commit that wrote the status, a change that no commit holds yet, or the file's own date."""

_PATTERN = r"^status:"


@dataclass(frozen=True)
class Since:
    """The moment (UTC) from which a status holds, and how that is known; no moment where nothing tells."""

    moment: datetime | None
    origin: Origin


@dataclass(frozen=True)
class History:
    """What is known of each story, by its path inside the content folder; `is_cut` where git has only the last commits."""

    of: Mapping[str, Since]
    has_git: bool
    is_cut: bool = False


def history(stories: Iterable[Story], folder: Path, environment: Mapping[str, str]) -> History:
    """Since when each story has its status; `folder` is the content folder."""
    paths = tuple(story.path for story in stories)
    git = Git(folder, environment)
    try:
        written = _written(git)
    except Stopped:
        written = None
    if written is None:
        return History({path: _of_file(folder / path) for path in paths}, has_git=False)
    changed = _uncommitted(git)
    is_cut = git.run("rev-parse", "--is-shallow-repository").text == "true"
    found = {
        path: Since(None, "uncommitted")
        if path in changed or path not in written
        else Since(written[path], "git")
        for path in paths
    }
    return History(found, has_git=True, is_cut=is_cut)


def _written(git: Git) -> dict[str, datetime] | None:
    """The last commit that wrote each story's status, or its file where it has none; None outside a repository.

    Two passes over the history of one folder, however many stories there are.
    """
    changes = _log(git, f"-G{_PATTERN}")
    births = _log(git, "--diff-filter=A")
    if changes is None or births is None:
        return None
    return {**births, **changes}


def _log(git: Git, *what: str) -> dict[str, datetime] | None:
    done = git.run(
        "log", *what, "--format=%x01%ct", "--name-only", "--no-renames", "--relative", "-z", "--", Story.folder
    )  # fmt: skip
    return _newest(done) if done.code == 0 else None


def _newest(done: Done) -> dict[str, datetime]:
    """The first commit of git's list, which is the last in time, that names each path."""
    found: dict[str, datetime] = {}
    moment: datetime | None = None
    for item in done.items:
        head, mark, rest = item.partition("\x01")
        text = rest if mark else head
        if mark:
            stamp, _, text = rest.partition("\n")
            moment = datetime.fromtimestamp(int(stamp), UTC)
        if (path := text.strip("\n")) and moment:
            found.setdefault(path, moment)
    return found


def _uncommitted(git: Git) -> frozenset[str]:
    """Stories whose status no commit holds as it is now; files that git doesn't know are in no commit at all."""
    done = git.run(
        "diff", f"-G{_PATTERN}", "--name-only", "--no-renames", "--relative", "-z", "HEAD", "--", Story.folder
    )
    return frozenset(done.items) if done.code == 0 else frozenset()


def _of_file(file: Path) -> Since:
    try:
        return Since(datetime.fromtimestamp(int(file.stat().st_mtime), UTC), "file")
    except OSError:
        return Since(None, "file")
