"""Pages in order: words, spelling, phrases, exclusions, what narrows. On a handful of documents whose words are known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from curation.finding.answers import Answer, answer
from curation.finding.index import Index, Source, write_index
from portal.search.document import Document, Passage

LABELS = {
    "kind": {"story": "Belle histoire", "person": "Personne"},
    "territory": {"pays-de-la-loire": "Pays de la Loire", "pays-basque": "Pays basque", "lyon": "Lyon"},
    "skill": {"cpp": "C++", "python": "Python"},
}


def page(slug: str, title: str, body: str = "", kind: str = "story", **facets: str) -> Document:
    first, _, rest = body.partition(". ")
    return Document(
        kind,
        f"{kind}/{slug}/",
        title,
        fields={"title": title, "body": body},
        passages=(Passage(first), Passage(rest)),
        facets={name: tuple(values.split()) for name, values in facets.items()},
    )


DOCUMENTS = (
    page("awa", "Awa Diop", "Programme en C++ et en C#.", "person", territory="lyon", skill="cpp"),
    page("morel", "Anne Morel", "Elle travaille au laboratoire, et chante dans une chorale le mardi soir.", "person"),
    page("bilan", "Bilan", "Un retour d’expérience sur les pompes. Sans pompe, pas de chlore.", territory="pays-basque"),
    page("chlore", "Le chlore", "Chlore, chlore : l’expérience sans retour.", territory="pays-de-la-loire", skill="python"),
    page("diagnostic", "Anne Morel, Anne Morel", "Anne Morel a trouvé."),
    page("erp", "Migration", "Retour d’une expérience ; l’expérience du retour.", territory="lyon"),
    page("pompe", "La pompe doseuse", "Elle dose. L’été, le développeur la surveille.", skill="python"),
    page("zones", "Zones humides", "Hérons et joncs."),
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, Source(DOCUMENTS, {}, LABELS, "fr"))
    with Index(folder) as opened:
        yield opened


def ask(index: Index, text: str, **chosen: set[str]) -> Answer:
    return answer(text, index, chosen, 10)


def found(index: Index, text: str, **chosen: set[str]) -> list[str]:
    return [result.page.address.split("/")[1] for result in ask(index, text, **chosen).results]


def test_the_page_that_is_called_as_the_query_comes_first(index: Index) -> None:
    asked = ask(index, "ANNE  morel")
    assert [result.page.address for result in asked.results] == ["person/morel/", "story/diagnostic/"]
    assert asked.results[0].score < asked.results[1].score, "nothing else would tell"
    assert found(index, "morel") == ["diagnostic", "morel"]


def test_titles_come_before_texts(index: Index) -> None:
    assert found(index, "pompe") == ["pompe", "bilan"]
    assert found(index, "chlore") == ["chlore", "bilan"]


@pytest.mark.parametrize("query", ["Pompes", "POMPÉ", "pompe's", "la pompe de"])
def test_accents_case_endings_and_small_words_dont_matter(index: Index, query: str) -> None:
    assert found(index, query)[:2] == ["pompe", "bilan"]


def test_pages_with_more_of_the_words_come_first(index: Index) -> None:
    assert found(index, "pompe chlore")[0] == "bilan"
    assert found(index, "hérons joncs pompe")[0] == "zones"


def test_a_page_is_worth_the_cube_of_what_it_has(index: Index) -> None:
    alone = ask(index, "hérons").results[0].score
    assert ask(index, "hérons inconnuissime").results[0].score == pytest.approx(alone / 8)


def test_signs_belong_to_words(index: Index) -> None:
    assert found(index, "c++") == found(index, "c#") == ["awa"]
    assert found(index, "c") == []


@pytest.mark.parametrize("typed", ["develpopeur", "dvéeloppeur", "develppeuse"])
def test_what_was_meant_is_searched_and_said(index: Index, typed: str) -> None:
    answered = ask(index, typed)
    assert [result.page.title for result in answered.results] == ["La pompe doseuse"]
    assert [said for _, said in answered.corrected] == ["développeur"]


def test_short_words_are_not_guessed_but_something_is_proposed(index: Index) -> None:
    answered = ask(index, "aaw")
    assert (answered.count, answered.corrected) == (0, ())
    assert answered.proposed == (("aaw", "awa"),)


def test_a_word_like_nothing_gets_no_proposal(index: Index) -> None:
    answered = ask(index, "qqqqqqqqqq")
    assert (answered.count, answered.corrected, answered.proposed) == (0, (), ())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"retour d\'expérience"', ["bilan"]),
        ("« retour d’expérience »", ["bilan"]),
        ('"retour d\'une expérience"', ["erp"]),
        ('"sans retour"', ["chlore"]),
        ('"retours expériences"', []),
        ('"Zones humides"', ["zones"]),
        ('"doseuse elle"', []),  # the title and the text are two
        ('"la de"', []),
        ('pompe "de la"', ["pompe", "bilan"]),
        ('"pompe"', ["pompe", "bilan"]),
        ('"hérons inconnuissimes"', []),
        ('"retour d’epxérience"', ["bilan"]),
        ('"zones hmuides"', ["zones"]),
    ],
)
def test_a_phrase_stands_as_it_is(index: Index, query: str, expected: list[str]) -> None:
    assert found(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pompe -chlore", ["pompe"]),
        ("pompe -chlores -doseuse", []),
        ("pompe -inconnuissime", ["pompe", "bilan"]),
        ("-pompe", []),
        ("chlore -\"retour d'expérience\"", ["chlore"]),
        ("expérience -\"expérience du retour\"", ["chlore", "bilan"]),
        ("pompe -de -\"de la\"", ["pompe", "bilan"]),
    ],
)  # fmt: skip
def test_a_hyphen_leaves_pages_out(index: Index, query: str, expected: list[str]) -> None:
    assert found(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lieu:lyon", ["awa", "erp"]),
        ("lieu:pays", ["bilan", "chlore"]),
        ("lieu:'pays'", ["bilan", "chlore"]),
        ('lieu:"pays de la loire"', ["chlore"]),
        ("lieu:pays-de-la-loire", ["chlore"]),
        ("competence:c++", ["awa"]),
        ("compétence:python chlore", ["chlore"]),
        ("lieu:lyon type:personne", ["awa"]),
        ("lieu:lyon lieu:pays-basque", ["awa", "bilan", "erp"]),
        ("lieu:lyon competence:python", []),
        ("auteur:awa", ["awa"]),
    ],
)
def test_fields_narrow(index: Index, query: str, expected: list[str]) -> None:
    assert sorted(found(index, query)) == expected


def test_options_narrow_and_join_what_is_typed(index: Index) -> None:
    assert found(index, "retour", territory={"lyon"}) == ["erp"]
    assert sorted(found(index, "retour lieu:pays-basque", territory={"lyon"})) == ["bilan", "erp"]
    assert found(index, "retour", territory={"lyon"}, skill={"cpp"}) == []


def test_a_value_that_nothing_has_is_said(index: Index) -> None:
    answered = ask(index, "chlore lieu:lion")
    assert answered.count == 0
    assert str(answered.notes[0]) == "Territory: nothing is named “lion”; did you mean “lyon”?"


def test_equal_pages_keep_the_order_of_their_addresses(index: Index) -> None:
    assert found(index, "type:story") == ["bilan", "chlore", "diagnostic", "erp", "pompe", "zones"]


def test_the_excerpt_is_where_the_words_are(index: Index) -> None:
    (result,) = ask(index, "surveille").results
    assert result.excerpt.text.endswith("surveille.")
    assert [piece for piece, is_marked in result.excerpt.pieces if is_marked] == ["surveille"]
