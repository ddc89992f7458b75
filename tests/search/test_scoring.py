"""Scores are Whoosh's: every term of every document, before they become one byte."""

from math import exp, log

import numpy as np
import pytest
from whoosh.scoring import BM25F
from whoosh.util.numeric import byte_to_length, length_to_byte

from portal.search.analysis import analyser
from portal.search.document import FIELDS, Document
from portal.search.scoring import kept_lengths, score, steady
from tests.search.companies import company
from tests.search.oracle import SteadyBM25F, whoosh_index, whoosh_scores

DOCUMENTS = company(400)


@pytest.fixture(scope="module")
def index():
    return whoosh_index(DOCUMENTS)


@pytest.fixture(scope="module")
def scores():
    return score(DOCUMENTS, analyser("fr"))


def test_every_score_is_that_of_whoosh(index, scores):
    oracle = whoosh_scores(index, SteadyBM25F())
    assert list(scores.terms) == sorted(oracle)
    for term, expected in oracle.items():
        assert scores.of(term) == pytest.approx(expected, rel=1e-9)


def test_plain_statistics_are_a_few_hundredths_away(index, scores):
    apart = [
        abs(log(scores.of(term)[number] / exact))
        for term, those in whoosh_scores(index, BM25F()).items()
        for number, exact in those.items()
    ]
    assert exp(max(apart)) < 1.08
    assert exp(sum(apart) / len(apart)) < 1.04


def test_lengths_are_kept_as_whoosh_keeps_them():
    lengths = np.array([*range(3000), 99_999, 106_373, 106_374, 106_375, 10**6])
    assert kept_lengths(lengths).tolist() == [byte_to_length(length_to_byte(int(one))) for one in lengths]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (0, 0),
        (1, 1),
        (9, 9),
        (99, 99),
        (100, 100),
        (101, 110),
        (249, 250),
        (1000, 1000),
        (10_001, 11_000),
        (0.031, 0.031),
        (4.21, 4.3),
        (12.01, 13),
    ],
)
def test_steady_numbers_have_two_digits_and_are_never_less(value, rounded):
    assert steady(value) == pytest.approx(rounded)
    assert steady(steady(value)) == steady(value)


def test_an_unknown_term_has_no_score(scores):
    assert scores.of("") == scores.of("a") == scores.of("zzzzz") == {}


def test_no_document_and_no_word():
    assert score([], analyser("fr")).of("pompe") == {}
    assert score([Document("page", "a/", "")], analyser("fr")).terms == ()


def test_one_document():
    document = Document("page", "a/", "Pompe", fields={"title": "Pompe"})
    oracle = whoosh_scores(whoosh_index([document]), SteadyBM25F())
    (term,) = oracle
    assert score([document], analyser("fr")).of(term) == pytest.approx(oracle[term])
    assert set(FIELDS) >= {"title"}
