"""Takes up what waits in a proposal's branch: its files are written in the working tree, where nothing changed here.

A scheduled run starts from the target alone; without this it would know neither yesterday's candidates nor what
curators wrote in them in the forge's editor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from curation.files import write_over
from curation.forges.draft import waiting_in
from curation.forges.remote import Heads, twice
from curation.forges.request import Change
from curation.forges.seen import remember
from curation.forges.session import Session
from curation.forges.trees import Clone
from curation.forges.versions import Entry, to_take_up
from portal.settings import Site

_REGULAR = {"100644", "100755"}


@dataclass(frozen=True)
class Resumed:
    """The files that were written and removed, and those left alone since they changed here too; paths in the clone."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def resume(  # noqa: PLR0913 - what it works with, each from elsewhere
    branch: str,
    paths: tuple[Path, ...],
    repository: Path,
    target: str | None,
    environment: Mapping[str, str],
    *,
    site: Site = Site(),  # noqa: B008 - it is frozen
    now: datetime | None = None,
) -> Resumed:
    """Write in the working tree what the branch holds below `paths`; nothing when there is no such branch.

    Raises:
        Stopped: with a sentence; nothing was written unless a file can't be.
    """
    session = Session.of(Change(branch, "", "", paths), repository, environment, site, now)
    heads = twice(branch, lambda: session.heads(branch, target))
    return _taken_up(session, heads, branch)


def _taken_up(session: Session, heads: Heads, branch: str) -> Resumed:
    clone = session.clone
    waiting = waiting_in(clone, heads, branch, clone.versions(heads.target_tip)) if heads.tip else None
    if waiting is None or heads.tip is None:
        return Resumed()
    files, left = to_take_up(waiting, clone.working())
    written, removed, refused = [], [], list(left)
    for path, entry in files.items():
        if not _is_plain(clone.git.folder, path, entry):
            refused.append(path)
        elif entry is None:
            Path(clone.git.folder, path).unlink(missing_ok=True)
            removed.append(path)
        elif _write(clone, path, entry):
            written.append(path)
        else:
            refused.append(path)
    remember(clone, branch, heads.tip, {path: waiting.seen.get(path) for path in refused}, session.author)
    return Resumed(tuple(written), tuple(removed), tuple(sorted(refused)))


def _write(clone: Clone, path: str, entry: Entry) -> bool:
    """Whether it could be written: only texts are."""
    try:
        text = clone.blob(entry).decode()
    except UnicodeDecodeError:
        return False
    write_over(Path(clone.git.folder, path), text)
    return True


def _is_plain(top: Path, path: str, entry: Entry | None) -> bool:
    """Whether a path of someone else's names a plain file inside the clone, reached through no link."""
    parts = path.split("/")
    if any(part in {"", ".", "..", ".git"} for part in parts) or (entry and entry.mode not in _REGULAR):
        return False
    return not any(Path(top, *parts[:depth]).is_symlink() for depth in range(1, len(parts) + 1))
