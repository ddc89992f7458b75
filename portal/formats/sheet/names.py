"""Words that stand for values: the names of records, of choices, of languages; written so that they read back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from rapidfuzz import fuzz, process

from portal.content import Content
from portal.language import LANGUAGES, Translator
from portal.records import Record, Skill
from portal.records.fields import MAX_TITLE_CHARS
from portal.records.keys import Shape
from portal.slugs import fold, fold_name

MAX_PROPOSALS = 3
_MIN_CHARS = 4
_ARTICLE = re.compile(r"\s*(?:l['’]\s*|(?:le|la|les|the)\s+)")
_PLURAL = re.compile(r"(?<=\w{3})[sx]\b")
_NEAR = 70
"""Under this likeness (0–100), a name is proposed for nothing."""


@dataclass(frozen=True)
class Meant:
    """The record that a name means, by its slug; or None, and the slugs of the nearest ones, the best first."""

    slug: str | None
    proposals: tuple[str, ...] = ()


class Names:
    """The names of the records that someone may see, by kind; near names are only told where it `proposes`."""

    def __init__(self, content: Content, *, proposes: bool = True) -> None:
        self._content, self._proposes = content, proposes
        self._tables: dict[str, Mapping[str, tuple[str, ...]]] = {}

    def label(self, kind: str, slug: str) -> str:
        """The name that people read."""
        record = self._content.get(kind, slug)
        return record.label if record is not None else slug

    def written(self, kind: str, slug: str) -> str:
        """The name of a record where it means that record only; else its slug."""
        label = self.label(kind, slug)
        return label if self.meant(kind, label).slug == slug else slug

    def meant(self, kind: str, text: str) -> Meant:
        """The record of that slug, or the only one of that title, name or alias.

        Accents, case, signs, an article and plurals don't count.
        """
        text = " ".join(text[: MAX_TITLE_CHARS + 1].split())
        if self._content.get(kind, text) is not None:
            return Meant(text)
        table = self._table(kind)
        found = table.get(fold_name(text)) or table.get(_loose(text), ())
        if len(found) == 1:
            return Meant(found[0])
        near = (found[:MAX_PROPOSALS] or self._near(kind, text)) if self._proposes else ()
        return Meant(None, near)

    def _near(self, kind: str, text: str) -> tuple[str, ...]:
        words = {record.slug: fold(f"{record.label}") for record in self._content.of(kind)}
        near = process.extract(fold(text), words, scorer=fuzz.WRatio, score_cutoff=_NEAR, limit=MAX_PROPOSALS)
        return tuple(str(slug) for _, _, slug in near)

    def _table(self, kind: str) -> Mapping[str, tuple[str, ...]]:
        if kind not in self._tables:
            found: dict[str, dict[str, None]] = defaultdict(dict)
            loose: dict[str, dict[str, None]] = defaultdict(dict)
            for record in self._content.of(kind):
                for name in _names(record):
                    found[fold_name(name)][record.slug] = None
                    loose[_loose(name)][record.slug] = None
            every = {**loose, **found}
            self._tables[kind] = {name: tuple(slugs) for name, slugs in every.items() if name}
        return self._tables[kind]


def _loose(name: str) -> str:
    """The folded name without its article, and without the s or x that ends most French plurals."""
    words = _ARTICLE.sub("", fold(name)).split()
    return fold_name(" ".join(_PLURAL.sub("", word) for word in words))


def _names(record: Record) -> tuple[str, ...]:
    aliases = record.aliases if isinstance(record, Skill) else ()
    return (record.label, record.slug, *aliases)


def choice_words(shape: Shape, translator: Translator) -> Mapping[str, str]:
    """The word that a sheet holds for each choice."""
    return {choice: translator.gettext(shape.labels.get(choice, choice)) for choice in shape.choices}


def choice_meant(shape: Shape, text: str) -> str | None:
    """The choice that a word means: itself or its label in any language, or the only one whose label holds it."""
    said = {
        choice: {
            fold_name(choice),
            *(fold_name(choice_words(shape, Translator(lang))[choice]) for lang in LANGUAGES),
        }
        for choice in shape.choices
    }
    word = fold_name(text)
    exact = [choice for choice, words in said.items() if word in words]
    if exact or len(word) < _MIN_CHARS:
        return exact[0] if exact else None
    held = [choice for choice, words in said.items() if any(word in one for one in words)]
    return held[0] if len(held) == 1 else None


def language_word(code: str, translator: Translator) -> str:
    """The name of a language where it reads back as the same code; else the code."""
    name = translator.language_name(code)
    return name if language_code(name) == code else code


def language_code(text: str) -> str | None:
    """The code of a language that is named in French, in English or in its own words, or given as a code."""
    return _codes().get(fold_name(text))


@cache
def _codes() -> Mapping[str, str]:
    """Folded names and codes of the languages of CLDR with their codes of BCP 47."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).languages.items():
            if len(code) in {2, 3}:
                found.setdefault(fold_name(str(name)), str(code))
    codes = {fold_name(code): code for code in set(found.values())}
    return found | codes
