"""Known-item queries, drawn from the documents by rules that nobody tuned on: one page is wanted by each.

Only pages whose title no other page has are wanted. The rules know neither engine: forms of a word come from
simplemma's dictionary and wordfreq's frequencies.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.search.lexicon import FUNCTION_WORDS
from benchmarks.search.words import Vocabulary, vocabulary
from portal.search.document import Document

LETTERS = "abcdefghijklmnopqrstuvwxyz"
FEWEST_PAGES, LARGEST_SHARE = 5, 0.02
"""A word of middle frequency: its dictionary's form stands in so many pages at least, in that share of them at most."""

CLASSES = ("exact title", "no accents", "inflected words", "one typo", "cut last word")
"""The classes that have a target."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Query:
    """What is typed, and the address of the page that should be found."""

    asks: str
    text: str
    wanted: str


def folded(text: str) -> str:
    """Lower case, without marks, `œ` and `æ` in two letters."""
    marks = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def queries(documents: Sequence[Document], seed: int, count: int) -> list[Query]:
    """`count` queries of each class, fewer where the documents don't hold so many; people's names last, aside."""
    chance = random.Random(seed)
    titles = Counter(folded(document.title) for document in documents)
    alone = [document for document in documents if titles[folded(document.title)] == 1]
    titled = [document for document in alone if len(meaningful(document.title)) >= 3]
    people = [document for document in alone if document.kind == "person"]
    asks: Mapping[str, Callable[[random.Random, str], str | None]] = {
        "exact title": lambda _, title: title,
        "no accents": without_accents,
        "one typo": with_typo,
        "cut last word": cut_short,
    }
    made = [query for name, ask in asks.items() for query in drawn(name, ask, titled or alone, chance, count)]
    made += inflected(documents, alone, chance, count)
    made.sort(key=lambda query: CLASSES.index(query.asks))
    for name in ("no accents", "one typo"):
        made += drawn(f"a person's name, {name}", asks[name], people, chance, count)
    return made


def typed(documents: Sequence[Document], seed: int, count: int) -> list[tuple[str, str]]:
    """Pairs of queries that at least ten pages answer, one asked after the other: a word, two words, a whole title."""
    chance = random.Random(seed)
    holding: dict[str, set[int]] = defaultdict(set)
    for rank, document in enumerate(documents):
        for word in _words(document):
            holding[word].add(rank)
    usual = sorted(
        word
        for word, pages in holding.items()
        if 10 <= len(pages) <= 0.1 * len(documents) and len(word) >= 4 and folded(word) not in FUNCTION_WORDS
    )
    titled = [document.title for document in documents if len(meaningful(document.title)) >= 3]
    third = count // 3
    texts = [
        chance.sample(usual, 2 * third),
        list(_together(usual, holding, chance, 2 * third)),
        chance.sample(titled, 2 * (count - 2 * third)),
    ]
    return [pair for some in texts for pair in zip(some[::2], some[1::2], strict=True)]


def _together(
    usual: Sequence[str], holding: Mapping[str, set[int]], chance: random.Random, count: int
) -> Iterator[str]:
    """Two words that ten pages hold together."""
    left, tries = count, 0
    common = [word for word in usual if len(holding[word]) >= 30] or usual
    while left:
        one, other = chance.sample(common, 2)
        tries += 1
        if len(holding[one] & holding[other]) >= 10 or tries > 200_000:
            yield f"{one} {other}"
            left -= 1


def meaningful(text: str) -> list[str]:
    """The words of a text without the little ones."""
    return [word for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in FUNCTION_WORDS]


def drawn(
    name: str,
    ask: Callable[[random.Random, str], str | None],
    documents: Sequence[Document],
    chance: random.Random,
    count: int,
) -> Iterator[Query]:
    """Queries made from the titles of documents drawn by chance, those that lend themselves to it."""
    left = count
    for document in chance.sample(documents, len(documents)):
        if left and (text := ask(chance, document.title)) is not None:
            yield Query(name, text, document.address)
            left -= 1


def without_accents(_: random.Random, title: str) -> str | None:
    """A title that has accents, without them."""
    bare = folded(title)
    return bare if bare != title.lower() else None


def with_typo(chance: random.Random, title: str) -> str | None:
    """One letter wrong, added, missing, or two swapped, in a word of five letters or more."""
    long = [match for match in _WORD.finditer(title) if len(match.group()) >= 5]
    if not long:
        return None
    match = chance.choice(long)
    word = match.group()
    while (wrong := _mistyped(chance, word)) == word:
        continue
    return title[: match.start()] + wrong + title[match.end() :]


def _mistyped(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def cut_short(chance: random.Random, title: str) -> str | None:
    """A title whose last word isn't finished: at least three letters and three fifths of it are there."""
    words = list(_WORD.finditer(title))
    if not words or len(words[-1].group()) < 5:
        return None
    last = words[-1].group()
    return title[: words[-1].start()] + last[: chance.randint(max(3, -(-len(last) * 3 // 5)), len(last) - 1)]


def inflected(
    documents: Sequence[Document], alone: Sequence[Document], chance: random.Random, count: int
) -> Iterator[Query]:
    """Three words of middle frequency that one page alone holds together, each in a form that the page hasn't."""
    known, spread = vocabulary(), Counter[str]()
    for document in documents:
        spread.update(lemmas(known, _words(document)))
    most = max(2 * FEWEST_PAGES, round(LARGEST_SHARE * len(documents)))
    middling = {lemma for lemma, pages in spread.items() if FEWEST_PAGES <= pages <= most and len(lemma) >= 4}
    asked: dict[Query, frozenset[str]] = {}
    for document in chance.sample(alone, min(len(alone), 3 * count)):
        found = _three(known, document, middling, chance)
        if found:
            asked[Query("inflected words", " ".join(found.values()), document.address)] = frozenset(found)
    holding = _holding(known, documents, frozenset().union(*asked.values()))
    alone_with = [
        query
        for query, names in asked.items()
        if len(set.intersection(*(holding[name] for name in names))) == 1
    ]
    yield from alone_with[:count]


def lemmas(known: Vocabulary, words: Iterable[str]) -> set[str]:
    """The dictionary's forms of some words."""
    return {known.lemma(word) for word in words}


def _three(
    known: Vocabulary, document: Document, middling: set[str], chance: random.Random
) -> dict[str, str] | None:
    """Three lemmas of the document's body, each with another form; nothing where there aren't three."""
    here = {folded(word) for word in _words(document)}
    body = sorted(lemmas(known, set(_WORD.findall(document.fields["body"].lower()))) & middling)
    found: dict[str, str] = {}
    for name in chance.sample(body, len(body)):
        lemma = known.lemmas.get(name)
        forms = [
            (form, weight)
            for form, weight in zip(lemma.forms, lemma.weights, strict=True)
            if folded(form) not in here
        ] if lemma else []  # fmt: skip
        if forms:
            found[name] = chance.choices([form for form, _ in forms], [weight for _, weight in forms])[0]
        if len(found) == 3:
            return found
    return None


def _holding(known: Vocabulary, documents: Sequence[Document], names: frozenset[str]) -> dict[str, set[int]]:
    """For each of some lemmas, the documents that hold it, by rank."""
    holding: dict[str, set[int]] = defaultdict(set)
    for rank, document in enumerate(documents):
        for name in lemmas(known, _words(document)) & names:
            holding[name].add(rank)
    return holding


def _words(document: Document) -> set[str]:
    """Every word of a page, as it is spelled, in lower case."""
    return {word for text in document.fields.values() for word in _WORD.findall(text.lower())}
