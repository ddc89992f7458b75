"""Writes files whole or not at all: beside their place first, then put there in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


def write_new(file: Path, text: str) -> None:
    """Make a file, with the folders above it.

    Raises:
        FileExistsError: it is there already, maybe since a moment ago; it is left as it is.
    """
    with _written_beside(file, text) as beside:
        # A rename would replace the file of someone who was faster; a link never does.
        try:
            os.link(beside, file)
        except FileExistsError:
            raise
        except OSError:  # some file systems have no links: the name is taken first, then filled
            os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o666))
            os.replace(beside, file)


def write_over(file: Path, text: str, *, is_durable: bool = True) -> None:
    """Make a file or replace it, with the folders above it; a reader sees the old text or the new one, whole.

    Who writes many files may leave the disk its time (`is_durable=False`), and call `os.sync` once after them.
    """
    with _written_beside(file, text, is_durable=is_durable) as beside:
        os.replace(beside, file)


@contextmanager
def _written_beside(file: Path, text: str, *, is_durable: bool = True) -> Iterator[Path]:
    """A hidden file in the same folder that holds the text, gone at the end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{token_hex(8)}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as opened:
            opened.write(text.encode())
            opened.flush()
            if is_durable:
                os.fsync(opened.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)
