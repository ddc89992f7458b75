"""The few questions that commands ask of git. Nothing else starts it; no shell is in between."""

from __future__ import annotations

import subprocess
from pathlib import Path

from curation.errors import Stopped
from portal.problems import N_, message

TIMEOUT_S = 60


def added_since(revision: str, folder: Path) -> frozenset[str]:
    """The files below `folder` that `HEAD` or the working tree has and the fork from `revision` hadn't.

    Paths are relative to `folder`, with `/`. A renamed file isn't an added one.

    Raises:
        Stopped: git is missing, the folder isn't in a repository, or the revision is unknown there.
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree") is None:
        raise Stopped(message(N_("“{folder}” isn’t in a git repository"), folder=folder))
    # Resolved to a hash first, so that nothing that someone calls a revision is ever read as an option.
    base = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if base is None:
        raise Stopped(message(N_("git knows no revision “{revision}” here"), revision=revision))
    added = ["diff", "--name-only", "--diff-filter=A", "--find-renames", "--relative", "-z"]
    committed = _git(folder, *added, f"{base.strip()}...HEAD", "--", ".")
    if committed is None:
        what = N_("“{revision}” and HEAD have no common history: fetch more of it, then try again")
        raise Stopped(message(what, revision=revision))
    staged = _git(folder, *added, "--cached", "HEAD", "--", ".") or ""
    untracked = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".") or ""
    return frozenset(path for listed in (committed, staged, untracked) for path in listed.split("\0") if path)


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints, run inside a folder; None when it refuses."""
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        raise Stopped(message(N_("git isn’t installed here"))) from None
    except subprocess.TimeoutExpired:
        raise Stopped(message(N_("git doesn’t answer"))) from None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
