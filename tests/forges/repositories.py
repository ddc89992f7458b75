"""A company's repository as it lies on a forge (bare), and the clones of it that people and machines work in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from curation.errors import Stopped
from curation.forges.propose import propose
from curation.forges.request import Change, Opened
from portal.settings import Site

BRANCH = "veillee/watch"
SCOPE = (Path("desk"), Path("content/watch"))


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a command finds around it, without this machine's own git settings."""
    fixed = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "NO_PROXY": "127.0.0.1"}
    return {"PATH": os.environ["PATH"], "HOME": str(home), **fixed, **more}


@dataclass(frozen=True)
class Repository:
    """A folder with git in it, and in whose name it is used."""

    folder: Path
    name: str = "Ana"

    def git(self, *arguments: str, given: bytes | None = None) -> str:
        identity = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in
                    (("NAME", self.name), ("EMAIL", f"{self.name.lower()}@hydrelis.example"))}  # fmt: skip
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=environment(self.folder.parent, **identity),
            capture_output=True,
            input=given,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().rstrip("\n")

    def write(self, files: Mapping[str, str | None]) -> None:
        """Write files in the working tree; None takes one away."""
        for path, text in files.items():
            file = self.folder / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)

    def publish(self, branch: str, files: Mapping[str, str | None], words: str = "By hand") -> str:
        """Commit files and push them to a branch, as a person does; the hash of the commit."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", words)
        self.git("push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")
        return self.git("rev-parse", "HEAD")

    def files(self, revision: str) -> dict[str, str]:
        """Every file of a commit, by its path."""
        listed = self.git("ls-tree", "-r", "-z", "--name-only", revision).split("\0")
        return {path: self.git("show", f"{revision}:{path}") for path in listed if path}

    def commits(self, revision: str) -> list[str]:
        """Its commits that the target hasn't, the first first: author and title."""
        told = self.git("log", "--reverse", "--format=%an: %s", f"main..{revision}")
        return told.splitlines()

    def state(self) -> tuple[str, ...]:
        """All that a curator would notice of a change: HEAD, branch, files, index, stash, branches and tags."""
        asked = (
            ("rev-parse", "HEAD"), ("symbolic-ref", "HEAD"), ("status", "--porcelain=v2"), ("stash", "list"),
            ("ls-files", "--stage"), ("for-each-ref", "refs/heads", "refs/remotes/origin/main", "refs/tags"),
        )  # fmt: skip
        return tuple(self.git(*arguments) for arguments in asked)


class Forge(Repository):
    """The bare repository of a forge, with a branch `main`."""

    @classmethod
    def made(cls, folder: Path) -> Forge:
        folder.mkdir(parents=True)
        forge = cls(folder)
        forge.git("init", "--quiet", "--bare", "--initial-branch=main")
        forge.git("config", "http.receivepack", "true")
        first = {
            "README.md": "Hydrélis\n",
            "desk/candidates/a/one.md": "one\n",
            "content/people/ana.md": "Ana\n",
        }
        someone = forge.clone(folder.with_name(f"{folder.name}-first"))
        someone.git("symbolic-ref", "HEAD", "refs/heads/main")
        someone.publish("main", first, "First")
        return forge

    def clone(self, folder: Path, *options: str, name: str = "Ana") -> Repository:
        command = ["git", "clone", "--quiet", *options, f"file://{self.folder}", str(folder)]
        subprocess.run(command, env=environment(folder.parent), check=True, capture_output=True)
        return Repository(folder, name)

    def takes_options(self, hook: str = "") -> Path:
        """Accept the options of pushes from now on; the file in which each push's references and options are noted."""
        self.git("config", "receive.advertisePushOptions", "true")
        noted = self.folder / "options.txt"
        # In the order of their numbers, as one line each.
        options = "env | grep '^GIT_PUSH_OPTION_[0-9]' | sort -V | cut -d= -f2-"
        self.hook("pre-receive", f"cat > pushed\n{{ cat pushed; {options}; echo --; }} >> {noted}\n{hook}")
        return noted

    def hook(self, name: str, script: str) -> None:
        file = self.folder / "hooks" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)


def change(
    *, title: str = "Veille du 21 novembre", body: str = "Trois candidats.", paths: tuple[Path, ...] = SCOPE
) -> Change:
    return Change(BRANCH, title, body, paths)


def proposed(
    clone: Repository, what: Change | None = None, *, site: Site | None = None, **more: str
) -> Opened:
    """A proposal from a clone."""
    return propose(
        what or change(), clone.folder, None, environment(clone.folder.parent, **more), site=site or Site()
    )


def refusal(clone: Repository, what: Change | None = None, **more: str) -> Stopped:
    with pytest.raises(Stopped) as caught:
        proposed(clone, what, **more)
    return caught.value
