"""The language of queries: the cases that the browser's twin is held to, and what no query may do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.queries import MAX_WORDS, Query, parse

SHARED = json.loads((Path(__file__).parent / "queries.json").read_text())
FIELDS = SHARED["fields"]


def as_lists(query: Query) -> dict[str, Any]:
    """The query as JSON has it."""
    return json.loads(json.dumps(vars(query)))


@pytest.mark.parametrize(
    "case", SHARED["cases"], ids=lambda case: case["text"][:40].encode("unicode-escape").decode()
)
def test_the_shared_cases_are_read_as_the_browser_reads_them(case: dict[str, Any]) -> None:
    assert as_lists(parse(case["text"], FIELDS[case["fields"]])) == case["expect"]


PIECES = st.sampled_from(
    ['"', "«", "”", "-", "--", ":", "lieu:", "-competence:", "auteur:", " ", "\xa0", "\x85", "\x1f", "\ufeff", "\0",
     "pompe", "d'eau", "c++", "œ", "é", "😀", "\ud800", "٣", "a_b", "(", "*", "\\"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60).map("".join))
def test_any_text_is_a_query_within_its_bounds(text: str) -> None:
    query = parse(text, FIELDS["fr"])
    assert len(query.words) + sum(map(len, query.excluded)) <= MAX_WORDS
    assert all(word and " " not in word for word in query.words)
    assert {facet for facet, _ in query.filters} <= set(FIELDS["fr"].values())
    for phrase in query.phrases:
        assert phrase
        assert set(phrase) <= set(query.words)


def test_ten_kilobytes_are_read_as_their_beginning() -> None:
    assert parse("pompe " * 2000, {}) == parse(("pompe " * 2000)[:500], {})
    assert parse('"' * 10_000, {}) == Query()
    assert parse("-" * 10_000, {}) == Query()
    assert parse("a:" * 5_000, {"a": "skill"}).filters == (("skill", " ".join("a" * 249)),)
