"""French words as a company uses them: the general language by its frequencies, and the lexicons of our trades."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from benchmarks.search.lexicon import FUNCTION_WORDS, TRADES

COMMON = 80_000
"""So many of the most frequent words of French are looked at."""

_WORD = re.compile(r"[a-zàâäçéèêëîïôöùûüÿœæ]{3,25}")
_VERB = re.compile(r"(er|ir|re)$")


@dataclass(frozen=True)
class Lemma:
    """A word of the dictionary with the forms that it takes in texts, the most frequent first."""

    name: str
    forms: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def is_verb(self) -> bool:
        """Whether it is probably a verb: an infinitive's ending and many forms."""
        return len(self.forms) >= 5 and bool(_VERB.search(self.name))


@dataclass(frozen=True)
class Bag:
    """Words to draw from: `share[i]` is the chance that one of the words up to i is drawn."""

    words: Sequence[str]
    share: np.ndarray

    @classmethod
    def of(cls, words: Sequence[str], weights: Sequence[float]) -> Bag:
        """A bag where each word is drawn in proportion to its weight."""
        share = np.cumsum(np.asarray(weights, dtype=float))
        return cls(words, share / share[-1])

    def draw(self, chance: np.random.Generator, count: int) -> list[str]:
        """`count` words."""
        found = np.searchsorted(self.share, chance.random(count), side="right")
        return [self.words[at] for at in np.minimum(found, len(self.words) - 1)]


class Vocabulary:
    """The lemmas of French that are worth a topic or a query, and the bags of its most common words."""

    def __init__(self) -> None:
        import simplemma  # type: ignore[import-not-found]
        from wordfreq import get_frequency_dict, top_n_list  # type: ignore[import-not-found]

        frequency = get_frequency_dict("fr")
        self._lemma = cache(lambda word: simplemma.lemmatize(word, "fr"))
        families: dict[str, list[str]] = defaultdict(list)
        ours = [word for trade in TRADES.values() for word in trade]
        for word in dict.fromkeys([*top_n_list("fr", COMMON), *ours]):
            if _WORD.fullmatch(word) and (word in ours or simplemma.is_known(word, "fr")):
                families[self._lemma(word)].append(word)
        self.lemmas = {
            name: Lemma(name, tuple(forms), tuple(frequency.get(form, 1e-7) for form in forms))
            for name, forms in families.items()
            if name not in FUNCTION_WORDS
        }
        self.little = Bag.of(FUNCTION_WORDS, [frequency.get(word, 1e-6) for word in FUNCTION_WORDS])

    def lemma(self, word: str) -> str:
        """The dictionary's form of a word."""
        return str(self._lemma(word.lower()))

    @cached_property
    def general(self) -> Bag:
        """Every form of the language by its frequency, without the little words."""
        pairs = [
            pair for lemma in self.lemmas.values() for pair in zip(lemma.forms, lemma.weights, strict=True)
        ]
        return Bag.of([word for word, _ in pairs], [weight for _, weight in pairs])

    @cached_property
    def middling(self) -> list[Lemma]:
        """Lemmas neither everywhere nor nowhere: what topics are made of, in a steady order."""
        ranked = sorted(self.lemmas.values(), key=lambda lemma: (-sum(lemma.weights), lemma.name))
        return [lemma for lemma in ranked[300:14_000] if len(lemma.name) >= 4]


@cache
def vocabulary() -> Vocabulary:
    """The one vocabulary of a run; `tools.install()` must have been called."""
    return Vocabulary()
