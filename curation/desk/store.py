"""The desk's folder: reads every candidate and decision, and writes one file at a time. Nothing here judges."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from curation.desk.decision import Decision
from curation.desk.finding import Annotation, Finding
from curation.files import write_new, write_over
from portal import frontmatter, yaml12
from portal.problems import N_, Problem, Refused, in_order, message
from portal.records.base import Model
from portal.records.keys import keys_of
from portal.validation import problems_of

_CANDIDATES, _DECISIONS = "candidates", "decisions"
_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True)
class Filed:
    """A finding and what a curator wrote in its file; `path` is relative to the desk, `front` has the lines."""

    finding: Finding
    annotation: Annotation
    path: str
    front: yaml12.Document


@dataclass(frozen=True)
class Papers:
    """All that lies on the desk, sorted by path; what can't be read is a problem and stays where it is.

    `unread` are the ids of the findings whose files can't be read; `decision_problems` are those of decisions.
    """

    filed: tuple[Filed, ...] = ()
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()
    decision_problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Store:
    """The desk at `folder` (absolute); `name` is how the user reads it."""

    folder: Path
    name: str = "desk"

    def read(self) -> Papers:
        """Everything there; a folder that isn't there is an empty desk."""
        filed: list[Filed] = []
        decisions: list[Decision] = []
        problems: list[Problem] = []
        wrong: list[Problem] = []
        unread: set[str] = set()
        for path in self._files(_CANDIDATES, ".md"):
            try:
                filed.append(self._filed(path))
            except _Unreadable as unreadable:
                problems.extend(unreadable.problems)
                unread.add(Path(path).stem)
        for path in self._files(_DECISIONS, ".yml"):
            try:
                decisions.append(self._decision(path))
            except _Unreadable as unreadable:
                wrong.extend(unreadable.problems)
        return Papers(
            tuple(filed),
            tuple(decisions),
            tuple(in_order(problems)),
            tuple(in_order(wrong)),
            frozenset(unread),
        )

    def decision_paths(self) -> frozenset[str]:
        """Where the decisions are, below the desk; none changes, so that what is new has a new path."""
        return frozenset(self._files(_DECISIONS, ".yml"))

    def decision(self, path: str) -> Decision | None:
        """The decision at a path; None when it can't be read: `read` tells why."""
        try:
            return self._decision(path)
        except (_Unreadable, OSError):
            return None

    def filed(self, finding: Finding) -> Filed | None:
        """A finding as it lies on the desk now; None when it has gone or can't be read."""
        try:
            return self._filed(finding_path(finding))
        except (_Unreadable, OSError):
            return None

    def has(self, finding: Finding) -> bool:
        """Whether the file of a finding is there, readable or not."""
        return (self.folder / finding_path(finding)).exists()

    def _files(self, part: str, suffix: str) -> Iterator[str]:
        """Paths below the desk, sorted; hidden files and links are left alone."""
        for where, folders, names in os.walk(self.folder / part):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(where, name)
                if name.endswith(suffix) and not name.startswith(".") and not file.is_symlink():
                    yield file.relative_to(self.folder).as_posix()

    def _filed(self, path: str) -> Filed:
        try:
            page = frontmatter.read((self.folder / path).read_bytes())
        except Refused as refused:
            raise _Unreadable([self._problem(path, refused)]) from None
        notes = {key.name for key in keys_of(Annotation)}
        facts = {key: value for key, value in page.front.values.items() if key not in notes}
        if page.body:
            facts["excerpt"] = page.body
        written = {key: value for key, value in page.front.values.items() if key in notes}
        shown = f"{self.name}/{path}"
        finding = _validated(Finding, facts, page.front, shown)
        if path != finding_path(finding):
            what = message(N_("this file must be {path}"), path=finding_path(finding))
            raise _Unreadable([Problem(shown, 1, "place", what)])
        return Filed(finding, _validated(Annotation, written, page.front, shown), path, page.front)

    def _decision(self, path: str) -> Decision:
        try:
            front = yaml12.load(frontmatter.decode((self.folder / path).read_bytes()))
        except Refused as refused:
            raise _Unreadable([self._problem(path, refused)]) from None
        return _validated(Decision, front.values, front, f"{self.name}/{path}")

    def _problem(self, path: str, refused: Refused) -> Problem:
        return Problem(f"{self.name}/{path}", refused.line, refused.rule, refused.message)

    def put(self, finding: Finding, *, is_durable: bool = True) -> None:
        """File a finding, or file it again with what changed; `is_durable` as `curation.files` has it."""
        write_over(self.folder / finding_path(finding), finding_text(finding), is_durable=is_durable)

    def drop(self, finding: Finding) -> None:
        """Take a finding off the desk; it isn't an error that it has gone."""
        (self.folder / finding_path(finding)).unlink(missing_ok=True)

    def record(self, decision: Decision) -> None:
        """Add a decision; the same one twice is one file."""
        path, text = decision_file(decision)
        try:
            write_new(self.folder / path, text)
        except FileExistsError:
            write_over(self.folder / path, text)


class _Unreadable(Exception):  # noqa: N818 - a file is; never leaves this module
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def _validated(model: type[_M], values: dict[str, Any], front: yaml12.Document, shown: str) -> _M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _Unreadable(problems_of(error, shown, front, model)) from None


def finding_path(finding: Finding) -> str:
    """Where a finding is filed, below the desk."""
    return f"{_CANDIDATES}/{finding.source}/{finding.id}.md"


def finding_text(finding: Finding) -> str:
    """The file of a finding: its facts, then its excerpt."""
    facts = finding.model_dump(mode="json", exclude_defaults=True, exclude={"excerpt"})
    return frontmatter.write(facts, finding.excerpt or "")


def decision_file(decision: Decision) -> tuple[str, str]:
    """Path below the desk, and text. The name holds a hash of the text: two decisions never share a file."""
    facts = decision.model_dump(mode="json", exclude_defaults=True)
    text = frontmatter.HANDLER.export(facts) + "\n"
    mark = sha256(text.encode()).hexdigest()[:8]
    return f"{_DECISIONS}/{decision.at[:4]}/{decision.findings[0].id}-{mark}.yml", text
