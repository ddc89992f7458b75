"""One code for all texts: any pieces of it make a stream that any inflater reads."""

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.huffman import END, NEWLINE, SPACE, Code, code_of

LINES = st.text(st.characters(exclude_characters="\0\n", exclude_categories=["Cs"]), max_size=60)


def of(texts: list[str]) -> Code:
    return code_of(np.bincount(np.frombuffer("".join(texts).encode(), np.uint8), minlength=256))


def filled(code: Code, text: str) -> bytes:
    raw = text.encode() + b"\n"
    return text.encode() + b" " * code.fill(code.bits(raw)) + b"\n"


@given(st.lists(LINES, min_size=1, max_size=8), st.randoms())
def test_pieces_say_what_they_were_made_of_in_any_order(texts: list[str], chance) -> None:
    code = of(texts)
    raws = [filled(code, text) for text in texts]
    size = 8 * (max(code.bits(raw) for raw in raws) // 64 + 2)
    places = sorted(chance.sample(range(2 * len(texts)), len(texts)))
    made = code.pieces(raws, places, 2 * len(texts), size)
    slots = {at: made[at * size : (at + 1) * size] for at in range(2 * len(texts))}
    assert {at for at, slot in slots.items() if any(slot)} == set(places)
    shown = chance.sample(range(len(texts)), len(texts))
    said = code.read([slots[places[one]] for one in shown])
    assert [line.rstrip(" ") for line in said] == [texts[one].rstrip(" ") for one in shown]


def test_a_text_may_fill_its_slot_to_the_marker() -> None:
    code = of(["fuite "])
    raws = [filled(code, "fuite " * length) for length in range(200)]
    for raw in raws:
        size = code.bits(raw) // 8 + 1
        if size % 8 == 0:
            made = code.pieces([raw, raw], [0, 1], 2, size)
            assert made[-1] == 1
            assert code.read([made[:size], made[size:]]) == [raw.decode()[:-1]] * 2
    assert any((code.bits(raw) // 8 + 1) % 8 == 0 for raw in raws)


@given(st.lists(st.integers(0, 10**9), min_size=256, max_size=256))
def test_a_code_is_complete_and_no_longer_than_deflate_allows(counts: list[int]) -> None:
    code = code_of(np.array([0, *counts[1:]]))
    held = code.lengths[code.lengths > 0].astype(int)
    assert held.max() <= 15
    assert sum(2 ** (15 - bits) for bits in held.tolist()) == 2**15
    assert code.lengths[SPACE] % 2 == 1
    assert all(code.lengths[sign] for sign in (SPACE, NEWLINE, END))
    assert zlib.decompress(code.head + code.end, -15).strip(b" ") == b"\n"


@pytest.mark.parametrize("signs", range(10, 61))
def test_codes_of_counts_that_grow_like_fibonaccis_fit(signs: int) -> None:
    counts = np.zeros(256, np.int64)
    one, other = 1, 1
    for sign in range(33, 33 + signs):
        counts[sign] = one
        one, other = other, one + other
    assert code_of(counts).lengths.max() <= 15


def test_common_signs_take_fewer_bits() -> None:
    code = of(["eeeeeeeeeeeeeee tttttt zz x"])
    bits = [int(code.lengths[ord(sign)]) for sign in "etzx"]
    assert bits == sorted(bits)
    assert bits[0] < bits[3]


def test_a_text_of_few_signs_costs_a_third_of_its_bytes() -> None:
    code = of(["abcd" * 100])
    assert code.bits(b"abcd" * 100) <= 400 * 3
