"""What an import would do: one change a person, all of them in a plan. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curation.imports.memory import Imported
from curation.imports.merging import Difference
from portal.problems import Problem

Action = Literal["create", "update", "leave", "return", "unchanged"]


@dataclass(frozen=True)
class Change:
    """What is done for one person. `path` is inside the content folder; `line` in the directory, if they are in it.

    `after` is the text to write, None where the file stays as it is; `before` is what it must still be then, None where
    there is none. `imported` is what to remember, None where the memory stays as it is. Someone new who isn't `is_sure`
    to be recognised a second time gets their place noted before their file.
    """

    action: Action
    slug: str
    path: str
    name: str
    line: int | None = None
    differences: tuple[Difference, ...] = ()
    kept: tuple[Difference, ...] = ()
    before: str | None = None
    after: str | None = None
    imported: Imported | None = None
    is_sure: bool = True


@dataclass(frozen=True)
class Plan:
    """All that would be done, and every problem; a row with a problem isn't in `changes`.

    `present` counts the people who hadn't left before. `strangers` are the paths of profiles that a complete directory
    doesn't name and that never came from it. `is_withheld` says that nobody could be taken for absent, because some
    rows can't be read. `others` counts entries that aren't people, `gone` people who left and have no profile.
    """

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    present: int = 0
    strangers: tuple[str, ...] = ()
    is_withheld: bool = False
    others: int = 0
    gone: int = 0

    def of(self, action: Action) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.action == action)

    @property
    def leaving_share(self) -> float:
        """The share of the people present who would be marked as left."""
        return len(self.of("leave")) / self.present if self.present else 0.0
