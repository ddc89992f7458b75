"""What someone types → what is asked: words, phrases, exclusions, fields. Its twin is search-query.js.

The text is read from left to right as elements: `-`, then a field and `:`, both optional; then a quoted text, or a run
without space or quote. `tests/search/queries.json` holds the grammar in sentences, and the cases of both twins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.search.analysis import analyser

MAX_CHARACTERS = 500
"""What is typed beyond is ignored."""

MAX_WORDS = 32
"""Words beyond are ignored; excluded ones count, the values of fields don't."""

# The browser's idea of a space (ECMA-262 § 12.2 and 12.3): Python's differs by a few controls.
_SPACE = "\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_QUOTE = '"«»“”„'
_ELEMENT = re.compile(
    rf"(?P<minus>-?)(?:(?P<field>[^{_SPACE}{_QUOTE}:]+):)?"
    rf"(?:[{_QUOTE}](?P<quoted>[^{_QUOTE}]*)(?P<closed>[{_QUOTE}]?)|(?P<run>[^{_SPACE}{_QUOTE}]+))"
)


@dataclass(frozen=True)
class Query:
    """Words are folded, stop words included. The words of a phrase stand among `words` too.

    `excluded` holds runs of words, of one or more; `filters` pairs of a facet (or `kind`) and a value: folded words
    joined by a space.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for; exclusions alone ask for nothing."""
        return not (self.words or self.filters)


@dataclass
class _Reading:
    """What is read so far, and how many words may still be taken."""

    left: int = MAX_WORDS
    words: list[str] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    excluded: list[tuple[str, ...]] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)

    def take(self, words: list[str], *, is_excluded: bool, is_phrase: bool) -> None:
        """Add the words of one element, as many as may be."""
        run = tuple(words[: self.left])
        self.left -= len(run)
        if not run:
            return
        if is_excluded:
            self.excluded.append(run)
            return
        self.words.extend(run)
        if is_phrase:
            self.phrases.append(run)


def parse(text: str, fields: Mapping[str, str]) -> Query:
    """Read a query; `fields` are the folded names that people write and the facets that they stand for."""
    reading = _Reading()
    for element in _ELEMENT.finditer(text[:MAX_CHARACTERS]):
        name, value = element["field"] or "", element["quoted"] or element["run"] or ""
        facet = fields.get(" ".join(words_of(name)))
        words = words_of(value)
        if facet and not element["minus"]:
            if words:
                reading.filters.append((facet, " ".join(words)))
            continue
        reading.take(
            words if facet else [*words_of(name), *words],
            is_excluded=bool(element["minus"]),
            is_phrase=bool(element["closed"]) and not name,
        )
    return Query(
        tuple(reading.words), tuple(reading.phrases), tuple(reading.excluded), tuple(reading.filters)
    )


def words_of(text: str) -> list[str]:
    """The folded words of a text: every language parts its words alike."""
    return analyser("en").words(text)
