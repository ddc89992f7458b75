"""What the program and the process that reads feeds say to each other: lines of JSON, which can carry no code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO, Literal

from curation.entries import Failed, ParsedFeed
from curation.reading.discover import Discovered
from portal.problems import Message

Task = Literal["feed", "page"]

READY = b"ready\n"
"""The line of a process that is waiting for a job."""
OUT_OF_MEMORY = 3
"""Its exit code when a job needed more memory than there is."""


@dataclass(frozen=True)
class Job:
    """A body to read: as a feed, or as a page that declares feeds."""

    task: Task
    source: str
    url: str
    content_type: str
    body: bytes

    def to_bytes(self) -> bytes:
        """A line that says how many bytes follow it, and these."""
        head = {"task": self.task, "source": self.source, "url": self.url, "content_type": self.content_type}
        return json.dumps([head, len(self.body)]).encode() + b"\n" + self.body

    @classmethod
    def read(cls, stream: IO[bytes]) -> Job | None:
        """The next job; None when there will be none."""
        line = stream.readline()
        if not line:
            return None
        head, length = json.loads(line)
        return cls(**head, body=stream.read(length))


def answer_line(answer: ParsedFeed | Discovered | Failed) -> bytes:
    """An answer on one line: its kind, then its values."""
    kind = {ParsedFeed: "feed", Discovered: "page", Failed: "failed"}[type(answer)]
    text = json.dumps(asdict(answer), ensure_ascii=False, default=_written)
    return f"{kind} {text}\n".encode()


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Message):
        return asdict(value)
    raise TypeError(type(value).__name__)
