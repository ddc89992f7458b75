"""Reference pages in Markdown, made from what they describe: the keys of front matter, and the rules of `check`."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from portal import frontmatter
from portal.labels import LABELS
from portal.problems import Severity
from portal.records.base import Model, Record
from portal.records.keys import EXPECTED, Form, Key, Shape, keys_of
from portal.records.places import layout

GENERATED = "<!-- Made by `veillee schema` from the code: change the code, then run it again. -->"

_FRONT_MATTER = """# Front matter

Each person, skill, community and so on is one Markdown file of `content/`. It begins with its *front matter*: lines
`key: value` between two lines `---`. Its text stands below, in Markdown.

- The file’s name, without `.md`, is the name that other files use for it: `people/awa-diop.md` is `awa-diop`.
- A key that isn’t listed here is refused, and so is a value of another shape: `veillee check` says the line and the
  mend. `veillee new KIND` asks for the keys one by one and writes a file that passes.
- A list is written `[one, two]`, or one line `- …` an item. Below, `skills[].level` is the key `level` of each item of
  the list `skills`, and `contact.email` is the key `email` of the group `contact`.
- A value that holds `: ` or begins with a quote, a bracket or another sign stands between quotes.
- Dates are `2026-11-05`. `true` and `false` are the only words for yes and no.
"""

_CHECKS = """# Checks

`veillee check` and the build read every file and report all that is wrong at once, one line a problem:
`path:line: severity: message [rule]`. An *error* keeps its record out of the site; a *warning* is only said.

A company changes the severity of a rule, or turns the rule off, by its name in `site_config/checks.yml`:

```yaml
severity:
  {name}: off  # error, warning or off
```

These speak of files that can’t be read at all; they are always errors:

{reading}

These speak of what was read:
"""

_READING = {
    "encoding": "The file is plain text in UTF-8, of a reasonable size.",
    "front-matter": "The file begins with front matter: regular YAML between two lines `---`.",
    "place": "The file stands in the folder of its kind, under a name that can be an address.",
    "missing-key": "The keys that are required are there.",
    "unknown-key": "Every key is one of its kind’s.",
    "invalid-value": "Every value has the shape that its key expects.",
}
"""The rules of the loader, which no company can turn off."""

_EXAMPLES: dict[Form, Any] = {
    "date": "2026-11-05",
    "moment": "2026-12-03T10:00",
    "url": "https://www.example.com/",
    "timezone": "Europe/Paris",
    "language": "fr",
    "email": "awa.diop@example.com",
    "boolean": True,
}


_SETTINGS = """# Settings

What a company sets in `site_config/`: YAML, read as strictly as the content. A key that is absent keeps its default.
"""


class Rule(Protocol):
    """What a rule says of itself; its docstring is the sentence of the reference."""

    @property
    def name(self) -> str:
        """The name that `checks.yml` uses."""

    @property
    def severity(self) -> Severity:
        """The severity where the company sets none."""


def front_matter(models: Iterable[type[Record]]) -> str:
    """The page of every key of every kind."""
    return "\n".join([GENERATED, "", _FRONT_MATTER, *(_kind(model) for model in models)])


def settings(files: Mapping[str, type[Model]]) -> str:
    """The page of every key of the settings, by the name of their file."""
    parts = [GENERATED, "", _SETTINGS]
    for name, model in files.items():
        schema = name.replace(".yml", ".json")
        editors = f"For editors: [schemas/{schema}](schemas/{schema})"
        rows = table(
            ("Key", "What to write", "What it says"), (_without_required(row) for row in _rows(model))
        )
        parts += [f"## `site_config/{name}`", "", editors, "", *rows, ""]
    return "\n".join(parts)


def _without_required(row: tuple[str, str, str, str]) -> tuple[str, str, str]:
    return (row[0], row[2], row[3])


def checks(rules: Sequence[Rule]) -> str:
    """The page of every rule."""
    rows = ((f"`{rule.name}`", rule.severity.value, _doc(rule)) for rule in rules)
    head = ("Rule", "Severity", "What it says")
    reading = table(head, ((f"`{name}`", "error", sentence) for name, sentence in _READING.items()))
    softest = next((rule for rule in rules if rule.severity is Severity.WARNING), rules[0])
    page = _CHECKS.replace("{name}", softest.name).replace("{reading}", "\n".join(reading))
    return "\n".join([GENERATED, "", page, *table(head, rows), ""])


def example(model: type[Model]) -> dict[str, object]:
    """The least front matter that a model accepts, with words that show what to write."""
    return {key.name: _example(key) for key in keys_of(model) if key.required}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", r"\|") for cell in cells) + " |"


def _doc(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0]


def _kind(model: type[Record]) -> str:
    lines = [
        f"## {LABELS['kind'][model.kind]}: `{model.kind}`",
        "",
        _doc(model),
        "",
        f"- File: `content/{layout(model)}`",
        f"- To make one: `veillee new {model.kind}`",
        f"- For editors: [schemas/{model.kind}.json](schemas/{model.kind}.json)",
        "",
        "The least that is accepted:",
        "",
        "```yaml",
        frontmatter.write(example(model)).rstrip(),
        "```",
        "",
        *table(("Key", "Required", "What to write", "What it says"), _rows(model)),
        "",
    ]
    return "\n".join(lines)


def _rows(model: type[Model], prefix: str = "") -> Iterator[tuple[str, str, str, str]]:
    for key in keys_of(model):
        name = prefix + key.name
        yield f"`{name}`", "yes" if key.required else "", _what_to_write(key), key.description
        if key.shape.model:
            yield from _rows(key.shape.model, f"{name}[]." if key.shape.many else f"{name}.")


def _what_to_write(key: Key) -> str:
    shape = key.shape
    words = _expected(shape)
    if shape.many:
        words = f"a list; each item: {'a list of ' if shape.nested else ''}{words}"
    if key.default in (None, (), False) or isinstance(key.default, Model | dict):
        return words
    return f"{words}; {_default(key)} where it is absent"


def _default(key: Key) -> str:
    if key.default == key.shape.choices:
        return "all of them"
    values = key.default if isinstance(key.default, tuple) else (key.default,)
    return ", ".join(f"`{value}`" for value in values)


def _expected(shape: Shape) -> str:
    words = EXPECTED[shape.form]
    if shape.reference:
        return f"the name of a {shape.reference.replace('_', ' ')}’s file"
    if shape.form == "table" and not shape.choices:
        return "a name and what it means a line"
    if shape.choices:
        return f"{words}: {', '.join(_choice(value, shape) for value in shape.choices)}"
    if shape.least is not None:
        return (
            f"{words}, {shape.least:g} to {shape.most:g}"
            if shape.most
            else f"{words}, at least {shape.least:g}"
        )
    return words


def _choice(value: str, shape: Shape) -> str:
    return f"`{value}` ({shape.labels[value]})" if value in shape.labels else f"`{value}`"


def _example(key: Key) -> object:
    shape = key.shape
    if shape.model:
        return example(shape.model)
    if shape.choices:
        return shape.choices[0]
    if shape.reference:
        return f"name-of-a-{shape.reference.replace('_', '-')}"
    if shape.form in {"integer", "number"}:
        return int(shape.least or 1)
    return _EXAMPLES.get(shape.form, key.name.replace("_", " ").capitalize())
