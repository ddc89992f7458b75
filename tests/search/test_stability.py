"""One changed page rewrites only what it touches; files are compared by their names below the index's folder."""

from bisect import bisect_right
from dataclasses import replace

import pytest

from portal.search.analysis import analyser
from portal.search.document import Document, Passage
from portal.search.index import build_index
from portal.search.shards import cuts, target_size
from tests.search.companies import company
from tests.search.reader import Reader

DOCUMENTS = sorted(company(500), key=lambda document: (document.kind, document.address))
CHANGED = 250
terms_of = analyser("fr").terms


def built(documents: list[Document]) -> Reader:
    return Reader(dict(build_index(documents, "fr", {}, {}).files))


@pytest.fixture(scope="module")
def before() -> Reader:
    return built(DOCUMENTS)


def with_passage(document: Document, text: str) -> Document:
    """The document with another first passage."""
    passages = (Passage(text), *document.passages[1:])
    body = " ".join(passage.text for passage in passages)
    return replace(document, passages=passages, fields={**document.fields, "body": body})


def changed(before: Reader, after: Reader) -> set[str]:
    """Names of files that came, went or aren't the same."""
    one, other = (
        {name.rpartition("/")[2]: data for name, data in read.files.items()} for read in (before, after)
    )
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} - {"root.bin"}


def shards_of(reader: Reader, terms: set[str]) -> set[str]:
    return {f"{bisect_right(reader.separators, term) - 1}.bin" for term in terms}


def test_a_word_for_another_changes_the_shards_of_both(before):
    document = DOCUMENTS[CHANGED]
    first, *words = document.passages[0].text.split()
    other = next(
        word for word in DOCUMENTS[3].passages[0].text.split() if word not in document.fields["body"]
    )
    after = built(
        [*DOCUMENTS[:CHANGED], with_passage(document, " ".join([other, *words])), *DOCUMENTS[CHANGED + 1 :]]
    )
    touched = shards_of(before, {*terms_of(first), *terms_of(other)})
    assert after.separators == before.separators
    assert touched <= changed(before, after) <= touched | {"texts.bin", "words.bin"}
    assert after.root["id"] != before.root["id"]


def test_a_longer_page_changes_the_shards_of_its_terms(before):
    document = DOCUMENTS[CHANGED]
    longer = with_passage(document, document.passages[0].text + " " + DOCUMENTS[9].passages[0].text[:80])
    after = built([*DOCUMENTS[:CHANGED], longer, *DOCUMENTS[CHANGED + 1 :]])
    own = {term for text in longer.fields.values() for term in terms_of(text)}
    assert after.separators == before.separators
    assert changed(before, after) <= shards_of(before, own) | {"texts.bin", "words.bin"}


def test_a_word_never_seen_moves_the_borders_near_it(before):
    document = DOCUMENTS[CHANGED]
    after = built([*DOCUMENTS[:CHANGED], with_passage(document, "phosphate"), *DOCUMENTS[CHANGED + 1 :]])
    assert len(set(before.separators) ^ set(after.separators)) <= 4


def test_a_page_filed_elsewhere_changes_its_facet(before):
    moved = replace(DOCUMENTS[CHANGED], facets={"territory": ("ailleurs",), "year": ("2025",)})
    after = built([*DOCUMENTS[:CHANGED], moved, *DOCUMENTS[CHANGED + 1 :]])
    assert changed(before, after) == {"facet-territory.bin"}


def test_a_page_more_moves_few_borders(before):
    """Numbers after it move, so that most shards change; the words that part them are nearly all the same."""
    added = replace(DOCUMENTS[CHANGED], address=DOCUMENTS[CHANGED].address.rstrip("/") + "-bis/")
    after = built([*DOCUMENTS, added])
    kept = set(before.separators) & set(after.separators)
    assert len(kept) > 0.95 * len(before.separators)


def test_borders_are_where_words_say():
    words = [f"mot{number:04}" for number in range(2000)]
    sizes = [40.0 + number % 17 for number in range(2000)]
    whole = {words[at] for at in cuts(words, sizes, 1024)[1:-1]}
    without = words[:300] + words[301:]
    fewer = {without[at] for at in cuts(without, sizes[:300] + sizes[301:], 1024)[1:-1]}
    assert len(whole ^ fewer) <= 6
    apart = [
        end - begin
        for begin, end in zip([0, *cuts(words, sizes, 1024)], cuts(words, sizes, 1024), strict=False)
    ]
    assert max(apart) < 1.3 * 1024 / 40
    assert cuts(["a", "b"], [9000.0, 9000.0], 1024) == [0, 1, 2]
    assert cuts([], [], 1024) == [0, 0]


def test_the_size_of_shards_goes_by_steps():
    assert [target_size(total) for total in (0, 10**5, 10**6, 3 * 10**6, 10**7, 10**9)] == [
        1024,
        1024,
        1024,
        1722,
        2435,
        4096,
    ]
    assert len({target_size(total) for total in range(3_000_000, 5_900_000, 1000)}) == 1
