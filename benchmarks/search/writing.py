"""Sentences, titles and names drawn by chance, always the same for the same seed: French in its words, not in sense.

A text mixes little words, the general language by its frequencies, the words of its topics, and what only a company
writes: people, places, references, figures.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.search import lexicon
from benchmarks.search.words import Bag, Lemma, Vocabulary

TOPIC_LEMMAS = 220
LITTLE, GENERAL, TOPIC = 0.42, 0.78, 0.985
"""The shares of what a text is made of, summed; what is left are names, places and references."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ELIDED = {"le", "la", "de", "que", "je", "ne", "se", "ce"}
_VOWELS = frozenset("aeiouyàâéèêëîïôûœ")


@dataclass(frozen=True)
class Topic:
    """What people write about together: words for texts; nouns and verbs, as the dictionary has them, for titles."""

    words: Bag
    nouns: Sequence[str]
    verbs: Sequence[str]


class Writer:
    """Writes with one seed; `people` are the names that texts drop."""

    def __init__(self, vocabulary: Vocabulary, seed: int, topics: int) -> None:
        self.chance = np.random.default_rng(seed)
        self._vocabulary = vocabulary
        trades = list(lexicon.TRADES.values())
        self.topics = [self._topic(trades[rank % len(trades)]) for rank in range(topics)]
        self.places = [self._place() for _ in range(400)]
        self.last_names = sorted({self._last_name() for _ in range(6000)})
        self.people = [self.name() for _ in range(500)]
        self._verbs = [lemma.name for lemma in vocabulary.middling if lemma.is_verb]
        self._titles: set[str] = set()

    def one(self, choices: Sequence[str]) -> str:
        """One of them, each as likely."""
        return choices[int(self.chance.integers(len(choices)))]

    def favourite(self, choices: Sequence[str]) -> str:
        """One of them, the first ones more often."""
        return choices[int(self.chance.random() ** 1.6 * len(choices))]

    def some(self, choices: Sequence[str], least: int, most: int) -> list[str]:
        """Between `least` and `most` of them, all different."""
        count = min(int(self.chance.integers(least, most + 1)), len(choices))
        return [choices[at] for at in self.chance.choice(len(choices), count, replace=False)]

    def subject(self) -> tuple[Topic, ...]:
        """The two or three topics of a page; the first ones are more in fashion."""
        ranks = (self.chance.random(int(self.chance.integers(2, 4))) ** 1.5 * len(self.topics)).astype(int)
        return tuple(self.topics[rank] for rank in ranks)

    def name(self) -> str:
        """Somebody's name; namesakes happen."""
        return f"{self.one(lexicon.FIRST_NAMES)} {self.one(self.last_names)}"

    def title(self, subject: Sequence[Topic]) -> str:
        """Three to seven words that mean something, not used before."""
        for _ in range(20):
            made = self._title(subject)
            if made.lower() not in self._titles:
                break
        self._titles.add(made.lower())
        return made

    def text(self, subject: Sequence[Topic], words: int) -> str:
        """Paragraphs of about that many words; long ones have headings, some a list."""
        blocks: list[str] = []
        left, parted = words, words > 260
        while left > 0:
            if parted and len(blocks) % 3 == 0:
                blocks.append(f"## {self._title(subject)}")
            length = min(left, int(self.chance.integers(40, 110)))
            blocks.append(self._block(subject, max(length, 12)))
            left -= length
        return "\n\n".join(blocks)

    def sentence(self, subject: Sequence[Topic], words: int) -> str:
        """One sentence."""
        return " ".join(self._sentences(subject, words)[:1])

    def _block(self, subject: Sequence[Topic], words: int) -> str:
        sentences = self._sentences(subject, words)
        if self.chance.random() < 0.1:
            return "\n".join(f"- {sentence}" for sentence in sentences)
        return " ".join(sentences)

    def _sentences(self, subject: Sequence[Topic], words: int) -> list[str]:
        drawn, made, at = self._words(subject, words), [], 0
        while at < len(drawn):
            length = int(self.chance.integers(7, 20))
            made.append(_joined(drawn[at : at + length]))
            at += length
        return made

    def _words(self, subject: Sequence[Topic], count: int) -> list[str]:
        part = self.chance.random(count)
        little = iter(self._vocabulary.little.draw(self.chance, count))
        general = iter(self._vocabulary.general.draw(self.chance, count))
        each = [iter(topic.words.draw(self.chance, count)) for topic in subject]
        topic = itertools.chain.from_iterable(zip(*each, strict=True))
        return [
            next(little) if share < LITTLE
            else next(general) if share < GENERAL
            else next(topic) if share < TOPIC
            else self._rarity()
            for share in part
        ]  # fmt: skip

    def _rarity(self) -> str:
        number = int(self.chance.integers(2, 4000))
        match int(self.chance.integers(5)):
            case 0:
                return self.one(self.people)
            case 1:
                return self.one(self.places)
            case 2:
                return f"{''.join(self.some(LETTERS, 2, 2))}-{number}"
            case 3:
                return f"{number % 90} %"
            case _:
                return str(number)

    def _title(self, subject: Sequence[Topic]) -> str:
        first, last = subject[0], subject[-1]
        noun, other, verb = (
            partial(self.favourite, words) for words in (first.nouns, last.nouns, first.verbs or self._verbs)
        )
        match int(self.chance.integers(7)):
            case 0:
                made = f"{verb()} le {noun()} sans {other()} ni {noun()}"
            case 1:
                made = f"comment {verb()} {noun()} et {other()} ?"
            case 2:
                made = f"{noun()} et {other()} : {verb()} avant {noun()}"
            case 3:
                made = f"{noun()} de {other()} à {self.one(self.places)}"
            case 4:
                made = f"retour sur {noun()}, {other()} et {noun()}"
            case 5:
                made = f"{verb()} {noun()} : {other()}, {noun()}, {other()}"
            case _:
                made = f"{noun()} pour {verb()} {other()} en {noun()}"
        return made[0].upper() + made[1:]

    def _topic(self, trade: Sequence[str]) -> Topic:
        middling = self._vocabulary.middling
        chosen = [middling[at] for at in self.chance.choice(len(middling), TOPIC_LEMMAS, replace=False)]
        known = [
            self._vocabulary.lemmas[name]
            for name in map(self._vocabulary.lemma, trade)
            if name in self._vocabulary.lemmas
        ]
        lemmas = [*known, *chosen]
        self.chance.shuffle(lemmas)
        forms, weights = _spread(lemmas)
        return Topic(
            Bag.of(forms, weights),
            [lemma.name for lemma in lemmas if not lemma.is_verb],
            [lemma.name for lemma in lemmas if lemma.is_verb],
        )

    def _last_name(self) -> str:
        name = self.one(lexicon.NAME_STARTS) + self.one(lexicon.NAME_MIDDLES) + self.one(lexicon.NAME_ENDS)
        return f"Le {name}" if self.chance.random() < 0.03 else name

    def _place(self) -> str:
        root = self.one(lexicon.NAME_STARTS) + self.one(lexicon.PLACE_ENDS)
        return self.one(lexicon.PLACE_STARTS) + root + self.one(lexicon.PLACE_SUITES)


def _spread(lemmas: Sequence[Lemma]) -> tuple[list[str], list[float]]:
    """The forms of a topic's lemmas: a lemma by its rank (Zipf), a form by its frequency among its sisters."""
    forms: list[str] = []
    weights: list[float] = []
    for rank, lemma in enumerate(lemmas):
        total = sum(lemma.weights)
        forms.extend(lemma.forms)
        weights.extend(weight / total / (rank + 8) for weight in lemma.weights)
    return forms, weights


def _joined(words: Sequence[str]) -> str:
    """A sentence: elisions made, a capital first, a comma here and there, a full stop last."""
    made: list[str] = []
    for rank, word in enumerate(words):
        if made and words[rank - 1] in _ELIDED and word[0] in _VOWELS:
            made[-1] = f"{made[-1][:-1]}’{word}"
        else:
            made.append(word)
    if len(made) > 9:
        made[len(made) // 2] += ","
    text = " ".join(made)
    return f"{text[0].upper()}{text[1:]}."
