"""Texts read by blocks have the terms that the analyser gives them one by one."""

from collections import defaultdict
from itertools import count, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search import reading
from portal.search.analysis import analyser
from portal.search.reading import Reader, cut

FRENCH = analyser("fr")
ODD = [
    "",
    "L’eau, l'Été & l’« ÎLE » : C++, c# et R ; sous-sol a_b 🎉½ 𝐀𐀀y",
    "un\0deux\0",
    "mot\udc80perdu",
    "pompe\u00a0: vanne\u202f; chlore…ozone",
    "ß ŒUVRE œuvre ﬁnale ΣΑΣ İstanbul",
    " " * 50,
    "a" * 500,
]


class Numbered:
    """A reader, and the terms by their numbers."""

    def __init__(self) -> None:
        self.known: dict[str, int] = defaultdict(count().__next__)
        self.asked: list[str] = []
        self.reader = Reader(self.ask)

    def ask(self, piece: str) -> list[int]:
        self.asked.append(piece)
        return [self.known[term] for term in FRENCH.terms(piece)]

    def read(self, texts: list[str]) -> list[list[str]]:
        """The terms of each text, sorted: the order inside one has no meaning."""
        found, names = self.reader.read(texts), {}
        names = {number: term for term, number in self.known.items()}
        ends = [0, *np.cumsum(found.lengths).tolist()]
        assert ends[-1] == len(found.numbers)
        return [
            sorted(names[number] for number in found.numbers[one:end].tolist()) for one, end in pairwise(ends)
        ]


def expected(texts: list[str]) -> list[list[str]]:
    return [sorted(FRENCH.terms(text)) for text in texts]


def test_odd_texts_have_their_terms_each_time_that_they_are_read():
    numbered = Numbered()
    for texts in (ODD, ODD[::-1], [*ODD, *ODD], [], ["pompe"]):
        assert numbered.read(texts) == expected(texts)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_texts_have_their_terms(texts):
    numbered = Numbered()
    assert numbered.read(texts) == expected(texts)
    assert numbered.read(texts[::-1]) == expected(texts[::-1])


def test_a_piece_is_asked_once_whatever_its_capitals_and_the_signs_around():
    numbered = Numbered()
    numbered.read(["Pompe, pompe. (POMPE)", "«pompe» l’eau"])
    numbered.read(["l'eau : pompe !", "«Pompe»"])
    assert sorted(numbered.asked) == ["eau", "l", "pompe", "«pompe»"]


def test_a_text_longer_than_a_block_is_read_whole():
    text = " ".join(f"mot{number}" for number in range(60_000))
    assert len(text) > 2 * reading.BLOCK
    numbered = Numbered()
    assert numbered.read(["avant", text, "après"]) == expected(["avant", text, "après"])


@pytest.mark.parametrize("bits", [1, 4])
def test_pieces_without_a_place_are_known_too(monkeypatch, bits):
    monkeypatch.setattr(reading, "_BITS", bits)
    monkeypatch.setattr(reading, "_MAX_REMEMBERED", 50)
    numbered = Numbered()
    for start in (0, 40, 20, 0):
        texts = [f"mot{number} l'autre{number} et«mot{number}»" for number in range(start, start + 60)]
        assert numbered.read(texts) == expected(texts)


def test_a_piece_has_the_same_key_wherever_it_stands():
    pieces = cut(["vanne pompe", "une pompe, une vanne", "pompe"])
    spelled = [pieces.raw[one:end] for one, end in zip(pieces.begins, pieces.ends, strict=True)]
    assert len(set(pieces.keys.tolist())) == len(set(spelled)) == 3
    assert len({*zip(spelled, pieces.keys.tolist(), strict=True)}) == 3
    assert pieces.texts.tolist() == [0, 0, 1, 1, 1, 1, 2]
