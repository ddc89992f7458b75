"""The generator, loaded once a worker: each build is a fork of it that runs the generator's own command.

A build is then the work of a build, without the second that Python takes to load what it is made with.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

ROOMS = (
    "mkdocs.__main__",
    "mkdocs.commands.build",
    "material",
    "hooks.build",
    "hooks.templating",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "markdown.extensions.tables",
    "markdown.extensions.toc",
)


class Builder:
    """Runs `mkdocs` commands one after the other, each in a process of its own."""

    def __init__(self, loaded: subprocess.Popen[bytes]) -> None:
        self._loaded = loaded

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """The finished command, with what it said."""
        assert self._loaded.stdin is not None
        assert self._loaded.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            asked = [list(arguments), dict(environment), os.getcwd(), folder]
            self._loaded.stdin.write(f"{json.dumps(asked)}\n".encode())
            code = int(self._loaded.stdout.readline())
            out, said = ((Path(folder) / name).read_text(encoding="utf-8") for name in ("out", "said"))
        return subprocess.CompletedProcess(["mkdocs", *arguments], code, out, said)


@cache
def builder() -> Builder:
    """This worker's, loaded at the first build and ended with the worker."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from tests.builder import serve; serve()"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    )
    atexit.register(process.kill)
    return Builder(process)


def serve() -> None:
    """Load the generator, then fork for each line of standard input: `[arguments, environment, cwd, folder]` → its code."""
    for room in ROOMS:
        __import__(room)
    for line in sys.stdin:
        arguments, environment, working, folder = json.loads(line)
        child = os.fork()
        if child == 0:
            _build(arguments, environment, working, Path(folder))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _build(arguments: list[str], environment: dict[str, str], working: str, folder: Path) -> None:
    """The command, in a process that ends with it."""
    from mkdocs.__main__ import cli

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(working)
    for descriptor, name in ((1, "out"), (2, "said")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT), descriptor)
    code: object = 1
    try:
        cli(arguments, prog_name="mkdocs")
    except SystemExit as end:
        code = end.code
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)
