"""Whether two entries tell the same story, by what they say; and finding those that do among tens of thousands.

Two stories taken for one lose the second for good; one story taken for two is only read twice. So each doubt here
says that they are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import pairwise

from rapidfuzz import fuzz

from curation.judging.words import DATES, STOP_WORDS, folded, singular, words

COMPARED_CHARS = 400
SHORT_CHARS, LONG_CHARS = 60, 200
"""Below the first, a text says too little to tell two entries apart; from the second on, it may outweigh the title."""
SAME_TEXT = 88
"""Percent of characters in common: a press release that two editors shortened keeps 94, two articles that quote the
same sentence 81."""
SAME_WORD = 85
MIN_TITLE_WORDS = 5
RARE_WORDS = 6

_SUFFIX = re.compile(r"\s[–—|·•-]\s(?=[^–—|·•]{1,40}$)")
_ROMAN = re.compile(r"[ivx]{2,5}")


@dataclass(frozen=True)
class Likeness:
    """What two entries are compared by: folded words with spaces between.

    `text` holds the first 400 characters; a `|` in `title` stands before what may be the name of the site.
    """

    title: str
    text: str

    @cached_property
    def names(self) -> frozenset[str]:
        """The title as a whole, and without the name of the site: one of them is the same in the same title."""
        head, _, tail = self.title.partition(" | ")
        whole = f"{head} {tail}".strip()
        is_site = tail and not _telling(tail.split()) and len(head.split()) >= MIN_TITLE_WORDS
        return frozenset({whole, head} if is_site else {whole})

    @cached_property
    def subject(self) -> frozenset[str]:
        """The words of the title that say something, without numbers and dates."""
        return _content(self.title) - self.telling

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words of the title that tell one issue from the next: numbers, months, days."""
        return _telling(self.title.split())

    @cached_property
    def said(self) -> frozenset[str]:
        """The words of title and text that say something."""
        return self.subject | self.telling | _content(self.text)

    @cached_property
    def numbers(self) -> tuple[tuple[int, str], ...]:
        """The numbers and dates of the text, each with where it ends."""
        found = ((match.end(), match.group()) for match in re.finditer(r"\S+", self.text))
        return tuple((end, word) for end, word in found if _telling([word]))

    @property
    def is_short(self) -> bool:
        """Whether the text says too little to be compared."""
        return len(self.text) < SHORT_CHARS


def likeness(title: str, text: str) -> Likeness:
    """What an entry is recognised by wherever it is told; `title` and `text` are plain text."""
    *head, tail = _SUFFIX.split(title)
    marked = [" ".join(map(folded, words(part))) for part in (" ".join(head), tail)]
    said = " ".join(map(folded, words(text[: 2 * COMPARED_CHARS])))
    if len(said) > COMPARED_CHARS:
        said = said[: COMPARED_CHARS + 1].rpartition(" ")[0]
    return Likeness(" | ".join(filter(None, marked)), said)


def near_same(one: Likeness, other: Likeness) -> bool:
    """Whether two entries tell the same story: the same text but for small edits, under titles that don't disagree.

    Where a text is missing or short, the titles must be equal (but for the name of a site) and of five words or more.
    """
    if one.is_short or other.is_short:
        return any(name.count(" ") >= MIN_TITLE_WORDS - 1 for name in one.names & other.names)
    if _differ(one.telling, other.telling):
        return False
    is_like = 2 * len(one.subject & other.subject) >= min(len(one.subject), len(other.subject))
    if is_like and one.telling != other.telling:
        return False
    return _is_same_text(one, other) and (_agree if is_like else _support)(one, other)


def _is_same_text(one: Likeness, other: Likeness) -> bool:
    """As far as both go, since feeds cut texts at different lengths; numbers weigh more than their few characters."""
    length = min(len(one.text), len(other.text))
    if fuzz.ratio(one.text[:length], other.text[:length], score_cutoff=SAME_TEXT) == 0:
        return False
    mine, its = (frozenset(word for end, word in told.numbers if end < length) for told in (one, other))
    return not _differ(mine, its) or 2 * len(mine & its) >= min(len(mine), len(its))


def _agree(one: Likeness, other: Likeness) -> bool:
    """Whether titles that have half of their words in common mean the same.

    They don't where each has a word of its own that the other entry never says (“Restrictions : le Gard”, “… :
    l’Hérault”), unless it is another form of the same word.
    """
    mine = {word for word in one.subject - other.subject if not _has_form(word, other.subject)}
    its = {word for word in other.subject - one.subject if not _has_form(word, one.subject)}
    return mine <= other.said or its <= one.said


def _has_form(word: str, among: Iterable[str]) -> bool:
    return any(fuzz.ratio(word, other) >= SAME_WORD for other in among)


def _support(one: Likeness, other: Likeness) -> bool:
    """Whether titles with little in common may stand over the same text: each is about what the other entry says."""
    if min(len(one.text), len(other.text)) < LONG_CHARS:
        return False
    shares = [
        len(mine.subject & its.said) / len(mine.subject) if mine.subject else 0
        for mine, its in ((one, other), (other, one))
    ]
    return min(shares) >= 1 / 3 and sum(shares) >= 1


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has something that the other hasn't."""
    return bool(one - other and other - one)


def _content(text: str) -> frozenset[str]:
    return frozenset(singular(word) for word in text.split() if word not in STOP_WORDS and word != "|")


def _telling(among: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word for word in among if any(map(str.isdigit, word)) or word in DATES or _ROMAN.fullmatch(word)
    )


class LikenessIndex:
    """Finds what tells the same story among tens of thousands without comparing with each.

    Entries are looked up by what the same story has in common wherever it is told: its title, its rarest words, and
    pairs of words that follow each other at its beginning, which a feed that cuts texts leaves too.
    """

    def __init__(self) -> None:
        self._known: list[tuple[str, Likeness]] = []
        self._places: dict[str, list[int]] = defaultdict(list)

    def add(self, key: str, likeness: Likeness) -> None:
        """Remember what an entry says under a key; a key may have several."""
        for block in _content(likeness.text) | _beginnings(likeness):
            self._places[block].append(len(self._known))
        self._known.append((key, likeness))

    def find(self, likeness: Likeness) -> list[str]:
        """The keys under which the same story is remembered, sorted."""
        words = (word for word in _content(likeness.text) if word in self._places)
        rare = nsmallest(RARE_WORDS, words, key=lambda word: (len(self._places[word]), word))
        places = {place for block in (*rare, *_beginnings(likeness)) for place in self._places.get(block, ())}
        return sorted(
            {key for key, other in map(self._known.__getitem__, places) if near_same(likeness, other)}
        )


def _beginnings(likeness: Likeness) -> set[str]:
    said = [word for word in likeness.text[:SHORT_CHARS].split() if word not in STOP_WORDS]
    return {f"={name}" for name in likeness.names} | {" ".join(pair) for pair in pairwise(said)}
