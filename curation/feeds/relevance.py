"""How likely an entry is to be kept, learnt from what this company's curators kept and refused before.

A naive Bayes on words: small, offline, the same whatever the order of decisions, and able to say which words spoke for
and against. It orders a list; it decides nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from curation.feeds.words import COUNTING, STOP_WORDS, folded, form, words

MODEL_VERSION = 1
"""Raised with any change that gives another score to the same entry after the same decisions."""
ENOUGH = 10
"""With fewer decisions on one of the two sides, a score stays near 50 and is called tentative."""
SMOOTHING = 10.0
MOST_TEXT_CHARS = 2000
MOST_WORDS = 5
STEM_CHARS = 7
"""Words that share so many first letters are taken for one: `méthanisation`, `méthaniseur`."""


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
class Counts:
    """How many kept and refused examples hold each clue, and how many there are of each."""

    kept: Mapping[str, int]
    refused: Mapping[str, int]
    of_kept: int
    of_refused: int

    @cached_property
    def fewest(self) -> int:
        """The size of the smaller side: a model knows no more than that."""
        return min(self.of_kept, self.of_refused)

    def weight(self, clue: str, without: bool | None = None) -> float:
        """How much a clue speaks for keeping (or, below 0, against): the logarithm of its odds.

        Each side is given more examples where the clue is as frequent as in both together: with Laplace's equal shares, a
        word seen once would speak against itself where more is kept than refused. `without` leaves one example out that
        holds the clue, a kept (True) or a refused one.
        """
        kept, of_kept = self.kept.get(clue, 0) - (without is True), self.of_kept - (without is True)
        refused, of_refused = (
            self.refused.get(clue, 0) - (without is False),
            self.of_refused - (without is False),
        )
        usual = SMOOTHING * (kept + refused) / (of_kept + of_refused or 1)
        if not usual:
            return 0.0
        return math.log((kept + usual) / (of_kept + SMOOTHING) * (of_refused + SMOOTHING) / (refused + usual))

    def evidence(self, clues: Collection[str], without: bool | None = None) -> float:
        """What all clues say together. Words aren't independent: a long text isn't surer in proportion to its length."""
        weights = [weight for clue in clues if (weight := self.weight(clue, without))]
        return math.fsum(weights) / math.sqrt(len(weights) or 1)


@dataclass(frozen=True)
class Model:
    """What past decisions teach: `middle` is the evidence that speaks for neither side, `slope` what one more is worth."""

    counts: Counts
    middle: float = 0.0
    slope: float = 0.0

    def score(self, source: str, title: str, text: str, tags: Sequence[str] = ()) -> Score:
        """The score of an entry, with its reasons."""
        clues = _clues(source, title, text, tags)
        told = sorted((self.counts.weight(clue), written) for clue, written in clues.items())
        counts, odds = self.counts, self.slope * (self.counts.evidence(clues) - self.middle)
        certainty = counts.fewest / (counts.fewest + ENOUGH)
        return Score(
            value=round(100 / (1 + math.exp(-certainty * max(-20.0, min(20.0, odds))))),
            for_words=tuple(written for weight, written in reversed(told) if weight > 0)[:MOST_WORDS],
            against_words=tuple(written for weight, written in told if weight < 0)[:MOST_WORDS],
            examples=counts.of_kept + counts.of_refused,
            is_tentative=counts.fewest < ENOUGH,
        )


def learn(examples: Iterable[Example]) -> Model:
    """The model that decisions make; their order changes nothing.

    Each decision is judged by all the others: where that tells the kept from the refused, the slope is steep; where it
    tells nothing, every score is 50.
    """
    read = [
        (item.kept, frozenset(_clues(item.source, item.title, item.text, item.tags))) for item in examples
    ]
    held: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for kept, clues in read:
        held[kept].update(clues)
    sides = Counter(kept for kept, _ in read)
    counts = Counts(held[True], held[False], sides[True], sides[False])
    if counts.fewest < 2:
        return Model(counts)
    judged = {side: [counts.evidence(clues, side) for kept, clues in read if kept is side] for side in held}
    return Model(counts, *_middle_and_slope(judged[True], judged[False]))


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
            clues.setdefault(form(word)[:STEM_CHARS], word)
    return clues
