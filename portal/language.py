"""The catalogue of interface strings, and dates, numbers and lists said in words.

Message ids are the English sentences; `locales/fr/LC_MESSAGES/veillee.po` holds the French ones. English needs a
catalogue only for its plurals, which the ids carry: `ngettext` picks between the two ids.
"""

from __future__ import annotations

import datetime as dt
import gettext
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from portal.problems import Message

_FIRST_OF_MONTH = re.compile(r"\b1(?= [a-zéû])")

LANGUAGES = ("fr", "en")
"""The interface languages that ship complete."""


@cache
def _translations(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    file = resources.files("portal").joinpath("locales", language, "LC_MESSAGES", "veillee.po")
    compiled = BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True)
class Translator:
    """Says things in one language and one time zone."""

    language: str = "fr"
    timezone: str = "Europe/Paris"

    @property
    def locale(self) -> Locale:
        """Babel's data for the language."""
        return _locale(self.language)

    def gettext(self, text: str) -> str:
        """The sentence in this language."""
        return _translations(self.language).gettext(text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The sentence for `count` things; French says 0 and 1 in the singular."""
        return _translations(self.language).ngettext(singular, plural, count)

    def pgettext(self, context: str, text: str) -> str:
        """The word `text` as it is meant in `context`."""
        return _translations(self.language).pgettext(context, text)

    def say(self, message: Message) -> str:
        """A `Message` with its placeholders filled; messages inside it are said too."""
        values = {key: self._value(value) for key, value in message.params.items()}
        return self.gettext(message.text).format_map(values)

    def _value(self, value: object) -> str:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, tuple):
            return ", ".join(self._value(item) for item in value)
        if isinstance(value, float):
            return self.number(value)
        return str(value)

    def date(self, moment: dt.date, style: Literal["full", "long", "medium", "short"] = "long") -> str:
        """A day in words (« 5 novembre 2026 »); a time is first put in the portal's zone."""
        return self._first_day(format_date(self.local(moment), style, locale=self.locale))

    def skeleton(self, moment: dt.date, pattern: str) -> str:
        """A moment by a CLDR skeleton, such as `yMMMM` (« novembre 2026 ») or `MMMd`."""
        return self._first_day(format_skeleton(pattern, self.local(moment), locale=self.locale))

    def _first_day(self, said: str) -> str:
        """French says « 1er janvier » where CLDR's patterns write « 1 janvier »."""
        return _FIRST_OF_MONTH.sub("1er", said) if self.language == "fr" else said

    def time(self, moment: dt.datetime | dt.time) -> str:
        """Hour and minutes: those of the portal's zone for a moment, those written for a time of the clock."""
        if isinstance(moment, dt.time):
            return format_time(moment.replace(tzinfo=None), "short", locale=self.locale)
        return format_time(moment, "short", tzinfo=ZoneInfo(self.timezone), locale=self.locale)

    def interval(self, start: dt.date, end: dt.date) -> str:
        """Two days, shortened where they share month or year (« 3–5 décembre 2026 »)."""
        return str(format_interval(self.local(start), self.local(end), "yMMMMd", locale=self.locale))

    def local(self, moment: dt.date) -> dt.date:
        """A moment in the portal's zone; a plain day stays as it is."""
        if isinstance(moment, dt.datetime) and moment.tzinfo:
            return moment.astimezone(ZoneInfo(self.timezone))
        return moment

    def number(self, value: float, digits: int = 2) -> str:
        """A number with the language's separators, at most `digits` decimals."""
        return format_decimal(value, format="#,##0." + "#" * digits, locale=self.locale)

    def percent(self, ratio: float) -> str:
        """A ratio as a percentage (0.4 → « 40 % »)."""
        return format_percent(ratio, locale=self.locale)

    def listed(self, items: Iterable[str]) -> str:
        """Items joined in words (« a, b et c »)."""
        return format_list(list(items), locale=self.locale)

    def zone_name(self, zone: str) -> str:
        """The place that names a time zone (« Paris » for Europe/Paris)."""
        return get_timezone_location(zone, locale=self.locale, return_city=True)

    def language_name(self, code: str) -> str:
        """The name of a language (« anglais »), or its code when unknown."""
        try:
            return Locale.parse(code, sep="-").get_display_name(self.locale) or code
        except (UnknownLocaleError, ValueError):
            return code


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)
