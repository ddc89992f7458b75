"""The keys of a model → the fields of the browser editor: a widget each, in the words of people.

Nothing is listed here: what a model declares is asked. Besides Decap's own words, a field may say `completes` (needed
once another one of its group is given) and the widgets `choice`, `moment` and `prose` are those of `overrides/admin/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.content import Content
from portal.formats.editor.words import PICTURES, hint, item, label
from portal.formats.form_options import LANGUAGE, languages_of, options_of
from portal.formats.form_words import ROWS, SCALES, SECTIONS
from portal.formats.sheet import LEFT_OUT
from portal.formats.sheet.keys import BODY
from portal.formats.sheet.names import choice_words
from portal.labels import LABELS
from portal.language import Translator
from portal.problems import N_
from portal.records import KINDS, Record
from portal.records.base import Model
from portal.records.keys import Key, Shape, keys_of

MOST_STEPS = 12
"""A whole number of at most so many steps is chosen; a larger one is typed."""

_TEXTS = {"text": "text", "markdown": "prose"}
_PATTERNS = {
    "url": (r"^https?://\S+$", N_("a web address that begins with https://")),
    "email": (r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$", N_("an e-mail address")),
}
_INDENT = "\u2003"
"""Before the name of a place inside another one, once a level."""


@dataclass(frozen=True)
class Fields:
    """Makes the fields of every kind. Lists of names are made once: the file repeats them by reference."""

    content: Content
    translator: Translator
    _lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The fields of a kind: what its form asks, in that order; its text; then what only who publishes sets."""
        told, settled = _in_order(kind)
        body = {"name": BODY, "widget": "prose", **self._words(kind, BODY, ""), "required": False}
        return [
            *(one for key in told for one in self._key(kind, key)),
            body,
            *(one for key in settled for one in self._key(kind, key)),
        ]

    def _words(self, kind: str, name: str, described: str) -> dict[str, str]:
        said = hint(kind, name, described, self.translator)
        return {"label": label(kind, name, self.translator), **({"hint": said} if said else {})}

    def _key(
        self, kind: str, key: Key, group: str = "", *, optional: bool = False
    ) -> Iterator[dict[str, Any]]:
        """The field of a key; none for a table, which the editor can't show and keeps as it is."""
        if key.shape.form == "table" or key.shape.nested:
            return
        name = f"{group}.{key.name}" if group else key.name
        found: dict[str, Any] = {"name": key.name, **self._words(kind, name, key.description)}
        found |= self._widget(kind, name, key)
        found["required"] = key.required and not optional
        if key.required and optional:
            found["completes"] = True
        # Decap begins a list by an item as soon as one of its keys has something to begin with.
        default = None if group else self._default(key)
        yield found if default is None else {**found, "default": default}

    def _widget(self, kind: str, name: str, key: Key) -> dict[str, Any]:
        shape = key.shape
        if shape.model:
            return self._group(kind, name, key, shape.model)
        if options := self._options(kind, name, shape):
            return {"widget": "choice", "options": options} | ({"multiple": True} if shape.many else {})
        one = self._one(kind, name, shape)
        if not shape.many:
            return one
        word = item(kind, name, self.translator)
        each = {"name": "item", "label": word, **one}
        return {"widget": "list", "field": each, "label_singular": word, "collapsed": False}

    def _group(self, kind: str, name: str, key: Key, model: type[Model]) -> dict[str, Any]:
        many = key.shape.many
        optional = not key.required and not many
        said = ROWS.get(f"{kind}.{name}", ())
        parts = sorted(
            keys_of(model), key=lambda part: said.index(part.name) if part.name in said else len(said)
        )
        inner = [one for part in parts for one in self._key(kind, part, name, optional=optional)]
        if not many:
            return {"widget": "object", "collapsed": False, "fields": inner}
        summary = f"{{{{fields.{inner[0]['name']}}}}}"
        word = item(kind, name, self.translator)
        return {
            "widget": "list",
            "label_singular": word,
            "summary": summary,
            "collapsed": True,
            "fields": inner,
        }

    def _one(self, kind: str, name: str, shape: Shape) -> dict[str, Any]:  # noqa: PLR0911 - one return a form
        """The widget of one value that isn't chosen from a list."""
        form = shape.form
        if f"{kind}.{name}" in PICTURES:
            return {"widget": "image", "choose_url": False, "media_library": {"config": {"multiple": False}}}
        if form in _TEXTS:
            return {"widget": _TEXTS[form]}
        if form == "date":
            return {"widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False}
        if form == "moment":
            return {"widget": "moment"}
        if form == "boolean":
            return {"widget": "boolean"}
        if form in {"integer", "number"}:
            bounds = {"min": shape.least, "max": shape.most}
            kept = {end: _whole(value) for end, value in bounds.items() if value is not None}
            return {
                "widget": "number",
                "value_type": "int" if form == "integer" else "float",
                **({} if form == "integer" else {"step": 0.01}),
                **kept,
            }
        return {"widget": "string", **self._pattern(shape)}

    def _pattern(self, shape: Shape) -> dict[str, Any]:
        say = self.translator.gettext
        if shape.form in _PATTERNS:
            pattern, words = _PATTERNS[shape.form]
            return {"pattern": [pattern, say(words)]}
        if shape.max_chars:
            words = say(N_("{limit} characters at most")).format(limit=shape.max_chars)
            return {"pattern": [rf"^.{{0,{shape.max_chars}}}$", words]}
        return {}

    def _options(self, kind: str, name: str, shape: Shape) -> list[dict[str, Any]]:
        """What may be chosen: records by their names, words by their labels, the steps of a number."""
        if shape.reference:
            return self._listed(shape.reference)
        if shape.form == "language":
            return self._listed(LANGUAGE)
        if shape.form == "choice":
            words = choice_words(shape, self.translator)
            return [{"label": word, "value": choice} for choice, word in words.items()]
        if shape.form == "integer" and shape.least is not None and shape.most is not None:
            steps = range(int(shape.least), int(shape.most) + 1)
            return (
                [{"label": self._step(kind, name, step), "value": step} for step in steps]
                if len(steps) <= MOST_STEPS
                else []
            )
        return []

    def _step(self, kind: str, name: str, step: int) -> str:
        said = LABELS.get(SCALES.get(f"{kind}.{name}", ""), {}).get(step)  # type: ignore[call-overload]
        return f"{step} · {self.translator.gettext(said)}" if said else str(step)

    def _listed(self, listed: str) -> list[dict[str, Any]]:
        if listed not in self._lists:
            self._lists[listed] = (
                [{"label": word, "value": code} for code, word in languages_of(self.content, self.translator)]
                if listed == LANGUAGE
                else [
                    {"label": f"{_INDENT * option.depth}{option.label}", "value": option.slug}
                    for option in options_of(listed, self.content)
                ]
            )
        return self._lists[listed]

    def _default(self, key: Key) -> object:
        """What a new record begins with: today for a day that is needed, the portal's time zone; else the model's own."""
        if key.shape.form == "date" and key.required:
            return "{{now}}"
        if key.shape.form == "timezone":
            return self.content.settings.site.timezone
        return True if key.default is True else None


def _in_order(kind: str) -> tuple[list[Key], list[Key]]:
    """The keys that tell, those of the form's sections first; and those that its form leaves out."""
    keys = keys_of(KINDS[kind])
    left_out = LEFT_OUT.get(kind, frozenset(Record.model_fields))
    asked = [name.partition(".")[0] for _, names in SECTIONS.get(kind, ()) for name in names]
    rank = {name: place for place, name in reversed(list(enumerate(asked)))}
    told = [key for key in keys if key.name not in left_out]
    told.sort(key=lambda key: rank.get(key.name, len(asked)))
    return told, [key for key in keys if key.name in left_out]


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value
