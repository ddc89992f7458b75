"""The real program, loaded once: each run is a fork of it, in a process group of its own, that can be killed.

What is tested by killing is the work, not the interpreter's start: a moment at random then falls inside the work.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.commands import environment

ROOMS = (
    "curation.cli",
    "curation.feeds.run",
    "curation.feeds.report",
    "curation.desk.desk",
    "curation.desk.curator",
    "curation.newsletter.posting",
    "curation.newsletter.starting",
)


class Program:
    """Runs commands one after the other."""

    def __init__(self, loaded: subprocess.Popen[bytes]) -> None:
        self._loaded = loaded

    def run(self, arguments: Sequence[str], folder: Path, within_s: float | None = None) -> int | None:
        """The exit code of a run in a folder; None when it was killed, with the processes that it started."""
        return self._run(arguments, folder, lambda: self._ends(within_s))

    def run_until(
        self, arguments: Sequence[str], folder: Path, is_time: Callable[[], bool], then_s: float = 0
    ) -> int | None:
        """The same; it is killed so long after `is_time`, which is asked again and again."""

        def has_ended() -> bool:
            while not is_time():
                if self._ends(0.001):
                    return True
            return self._ends(then_s)

        return self._run(arguments, folder, has_ended)

    def _run(self, arguments: Sequence[str], folder: Path, has_ended: Callable[[], bool]) -> int | None:
        assert self._loaded.stdin is not None
        assert self._loaded.stdout is not None
        self._loaded.stdin.write(f"{json.dumps([list(arguments), str(folder)])}\n".encode())
        child = int(self._loaded.stdout.readline())
        if not has_ended():
            with suppress(ProcessLookupError):  # it may end just now
                os.killpg(child, signal.SIGKILL)
        code = int(self._loaded.stdout.readline())
        return None if code == -signal.SIGKILL else code

    def _ends(self, within_s: float | None) -> bool:
        return bool(select.select([self._loaded.stdout], [], [], within_s)[0])

    def seconds(self, arguments: Sequence[str], folder: Path) -> float:
        """How long an uninterrupted run takes here and now; it must end well."""
        started = time.monotonic()
        code = self.run(arguments, folder)
        assert code == 0, arguments
        return time.monotonic() - started


@contextmanager
def loaded() -> Iterator[Program]:
    """The program, at the tests' moment, until the end of the block."""
    with subprocess.Popen(
        [sys.executable, "-c", "from tests.warm import serve; serve()"],
        env=environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as process:
        yield Program(process)
        assert process.stdin is not None
        process.stdin.close()


def serve() -> None:
    """Load the program, then fork for each line of standard input: `[arguments, folder]` → the child, then its code."""
    for room in ROOMS:
        __import__(room)
    for line in sys.stdin:
        arguments, folder = json.loads(line)
        child = os.fork()
        if child == 0:
            _command(arguments, folder)
        os.setpgid(child, child)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _command(arguments: list[str], folder: str) -> None:
    """The command, in a process that ends with it."""
    os.setpgid(0, 0)
    os.chdir(folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.argv = ["veillee", *arguments]
    code: object = 1
    try:
        from curation.cli import main

        main()
        code = 0
    except SystemExit as end:
        code = end.code
    finally:
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)
