"""One field of a sheet → a value of front matter: what is sure, what is only proposed, and what must be asked.

Names are looked up among the records that the sender may see. Judging the values is the model's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from curation.intake.dates import read_day, read_span
from curation.intake.scales import read_figure, read_level
from curation.values import read_value
from portal.formats.sheet.keys import Asked
from portal.formats.sheet.names import Names, choice_meant, language_code
from portal.problems import N_, Message, message
from portal.records.keys import Form

MAX_ITEMS = 100
MAX_LINE_CHARS = 2_000
TOO_MANY = message(N_("at most {bound} items are expected"), bound=MAX_ITEMS)

_T = TypeVar("_T")
_SEVERAL = re.compile(r"\s*[,;/]\s*|\s+(?:et|and)\s+")
_WRAPPED = re.compile(r"<?(?:mailto:)?([^<>\s]+)>?|.*<(?:mailto:)?([^<>\s]+)>", re.IGNORECASE)
_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_LINKED = re.compile(r"\[[^\]]*\]\(([^()\s]+)\)")


@dataclass(frozen=True)
class Read:
    """What was read: a sure `value`, the `proposal` that holds our guesses too, what to ask, and what to tell.

    None is no value. Doubts must be answered before anything is written; notes are for the curator and the sender. What
    is left aside stays in the proposal as it was written, so that it isn’t forgotten when a sheet goes to and fro.
    """

    value: Any = None
    proposal: Any = None
    doubts: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()


def sure(value: Any, *notes: Message) -> Read:
    """A value that needs no question."""
    return Read(value, value, (), notes)


def unsure(doubt: Message, proposal: Any = None) -> Read:
    """A question, with what is proposed for an answer."""
    return Read(None, proposal, (doubt,))


def bounded(items: Iterable[_T], last: _T) -> Iterator[_T]:
    """The items, as long as they are no more than a person writes; `last` stands for all others."""
    for number, item in enumerate(items):
        if number == MAX_ITEMS:
            yield last
            return
        yield item


def together(reads: Iterable[Read]) -> Read:
    """Items of a list, each once."""
    every = list(reads)
    values = tuple(dict.fromkeys(read.value for read in every if read.value is not None))
    proposals = tuple(dict.fromkeys(read.proposal for read in every if read.proposal is not None))
    doubts = tuple(doubt for read in every for doubt in read.doubts)
    notes = tuple(note for read in every for note in read.notes)
    return Read(values or None, proposals or None, doubts, notes)


@dataclass(frozen=True)
class Reader:
    """Reads the words of one sender on one day."""

    names: Names
    today: date

    def one(self, item: Asked, text: str) -> Read:
        """The value of one line or text; what heads a row is left aside where it isn’t known."""
        if not item.is_text and len(text) > MAX_LINE_CHARS:
            return unsure(message(N_("one short line is expected here")))
        if item.shape.reference:
            return self._named(item.shape.reference, text, needed=item.required and not item.is_part)
        read = _READ.get(item.shape.form)
        return read(self, item, text) if read else sure(read_value(item.shape, text))

    def several(self, item: Asked, texts: Iterable[str]) -> Read:
        """A list of names, choices or languages, on lines of their own or on one."""
        reads = (read for text in texts for read in self._items(item, text))
        return together(bounded(reads, Read(doubts=(TOO_MANY,))))

    def _items(self, item: Asked, text: str) -> Iterator[Read]:
        whole = self._word(item, text)
        pieces = [piece for piece in _SEVERAL.split(text) if piece]
        if whole.value is not None or len(pieces) < 2:
            yield whole
        else:
            yield from (self._word(item, piece) for piece in pieces)

    def _word(self, item: Asked, text: str) -> Read:
        if item.shape.reference:
            return self._named(item.shape.reference, text, needed=False)
        return _READ[item.shape.form](self, item, text)

    def _named(self, kind: str, text: str, *, needed: bool) -> Read:
        """The record that a name means; what isn't needed and resembles nothing is left aside, and said."""
        meant = self.names.meant(kind, text)
        if meant.slug is not None:
            return sure(meant.slug)
        if meant.proposals:
            near = tuple(self.names.label(kind, slug) for slug in meant.proposals)
            what = N_("“{text}” isn’t in the portal. Nearest to it: {names}")
            return unsure(message(what, text=text, names=near), meant.proposals[0])
        if needed:
            return unsure(message(N_("“{text}” isn’t in the portal"), text=text))
        aside = N_("“{text}” isn’t in the portal yet: it was left aside, a curator will see to it")
        return Read(proposal=text, notes=(message(aside, text=text),))

    def choice(self, item: Asked, text: str) -> Read:
        """One of the words that a key takes."""
        found = choice_meant(item.shape, text)
        if found is not None:
            return sure(found)
        words = tuple(message(label) for label in item.shape.labels.values())
        return unsure(message(N_("“{text}” isn’t one of these words: {words}"), text=text, words=words))

    def language(self, item: Asked, text: str) -> Read:
        """The code of a language, by its name or as it is."""
        code = language_code(text) or (text.strip() if _CODE.fullmatch(text.strip()) else None)
        what = N_("“{text}” isn’t a language that we know")
        return sure(code) if code else unsure(message(what, text=text))

    def day(self, item: Asked, text: str) -> Read:
        """A day that is past or today, where its year isn't given."""
        found = read_day(text, self.today)
        what = N_("“{text}” isn’t a day that we can read: write it as 2026-11-05")
        return sure(found) if found else unsure(message(what, text=text))

    def moment(self, item: Asked, text: str) -> Read:
        """A day, with an hour or without; the beginning, where two are given."""
        found = read_span(text, self.today)
        what = N_("“{text}” isn’t a day or an hour that we can read: write it as 2026-12-03 10:00")
        return sure(found.start) if found else unsure(message(what, text=text))

    def address(self, item: Asked, text: str) -> Read:
        """A web or e-mail address, out of the signs that mail programs put around it."""
        linked = _LINKED.search(text)
        found = _WRAPPED.fullmatch(text.strip())
        address = linked[1] if linked else (found[1] or found[2]) if found else text
        if item.shape.form == "url" and address.startswith("www."):
            address = f"https://{address}"
        return sure(address)

    def level(self, item: Asked, text: str) -> Read:
        """A level from 1 to 5."""
        found = read_level(text, level_scale(item.name))
        if found is None:
            return unsure(message(N_("“{text}” isn’t a level from 1 to 5"), text=text))
        level, is_ours = found
        notes = (
            () if is_ours else (message(N_("“{text}” was taken for level {level}"), text=text, level=level),)
        )
        return sure(level, *notes)

    def figure(self, item: Asked, text: str) -> Read:
        """A number, without its unit."""
        found = read_figure(text)
        if found is None:
            return unsure(message(N_("“{text}” isn’t a number"), text=text))
        return sure(int(found[0]) if found[0].is_integer() else found[0])


def level_scale(name: str) -> str:
    """The group of `LABELS` whose words a key’s levels have."""
    return "interest" if name.startswith("interests") else "level"


_READ: Mapping[Form, Callable[[Reader, Asked, str], Read]] = {
    "choice": Reader.choice,
    "language": Reader.language,
    "date": Reader.day,
    "moment": Reader.moment,
    "url": Reader.address,
    "email": Reader.address,
    "integer": Reader.level,
    "number": Reader.figure,
}
"""How words of these forms are read; all others are texts."""
