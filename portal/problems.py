"""What is wrong with a file, as values: a message that can be said in each language, a place, a severity.

Nothing here knows of files or of the content model; every other room may import it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which the extractor knows
    """Mark `text` for the catalogue without translating it yet."""
    return text


class Severity(StrEnum):
    """An error keeps its record out of the site; a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Message:
    """A sentence of the catalogue and what fills its `{placeholders}`; a value may itself be a message."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence, for logs and debuggers."""
        return self.text.format_map({key: str(value) for key, value in self.params.items()})

    def __hash__(self) -> int:
        return hash(self.text)


def message(text: str, /, **params: object) -> Message:
    """`Message` with its parameters as keywords; `text` must be written with `N_` to reach the catalogue."""
    return Message(text, params)


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place.

    `path` is relative to the project (or as the user named it), with `/`; `line` counts from 1 in the file;
    `rule` is the name that `site_config/checks.yml` uses to set the severity.
    """

    path: str
    line: int
    rule: str
    message: Message
    severity: Severity = Severity.ERROR

    @property
    def order(self) -> tuple[str, int, str, str]:
        """The order in which problems are reported: by file, line, rule and sentence."""
        return (self.path, self.line, self.rule, str(self.message))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems sorted for the report, each said once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.order)


class Refused(Exception):  # noqa: N818 - the field says that a file is refused
    """Raised while one file is read; the loader turns it into a `Problem` of that file."""

    def __init__(self, rule: str, line: int, what: Message) -> None:
        super().__init__(str(what))
        self.rule, self.line, self.message = rule, line, what
