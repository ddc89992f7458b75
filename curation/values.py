"""What someone typed → a value of front matter, by the shape of its key. Judging the value is the model's business."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from curation.errors import Stopped
from portal import yaml12
from portal.problems import N_, Refused, message
from portal.records.base import Model
from portal.records.keys import Key, Shape, keys_of, label_key
from portal.validation import nearest

_INTEGER = re.compile(r"[-+]?\d{1,18}")
_NUMBER = re.compile(r"[-+]?\d{1,18}([.,]\d{1,18})?")
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}
_LISTED_BY_COMMAS = frozenset({"reference", "choice", "language"})


def read_options(model: type[Model], title: str | None, pairs: Iterable[str]) -> dict[str, Any]:
    """The values of `--title` and of each `--set key=value`; `group.key=value` sets one key of a group.

    A key that holds a list takes an item from each `--set`, or several at once: `a,b` for words without commas of
    their own, `[a, b]` for any. A group is written `{key: value}`.

    Raises:
        Stopped: an option without `=`, a key that is unknown or given twice, or a text that isn't UTF-8.
    """
    values: dict[str, Any] = {}
    if title is not None:
        _put(values, model, label_key(model).name, title)
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise Stopped(message(N_("“--set {pair}” isn’t of the form key=value"), pair=pair))
        _put(values, model, name.strip(), text)
    return values


def _put(values: dict[str, Any], model: type[Model], name: str, text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Stopped(message(N_("the value of “{key}” isn’t in UTF-8"), key=name))
    first, dot, rest = name.partition(".")
    key = _key(model, first)
    if dot and key.shape.model and not key.shape.many:
        inner = values.setdefault(first, {})
        if not isinstance(inner, dict):
            raise Stopped(message(N_("“{key}” is given twice"), key=first))
        _put(inner, key.shape.model, rest, text)
        return
    value = read_value(key.shape, text)
    if key.shape.many and isinstance(value, tuple):
        value = (*values.pop(name, ()), *value)
    if name in values:
        raise Stopped(message(N_("“{key}” is given twice"), key=name))
    values[name] = value


def _key(model: type[Model], name: str) -> Key:
    keys = {key.name: key for key in keys_of(model)}
    if name in keys:
        return keys[name]
    if proposal := nearest(name, keys):
        what = message(N_("unknown key “{key}”: did you mean “{proposal}”?"), key=name, proposal=proposal)
    else:
        what = message(N_("unknown key “{key}”; the keys here are: {known}"), key=name, known=tuple(keys))
    raise Stopped(what)


def read_value(shape: Shape, text: str) -> Any:
    """The value that a text stands for; the text itself where it can't be read as what is expected."""
    text = text.strip()
    if shape.many:
        return _read_list(shape, text)
    if shape.form in {"group", "table"}:
        return _read_yaml(text)
    if shape.form == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if shape.form == "number" and _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    if shape.form == "boolean":
        return _BOOLEANS.get(text.lower(), text)
    return text


def _read_list(shape: Shape, text: str) -> Any:
    if text.startswith("[") and isinstance(listed := _read_yaml(text), tuple):
        return listed
    if shape.form == "group":
        return (_read_yaml(text),)
    if shape.form in _LISTED_BY_COMMAS:
        return tuple(item for part in text.split(",") if (item := part.strip()))
    return (text,)


def _read_yaml(text: str) -> Any:
    try:
        return yaml12.load(f"value: {text}").values["value"]
    except Refused:
        return text
