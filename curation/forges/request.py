"""What is proposed to a forge and what came of it, as values; and what a forge says of an issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from curation.errors import FAILED, Stopped
from portal.problems import Message

How = Literal["nothing", "branch", "request", "push-options", "agit"]
"""Nothing differed; only the branch was pushed; a request through the forge's API; a merge request through the options
of the push (GitLab); a pull request through a push to `refs/for/` (Forgejo, Gitea)."""

MAX_TITLE_CHARS = 255
"""GitLab's and Forgejo's limit; GitHub's is one more."""
MAX_BODY_CHARS = 65_536
"""GitHub's limit of a description or a comment; the others take more."""


@dataclass(frozen=True)
class Change:
    """What is proposed: the files below `paths` as they are now, those that went too.

    `title` is one line; `body` is Markdown for the forge; `paths` are absolute or relative to the repository given.
    """

    branch: str
    title: str
    body: str
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Opened:
    """What came of a proposal. `was_there` says that the request was open already, and is refreshed.

    `kept` are the paths, inside the repository, that someone else changed meanwhile: theirs stand. `notes` are
    sentences for whoever runs the command.
    """

    url: str | None
    number: int | None
    was_there: bool
    how: How
    kept: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Request:
    """An open pull or merge request."""

    number: int
    url: str


@dataclass(frozen=True)
class Issue:
    """An open issue. `body` is the Markdown that its form made; `author` is a name on the forge; `created_at` is aware."""

    number: int
    title: str
    body: str
    author: str
    labels: tuple[str, ...]
    url: str
    created_at: datetime


class ForgeRefused(Stopped):
    """Raised when a forge's API says no; `status` is None when it wasn't reached or isn't one."""

    def __init__(self, what: Message, status: int | None = None) -> None:
        super().__init__(what, FAILED)
        self.status = status


def bounded(text: str, max_chars: int = MAX_BODY_CHARS) -> str:
    """A Markdown text cut at the end of a line when it is too long, with a sign that it was."""
    if len(text) <= max_chars:
        return text
    kept, _, _ = text[: max_chars - 3].rpartition("\n")
    return f"{kept or text[: max_chars - 3]}\n\n…"


def one_line(title: str) -> str:
    """A title as forges take it."""
    line = " ".join(title.split())
    return line if len(line) <= MAX_TITLE_CHARS else f"{line[: MAX_TITLE_CHARS - 1]}…"
