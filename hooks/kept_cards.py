"""Cards drawn by earlier builds, kept outside the site: one that says the same isn't drawn again.

A file's name is the fingerprint of all that its card is drawn from, so that what is kept can't be stale; it holds no more
than the sites that were built. A card that no build has asked for in two months goes. Removing the folder costs the time of
drawing.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

from portal.content import Content
from portal.outputs import CardOutput

log = logging.getLogger("mkdocs.veillee")

KEPT_S = 60 * 24 * 3600
"""How long a card stays that no build asks for: the audiences of a site, and the branches of a repository, take turns."""

_PNG = b"\x89PNG\r\n\x1a\n"
_END = b"IEND\xaeB`\x82"


def drawn(output: CardOutput, content: Content, folder: Path | None) -> bytes:
    """The card's PNG file: the one that the folder keeps, or else drawn and kept."""
    file = folder / f"{output.fingerprint}.png" if folder else None
    if file and (found := _whole(file)):
        with suppress(OSError):
            os.utime(file)
        return found
    made = output.render(content)
    data = made if isinstance(made, bytes) else made.encode()
    if file:
        _keep(file, data)
    return data


def _whole(file: Path) -> bytes | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return data if data.startswith(_PNG) and data.endswith(_END) else None


def _keep(file: Path, data: bytes) -> None:
    """Written beside, then renamed: a build that stops half-way leaves no half of a card."""
    beside = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        log.info("%s: the card isn't kept for the next build: %s", file, error.strerror)


def forget_unused(folder: Path, now: float) -> None:
    """Remove the cards that no build has asked for in a long time; `now` is the machine's clock, as files are dated."""
    oldest = now - KEPT_S
    with suppress(OSError):
        for file in folder.glob("*.png"):
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
