"""The only module that starts git. No shell is in between, no question is ever asked, and git's hooks don't run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from curation.errors import FAILED, Stopped
from portal.problems import N_, Message, message

TIMEOUT_S = 60
NETWORK_TIMEOUT_S = 180

_QUIET = {
    "LC_ALL": "C",  # its words are read by programs here
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}
_LEFT_BY_HOOKS = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_OBJECT_DIRECTORY",
        "GIT_QUARANTINE_PATH",
    }
)
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.splitIndex=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "commit.gpgSign=false",
    "i18n.commitEncoding=UTF-8",
    # A connection that says nothing for so long is given up.
    "http.lowSpeedLimit=1",
    "http.lowSpeedTime=60",
)
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True)
class Done:
    """How git ended. `stdout` is as it came; `stderr` is text without any credentials."""

    code: int
    stdout: bytes
    stderr: str

    @property
    def text(self) -> str:
        """What it printed, without the end of its last line; bytes that are no UTF-8 survive a return trip."""
        return self.stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    @property
    def items(self) -> list[str]:
        """What it printed with `-z`."""
        return [item for item in self.text.split("\0") if item]


@dataclass(frozen=True)
class Git:
    """git inside `folder`, with the variables of `environment` and these `settings` (`name=value`) over the user's own."""

    folder: Path
    environment: Mapping[str, str]
    settings: tuple[str, ...] = ()

    def run(
        self,
        *arguments: str,
        given: bytes = b"",
        index: Path | None = None,
        variables: Mapping[str, str] | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> Done:
        """What git did; `index` is a file that stands for its index, `given` its standard input.

        Raises:
            Stopped: git is missing, or doesn't end.
        """
        options = [part for setting in (*_SETTINGS, *self.settings) for part in ("-c", setting)]
        command = ["git", "-C", str(self.folder), *options, *arguments]
        environment = {**_clean(self.environment), **_QUIET, **(variables or {})}
        if index is not None:
            environment["GIT_INDEX_FILE"] = str(index)
        code, printed, said = _started(command, environment, given, timeout_s)
        return Done(code, printed, without_credentials(said.decode("utf-8", "replace").strip()))

    def ask(self, refusal: Message, *arguments: str, given: bytes = b"", index: Path | None = None) -> Done:
        """The same, when it must succeed.

        Raises:
            Stopped: it failed, with `refusal` and git's own words.
        """
        done = self.run(*arguments, given=given, index=index)
        if done.code:
            raise Stopped(_why(refusal, done.stderr))
        return done


def without_credentials(text: str) -> str:
    """A text whose addresses name nobody and carry no password."""
    return _CREDENTIALS.sub("", text)


def added_since(revision: str, folder: Path) -> frozenset[str]:
    """The files below `folder` that `HEAD` or the working tree has and the fork from `revision` hadn't.

    Paths are relative to `folder`, with `/`. A renamed file isn't an added one.

    Raises:
        Stopped: git is missing, the folder isn't in a repository, or the revision is unknown there.
    """
    base = _fork_of(revision, folder)
    unknown, unrelated = _refusals(revision)
    added = ("diff", "--name-only", "--diff-filter=A", "--find-renames", "--relative", "-z")
    listed = (
        _git(folder, unrelated, *added, f"{base}...HEAD", "--", "."),
        _git(folder, unknown, *added, "--cached", "HEAD", "--", "."),
        _git(folder, unknown, "ls-files", "--others", "--exclude-standard", "-z", "--", "."),
    )
    return frozenset(path for paths in listed for path in paths.split("\0") if path)


def changed_since(revision: str, folder: Path, inside: str) -> dict[str, bytes]:
    """What the files that have changed in a folder `inside` of `folder` held at the fork from `revision`.

    By path, relative to `folder`.

    Raises:
        Stopped: like `added_since`.
    """
    base = _fork_of(revision, folder)
    _, unrelated = _refusals(revision)
    fork = _git(folder, unrelated, "merge-base", base, "HEAD").strip()
    changed = ("diff", "--name-only", "--diff-filter=M", "--no-renames", "--relative", "-z")
    listed = _git(folder, unrelated, *changed, fork, "--", inside)
    return {
        path: _git(folder, unrelated, "show", f"{fork}:./{path}").encode("utf-8", "surrogateescape")
        for path in listed.split("\0")
        if path
    }


def _fork_of(revision: str, folder: Path) -> str:
    """The commit that someone calls a revision, as a hash, so that nothing of it is ever read as an option."""
    no_repository = message(N_("“{folder}” isn’t in a git repository that can be read"), folder=folder)
    _git(folder, no_repository, "rev-parse", "--show-toplevel")
    unknown, _ = _refusals(revision)
    return _git(
        folder, unknown, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).strip()


def _refusals(revision: str) -> tuple[Message, Message]:
    return (
        message(N_("git knows no revision “{revision}” here"), revision=revision),
        message(N_("“{revision}” and HEAD have no common history here: fetch more of it"), revision=revision),
    )


def configured(folder: Path, name: str) -> str | None:
    """A value of git's configuration as it holds inside a folder, such as `user.email`; None where there is none."""
    try:
        return _git(
            folder, message(N_("git has no value for “{name}”"), name=name), "config", "--get", name
        ).strip()
    except Stopped:
        return None


def _git(folder: Path, refusal: Message, *arguments: str) -> str:
    """What git prints, run inside a folder; when it fails, the command stops with `refusal` and git's own words."""
    code, printed, said = _started(["git", "-C", str(folder), *arguments], None, b"", TIMEOUT_S)
    if code:
        raise Stopped(_why(refusal, said.decode("utf-8", "replace").strip()))
    return printed.decode("utf-8", "surrogateescape")


def _started(
    command: Iterable[str], environment: Mapping[str, str] | None, given: bytes, timeout_s: float
) -> tuple[int, bytes, bytes]:
    """Exit code, standard output and errors. Without a terminal, nothing that git starts can wait for an answer."""
    pipe = subprocess.PIPE
    try:
        started = subprocess.Popen(  # noqa: S603 - no shell
            list(command), env=environment, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
        )
    except FileNotFoundError:
        raise Stopped(message(N_("git isn’t installed here"))) from None
    with started:
        try:
            printed, said = started.communicate(given, timeout_s)
        except BaseException as interruption:
            # What git started itself (ssh, a transport) goes with it.
            os.killpg(started.pid, signal.SIGKILL)
            if isinstance(interruption, subprocess.TimeoutExpired):
                raise Stopped(message(N_("git doesn’t answer")), FAILED) from None
            raise
    return started.returncode, printed, said


def _why(refusal: Message, said: str) -> Message:
    return message(N_("{what} ({why})"), what=refusal, why=said.partition("\n")[0]) if said else refusal


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables without those that a git around this command left, a hook's for instance."""
    return {name: value for name, value in environment.items() if name not in _LEFT_BY_HOOKS}
