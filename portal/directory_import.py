"""How a directory of people becomes profiles: `site_config/import.yml`. What is said here; the rest is curation's."""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from portal.problems import N_, message
from portal.records.base import Model
from portal.records.fields import Line, refusal

ImportedKey = Literal[
    "name", "job_title", "territory", "languages", "contact.email", "contact.phone", "contact.chat", "contact.office",
    "handle", "joined", "left",
]  # fmt: skip
"""The keys of a profile that a directory may hold. All others are the person's own, and no import touches them."""

_DATE_PARTS = re.compile(r"dd|jj|mm|yyyy|aaaa", re.IGNORECASE)
_MEANINGS = {"jj": "dd", "aaaa": "yyyy"}


def date_parts(pattern: str) -> list[str]:
    """The parts of a pattern in their order, as `dd`, `mm` and `yyyy`."""
    found = (part.lower() for part in _DATE_PARTS.findall(pattern))
    return [_MEANINGS.get(part, part) for part in found]


def _date_pattern(value: str) -> str:
    if sorted(date_parts(value)) != ["dd", "mm", "yyyy"] or re.search(r"[^\W_]", _DATE_PARTS.sub("", value)):
        raise refusal(
            message(
                N_("a pattern of dd, mm and yyyy such as dd/mm/yyyy is expected, not “{value}”"), value=value
            )
        )
    return value


class ImportedColumn(Model):
    """Where one key of a profile comes from."""

    key: ImportedKey
    """The key of the profile."""
    columns: tuple[Line, ...] = ()
    """Columns or attributes, the first that isn't empty counts; `{Prénom} {Nom}` joins several."""
    values: dict[str, str] = Field(default_factory=dict)
    """Words of the directory, and ours for each; case and accents don't count, and `""` stands for nothing."""
    separator: Line | None = None
    """What stands between the items of a list."""
    otherwise: Line | None = None
    """What a new profile gets where the directory says nothing, or names a place that isn't known."""


class Departed(Model):
    """What tells that someone left."""

    column: Line
    """The column or attribute."""
    values: tuple[Line, ...]
    """What it holds for people who left; case and accents don't count."""


class DirectoryImport(Model):
    """`site_config/import.yml`."""

    id: Line | None = None
    """The column or attribute that never changes for a person, an employee number for instance."""
    keys: tuple[ImportedColumn, ...] = ()
    """The keys that come from the directory; columns that are named like a key need no entry."""
    dates: tuple[Annotated[str, AfterValidator(_date_pattern)], ...] = ()
    """How the directory writes days, as `dd/mm/yyyy`; 2026-11-05 and 20261105 are always read."""
    delimiter: Literal[",", ";", "tab", "|"] | None = None
    """What separates the cells of a CSV file; recognised when absent."""
    departed: Departed | None = None
    """What tells that someone left, beside the date in `left`."""
    known: dict[str, str] = Field(default_factory=dict)
    """Ids or e-mail addresses of people, and the name of their file; `new` to make one, `""` to leave them out."""
    absent: Literal["imported", "everyone"] = "imported"
    """Who has left when a complete directory doesn't name them: people who came from it, or everyone."""
    max_leaving_share: Annotated[float, Field(ge=0, le=1, strict=False)] = 0.1
    """An import that marks a greater share of the people as left stops and asks."""

    @model_validator(mode="after")
    def _keys_are_unique(self) -> DirectoryImport:
        counted = Counter(column.key for column in self.keys)
        for key in (key for key, count in counted.items() if count > 1):
            raise refusal(message(N_("“{key}” stands here twice: give its columns in one entry"), key=key))
        return self

    def column(self, key: ImportedKey) -> ImportedColumn:
        """What is said of a key."""
        return next((column for column in self.keys if column.key == key), ImportedColumn(key=key))
