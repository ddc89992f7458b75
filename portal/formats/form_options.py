"""What may be chosen or typed in a form: the records of a kind and languages, in the words of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.content import Content
from portal.formats.sheet import Names
from portal.formats.sheet.names import language_word
from portal.language import Translator
from portal.records import Person, Record, Skill, Territory
from portal.slugs import fold

LANGUAGE = "language"
"""The name of the list of languages, beside those of the kinds of records."""

_SPOKEN = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ro", "ru", "tr", "uk", "zh")
"""Languages that are proposed even where nobody speaks them yet."""


@dataclass(frozen=True)
class Option:
    """One answer to choose: the `word` that the sheet holds, what people read, the `slug` of a record, its depth."""

    word: str
    label: str
    slug: str = ""
    depth: int = 0


def options_of(kind: str, content: Content) -> Iterator[Option]:
    """The records of a kind by name; territories in the order of their tree."""
    names = Names(content)
    ordered: Iterable[tuple[Record, int]] = (
        _tree(content, content.roots(), 0)
        if kind == Territory.kind
        else ((record, 0) for record in sorted(_here(kind, content), key=lambda record: fold(record.label)))
    )
    for record, depth in ordered:
        yield Option(names.written(kind, record.slug), record.label, record.slug, depth)


def _here(kind: str, content: Content) -> Iterable[Record]:
    """The records that may be named: someone who left is no longer asked anything."""
    return content.people() if kind == Person.kind else content.of(kind)


def _tree(content: Content, territories: Iterable[Territory], depth: int) -> Iterator[tuple[Record, int]]:
    for territory in territories:
        yield territory, depth
        yield from _tree(content, content.children(territory), depth + 1)


def completions(listed: str, content: Content, translator: Translator) -> list[list[str]]:
    """What completes a name that is typed: the word of the sheet, then other names of the same thing.

    `listed` is a kind of records, or `language`.
    """
    if listed == LANGUAGE:
        return [[word] for _, word in languages_of(content, translator)]
    return [
        list(dict.fromkeys([option.word, option.label, *_aliases(content.get(listed, option.slug))]))
        for option in options_of(listed, content)
    ]


def _aliases(record: Record | None) -> tuple[str, ...]:
    return record.aliases if isinstance(record, Skill) else ()


def languages_of(content: Content, translator: Translator) -> list[tuple[str, str]]:
    """The languages that may be named, as codes with their words, in the order of the words."""
    spoken = {code for person in content.people() for code in person.languages} | set(_SPOKEN)
    return sorted(
        ((code, language_word(code, translator)) for code in spoken), key=lambda item: fold(item[1])
    )
