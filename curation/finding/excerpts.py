"""The few words of a page that answer a query, and how its words are written there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from curation.report import printable
from portal.search.analysis import Analyser

WIDTH = 160
"""An excerpt's length, in characters, or so."""

_BEFORE = 40
"""So many characters come before the first word that was asked for."""

_SPELLING = re.compile(r"[^\W_]+[+#]*")


@dataclass(frozen=True)
class Mark:
    """A word of a text that has a term: where it begins and ends, in characters."""

    term: str
    start: int
    end: int


@dataclass(frozen=True)
class Excerpt:
    """A piece of one line; `marks` are the places in it, in order, of the words that were asked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The whole text in pieces, each with whether it was asked for."""
        at = 0
        for start, end in self.marks:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False


def marks(text: str, terms: Collection[str], analyser: Analyser) -> list[Mark]:
    """The words of a text that have one of the terms, in order."""
    found = []
    for spelling in _SPELLING.finditer(text):
        read = map(analyser.term, analyser.words(spelling[0]))
        if (term := next((term for term in read if term in terms), None)) is not None:
            found.append(Mark(term, *spelling.span()))
    return found


def excerpt(texts: Iterable[str], terms: Collection[str], analyser: Analyser) -> Excerpt:
    """The piece of these texts where most of the terms stand together; the first words when none does."""
    best: tuple[int, Excerpt] | None = None
    for text in texts:
        whole = printable(normalize("NFC", text))
        found = marks(whole, terms, analyser)
        start, count = _densest(found)
        if best is None or count > best[0]:
            best = count, _cut(whole, start, found)
    return best[1] if best else Excerpt("")


def _densest(found: list[Mark]) -> tuple[int, int]:
    """Where to begin so that the most different terms are in sight, and how many they are."""
    best = 0, 0
    for first in found:
        seen = {
            mark.term
            for mark in found
            if first.start <= mark.start and mark.end <= first.start + WIDTH - _BEFORE
        }
        if len(seen) > best[1]:
            best = first.start, len(seen)
    return best


def _cut(text: str, first: int, found: list[Mark]) -> Excerpt:
    """The words around a place, with “…” where something is left out."""
    start = text.rfind(" ", 0, first - _BEFORE) + 1 if first > _BEFORE else 0
    end = len(text) if len(text) - start <= WIDTH else max(text.rfind(" ", start, start + WIDTH), start + 1)
    if end - start < WIDTH // 2:  # a word without end
        end = min(start + WIDTH, len(text))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = [
        (mark.start + shift, mark.end + shift) for mark in found if start <= mark.start and mark.end <= end
    ]
    return Excerpt(before + text[start:end] + after, tuple(inside))


def spelling(texts: Iterable[str], term: str, analyser: Analyser) -> str | None:
    """How these texts mostly write a term, in small letters; None when none holds it."""
    counts: Counter[str] = Counter()
    for text in texts:
        plain = normalize("NFC", text)
        counts.update(plain[mark.start : mark.end].lower() for mark in marks(plain, {term}, analyser))
    return min(counts, key=lambda word: (-counts[word], word)) if counts else None
