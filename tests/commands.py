"""Runs the `veillee` command for the tests: in this process, as a process of its own, or inside a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from typer.testing import CliRunner, Result

from curation.cli import app
from portal.loading import load_content
from portal.records import Record
from tests.conftest import MINI, NOW, ROOT

ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
    "VEILLEE_CONTENT": None,
    "VEILLEE_CONFIG": None,
}
PROGRAM = [sys.executable, "-c", "from curation.cli import main; main()"]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def run(*arguments: str, answers: str | None = None, **variables: str) -> Result:
    """The command in this process, at the tests' moment and in the working folder; `answers` is what is typed."""
    result = CliRunner(env={**ENVIRONMENT, **variables}).invoke(app, list(arguments), input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def process(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, without a terminal."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env=environment(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def terminal(*arguments: str, cwd: Path, answers: Sequence[str] = (), **variables: str) -> tuple[int, str]:
    """The command in a terminal of its own; each answer is typed once a question waits. Exit code and screen."""
    ours, theirs = pty.openpty()
    env = environment({"TERM": "xterm-256color", "COLUMNS": "100", **variables})
    child = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=cwd,
        env=env,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen, waiting, seen = b"", list(answers), 0
    while _has_more(ours):
        try:
            read = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        screen += read
        if waiting and re.search(rb": (?:\x1b\[[0-9;?]*[a-zA-Z])*$", screen[seen:]):
            seen = len(screen)
            os.write(ours, waiting.pop(0).encode() + b"\n")
    os.close(ours)
    return child.wait(), screen.decode().replace("\r\n", "\n")


def _has_more(descriptor: int) -> bool:
    """Whether the other side says something, within a minute of silence at most."""
    return bool(select.select([descriptor], [], [], 60)[0])


def environment(more: dict[str, str]) -> dict[str, str]:
    """This process's, at the tests' moment, with some variables more."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in {*ENVIRONMENT, "NO_COLOR", "FORCE_COLOR"}
    }
    fixed = {key: value for key, value in ENVIRONMENT.items() if value is not None}
    return {**kept, **fixed, "PYTHONPATH": str(ROOT), **more}


def write(folder: Path, **files: str) -> None:
    """Write files of the content; `people__x` stands for `content/people/x.md`."""
    for name, text in files.items():
        file = folder / "content" / f"{name.replace('__', '/')}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def added(folder: Path) -> list[str]:
    """The files that the miniature company hasn't, hidden ones too."""
    before = {file.relative_to(MINI).as_posix() for file in MINI.rglob("*") if file.is_file()}
    now = {
        file.relative_to(folder / "content").as_posix()
        for file in (folder / "content").rglob("*")
        if file.is_file()
    }
    return sorted(now - before)


def read(folder: Path, path: str) -> Record:
    """One record, from a folder that holds no problem."""
    loaded = load_content(folder / "content")
    assert loaded.problems == ()
    return loaded.content.by_path[path]
