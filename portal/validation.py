"""Pydantic's errors in the catalogue's words, each on its line, with the mend where it can be guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from portal.problems import N_, Message, Problem, message
from portal.records.base import Model
from portal.yaml12 import Document, Location

_EXPECTED = {
    "string_type": N_("a text is expected, not {found}: put it between quotes"),
    "tuple_type": N_("a list is expected (one line “- …” an item), not {found}"),
    "int_type": N_("a whole number is expected, not {found}"),
    "int_from_float": N_("a whole number is expected, not {found}"),
    "int_parsing": N_("a whole number is expected, not {found}"),
    "float_type": N_("a number is expected, not {found}"),
    "float_parsing": N_("a number is expected, not {found}"),
    "bool_type": N_("true or false is expected, not {found}"),
    "dict_type": N_("keys and values are expected, not {found}"),
    "model_type": N_("keys and values are expected, not {found}"),
    "model_attributes_type": N_("keys and values are expected, not {found}"),
    "none_required": N_("nothing is expected here, not {found}"),
}
_BOUNDS = {
    "greater_than_equal": (N_("at least {bound} is expected"), "ge"),
    "less_than_equal": (N_("at most {bound} is expected"), "le"),
    "string_too_long": (N_("at most {bound} characters are expected"), "max_length"),
    "too_long": (N_("at most {bound} items are expected"), "max_length"),
    "too_short": (N_("at least {bound} items are expected"), "min_length"),
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The word of `known` that someone most likely meant, or None when nothing is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else None


def problems_of(error: ValidationError, path: str, front: Document, model: type[Model]) -> list[Problem]:
    """Every error of one file; unions of types are reported once."""
    found: dict[Location, Problem] = {}
    for details in error.errors(include_url=False):
        location = _location(details["loc"], front)
        rule, what = _say(details, location, model)
        found.setdefault(location, Problem(path, front.line_of(location), rule, what))
    return list(found.values())


def _location(loc: tuple[int | str, ...], front: Document) -> Location:
    """Pydantic's location without the names of union members, which aren't in the file."""
    at: Location = ()
    for index, step in enumerate(loc):
        if (*at, step) in front.lines or index == len(loc) - 1:
            at = (*at, step)
    return at if at in front.lines or len(at) < 2 else at[:-1] if _is_type_name(at[-1]) else at


def _is_type_name(step: int | str) -> bool:
    return isinstance(step, str) and any(char in step for char in "-[](")


def _say(details: ErrorDetails, location: Location, model: type[Model]) -> tuple[str, Message]:
    kind, context = details["type"], details.get("ctx", {})
    key = ".".join(str(step) for step in location)
    if kind == "missing":
        return "missing-key", message(N_("the key “{key}” is missing"), key=key)
    if kind == "extra_forbidden":
        return "unknown-key", unknown_key(str(location[-1]), _keys(model, location[:-1]))
    if kind == "veillee":
        what: Message = context["message"]
    elif kind == "literal_error":
        what = _literal(details["input"], context)
    elif kind in _EXPECTED:
        what = message(_EXPECTED[kind], found=_found(details["input"]))
    elif kind in _BOUNDS:
        is_text = kind == "too_long" and isinstance(details["input"], str)
        sentence, name = _BOUNDS["string_too_long" if is_text else kind]
        what = message(sentence, bound=context.get(name, "?"))
    else:
        what = message(N_("this value is refused ({why})"), why=details["msg"])
    return "invalid-value", message(N_("“{key}”: {what}"), key=key, what=what)


def unknown_key(key: str, known: Iterable[str]) -> Message:
    """What is said of a key that isn't known: the one that was likely meant, or all of them."""
    if proposal := nearest(key, known):
        return message(N_("unknown key “{key}”: did you mean “{proposal}”?"), key=key, proposal=proposal)
    return message(N_("unknown key “{key}”; the keys here are: {known}"), key=key, known=tuple(known))


def _literal(value: object, context: Mapping[str, Any]) -> Message:
    allowed = [word.strip("' ") for word in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
    if isinstance(value, str) and (proposal := nearest(value, allowed)):
        return message(N_("“{value}” is unknown: did you mean “{proposal}”?"), value=value, proposal=proposal)
    return message(
        N_("one of {allowed} is expected, not {found}"), allowed=tuple(allowed), found=_found(value)
    )


def _found(value: object) -> Message | str:
    if value is None:
        return message(N_("an empty value"))
    if isinstance(value, bool):
        return message(N_("a yes or no ({value})"), value=str(value).lower())
    if isinstance(value, int | float):
        return message(N_("a number ({value})"), value=str(value))
    if isinstance(value, tuple):
        return message(N_("a list"))
    if isinstance(value, dict):
        return message(N_("a group of keys"))
    return message(N_("a text (“{value}”)"), value=str(value)[:60])


def _keys(model: type[Model], at: Location) -> list[str]:
    """The keys that may stand at a location of a model."""
    current: type[Model] | None = model
    for step in at:
        if isinstance(step, str) and current:
            current = _inner_model(current, step)
    return [info.alias or name for name, info in (current or model).model_fields.items()]


def _inner_model(model: type[Model], key: str) -> type[Model] | None:
    for name, info in model.model_fields.items():
        if key in {name, info.alias}:
            return _find_model(info.annotation)
    return None


def _find_model(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for arg in getattr(annotation, "__args__", ()) if (found := _find_model(arg))), None)
