"""What this clone last saw of a proposal's branch: a reference of its own, `refs/veillee/…`, which nobody else reads.

It points to a commit that is never pushed: its tree holds the files as they were taken into account here, its parent
is the tip of the branch at that moment. Without it (a fresh clone), all that the branch holds is someone else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curation.forges.trees import Author, Clone, write_commit
from curation.forges.versions import Entry


@dataclass(frozen=True)
class Seen:
    """The branch's tip then, and the commit that holds what was taken into account."""

    tip: str
    commit: str


def recall(clone: Clone, branch: str) -> Seen | None:
    """What was seen; None when nothing was, or when git threw it away."""
    commit, tip = clone.commit(_reference(branch)), clone.commit(f"{_reference(branch)}^1")
    return Seen(tip, commit) if commit and tip else None


def remember(
    clone: Clone, branch: str, tip: str, ignored: Mapping[str, Entry | None], author: Author
) -> None:
    """Note that the branch was seen at `tip`, but for the `ignored` files: those stay as they were seen before."""
    commit = write_commit(clone, clone.tree(tip, ignored), tip, f"Seen of {branch}\n", author)
    clone.git.run("update-ref", _reference(branch), commit)


def forget(clone: Clone, branch: str) -> None:
    """Note that the branch is gone."""
    clone.git.run("update-ref", "-d", _reference(branch))


def _reference(branch: str) -> str:
    return f"refs/veillee/{branch}"
