"""A row → a person as the directory lists them: who they are, what it says of them, and what of it can't be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curation.imports.columns import KEYS, sources, texts
from curation.imports.export import Format, Row, folded_word
from curation.imports.words import Value, Words
from portal.directory_import import ImportedKey
from portal.problems import N_, Message, Problem, message


@dataclass(frozen=True)
class Listed:
    """One person of the directory. `values` are by key (`contact.email`); `problems` keep the row from being taken.

    `fallbacks` are what a new profile gets for keys without a value. `departed` people have left, maybe on the day in
    `values["left"]`.
    """

    line: int
    id: str | None
    values: Mapping[ImportedKey, Value]
    fallbacks: Mapping[ImportedKey, Value]
    departed: bool
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The name, or nothing where there is none."""
        return str(self.values.get("name", ""))

    @property
    def email(self) -> str:
        """The address without its case, or nothing."""
        return str(self.values.get("contact.email", "")).casefold()


def listed(row: Row, form: Format, words: Words, path: str, today: str) -> Listed:
    """What a row says of its person; `path` is the file's for problems, `today` a day as 2026-11-05."""
    values: dict[ImportedKey, Value] = {}
    problems: list[Problem] = []
    for key in KEYS:
        value = words.read(key, texts(row, sources(key, words.settings, form)))
        if isinstance(value, Message):
            if key == "territory" and words.settings.column(key).otherwise:
                continue
            problems.append(
                Problem(path, row.line, "invalid-value", message(N_("“{key}”: {what}"), key=key, what=value))
            )
        elif value is not None:
            values[key] = value
    identity = next(iter(texts(row, sources("id", words.settings, form))), None)
    departed = row.deleted or _is_marked(row, words) or str(values.get("left", "9")) <= today
    return Listed(row.line, identity, values, words.fallbacks, departed, tuple(problems))


def _is_marked(row: Row, words: Words) -> bool:
    """Whether the column that tells who left says so."""
    told = words.settings.departed
    marks = {folded_word(value) for value in told.values} if told else set()
    return told is not None and any(folded_word(text) in marks for text in row.texts(told.column))
