"""Text for terminals: where lines break, what is cut, what is never let through."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from curation.review.prose import Prose, breaks, cut, outside, plain


def drawn(prose: Prose, width: int) -> list[str]:
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(prose)
    return [line.rstrip() for line in captured.get().splitlines()]


def test_lines_never_break_at_a_no_break_space() -> None:
    text = plain("Il demande\u202f: «\u00a0Où est la vanne\u202f?\u00a0»")
    for width in range(10, 30):
        lines = drawn(Prose(text), width)
        assert all(not line.startswith((":", "?", "»")) and not line.endswith("«") for line in lines), lines


def test_plain_spaces_of_feeds_don_t_leave_a_sign_alone() -> None:
    assert drawn(Prose(outside("Elle tombe à 17 % : « enfin » !")), 16) == [
        "Elle tombe à",
        "17\xa0%\xa0:",
        "«\xa0enfin\xa0»\xa0!",
    ]


def test_lines_hang_below_their_label() -> None:
    assert drawn(Prose(("Pour  ", "dim"), "eau boue sable", hanging=6), 11) == [
        "Pour  eau",
        "      boue",
        "      sable",
    ]


def test_a_long_address_is_cut_where_it_must_be() -> None:
    assert drawn(Prose("https://exemple.example/abcdef"), 10) == ["https://ex", "emple.exam", "ple/abcdef"]


@given(
    text=st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60),
    width=st.integers(4, 30),
)
def test_lines_hold_the_whole_text_and_fit(text: str, width: int) -> None:
    begins = [0, *breaks(text, width), len(text)]
    lines = [text[begin:end] for begin, end in pairwise(begins)]
    assert "".join(lines) == text
    assert all(cell_len(line.rstrip(" ")) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("ab cdef", 4, "ab… "),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("日本語", 4, "日… "),
    ],
)
def test_what_is_too_long_says_so(text: str, width: int, expected: str) -> None:
    assert cut(text, width) == expected


@given(text=st.text(max_size=40), width=st.integers(-2, 20))
def test_a_cut_has_its_width(text: str, width: int) -> None:
    assert cell_len(cut(outside(text), width)) == max(0, width)


@given(st.text(max_size=80))
def test_nothing_from_outside_is_obeyed(text: str) -> None:
    shown = outside(f"{text}\x1b[31m\x07\u202e{text}")
    assert not any(
        char < " " or "\x7f" <= char < "\xa0" or char in "\u202a\u202b\u202d\u202e" for char in shown
    )
