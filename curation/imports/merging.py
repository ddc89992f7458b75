"""What the file of a person, the last import and the directory say, key by key → what changes and what is kept.

The rule: a key is changed only while it holds what the last import put there. What a person wrote is kept and said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from curation.imports.columns import KEYS
from curation.imports.words import Value
from portal.directory_import import ImportedKey
from portal.records import Person

REQUIRED = frozenset(name for name, info in Person.model_fields.items() if info.is_required())


@dataclass(frozen=True)
class Difference:
    """One key: what it holds and what the directory says, each None for nothing."""

    key: ImportedKey
    here: Value | None
    there: Value | None


@dataclass(frozen=True)
class Merged:
    """`changes` are made, `kept` aren't; `imported` are the values to remember."""

    changes: tuple[Difference, ...]
    kept: tuple[Difference, ...]
    imported: Mapping[ImportedKey, Value]


def merged(
    here: Mapping[ImportedKey, Value],
    before: Mapping[ImportedKey, Value],
    there: Mapping[ImportedKey, Value],
    spoken_of: Collection[ImportedKey],
) -> Merged:
    """Three sides of one person: the file, the last import (empty where there was none), and the directory.

    Keys outside `spoken_of` are left alone. What the directory no longer says goes away when it came from there, unless
    a profile needs it.
    """
    changes: list[Difference] = []
    kept: list[Difference] = []
    imported = dict(before)
    for key in KEYS:
        ours, base, theirs = here.get(key), before.get(key), there.get(key)
        if key not in spoken_of or (theirs is None and key in REQUIRED):
            continue
        difference = Difference(key, ours, theirs)
        if ours in (theirs, base):
            changes += [difference] if ours != theirs else []
            _put(imported, key, theirs)
        elif theirs is not None or key == "left":
            kept.append(difference)
    return Merged(tuple(changes), tuple(kept), {key: imported[key] for key in KEYS if key in imported})


def _put(values: dict[ImportedKey, Value], key: ImportedKey, value: Value | None) -> None:
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value
