"""What a directory writes → what a profile holds: days, places, languages. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from babel import Locale

from curation.imports.export import folded_word
from portal.content import Content
from portal.directory_import import DirectoryImport, ImportedKey, date_parts
from portal.problems import N_, Message, message
from portal.validation import nearest

Value = str | tuple[str, ...]
"""A value of front matter: a text (days as 2026-11-05), or the texts of a list."""

_BETWEEN = re.compile(r"[,;/|]")
_QUALITY = re.compile(r";\s*q=[\d.]+", re.IGNORECASE)
_CODE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2}))?", re.IGNORECASE)
_ISO = re.compile(r"(?P<yyyy>\d{4})-(?P<mm>\d{2})-(?P<dd>\d{2})")
# RFC 4517 § 3.3.13, Generalized Time, of which the day is kept.
_GENERALIZED = re.compile(
    r"(?P<yyyy>\d{4})(?P<mm>\d{2})(?P<dd>\d{2})(?:\d{2,6}(?:[.,]\d+)?(?:Z|[+-]\d{2,4}))?"
)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$")


@dataclass(frozen=True)
class Words:
    """Everything that a directory may say in words: `places` and `languages` by their folded names."""

    settings: DirectoryImport
    places: Mapping[str, tuple[str, ...]]
    place_names: tuple[str, ...]
    languages: Mapping[str, str]

    @classmethod
    def of(cls, content: Content) -> Self:
        """The words of a company: its own, the titles of its territories, and languages as its portal names them."""
        places: dict[str, tuple[str, ...]] = {}
        for territory in content.territories():
            for name in {folded_word(territory.title), folded_word(territory.slug)}:
                places[name] = (*places.get(name, ()), territory.slug)
        settings = content.settings
        titles = tuple(territory.title for territory in content.territories())
        titles += tuple(settings.directory.column("territory").values)
        languages = {
            folded_word(name): code.replace("_", "-")
            for locale in ("en", settings.site.language)
            for code, name in Locale.parse(locale).languages.items()
            if re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", code)
        }
        return cls(settings.directory, places, titles, languages)

    def read(self, key: ImportedKey, texts: Sequence[str]) -> Value | Message | None:
        """The value of a key, None for nothing, or what is wrong."""
        said = self._translated(key, self._items(texts) if key == "languages" else texts)
        if not said:
            return None
        if key == "territory":
            return self._place(said[0])
        if key in {"joined", "left"}:
            return self._day(said[0])
        if key == "languages":
            return self._codes(said)
        return said[0]

    def _translated(self, key: ImportedKey, texts: Iterable[str]) -> list[str]:
        ours = self._meanings.get(key, {})
        return [said for text in texts if (said := ours.get(folded_word(text), text).strip())]

    @cached_property
    def _meanings(self) -> Mapping[str, Mapping[str, str]]:
        return {
            column.key: {folded_word(word): meaning for word, meaning in column.values.items()}
            for column in self.settings.keys
        }

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return (_ISO, _GENERALIZED, *(_pattern(written) for written in self.settings.dates))

    @cached_property
    def fallbacks(self) -> Mapping[ImportedKey, Value]:
        """What a new profile gets where the directory says nothing."""
        said = {
            column.key: self.read(column.key, (column.otherwise,))
            for column in self.settings.keys
            if column.otherwise
        }
        return {key: value for key, value in said.items() if not isinstance(value, Message | None)}

    def _items(self, texts: Sequence[str]) -> list[str]:
        """The items of a list; a language may come with a preference (RFC 9110 § 12.5.4), which is dropped."""
        separator = self.settings.column("languages").separator
        between = re.compile(re.escape(separator)) if separator else _BETWEEN
        return [
            item.strip() for text in texts for item in between.split(_QUALITY.sub("", text)) if item.strip()
        ]

    def _place(self, text: str) -> str | Message:
        found = self.places.get(folded_word(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            return message(
                N_("“{place}” is the name of several territories: {slugs}"), place=text, slugs=found
            )
        if proposal := nearest(text, self.place_names):
            what = N_(
                "no territory is called “{place}”: if “{proposal}” is meant, say so under “values” in import.yml"
            )
            return message(what, place=text, proposal=proposal)
        what = N_("no territory is called “{place}”: say under “values” in import.yml which one is meant")
        return message(what, place=text)

    def _codes(self, texts: Iterable[str]) -> Value | Message:
        codes: dict[str, None] = {}
        for text in texts:
            found = _CODE.fullmatch(text)
            code = self.languages.get(folded_word(text))
            if code is None and found:
                code = found[1].lower() + (f"-{found[2].upper()}" if found[2] else "")
            if code is None:
                what = N_(
                    "“{language}” isn’t known as a language: give its code under “values” in import.yml"
                )
                return message(what, language=text)
            codes[code] = None
        return tuple(codes)

    def _day(self, text: str) -> str | Message:
        day = _TIME.sub("", text)
        found = next((match for pattern in self._patterns if (match := pattern.fullmatch(day))), None)
        if found is None:
            what = N_(
                "“{day}” can’t be read as a day: say in import.yml how days are written, as “dates: [dd/mm/yyyy]”"
            )
            return message(what, day=text)
        try:
            return date(int(found["yyyy"]), int(found["mm"]), int(found["dd"])).isoformat()
        except ValueError:
            return message(N_("the date “{value}” doesn’t exist in the calendar"), value=text)


def _pattern(written: str) -> re.Pattern[str]:
    """`dd/mm/yyyy` as a regular expression."""
    between = re.split(r"(?i)dd|jj|mm|yyyy|aaaa", written)
    parts = [
        f"(?P<{part}>{r'[0-9]{4}' if part == 'yyyy' else r'[0-9]{1,2}'})" for part in date_parts(written)
    ]
    first, *others = (re.escape(text) for text in between)
    return re.compile(first + "".join(part + text for part, text in zip(parts, others, strict=True)))
