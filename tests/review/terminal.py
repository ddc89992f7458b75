"""The screen as a process of its own in a terminal of its own: keystrokes go in, what was drawn comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands import PROGRAM, environment

_ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\^_=>])")
_PATIENCE_S = 60


class Terminal:
    """A terminal in which a command runs; `seen` is what it has drawn, without colours and cursor moves."""

    def __init__(self, child: subprocess.Popen[bytes], descriptor: int) -> None:
        self._child, self._descriptor = child, descriptor
        self._read = b""
        self._looked = 0

    @property
    def seen(self) -> str:
        """All that was drawn so far."""
        return _ESCAPES.sub(b"", self._read).decode(errors="replace")

    def keys(self, text: str) -> None:
        """Type."""
        os.write(self._descriptor, text.encode())

    def wait(self, words: str) -> None:
        """Until these words are drawn, after those waited for before."""
        while (found := self.seen.find(words, self._looked)) < 0:
            assert self._more(), f"{words!r} isn't drawn:\n{self.seen[self._looked :]}"
        self._looked = found + len(words)

    def leave(self) -> int:
        """The exit code, once the command has ended."""
        while self._more():
            pass
        return self._child.wait(_PATIENCE_S)

    def kill(self) -> None:
        """What no program can answer to."""
        os.kill(self._child.pid, signal.SIGKILL)
        self._child.wait(_PATIENCE_S)

    def _more(self) -> bool:
        if not select.select([self._descriptor], [], [], _PATIENCE_S)[0]:
            return False
        try:
            read = os.read(self._descriptor, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self._read += read
        return bool(read)


@contextmanager
def terminal(
    *arguments: str, cwd: Path, size: tuple[int, int] = (100, 30), **variables: str
) -> Iterator[Terminal]:
    """Run a command in a terminal of so many columns and lines."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    variables = {"TERM": "xterm-256color", "LINES": str(size[1]), "COLUMNS": str(size[0]), **variables}
    child = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env=environment(variables),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Terminal(child, ours)
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        os.close(ours)
