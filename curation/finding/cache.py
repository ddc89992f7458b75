"""Indexes kept on disk, each in a folder named by its fingerprint: whole or not there, safe to lose, safe to share.

An index is written beside its place, then renamed. A list of digests is written last: what it doesn't confirm is made
again. Nothing else of the folder is read before that, because Whoosh keeps its tables pickled.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from curation.finding.index import Index

INDEXES = Path(".cache/veillee/whoosh")
"""Where they are, from the working folder."""

KEPT = 4
"""So many are kept, those used last: an audience each, or a branch each."""

_WHOLE = "whole.json"
_BESIDE = ".beside"
_FORGOTTEN_S = 3600
"""What stands beside for longer was left by a process that was killed."""


@contextmanager
def opened(
    folder: Path, make: Callable[[Path], None], damaged: Callable[[], None] = lambda: None
) -> Iterator[Index]:
    """The index of a folder. Where it isn't whole, `make` fills an empty folder; `damaged` is called if one was there.

    Where nothing can be written, or another process takes the folder away, the index lives in a temporary folder.
    """
    with suppress(OSError):
        if not is_whole(folder):
            if folder.exists():
                damaged()
            _renew(folder, make)
        os.utime(folder)
        _tidy(folder.parent)
    try:
        index = Index(folder)
    except OSError:
        with TemporaryDirectory(prefix="veillee-") as elsewhere:
            make(Path(elsewhere))
            with Index(Path(elsewhere)) as index:
                yield index
        return
    with index:
        yield index


def is_whole(folder: Path) -> bool:
    """Whether the folder holds what was written there, no byte more or less."""
    try:
        listed = json.loads((folder / _WHOLE).read_bytes())
        return bool(listed == _digests(folder))
    except (OSError, ValueError, RecursionError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.iterdir() if file.name != _WHOLE)
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in files}


def _renew(folder: Path, make: Callable[[Path], None]) -> None:
    """Fill a folder beside, then put it there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(folder)
    beside.mkdir()
    try:
        make(beside)
        (beside / _WHOLE).write_text(json.dumps(_digests(beside)))
        _put(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put(made: Path, folder: Path) -> None:
    """Give a folder its place, unless another process was faster; what is damaged there goes."""
    try:
        os.rename(made, folder)
    except OSError:
        if is_whole(folder):
            return
        aside = _beside(folder)
        os.rename(folder, aside)
        os.rename(made, folder)
        _remove(aside)


def _beside(folder: Path) -> Path:
    return folder.with_name(token_hex(8) + _BESIDE)


def _tidy(parent: Path) -> None:
    """Keep what was used last; a process that reads an index that goes has its files open, or makes its own."""
    found = sorted(((path.stat().st_mtime, path) for path in parent.iterdir()), reverse=True)
    indexes = [path for _, path in found if not path.name.endswith(_BESIDE)]
    forgotten = [path for used, path in found if path not in indexes and used < found[0][0] - _FORGOTTEN_S]
    for path in [*indexes[KEPT:], *forgotten]:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
