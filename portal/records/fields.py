"""The types that front-matter keys are made of. Each refuses with a sentence of the catalogue, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from portal import characters
from portal.problems import N_, Message, message

UNSAFE_CHARS = characters.UNSAFE_CHARS

MAX_TITLE_CHARS = 200
MAX_TEXT_CHARS = 20_000

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DATE_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_EMAIL = re.compile(r"[^@\s<>\"',;:()]+@[^@\s<>\"',;:()]+\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True)
class RefTo:
    """Annotation: this text is the slug of a record of `kind`."""

    kind: str


@dataclass(frozen=True)
class MarkdownText:
    """Annotation: this text is Markdown, rendered and checked like a body."""


def refusal(what: Message) -> PydanticCustomError:
    """A validation error that carries a sentence of the catalogue."""
    return PydanticCustomError("veillee", "{message}", {"message": what})


def _text(value: object) -> object:
    if isinstance(value, str):
        if found := UNSAFE_CHARS.search(value):
            code = f"U+{ord(found.group()):04X}"
            raise refusal(
                message(N_("an invisible control character ({code}) hides in the text: delete it"), code=code)
            )
        value = value.strip()
        if not value:
            raise refusal(message(N_("the value is empty: write it, or take the key away")))
    return value


def _line(value: object) -> object:
    value = _text(value)
    if isinstance(value, str) and "\n" in value:
        raise refusal(message(N_("one line is expected here")))
    return value


def _date(value: object) -> object:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refusal(
                message(N_("the date “{value}” doesn’t exist in the calendar"), value=value)
            ) from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise refusal(message(N_("a date such as 2026-11-05 is expected, not “{value}”"), value=value))


def _month(value: object) -> object:
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return value
    raise refusal(message(N_("a month such as 2026-11 is expected, not “{value}”"), value=value))


def _moment(value: object) -> object:
    """An ISO 8601 date, or a date and a time with or without an offset (RFC 3339 § 5.6)."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not (_DATE.fullmatch(value) or _DATE_TIME.fullmatch(value)):
        raise refusal(
            message(
                N_("a date (2026-12-03) or a time (2026-12-03T10:00) is expected, not “{value}”"), value=value
            )
        )
    try:
        return date.fromisoformat(value) if _DATE.fullmatch(value) else datetime.fromisoformat(value)
    except ValueError:
        raise refusal(message(N_("the date “{value}” doesn’t exist in the calendar"), value=value)) from None


def _url(value: object) -> object:
    value = _line(value)
    if isinstance(value, str):
        try:
            parts = urlsplit(value)
            host = parts.hostname
        except ValueError:
            parts, host = None, None
        if (
            parts is None
            or parts.scheme not in {"http", "https"}
            or not host
            or re.search(r'[\s<>"\\`{}|^]', value)
        ):
            raise refusal(
                message(N_("a web address that begins with https:// is expected, not “{value}”"), value=value)
            )
    return value


def _time_zone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ValueError, OSError, KeyError):
            raise refusal(
                message(N_("“{value}” isn’t a time zone: write one such as Europe/Paris"), value=value)
            ) from None
    return value


def _matches(pattern: re.Pattern[str], what: Message) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise refusal(message(N_("{expected}, not “{value}”"), expected=what, value=value))
        return value

    return BeforeValidator(check)


Title = Annotated[str, BeforeValidator(_line), Field(max_length=MAX_TITLE_CHARS)]
Line = Annotated[str, BeforeValidator(_line), Field(max_length=500)]
Text = Annotated[str, BeforeValidator(_text), Field(max_length=MAX_TEXT_CHARS)]
Markdown = Annotated[str, BeforeValidator(_text), Field(max_length=MAX_TEXT_CHARS), MarkdownText()]
Date = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Month = Annotated[
    str, BeforeValidator(_month), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"})
]
"""A month as text, `2026-11`: months compare as their texts do."""
Moment = Annotated[
    datetime | date,
    BeforeValidator(_moment),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$"}
    ),
]
Url = Annotated[
    str, BeforeValidator(_url), Field(max_length=2000), WithJsonSchema({"type": "string", "format": "uri"})
]
TimeZone = Annotated[str, BeforeValidator(_time_zone)]
Language = Annotated[str, _matches(_LANGUAGE, message(N_("a language code such as fr or en is expected")))]
SiteLanguage = Literal["fr", "en"]
Email = Annotated[
    str,
    _matches(_EMAIL, message(N_("an e-mail address is expected"))),
    WithJsonSchema({"type": "string", "format": "email"}),
]
Level = Annotated[int, Field(ge=1, le=5)]

PersonRef = Annotated[str, RefTo("person")]
SkillRef = Annotated[str, RefTo("skill")]
CommunityRef = Annotated[str, RefTo("community")]
TerritoryRef = Annotated[str, RefTo("territory")]
StoryRef = Annotated[str, RefTo("story")]
EventRef = Annotated[str, RefTo("event")]
WatchItemRef = Annotated[str, RefTo("watch_item")]
QuestionRef = Annotated[str, RefTo("question")]
IdeaRef = Annotated[str, RefTo("idea")]
PostRef = Annotated[str, RefTo("post")]
