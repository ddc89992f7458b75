"""Bodies → feeds, in processes of their own: whatever a body holds, its reading ends within bounds and delays nobody.

A body is read in one of two lanes. What takes longer than most leaves its lane to the next, and goes on beside with
less of the processor; when there is no room beside either, it is read again, from the start, once there is.
"""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from typing import Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from curation.entries import Failed, Failure, ParsedFeed, Retrieved
from curation.errors import Stopped
from curation.reading.discover import Discovered
from curation.reading.reader import MIB, Gone, ParseLimits, Reader
from curation.reading.wire import OUT_OF_MEMORY, Job, Task
from portal.problems import N_, Message, message

__all__ = ["ParseLimits", "Parsers"]

_Answer = TypeVar("_Answer", ParsedFeed, Discovered)

_FEED = TypeAdapter(ParsedFeed)
_PAGE = TypeAdapter(Discovered)
_FAILED = TypeAdapter(Failed)


class _Refused(Exception):  # noqa: N818 - nothing is wrong with the program
    """A body that isn't read to its end."""

    def __init__(self, reason: Message, kind: Failure = "too-costly") -> None:
        super().__init__(str(reason))
        self.reason, self.kind = reason, kind


@dataclass
class _Reading:
    """A job that a process works on."""

    reader: Reader
    line: asyncio.Task[bytes]
    is_aside: bool = False

    async def ends_within(self, seconds: float) -> bool:
        await asyncio.wait({self.line}, timeout=seconds)
        return self.line.done()

    def step_aside(self) -> None:
        self.reader.step_aside()
        self.is_aside = True

    async def stop(self) -> None:
        """Kill the process."""
        self.line.cancel()
        await self.reader.end()
        await asyncio.wait({self.line})

    @property
    def leaves_reader(self) -> bool:
        """Whether the process can take another job: it has answered, and still gets its share of the processor."""
        return (
            self.line.done() and not self.line.cancelled() and not self.line.exception() and not self.is_aside
        )


class _BroughtDown(_Refused):
    """The process ended for no reason of ours: the body's fault, or somebody's who killed it."""


class Parsers:
    """Reads feeds and pages, as an async context manager whose processes end with it."""

    def __init__(self, limits: ParseLimits = ParseLimits()) -> None:  # noqa: B008 - frozen
        self._limits = limits
        self._lanes = asyncio.Semaphore(limits.lanes)
        self._beside = asyncio.Semaphore(limits.slow_lanes)
        self._idle: list[Reader] = []
        self._started: set[Reader] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(reader.end() for reader in self._started))

    async def parse(self, retrieved: Retrieved) -> ParsedFeed | Failed:
        """The feed in an answer, or why there is none. Nothing that a body holds raises.

        Raises:
            Stopped: no process can be started here.
        """
        return await self._read("feed", retrieved, _FEED)

    async def discover(self, retrieved: Retrieved) -> Discovered | Failed:
        """The feeds that a page declares, or why it can't be read.

        Raises:
            Stopped: no process can be started here.
        """
        return await self._read("page", retrieved, _PAGE)

    async def _read(
        self, task: Task, retrieved: Retrieved, answers: TypeAdapter[_Answer]
    ) -> _Answer | Failed:
        body = retrieved.body or b""
        if not body.strip():
            return Failed(retrieved.source, "empty", message(N_("it is empty")))
        job = Job(task, retrieved.source, retrieved.url, retrieved.content_type, body)
        try:
            kind, _, values = (await self._line_of_two(job)).partition(b" ")
            if kind == b"failed":
                return _FAILED.validate_json(values, strict=True)
            return answers.validate_json(values, strict=True)
        except _Refused as refused:
            return Failed(retrieved.source, refused.kind, refused.reason)
        except ValidationError:
            what = message(N_("what was read out of it makes no sense"))
            return Failed(retrieved.source, "unreadable", what)

    async def _line_of_two(self, job: Job) -> bytes:
        """The line that answers a job, at the second attempt if the first one's process was brought down."""
        try:
            return await self._line(job)
        except _BroughtDown:
            return await self._line(job)

    async def _line(self, job: Job) -> bytes:
        """The line that answers a job, first in a lane, then beside."""
        reading = None
        try:
            async with self._lanes:
                reading = await self._begin(job)
                if await reading.ends_within(self._limits.slow_after_s):
                    return self._answer(reading)
                if self._beside.locked():
                    await self._end(reading)
                    reading = None
            async with self._beside:
                reading = reading or await self._begin(job)
                reading.step_aside()
                if await reading.ends_within(self._limits.wall_s):
                    return self._answer(reading)
                what = N_("reading it takes longer than {seconds} s")
                raise _Refused(message(what, seconds=self._limits.wall_s))
        finally:
            if reading:
                await self._end(reading)

    async def _begin(self, job: Job) -> _Reading:
        reader = await self._ready()
        return _Reading(reader, asyncio.create_task(reader.ask(job)))

    async def _ready(self) -> Reader:
        """A process that waits for a job: one that has done others, or a new one."""
        while self._idle:
            reader = self._idle.pop()
            if await reader.is_ready():
                return reader
            await self._dismiss(reader)
        try:
            reader = await Reader.start(self._limits)
        except Stopped:  # on a machine that is short of everything, the second attempt may succeed
            reader = await Reader.start(self._limits)
        self._started.add(reader)
        return reader

    async def _end(self, reading: _Reading) -> None:
        if reading.leaves_reader:
            self._idle.append(reading.reader)
        else:
            await reading.stop()
            await self._dismiss(reading.reader)

    async def _dismiss(self, reader: Reader) -> None:
        await reader.end()
        self._started.discard(reader)

    def _answer(self, reading: _Reading) -> bytes:
        try:
            return reading.line.result()
        except Gone as gone:
            raise self._cause_of_death(gone.code) from None
        except ValueError:
            what = N_("what was read out of it is larger than {mebibytes} MiB")
            raise _Refused(message(what, mebibytes=self._limits.answer_bytes // MIB)) from None

    def _cause_of_death(self, code: int) -> _Refused:
        if code == -signal.SIGPROF:
            what = N_("reading it takes more than {seconds} s of processor time")
            return _Refused(message(what, seconds=self._limits.cpu_s))
        if code == OUT_OF_MEMORY:
            what = N_("reading it takes more than {mebibytes} MiB of memory")
            return _Refused(message(what, mebibytes=self._limits.memory_bytes // MIB))
        return _BroughtDown(message(N_("reading it brings down the process that reads feeds")))
