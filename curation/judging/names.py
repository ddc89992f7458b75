"""Names that stand in a text: whole words, in the singular or the plural, whatever their case and accents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from curation.judging.words import form, words

MAX_EXACT_LETTERS = 3


@dataclass(frozen=True)
class Name:
    """One name of what `of` calls: `forms` are its words as they are compared.

    `exact` holds words that must be written alike too: `SIG`, `CAP`, `Go` or `C#` are other words in small letters.
    """

    of: str
    forms: tuple[str, ...]
    exact: tuple[str, ...] = ()

    @classmethod
    def sought(cls, phrase: str) -> Name:
        """A phrase that a curator seeks, which names itself."""
        return cls(phrase, tuple(map(form, words(phrase))))

    @classmethod
    def known(cls, of: str, written: str) -> Name | None:
        """A name of the vocabulary; None for a single letter (`C`, `R`), which is no name in the middle of a text."""
        parts = tuple(words(written))
        if len(parts) == 1 and len(parts[0]) == 1:
            return None
        is_exact = len(parts) == 1 and (parts[0].isupper() or len(parts[0]) <= MAX_EXACT_LETTERS)
        return cls(of, tuple(map(form, parts)), parts if is_exact else ())


class Names:
    """Many names, found in one reading of a text."""

    def __init__(self, names: Iterable[Name | None]) -> None:
        self._by_first: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            if name and name.forms:
                self._by_first[name.forms[0]].append(name)

    def found(self, text: str) -> Iterator[tuple[Name, str]]:
        """Each name where it stands in a text, and the words that stand there.

        In a text all in capitals nothing tells `CAP` from a cape: names that must be written alike aren't sought.
        """
        written = tuple(words(text))
        forms = tuple(map(form, written))
        is_shouted = text.isupper() and len(written) > 1
        for place, first in enumerate(forms):
            for name in self._by_first.get(first, ()):
                end = place + len(name.forms)
                here = written[place:end]
                if forms[place:end] != name.forms or (name.exact and (is_shouted or here != name.exact)):
                    continue
                yield name, " ".join(here)
