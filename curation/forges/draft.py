"""What would be proposed: the files, the commit on which they are laid, and what others did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curation.forges.remote import Heads
from curation.forges.seen import recall
from curation.forges.trees import Author, Clone, is_untouched, signed, write_commit
from curation.forges.versions import Branch, Chosen, Entry, Versions, changes, wanted, with_theirs


@dataclass(frozen=True)
class Draft:
    """A commit that isn't made yet: on `start`, with these `versions` of the scope.

    `kept` are the paths where someone else's version stands although we had another; `unseen` are all those where it
    does, as they were before. `tip` is what the branch holds, None when there is none that waits.
    """

    start: str
    is_on_target: bool
    before: Versions
    target: Versions
    versions: Versions
    kept: tuple[str, ...]
    unseen: Mapping[str, Entry | None]
    tip: Versions | None

    @property
    def is_empty(self) -> bool:
        """Whether the target has all of it."""
        return self.versions == self.target

    @property
    def is_there(self) -> bool:
        """Whether the branch holds these versions already."""
        return self.tip == self.versions

    @property
    def is_outdated(self) -> bool:
        """Whether the branch waits with something else than what would be proposed."""
        return self.tip is not None and self.tip != self.versions

    @property
    def files(self) -> dict[str, str]:
        """What becomes of each file of the target that isn't left as it is: `added`, `changed` or `removed`, by path."""
        differing = sorted(changes(self.target, self.versions).items())
        return {
            path: "removed" if entry is None else "changed" if path in self.target else "added"
            for path, entry in differing
        }

    def commit(self, clone: Clone, text: str, author: Author) -> str:
        """Make the commit: it is in no branch yet."""
        tree = clone.tree(self.start, changes(self.before, self.versions))
        whole = signed(text, tree, self.start) if self.is_on_target else f"{text.rstrip()}\n"
        return write_commit(clone, tree, self.start, whole, author)


def drafted(clone: Clone, heads: Heads, branch: str) -> Draft:
    """What to propose: what changed here since the target, under what others put in the branch."""
    target = clone.versions(heads.target_tip)
    here = clone.commit("HEAD")
    base = (clone.fork(here, heads.target_tip) or here) if here else None
    ours = wanted(clone.working(), clone.versions(base), target)
    waiting = None if heads.tip is None else waiting_in(clone, heads, branch, target)
    if heads.tip is None or waiting is None:
        return Draft(heads.target_tip, True, target, target, ours.versions, ours.kept, {}, None)
    chosen = with_theirs(ours.versions, waiting, target)
    is_alone = _is_ours_alone(clone, heads.tip, branch)
    return Draft(
        heads.target_tip if is_alone else heads.tip,
        is_alone,
        target if is_alone else waiting.tip,
        target,
        chosen.versions,
        _both(ours, chosen),
        {path: waiting.seen.get(path) for path in chosen.theirs},
        waiting.tip,
    )


def waiting_in(clone: Clone, heads: Heads, branch: str, target: Versions) -> Branch | None:
    """The files of the branch; None when the target has its commits already, so that it only waits to be deleted."""
    fork = clone.fork(heads.tip, heads.target_tip) if heads.tip else None
    if fork == heads.tip:
        return None
    left = clone.versions(fork) if fork else target
    seen = recall(clone, branch)
    return Branch(clone.versions(heads.tip), clone.versions(seen.commit) if seen else left, left)


def _is_ours_alone(clone: Clone, tip: str, branch: str) -> bool:
    """Whether the branch holds one commit of these paths, made by this program and seen here: it may be made again."""
    seen = recall(clone, branch)
    is_known = seen is not None and seen.tip == tip and is_untouched(clone, tip)
    return is_known and clone.is_within(f"{tip}^", tip)


def _both(ours: Chosen, chosen: Chosen) -> tuple[str, ...]:
    return tuple(sorted({*ours.kept, *chosen.kept}))
