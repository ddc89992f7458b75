"""The few questions that commands ask of git. Nothing else starts it; no shell is in between."""

from __future__ import annotations

import subprocess
from pathlib import Path

from curation.errors import Stopped
from portal.problems import N_, Message, message

TIMEOUT_S = 60


def added_since(revision: str, folder: Path) -> frozenset[str]:
    """The files below `folder` that `HEAD` or the working tree has and the fork from `revision` hadn't.

    Paths are relative to `folder`, with `/`. A renamed file isn't an added one.

    Raises:
        Stopped: git is missing, the folder isn't in a repository, or the revision is unknown there.
    """
    no_repository = message(N_("“{folder}” isn’t in a git repository that can be read"), folder=folder)
    _git(folder, no_repository, "rev-parse", "--show-toplevel")
    # Resolved to a hash first, so that nothing that someone calls a revision is ever read as an option.
    unknown = message(N_("git knows no revision “{revision}” here"), revision=revision)
    base = _git(
        folder, unknown, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    unrelated = message(
        N_("“{revision}” and HEAD have no common history here: fetch more of it"), revision=revision
    )
    added = ("diff", "--name-only", "--diff-filter=A", "--find-renames", "--relative", "-z")
    listed = (
        _git(folder, unrelated, *added, f"{base.strip()}...HEAD", "--", "."),
        _git(folder, unknown, *added, "--cached", "HEAD", "--", "."),
        _git(folder, unknown, "ls-files", "--others", "--exclude-standard", "-z", "--", "."),
    )
    return frozenset(path for paths in listed for path in paths.split("\0") if path)


def _git(folder: Path, refusal: Message, *arguments: str) -> str:
    """What git prints, run inside a folder; when it fails, the command stops with `refusal` and git's own words."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        raise Stopped(message(N_("git isn’t installed here"))) from None
    except subprocess.TimeoutExpired:
        raise Stopped(message(N_("git doesn’t answer"))) from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip()
        raise Stopped(
            message(N_("{what} ({why})"), what=refusal, why=why.partition("\n")[0]) if why else refusal
        )
    return done.stdout.decode("utf-8", "surrogateescape")
