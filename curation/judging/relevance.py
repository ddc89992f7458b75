"""How likely an entry is to be kept, learnt from what this company's curators kept and refused before.

A naive Bayes on words: small, offline, the same whatever the order of decisions, and able to say which words spoke for
and against. It orders a list; it decides nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from curation.judging.words import COUNTING, STOP_WORDS, folded, form, words

MODEL_VERSION = 1
"""Raised with any change that gives another score to the same entry after the same decisions."""
ENOUGH = 10
"""With fewer decisions on one of the two sides, a score stays near 50 and is called tentative."""
SMOOTHING = 2.0
MOST_TEXT_CHARS = 600
"""As long as an excerpt: what teaches and what is judged are read alike."""
MOST_WORDS = 5
MIN_SEEN, MIN_TOLD = 2, 0.2
"""A clue of fewer decisions, or that speaks less for either side, is counted, but never said as a reason."""


@dataclass(frozen=True)
class Example:
    """One past decision. `source` is its name in `feeds.yml`; `title` and `text` are plain text."""

    kept: bool
    source: str
    title: str
    text: str
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Score:
    """From 0, like what was refused, to 100, like what was kept; 50 where nothing tells.

    The words are those of the entry, its source or its tags, the most telling first. `examples` counts the decisions
    that were learnt from; `is_tentative` says that they are too few to be trusted.
    """

    value: int
    for_words: tuple[str, ...] = ()
    against_words: tuple[str, ...] = ()
    examples: int = 0
    is_tentative: bool = True


@dataclass(frozen=True)
class Model:
    """What past decisions teach.

    `weights` says how much each clue speaks for keeping (or, below 0, against), and `seen` in how many decisions it was;
    `middle` is the evidence that speaks for neither side, and `slope` what more of it is worth.
    """

    weights: Mapping[str, float]
    seen: Mapping[str, int]
    kept: int
    refused: int
    middle: float = 0.0
    slope: float = 0.0

    def score(self, source: str, title: str, text: str, tags: Sequence[str] = ()) -> Score:
        """The score of an entry, with its reasons."""
        clues = {
            clue: word for clue, word in _clues(source, title, text, tags).items() if clue in self.weights
        }
        fewest = min(self.kept, self.refused)
        evidence = _together([self.weights[clue] for clue in clues])
        odds = fewest / (fewest + ENOUGH) * self.slope * (evidence - self.middle)
        return Score(
            value=round(100 / (1 + math.exp(-max(-20.0, min(20.0, odds))))),
            for_words=self._reasons(clues, 1),
            against_words=self._reasons(clues, -1),
            examples=self.kept + self.refused,
            is_tentative=fewest < ENOUGH,
        )

    def _reasons(self, clues: Mapping[str, str], side: int) -> tuple[str, ...]:
        """How the clues that speak most for one side are written, those of many decisions before those of few."""
        told = [
            (-side * self.weights[clue] * math.sqrt(self.seen[clue]), written)
            for clue, written in clues.items()
            if self.seen[clue] >= MIN_SEEN and side * self.weights[clue] >= MIN_TOLD
        ]
        return tuple(dict.fromkeys(written for _, written in sorted(told)))[:MOST_WORDS]


def learn(examples: Iterable[Example]) -> Model:
    """The model that decisions make; their order changes nothing.

    Each decision is judged by all the others: where that tells the kept from the refused, the slope is steep; where it
    tells nothing, every score is 50.
    """
    read = [(item.kept, _clues(item.source, item.title, item.text, item.tags).keys()) for item in examples]
    kept = Counter(clue for side, clues in read if side for clue in clues)
    refused = Counter(clue for side, clues in read if not side for clue in clues)
    of_kept = sum(side for side, _ in read)
    of_refused = len(read) - of_kept
    seen = kept + refused
    weights = {clue: _weight(kept[clue], of_kept, refused[clue], of_refused) for clue in seen}
    model = Model(weights, seen, of_kept, of_refused)
    if min(of_kept, of_refused) < 2:
        return model

    def judged(side: bool, clues: Collection[str]) -> float:
        """The evidence of one example, by the others."""
        more, less = int(side), int(not side)
        shared = [clue for clue in clues if seen[clue] > 1]
        return _together(
            [
                _weight(kept[clue] - more, of_kept - more, refused[clue] - less, of_refused - less)
                for clue in shared
            ]
        )

    evidence = [(side, judged(side, clues)) for side, clues in read]
    middle, slope = _middle_and_slope(
        [item for side, item in evidence if side], [item for side, item in evidence if not side]
    )
    return replace(model, middle=middle, slope=slope)


@lru_cache(maxsize=10_000)
def _weight(kept: int, of_kept: int, refused: int, of_refused: int) -> float:
    """How much a clue speaks for keeping: the logarithm of its odds.

    Each side is given a few more examples where the clue is as frequent as in both together: with Laplace's equal shares,
    a word seen once would speak against itself where more is kept than refused.
    """
    usual = SMOOTHING * (kept + refused) / (of_kept + of_refused)
    return math.log((kept + usual) / (of_kept + SMOOTHING) * (of_refused + SMOOTHING) / (refused + usual))


def _together(weights: Collection[float]) -> float:
    """What all clues say together. Words aren't independent: a long text isn't surer in proportion to its length."""
    return math.fsum(weights) / math.sqrt(len(weights) or 1)


def _middle_and_slope(kept: Sequence[float], refused: Sequence[float]) -> tuple[float, float]:
    """What separates two groups of evidence best, and how sharply (Fisher's linear discriminant, in one dimension)."""
    means = [math.fsum(side) / len(side) for side in (kept, refused)]
    spread = math.fsum(
        (item - mean) ** 2 for side, mean in zip((kept, refused), means, strict=True) for item in side
    )
    variance = spread / (len(kept) + len(refused) - 2) + 0.1
    return sum(means) / 2, max(0.0, (means[0] - means[1]) / variance)


def _clues(source: str, title: str, text: str, tags: Sequence[str]) -> dict[str, str]:
    """What an entry is judged by, each with how it is said to people."""
    clues = {f"source {source}": source}
    for tag in tags:
        clues.setdefault(f"tag {folded(tag)}", tag)
    for word in words(f"{title}\n{text[:MOST_TEXT_CHARS]}"):
        plain = folded(word)
        if len(word) > 1 and not word.isdigit() and plain not in STOP_WORDS and plain not in COUNTING:
            clues.setdefault(form(word), word)
    return clues
