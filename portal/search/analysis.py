"""Texts to words, words to terms: what the index holds and what a query asks for. Its twin is search-words.js.

A word is a run of letters, digits and marks (Unicode's L, N and M, up to U+FFFF), and of the signs `+` and `#` that
end it: “c++”, “c#”. Everything else parts words: “l’eau”, “sous-sol”, “a_b”, an emoji. The two codes agree on every
character of Unicode 14, Python 3.11's; on one that came later, only if both know it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, Generic, TypeVar
from unicodedata import category, normalize

from portal.search.rules import LETTERS, RULES, Rules, read_step

K = TypeVar("K")
V = TypeVar("V")

MAX_LENGTH = 40
"""A word is cut after so many characters."""

_MAX_REMEMBERED = 300_000
"""Spellings whose term is remembered: more than a portal's language, fewer than a hostile tree could bring."""


def _ranges(majors: str) -> Iterator[str]:
    """The characters up to U+FFFF of these major categories, as ranges of a regular expression."""
    for wanted, run in groupby(map(chr, range(0x10000)), lambda character: category(character)[0] in majors):
        if wanted:
            characters = list(run)
            yield f"{characters[0]}-{characters[-1]}"


_WORD = re.compile(f"[{''.join(_ranges('LMN'))}]+[+#]*")
_NOT_OF_A_WORD = re.compile(r"[^\w+#]|[\U00010000-\U0010ffff]")

# ASCII letters are made small, as folding makes them; what no word holds becomes a space, but the character 0.
_PLAIN = bytes(
    ord(sign.lower()) if sign.isalnum() or sign in "+#\0" else ord(" ") for sign in map(chr, range(128))
) + bytes(range(128, 256))
_APOSTROPHE = "’".encode()


class _Remembered(dict[K, V], Generic[K, V]):
    """What `read` makes of each key, asked once."""

    def __init__(self, read: Callable[[K], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: K) -> V:
        value = self[key] = self._read(key)
        return value

    def forget(self) -> None:
        """Begin anew once there is too much."""
        if len(self) > _MAX_REMEMBERED:
            self.clear()


def _folded_character(code: int) -> str:
    """Decomposed, then small (“ℝ” hides a capital), then without marks, then as `LETTERS` says."""
    plain = normalize("NFKD", chr(code)).lower()
    return "".join(LETTERS.get(part, part) for part in plain if category(part)[0] != "M")


_FOLDED = _Remembered(_folded_character)


def fold(text: str) -> str:
    """The text in small letters without accents, compatible forms made plain: “Œuvre ﬁnale” → “oeuvre finale”.

    It goes character by character: a text's parts fold to the parts of the folded text.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def plain(text: str) -> bytes:
    """A text in UTF-8, to be parted at spaces into pieces: words, or several and the signs that part them.

    The terms of the pieces are those of the text; there are far fewer pieces than ways to spell and to punctuate.
    """
    return text.encode(errors="replace").translate(_PLAIN).replace(_APOSTROPHE, b" ")


def _folded_word(spelling: str) -> str:
    """A word of a text, folded; what its folding brings that no word holds is left out (“½” → “12”).

    Nothing is left of a mark that stands alone, nor of the signs that follow it.
    """
    folded = fold(spelling)
    held = folded if folded.isascii() and folded.isalnum() else _NOT_OF_A_WORD.sub("", folded)
    return held[:MAX_LENGTH] if held.strip("+#") else ""


def _candidates(step: Mapping[str, tuple[int, str]]) -> _Remembered[str, tuple[tuple[str, int, str], ...]]:
    """For the last three letters of a word, the rules that may be its own, the longest suffix first: few have one."""
    rules = sorted(((suffix, *rule) for suffix, rule in step.items()), key=lambda rule: -len(rule[0]))
    return _Remembered(
        lambda end: tuple(rule for rule in rules if rule[0].endswith(end) or end.endswith(rule[0]))
    )


class Analyser:
    """Reads texts by the rules of one language."""

    def __init__(self, rules: Rules) -> None:
        self._stop = frozenset(rules.stop.split())
        self._short = frozenset(rules.short)
        self._steps = [_candidates(read_step(step)) for step in rules.steps]
        self._doubles = frozenset(letter * 2 for letter in rules.doubles)
        self._words = _Remembered(_folded_word)
        self._terms: _Remembered[str, str | None] = _Remembered(
            lambda spelling: self.term(_folded_word(spelling))
        )

    def words(self, text: str) -> list[str]:
        """The folded words in order, stop words too."""
        return _read(text, self._words)

    def term(self, word: str) -> str | None:
        """The term of a folded word; None for a stop word or a lone letter."""
        if word in self._stop or (len(word) < 2 and word not in self._short):
            return None
        return self._stem(word) if len(word) > 3 and word.isascii() and word.isalpha() else word

    def terms(self, text: str) -> list[str]:
        """The terms of the words in order, stop words left out: `term` of each of `words`, faster."""
        if text.isascii() and text.isalnum():
            term = self.term(text[:MAX_LENGTH].lower())
            return [term] if term else []
        return _read(text, self._terms)

    def _stem(self, word: str) -> str:
        for rules in self._steps:
            for suffix, least, ending in rules[word[-3:]]:
                left = len(word) - len(suffix)
                if left >= least and word.endswith(suffix):
                    word = word[:left] + ending
                    break
        return word[:-1] if len(word) > 4 and word[-2:] in self._doubles else word


def _read(text: str, known: _Remembered[str, Any]) -> list[Any]:
    """What is known of each word, where it isn't nothing; every loop here is the interpreter's own, for speed."""
    known.forget()
    return list(filter(None, map(known.__getitem__, _WORD.findall(text))))


@cache
def analyser(language: str) -> Analyser:
    """The analyser of a language of `RULES`; KeyError for another."""
    return Analyser(RULES[language])
