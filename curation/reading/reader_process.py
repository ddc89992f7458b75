"""The process that reads what strangers wrote. Started by `reader`; it can be killed at any moment, and nothing is lost.

It has neither files nor network, a bound on its memory, and for each job a bound on its processor time that the kernel
keeps: its signal ends C code too, which no exception of Python's would reach.
"""

from __future__ import annotations

import codecs
import os
import resource
import signal
import sys

from curation.entries import Failed, ParsedFeed
from curation.reading.body import read_feed
from curation.reading.decoding import IN_USE, Unreadable
from curation.reading.discover import Discovered, find_feeds
from curation.reading.wire import OUT_OF_MEMORY, READY, Job, answer_line

_SAMPLE = b'<rss version="2.0"><channel><item><title>&eacute;</title></item></channel></rss>'
# The sizes of this process, in pages; opened while it still may.
_SIZES = open("/proc/self/statm", "rb", buffering=0) if sys.platform == "linux" else None  # noqa: SIM115 - kept open
_FORBIDDEN = ("open", "os.", "socket.", "subprocess.", "urllib.", "ctypes.", "shutil.", "tempfile.")


def main() -> None:
    """Answers jobs from standard input on standard output. Arguments: seconds of processor time, bytes of memory."""
    cpu_s, memory_bytes = float(sys.argv[1]), int(sys.argv[2])
    # What the libraries load at their first use is there before files are out of reach.
    read_feed(_SAMPLE, "", "", "")
    for encoding in IN_USE:
        codecs.lookup(encoding)
    _enclose(memory_bytes)
    try:
        _serve(cpu_s, memory_bytes)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # anything else might need some


def _serve(cpu_s: float, memory_bytes: int) -> None:
    """Until there is nothing more to do, or this process holds on to memory that the next feed would miss."""
    most = _size() + memory_bytes // 8
    while _size() <= most:
        _say(READY)
        job = Job.read(sys.stdin.buffer)
        if job is None:
            return
        signal.setitimer(signal.ITIMER_PROF, cpu_s)
        line = _answer(job)
        signal.setitimer(signal.ITIMER_PROF, 0)
        _say(line)


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


def _size() -> int:
    """Bytes of address space now. The kernel's own peak (ru_maxrss) may be that of the program that started this one."""
    if _SIZES is None:
        return 0
    _SIZES.seek(0)
    return int(_SIZES.read().split()[0]) * resource.getpagesize()


def _enclose(memory_bytes: int) -> None:
    """Bounds for good: memory, no core file, no writing, no other process; then no way to open anything."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    # The terminal's Ctrl+C is for the program, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    if sys.platform != "darwin":  # macOS refuses this bound; there, time alone ends a job
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: object) -> None:
    """Not a prison, but nothing that a library does by mistake gets past it."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


def _answer(job: Job) -> bytes:
    try:
        return answer_line(_read(job))
    except Unreadable as unreadable:
        return answer_line(Failed(job.source, "unreadable", unreadable.message))


def _read(job: Job) -> ParsedFeed | Discovered:
    if job.task == "page":
        return find_feeds(job.body, job.content_type, job.url)
    return read_feed(job.body, job.content_type, job.url, job.source)


if __name__ == "__main__":
    main()
