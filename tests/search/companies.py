"""Made-up documents, always the same for the same numbers: words are drawn as a language draws them, few very often."""

import random
from itertools import accumulate

from portal.search.document import Anchor, Document, Helper, Passage

SYLLABLES = [first + last for first in "bcdflmnprstvz" for last in ("a", "é", "i", "o")]
KINDS = {
    "person": ("annuaire/", 30),
    "question": ("questions/", 60),
    "story": ("recits/", 300),
    "page": ("", 200),
}


def vocabulary(rng: random.Random, count: int) -> list[str]:
    words = sorted({"".join(rng.choices(SYLLABLES, k=rng.randint(2, 5))) for _ in range(count)})
    rng.shuffle(words)
    return words


def company(count: int, seed: int = 1) -> list[Document]:
    rng = random.Random(seed)
    words = vocabulary(rng, 1500 + count)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def text(length: int) -> str:
        return " ".join(rng.choices(words, cum_weights=weights, k=max(length, 1)))

    return [document(rng, number, text) for number in range(count)]


def document(rng: random.Random, number: int, text) -> Document:
    kind = rng.choice(list(KINDS))
    folder, length = KINDS[kind]
    title = text(rng.randint(1, 6)).capitalize()
    pieces = [text(rng.randint(20, 100)) for _ in range(max(1, rng.randint(length // 2, length * 2) // 100))]
    passages = tuple(Passage(piece, (Anchor(0, f"part-{at}"),)) for at, piece in enumerate(pieces))[:8]
    fields = {"title": title, "skills": text(3), "body": " ".join(pieces)}
    if number % 3 == 0:
        fields |= {"tags": text(2), "headings": text(4), "people": text(2), "synonyms": text(2)}
    facets = {"territory": (rng.choice(["bretagne", "lyon", "nantes"]),), "year": ("2025",)}
    helpers = (Helper("Awa Diop", "annuaire/awa-diop/", "bretagne", 4, ("teach", "help"), "Ingénieure"),)
    return Document(
        kind,
        f"{folder}{number:05}/",
        title,
        text(2),
        "2025-03-04",
        fields,
        passages,
        facets,
        helpers if number % 10 == 0 else (),
    )
