"""One process that reads for us what strangers wrote, seen from here: started, asked, put behind others, ended."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from curation.errors import FAILED, Stopped
from curation.reading.wire import READY, Job
from portal.problems import N_, message

_CANNOT_START = N_("the process that reads feeds can’t start: {why}")
_MODULE = "curation.reading.reader_process"
_START_S = 30
_NICE = 10
MIB = 1024 * 1024


@dataclass(frozen=True)
class ParseLimits:
    """What reading one body may cost, and how many are read at once."""

    cpu_s: float = 5
    """Of processor time; the kernel keeps it."""
    memory_bytes: int = 256 * MIB
    """Of address space, the interpreter's included; the kernel keeps it."""
    wall_s: float = 60
    """On the clock, for what waits without computing."""
    answer_bytes: int = 24 * MIB
    """Of what was read, on its way back."""
    lanes: int = 2
    """Bodies that are read at once."""
    slow_after_s: float = 0.5
    """How long one may keep a lane, after which it goes on beside them with less of the processor."""
    slow_lanes: int = 4
    """How many go on beside; others are put off until these are done."""


class Gone(Exception):  # noqa: N818 - it is expected
    """The process ended before it answered; `code` is its exit code, or minus the signal that killed it."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    """A running process. It answers one job at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, limits: ParseLimits) -> Self:
        """A process that inherits nothing: neither variables, nor files, nor modules of the working folder.

        Raises:
            Stopped: it can't run here.
        """
        try:
            reader = cls(
                await asyncio.create_subprocess_exec(
                    sys.executable, "-I", "-B", "-m", _MODULE, str(limits.cpu_s), str(limits.memory_bytes),
                    stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
                    env={}, limit=limits.answer_bytes,
                )
            )  # fmt: skip
        except OSError as error:
            raise Stopped(message(_CANNOT_START, why=error.strerror or error), FAILED) from None
        try:
            if await reader.is_ready():
                return reader
        except asyncio.CancelledError:
            await reader.end()
            raise
        raise Stopped(message(_CANNOT_START, why=await reader._last_words()), FAILED)

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    async def is_ready(self) -> bool:
        """Whether it takes a job; one that has grown too large leaves instead."""
        try:
            async with asyncio.timeout(_START_S):
                return await self._line() == READY
        except (Gone, TimeoutError):
            return False

    async def ask(self, job: Job) -> bytes:
        """The line that answers a job.

        Raises:
            Gone: the process ended instead.
            ValueError: the line is too long.
        """
        stream = self._process.stdin
        assert stream is not None  # noqa: S101 - it was started with pipes
        with suppress(ConnectionError):  # what became of it is read below
            stream.write(job.to_bytes())
            await stream.drain()
        return await self._line()

    def step_aside(self) -> None:
        """Leave the processor to others from now on; there is no way back."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _NICE)

    async def end(self) -> int:
        """Kill it, and wait until it is gone. The exit code, or minus the signal."""
        with suppress(ProcessLookupError):
            self._process.kill()
        return await self._process.wait()

    async def _last_words(self) -> str:
        """What it complained about, or its exit code."""
        code, stream = await self.end(), self._process.stderr
        said = (await stream.read()).decode(errors="replace").split("\n") if stream else []
        return next((line for line in reversed(said) if line.strip()), str(code))

    async def _line(self) -> bytes:
        stream = self._process.stdout
        assert stream is not None  # noqa: S101 - it was started with pipes
        line = await stream.readline()
        if not line.endswith(b"\n"):
            raise Gone(await self._process.wait())
        return line
