"""Values by key (`contact.email`) → the text of a profile: a new one, or one of which a few lines change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from curation.front_matter_edit import set_keys
from curation.imports.columns import KEYS
from curation.imports.merging import Difference
from curation.imports.words import Value
from portal import frontmatter
from portal.directory_import import ImportedKey
from portal.records import Person
from portal.records.keys import keys_of

_ORDER = tuple(key.name for key in keys_of(Person))


def new_text(values: Mapping[ImportedKey, Value]) -> str:
    """The file of someone new, its keys in the order of the reference."""
    front: dict[str, Any] = {}
    for key in KEYS:
        if key in values:
            group, _, inner = key.rpartition(".")
            holder = front.setdefault(group, {}) if group else front
            holder[inner] = _written(key, values[key])
    return frontmatter.write({name: front[name] for name in _ORDER if name in front})


def changed_text(text: str, changes: Iterable[Difference]) -> str:
    """The file of someone with these keys as the directory says them.

    Raises:
        Refused: it can't be done without touching something else.
    """
    front = frontmatter.read(text.encode()).front.values
    values: dict[str, Any] = {}
    for change in changes:
        group, _, inner = change.key.rpartition(".")
        written = None if change.there is None else _written(change.key, change.there)
        if group:
            there = front.get(group)
            holder = values.setdefault(group, dict(there) if isinstance(there, dict) else {})
            holder[inner] = written
        else:
            values[inner] = written
    emptied = {
        key: None if isinstance(value, dict) and set(value.values()) == {None} else value
        for key, value in values.items()
    }
    return set_keys(text, emptied, _ORDER)


def _written(key: ImportedKey, value: Value) -> Any:
    """Days without quotes, as people write them."""
    if key in {"joined", "left"} and isinstance(value, str):
        return date.fromisoformat(value)
    return list(value) if isinstance(value, tuple) else value
