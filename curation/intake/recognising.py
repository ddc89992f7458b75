"""Which sheet a message holds: by its text, by its subject, or as a plain letter whose subject says what it is. Pure."""

from __future__ import annotations

import re

from curation.intake.messages import Message
from portal.formats.sheet.fields import Field, Sheet
from portal.formats.sheet.keys import BODY, asked
from portal.formats.sheet.reading import read_sheet
from portal.formats.sheet.words import kind_meant

_ANSWERED = re.compile(r"\s*(?:(?:re|ré|rép|tr|fw|fwd|aw)\s*:|\[[^\]]{0,60}\])\s*", re.IGNORECASE)
_GREETING = re.compile(
    r"\s*(?:bonjour|bonsoir|salut|chers?|chères?|hello|hi|dear)\b[^\n.?:]{0,60}(?:\n\s*|\Z)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:veill[ée]e\s*[·•:–—-]\s*)?(?P<kind>[^:·•–—]{2,40}?)\s*(?:[:·•–—]\s*(?P<title>.*))?", re.IGNORECASE
)


def sheet_of(message: Message) -> Sheet:
    """The sheet of a message; without fields where it holds none.

    « Question : où trouver une clé ? » as the subject of a letter is a question, its title, and its text.
    """
    subject, is_first = message.subject, True
    while found := _ANSWERED.match(subject):
        subject, is_first = subject[found.end() :], False
    kind, title = _said(subject)
    sheet = read_sheet(message.text, kind)
    if sheet.kind is None or not (sheet.fields or (is_first and not message.references and sheet.prose)):
        return sheet
    fields = sheet.fields or (Field(BODY, "", _GREETING.sub("", sheet.prose), 1),)
    names = {field.name for field in fields}
    if title and "title" not in names and any(item.name == "title" for item in asked(sheet.kind)):
        fields = (Field("title", "", title[0].upper() + title[1:], 0), *fields)
    return Sheet(sheet.kind, fields, sheet.unknown, sheet.prose)


def _said(subject: str) -> tuple[str | None, str]:
    """The kind that a subject names, and the title behind it."""
    found = _SUBJECT.fullmatch(subject.strip())
    kind = kind_meant(found["kind"]) if found else None
    return kind, (found["title"] or "").strip() if found and kind else ""
