"""The repository that `origin` names: what it has, what is fetched of it, what is pushed to it; each failure a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlsplit

from curation.errors import FAILED, Stopped
from curation.forges.origin import Token
from curation.git import NETWORK_TIMEOUT_S, Done, Git, without_credentials
from curation.report import printable
from portal.problems import N_, Message, message

NAME = "origin"
_SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20"
_HEAD = "ref: refs/heads/"
_REQUEST_REF = re.compile(r"refs/(?:pull|merge-requests)/(\d+)/head")
_REFUSED = re.compile(r"^!\s+\S+\s+\[(?P<what>[^\]]+)\](?:\s+\((?P<why>.*)\))?$", re.MULTILINE)
_MOVED = re.compile(
    r"stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref|reference already exists"
)
_FAILURES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"Authentication failed|could not read (?:Username|Password)|Permission denied|error: 40[13]"
            r"|Host key verification failed"
        ),
        N_("“{remote}” doesn’t let you in: give git a key or a token that may write there ({why})"),
    ),
    (
        re.compile(
            r"Could not resolve|Connection (?:refused|timed out|reset)|Failed to connect|Couldn't connect"
            r"|Operation too slow|Network is unreachable|No route to host|timed out"
        ),
        N_("“{remote}” can’t be reached ({why})"),
    ),
    (
        re.compile(r"does not appear to be a git repository|not found|error: 404|No such file or directory"),
        N_("there is no repository at “{remote}” ({why})"),
    ),
)


class Moved(Exception):  # noqa: N818 - it is a piece of news
    """Raised when the branch isn't any more what was seen of it a moment ago; nothing was written."""


_R = TypeVar("_R")


def twice(branch: str, act: Callable[[], _R]) -> _R:
    """Do something; when the branch moved meanwhile, do it again once, with what was pushed.

    Raises:
        Stopped: it moved again.
    """
    for _ in range(2):
        with suppress(Moved):
            return act()
    raise Stopped(message(N_("someone else keeps pushing to “{branch}”: try again"), branch=branch), FAILED)


class NoOptions(Exception):  # noqa: N818 - it is a piece of news
    """Raised when the remote takes no options with a push; nothing was written."""


@dataclass(frozen=True)
class Heads:
    """Tips at one moment: of the target, of the proposal's branch (None when there is none), of each request's head."""

    target: str
    target_tip: str
    tip: str | None
    requests: Mapping[int, str]

    def request_at(self, tip: str | None) -> int | None:
        """The latest request whose head is at that commit."""
        return max((number for number, head in self.requests.items() if head == tip), default=None)


@dataclass(frozen=True)
class Remote:
    """`where` is what git is told: the remote's name, or its address when a token of ours opens it."""

    git: Git
    where: str
    address: str

    @classmethod
    def of(cls, git: Git) -> Remote:
        """The remote `origin` of a clone.

        Raises:
            Stopped: there is none.
        """
        done = git.run("remote", "get-url", "--push", NAME)
        if done.code:
            what = N_("this repository has no remote “{name}”: add it with “git remote add {name} ADDRESS”")
            raise Stopped(message(what, name=NAME))
        is_chosen = "GIT_SSH_COMMAND" in git.environment or "GIT_SSH" in git.environment
        if not is_chosen and git.run("config", "--get", "core.sshCommand").code:
            git = _with(git, f"core.sshCommand={_SSH}")
        return cls(git, NAME, done.text)

    def opened_with(self, token: Token, user: str) -> Remote:
        """The same through a token too, where it is read over HTTP; the credentials that git has already come first.

        git reads the token in its variable, for this host alone: it stands on no command line.
        """
        parts = urlsplit(self.address)
        if parts.scheme not in {"http", "https"}:
            return self
        host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        helper = (
            f'!f() {{ test "$1" = get && echo username={user} && echo "password=${token.variable}"; }}; f'
        )
        git = _with(self.git, f"credential.{host}.helper={helper}")
        # A GitLab job's own token may read everywhere and push almost nowhere.
        is_a_jobs = parts.username == "gitlab-ci-token"
        return Remote(git, without_credentials(self.address) if is_a_jobs else self.where, self.address)

    @property
    def shown(self) -> str:
        """Its address for people."""
        return without_credentials(self.address)

    def heads(self, branch: str, target: str | None, with_requests: bool = False) -> Heads:
        """What it has now; the target is the branch that its HEAD names, unless told.

        Raises:
            Stopped: it can't be asked, or has no such target.
        """
        wanted = ["HEAD", f"refs/heads/{branch}", *([f"refs/heads/{target}"] if target else [])]
        if with_requests:
            wanted += ["refs/pull/*/head", "refs/merge-requests/*/head"]
        listed = self._asked("ls-remote", "--symref", "--", self.where, *wanted)
        facts = [(name, tip) for tip, _, name in (line.partition("\t") for line in listed.text.splitlines())]
        default = next(
            (tip.removeprefix(_HEAD) for name, tip in facts if name == "HEAD" and tip.startswith(_HEAD)), None
        )
        tips = {name: tip for name, tip in facts if not tip.startswith("ref: ")}
        target = target or default
        target_tip = tips.get(f"refs/heads/{target}") or (tips.get("HEAD") if target == default else None)
        if target is None or target_tip is None:
            what = N_("“{remote}” has no branch “{target}” to propose to: name one with --target")
            raise Stopped(message(what, remote=self.shown, target=target or "HEAD"))
        requests = {
            int(found[1]): tip for name, tip in tips.items() if (found := _REQUEST_REF.fullmatch(name))
        }
        return Heads(target, target_tip, tips.get(f"refs/heads/{branch}"), requests)

    def fetch(self, heads: Heads, branch: str) -> None:
        """Get the commits of these tips; no reference of the clone changes.

        Raises:
            Moved: a tip has gone meanwhile.
        """
        tips = {f"refs/heads/{heads.target}": heads.target_tip}
        if heads.tip:
            tips[f"refs/heads/{branch}"] = heads.tip
        missing = [name for name, tip in tips.items() if not self._has(tip)]
        if missing:
            quiet = ("--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", "--no-recurse-submodules")
            self._asked("fetch", *quiet, "--", self.where, *missing)
        if not all(self._has(tip) for tip in tips.values()):
            raise Moved

    def _has(self, commit: str) -> bool:
        return self.git.run("cat-file", "-e", f"{commit}^{{commit}}").code == 0

    def push(
        self, commit: str, reference: str, expected: str | None, options: Sequence[str] = ()
    ) -> list[str]:
        """Set a reference to a commit, if it still is at `expected` (None: if there is none yet).

        Returns:
            The lines that the remote said.

        Raises:
            Moved: the reference is elsewhere.
            NoOptions: there are options, and the remote takes none.
            Stopped: it refuses, or can't be reached.
        """
        lease = f"--force-with-lease={reference}:{expected or ''}"
        asked = [f"--push-option={option}" for option in options]
        done = self._sent(
            "push",
            "--porcelain",
            "--no-verify",
            "--no-signed",
            lease,
            *asked,
            "--",
            self.where,
            f"{commit}:{reference}",
        )
        if done.code == 0:
            return _said(done)
        if "does not support push options" in done.stderr:
            raise NoOptions
        refused = _REFUSED.search(done.text)
        if refused is None:
            raise Stopped(self._failure(done), FAILED)
        if _MOVED.search(refused[0]):
            raise Moved
        why = " ".join(filter(None, _said(done))) or refused["why"] or refused["what"]
        what = N_("“{remote}” refuses the branch: {why}")
        raise Stopped(message(what, remote=self.shown, why=printable(why)[:500]), FAILED)

    def _asked(self, *arguments: str) -> Done:
        done = self._sent(*arguments)
        if done.code:
            raise Stopped(self._failure(done), FAILED)
        return done

    def _sent(self, *arguments: str) -> Done:
        return self.git.run(*arguments, timeout_s=NETWORK_TIMEOUT_S)

    def _failure(self, done: Done) -> Message:
        """A sentence for the reasons that people meet, with the line of git that tells."""
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        for pattern, what in _FAILURES:
            if found := next((line for line in lines if pattern.search(line)), None):
                return message(what, remote=self.shown, why=printable(found)[:300])
        why = printable(lines[-1])[:300] if lines else str(done.code)
        return message(N_("git can’t speak with “{remote}” ({why})"), remote=self.shown, why=why)


def _with(git: Git, setting: str) -> Git:
    return replace(git, settings=(*git.settings, setting))


def _said(done: Done) -> list[str]:
    """What the other side said, line by line."""
    lines = done.stderr.splitlines()
    return [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
