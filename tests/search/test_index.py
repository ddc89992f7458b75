"""The index, read back by another implementation of its format."""

import json
import subprocess
import sys
from dataclasses import replace
from math import log2
from pathlib import Path

import numpy as np
import pytest

from portal.search.analysis import analyser
from portal.search.document import Anchor, Document, Helper, Passage
from portal.search.encoding import LEVELS, LOW, OCTAVES
from portal.search.heads import HEAD, MOST_INSIDE
from portal.search.huffman import code_of
from portal.search.index import Index, build_index
from portal.search.scoring import score
from portal.search.texts import MOST_TITLE, fitted, passages_shown
from tests.search.companies import company
from tests.search.reader import Reader

FIELDS = {"lieu": "territory"}
LABELS = {"territory": {"bretagne": "Bretagne\tet Loire", "lyon": "Lyon", "nantes": "Nantes"}}
HALF_A_STEP = OCTAVES / LEVELS / 2
LONG = " ".join(f"mot{number}" for number in range(500))


def built(documents) -> Index:
    return build_index(documents, "fr", LABELS, FIELDS)


def ordered(documents):
    return sorted(documents, key=lambda document: (document.kind, document.address))


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return company(700)


@pytest.fixture(scope="module")
def index(documents) -> Index:
    return built(documents)


@pytest.fixture(scope="module")
def reader(index) -> Reader:
    return Reader(index.files)


def page(address: str, text: str = "", **values) -> Document:
    fields = {"title": values.pop("title", address), "body": text}
    return Document("page", address, fields["title"], fields=fields, passages=(Passage(text),), **values)


def test_the_root_says_what_is_there(index, reader, documents):
    root = reader.root
    assert (root["v"], root["id"], root["n"], root["h"]) == (3, index.id, 700, HEAD)
    assert root["bytes"] == sum(map(len, index.files.values())) - len(index.files["root.bin"])
    assert root["names"] == len(reader.file("words.bin"))
    assert root["facets"] == ["territory", "year"]
    assert root["fields"] == FIELDS
    assert {name: base for name, _, base, *_ in root["kinds"]} == {
        "page": "",
        "person": "annuaire/",
        "question": "questions/",
        "story": "recits/",
    }
    assert {name.split("/")[0] for name in index.files} == {"root.bin", index.id}
    assert [one.address for one in index.documents] == [one.address for one in ordered(documents)]


@pytest.mark.parametrize("inside", [MOST_INSIDE, 60])
def test_every_posting_comes_back_within_half_a_step(documents, inside, monkeypatch):
    monkeypatch.setattr("portal.search.heads.MOST_INSIDE", inside)
    reader = Reader(built(documents).files)
    assert any("-" in name and name[-5].isdigit() for name in reader.files) == (inside == 60)
    documents = ordered(documents)
    exact = score(documents, analyser("fr"))
    tails = 0
    for number in range(len(reader.separators)):
        for term, found in reader.shard(number).items():
            expected = exact.of(term)
            assert sorted([*found.numbers, *found.tail]) == sorted(expected)
            for document, impact in zip(found.numbers, found.impacts, strict=True):
                clamped = max(expected[document], LOW)
                assert abs(log2(clamped) - log2(reader.score(impact))) <= HALF_A_STEP + 1e-9
            if found.tail:
                tails += 1
                least = min(expected[one] for one in found.numbers)
                assert max(expected[one] for one in found.tail) <= least
                upper, lower = ([expected[one] for one in half] for half in found.tails)
                assert min(upper, default=least) >= max(lower)
                assert len(upper) == len(found.tail) // 2
                for scores, impact in zip((upper, lower), found.tail_impacts, strict=True):
                    mean = sum(scores) / len(scores) if scores else LOW
                    assert abs(log2(mean) - log2(reader.score(impact))) <= HALF_A_STEP + 1e-9
    assert tails, "some terms are common enough to have a tail"
    assert sum(len(reader.shard(number)) for number in range(len(reader.separators))) == len(exact.terms)


def test_a_term_is_found_in_the_shard_that_the_separators_tell(reader, documents):
    terms = {term for one in documents[:50] for term in analyser("fr").terms(one.title)}
    assert all(reader.postings(term) for term in terms)
    assert reader.postings("zzzz") is None
    assert reader.scores("zzzz") == {}


def test_masks_tell_the_passages_of_a_term(documents, reader):
    terms = analyser("fr").terms
    for number, document in [*enumerate(ordered(documents))][::37]:
        shown = reader.kind(number)[4]
        if shown == 1:
            continue
        inside = [set(terms(passage.text)) for passage in document.passages[:shown]]
        for term in set(terms(document.fields["title"])) | inside[0]:
            masks = reader.postings(term).masks
            if number in masks:
                assert masks[number] == sum(1 << place for place, those in enumerate(inside) if term in those)


def test_texts_come_back_from_their_slots(documents, reader):
    cut = 0
    for number, document in enumerate(ordered(documents)):
        shown = reader.kind(number)[4]
        for place in range(shown):
            slot = reader.slot(number, place)
            if place >= len(document.passages):
                assert slot is None
                continue
            text = document.passages[place].text
            said = (slot.title, slot.address, slot.date, slot.subtitle)
            assert said == (document.title, document.address, document.date, document.subtitle)
            assert slot.anchors == [(0, f"part-{place}")]
            if slot.text != text:
                cut += 1
                assert slot.text.endswith("…")
                assert text.startswith(slot.text[:-1] + " ")
    assert 0 < cut < len(documents) / 5


def test_words_are_those_that_a_slip_may_mean(documents, reader):
    exact = score(ordered(documents), analyser("fr"))
    titles = {term for one in documents for term in analyser("fr").terms(one.title)}
    words = reader.words()
    for term in exact.terms:
        holding = len(exact.of(term))
        assert (term in words) == (holding > 1 or term in titles)
        if term in words:
            assert words[term] == holding.bit_length()


def test_facets_hold_their_words_and_documents(documents, reader):
    found = reader.facet("territory")
    assert [label for label, _ in found.values()] == ["Bretagne et Loire", "Lyon", "Nantes"]
    for value, (_, numbers) in found.items():
        assert numbers == [
            number for number, one in enumerate(ordered(documents)) if value in one.facets["territory"]
        ]


def test_each_skill_has_a_file_of_helpers_by_its_number():
    helper = Helper("Awa Diop", "annuaire/awa-diop/", "bretagne", 4, ("teach", "help"), "Ingénieure")
    documents = [
        page("c/", "pompe"),
        replace(page("b/", "pompe"), kind="skill", helpers=(helper,)),
        replace(page("a/", "pompe"), kind="skill"),
    ]
    index = built(documents)
    assert {
        name.partition("-")[2]: json.loads(content)
        for name, content in index.files.items()
        if "helpers" in name
    } == {
        "1.json": [],
        "2.json": [["Awa Diop", "annuaire/awa-diop/", "bretagne", 4, "teach help", "Ingénieure"]],
    }


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_sites_have_an_index_too(count):
    reader = Reader(built([page(f"page-{number}/", "une pompe") for number in range(count)]).files)
    assert reader.root["n"] == count
    assert len(reader.scores("pomp")) == count or len(reader.scores("pompe")) == count


def test_a_page_without_a_word_is_there_and_is_not_found():
    reader = Reader(built([Document("page", "vide/", ""), page("pompe/", "pompe")]).files)
    assert reader.root["n"] == 2
    assert reader.slot(1, 0).address == "vide/"
    assert reader.separators == [""]


def test_odd_texts_keep_their_line():
    odd = page("odd/", "x" * 90 + " " + "é" * 50, title="Un\ttitre\nen  deux", subtitle="a\nb")
    reader = Reader(built([odd]).files)
    slot = reader.slot(0, 0)
    assert (slot.title, slot.subtitle) == ("Un titre en deux", "a b")
    assert all(reader.scores(term) for term in analyser("fr").terms(odd.fields["body"]))


def test_kinds_that_show_one_passage_have_no_mask():
    reader = Reader(built([page("a/", "pompe"), page("b/", "pompe")]).files)
    assert all(one.masks == {} for one in reader.shard(0).values())


def test_addresses_out_of_the_usual_folder_are_whole():
    documents = [page(address, "pompe " * 3) for address in ("a/x/", "a/y/", "b/z/", "", "c/")]
    reader = Reader(built(documents).files)
    assert reader.kinds[0][3] == ""
    assert [reader.slot(number, 0).address for number in range(5)] == ["", "a/x/", "a/y/", "b/z/", "c/"]


def test_a_slot_holds_a_title_whatever_its_length():
    tiny = [page(f"p{number:03}/", "pompe") for number in range(50)]
    hard = "".join(chr(33 + number * 7919 % 90) for number in range(500))
    reader = Reader(built([*tiny, page("z/", LONG, title=hard, subtitle=hard[::-1])]).files)
    slot = reader.slot(50, 0)
    assert slot.title == hard[:MOST_TITLE]
    assert slot.address == "z/"


def test_a_text_is_cut_at_a_word_with_its_last_anchors():
    anchors = (Anchor(0, "un"), Anchor(1000, "deux"), Anchor(2500, "trois"))
    said = " ".join(f"{one.offset}:{one.id}" for one in anchors)
    content = f"t\na/\n\n\n{LONG}\n{said}".encode()
    code = code_of(np.bincount(np.frombuffer(content + "…".encode(), np.uint8), minlength=256))
    made = fitted(content, 4800, code)
    assert 4600 < code.bits(made) <= 4800
    *_, text, kept = made.decode().split("\n")
    assert LONG.startswith(text[:-1] + " ")
    assert kept.split() == [f"{one.offset}:{one.id}" for one in anchors if one.offset < len(text)]


def test_few_long_pages_do_not_make_a_file_of_zeros():
    assert passages_shown([1] * 100 + [8]) == 8
    assert passages_shown([1] * 10_000 + [8]) == 2
    assert passages_shown([3] * 10_000 + [8]) == 6
    assert passages_shown([8] * 10_000) == 8


def test_order_and_ways_of_coming_change_nothing(documents, index):
    assert dict(built(iter(documents[::-1])).files) == dict(index.files)


def test_same_bytes_whatever_the_hash_seed():
    script = (
        "from portal.search.index import build_index; from tests.search.companies import company;"
        "print(sorted(build_index(company(60), 'fr', {}, {}).files.items()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_neighbours_share_rare_words():
    texts = ["pompe chlore ozone", "pompe chlore vanne", "tableau budget", "budget ozone", "rien"]
    index = built([page(f"{number}/", text, title=f"n{number}") for number, text in enumerate(texts)])
    assert [number for number, _ in index.related(0)] == [1, 3]
    assert index.related(0, limit=1)[0][0] == 1
    assert index.related(4) == ()
    assert all(0 < likeness <= 1 for number in range(4) for _, likeness in index.related(number))
    assert dict(index.related(0))[1] == pytest.approx(dict(index.related(1))[0], rel=0.01)


def test_pages_that_say_the_same_are_pairs_of_one_kind():
    texts = [
        ("Comment régler la pompe ?", "La pompe de relevage vibre depuis lundi matin"),
        ("Comment régler une pompe ?", "La pompe de relevage vibre depuis lundi soir"),
        ("Qui connaît le budget ?", "Le tableau des dépenses de la station est en retard"),
        ("Comment régler la pompe ?", "La pompe de relevage vibre depuis lundi matin"),
    ]
    documents = [
        replace(page(f"{number}/", text, title=title), kind="question")
        for number, (title, text) in enumerate(texts)
    ]
    index = built([page("a/", texts[0][1], title=texts[0][0]), *documents])
    pairs = list(index.alike(["question"], 0.6))
    assert [pair[:2] for pair in pairs] == [(1, 2), (1, 4), (2, 4)]
    assert pairs[1][2] == pytest.approx(1)
    assert list(index.alike(["question"], 0.999)) == [pairs[1]]
    assert list(index.alike(["person"], 0.1)) == []
