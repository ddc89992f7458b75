"""Reads the versions of files out of commits and out of the working tree, and writes commits of them.

Everything is done on an index of its own in a temporary folder: the curator's index, files and HEAD aren't touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from curation.errors import Stopped
from curation.forges.versions import Entry, Versions
from curation.git import Git
from portal.problems import N_, message

_UNREADABLE = N_("git can’t read this repository")
_BASE, _TREE = "Veillee-Base", "Veillee-Tree"


@dataclass(frozen=True)
class Clone:
    """A working tree and the part of it that is proposed: `scope` holds paths inside it, "." for all of it."""

    git: Git
    scope: tuple[str, ...]

    @classmethod
    def at(cls, repository: Path, paths: tuple[Path, ...], environment: Mapping[str, str]) -> Clone:
        """The clone around a folder.

        Raises:
            Stopped: there is none, or one of the paths is outside.
        """
        unreadable = message(N_("“{folder}” isn’t in a git repository that can be read"), folder=repository)
        found = Git(repository, environment).ask(unreadable, "rev-parse", "--show-toplevel").text
        top = Path(found)
        return cls(
            Git(top, environment), tuple(dict.fromkeys(_inside(top, repository / path) for path in paths))
        )

    def commit(self, revision: str) -> str | None:
        """The hash of a commit that this clone has; None when it hasn't."""
        done = self.git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return done.text if done.code == 0 else None

    def fork(self, one: str, other: str) -> str | None:
        """The last common ancestor of two commits; None when this clone doesn't know it (it may be shallow)."""
        done = self.git.run("merge-base", one, other)
        return done.text.partition("\n")[0] if done.code == 0 else None

    def versions(self, commit: str | None) -> Versions:
        """The files of the scope in a commit; none without a commit."""
        if commit is None:
            return {}
        done = self.git.ask(
            message(_UNREADABLE), "ls-tree", "-r", "-z", "--full-tree", commit, "--", *self._pathspec
        )
        return {path: Entry(mode, blob) for mode, blob, path in map(_listed, done.items)}

    def is_within(self, before: str, after: str) -> bool:
        """Whether all that differs between two commits is in the scope; False when one isn't here."""
        done = self.git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", before, after)
        return done.code == 0 and all(
            any(_is_below(path, part) for part in self.scope) for path in done.items
        )

    def working(self) -> Versions:
        """The files of the scope as they lie in the working tree, without those that git ignores."""
        with self._index() as index:
            own = Path(
                self.git.folder, self.git.ask(message(_UNREADABLE), "rev-parse", "--git-path", "index").text
            )
            if own.exists():
                # With its date, by which git tells a file that changed while the index was written.
                shutil.copy2(own, index)
            if present := self._present(index):
                unread = message(N_("the files to propose can’t be read"))
                self.git.ask(unread, "add", "--all", "--", *present, index=index)
            staged = self.git.ask(
                message(_UNREADABLE), "ls-files", "--stage", "-z", "--", *self._pathspec, index=index
            )
        return {path: Entry(mode, blob) for mode, blob, path in map(_listed, staged.items)}

    def _present(self, index: Path) -> list[str]:
        """The parts of the scope that exist, on the disk or in the index: git refuses the others."""
        known = self.git.ask(message(_UNREADABLE), "ls-files", "-z", "--", *self._pathspec, index=index).items
        return [
            part
            for part in self.scope
            if Path(self.git.folder, part).exists() or any(_is_below(path, part) for path in known)
        ]

    def tree(self, start: str, files: Mapping[str, Entry | None]) -> str:
        """The hash of a tree: that of the commit `start`, with these files set or taken away."""
        none = "0" * len(start)
        lines = (
            f"{entry.mode if entry else '0'} {entry.blob if entry else none}\t{path}\0"
            for path, entry in files.items()
        )
        given = "".join(lines).encode("utf-8", "surrogateescape")
        with self._index() as index:
            self.git.ask(message(_UNREADABLE), "read-tree", start, index=index)
            self.git.ask(message(_UNREADABLE), "update-index", "-z", "--index-info", given=given, index=index)
            return self.git.ask(message(_UNREADABLE), "write-tree", "--missing-ok", index=index).text

    def blob(self, entry: Entry) -> bytes:
        """The bytes of a version."""
        return self.git.ask(message(_UNREADABLE), "cat-file", "blob", entry.blob).stdout

    @property
    def _pathspec(self) -> tuple[str, ...]:
        return () if "." in self.scope else self.scope

    @contextmanager
    def _index(self) -> Iterator[Path]:
        with TemporaryDirectory(prefix="veillee-") as folder:
            yield Path(folder, "index")


@dataclass(frozen=True)
class Author:
    """In whose name commits are made, and when: git's own clock without a moment."""

    name: str
    email: str
    now: datetime | None = None

    @classmethod
    def of(cls, git: Git, name: str, email: str, now: datetime | None) -> Author:
        """The one that git is configured for; the name and the address given, where it isn't."""
        return cls(_configured(git, "user.name") or name, _configured(git, "user.email") or email, now)

    def variables(self, environment: Mapping[str, str]) -> dict[str, str]:
        """What tells git; a name that the environment gives already stands."""
        told: dict[str, str] = {}
        for role in ("GIT_AUTHOR", "GIT_COMMITTER"):
            told |= {f"{role}_NAME": self.name, f"{role}_EMAIL": self.email}
            if self.now is not None:
                told[f"{role}_DATE"] = f"{int(self.now.timestamp())} +0000"
        return {name: environment.get(name) or value for name, value in told.items()}


def write_commit(clone: Clone, tree: str, parent: str, text: str, author: Author) -> str:
    """The hash of a new commit, in no branch yet."""
    git = clone.git
    done = git.run(
        *("commit-tree", tree, "-p", parent, "-F", "-"),
        given=text.encode("utf-8", "replace"),
        variables=author.variables(git.environment),
    )
    if done.code:
        raise Stopped(
            message(N_("{what} ({why})"), what=message(N_("no commit could be made")), why=done.stderr)
        )
    return done.text


def signed(text: str, tree: str, base: str) -> str:
    """A commit's message with what `is_untouched` looks for."""
    return f"{text.rstrip()}\n\n{_BASE}: {base}\n{_TREE}: {tree}\n"


def is_untouched(clone: Clone, commit: str) -> bool:
    """Whether a commit is one that this program made on the target, and that nobody amended or added to since.

    Read from the commit itself, so that a clone without its history can tell.
    """
    done = clone.git.run("cat-file", "commit", commit)
    head, _, text = done.text.partition("\n\n")
    parents = [line.removeprefix("parent ") for line in head.splitlines() if line.startswith("parent ")]
    tree = head.partition("\n")[0].removeprefix("tree ")
    lines = text.splitlines()
    return len(parents) == 1 and f"{_BASE}: {parents[0]}" in lines and f"{_TREE}: {tree}" in lines


def _listed(item: str) -> tuple[str, str, str]:
    """Mode, hash and path, from a line of `ls-tree` (with a type) or of `ls-files --stage` (with a stage)."""
    facts, _, path = item.partition("\t")
    mode, second, *rest = facts.split(" ")
    return mode, rest[0] if second in {"blob", "commit"} else second, path


def _inside(top: Path, path: Path) -> str:
    # A folder's own symbolic links are followed, those in it aren't: git doesn't either.
    whole = path.parent.resolve() / path.name if path.name else path.resolve()
    try:
        return whole.relative_to(top.resolve()).as_posix()
    except ValueError:
        raise Stopped(
            message(N_("“{path}” isn’t inside the repository of “{folder}”"), path=path, folder=top)
        ) from None


def _is_below(path: str, part: str) -> bool:
    return part in {".", path} or path.startswith(f"{part}/")


def _configured(git: Git, name: str) -> str:
    return git.run("config", "--get", name).text
