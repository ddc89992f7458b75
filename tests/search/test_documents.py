"""What is indexed: one document a page of the view, with all that the page says, and nothing of another view."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from portal.content import Content
from portal.labels import LABELS
from portal.loading import load_content, load_settings
from portal.outputs import PageOutput
from portal.records import KINDS, Person, Skill, Source, Story
from portal.records.places import SEARCH_PAGES
from portal.search.document import FACETS, FIELDS, Document
from portal.search.documents import HELPERS_OF_A_PLACE, documents
from portal.search.facets import FIELD_WORDS, facet_labels
from portal.search.markdown_words import paragraphs
from portal.search.passages import joined
from portal.settings import Settings, Site
from tests.conftest import NOW, ROOT
from tests.site import build, declared


@pytest.fixture(scope="module")
def found(internal: Content) -> Mapping[str, Document]:
    """The miniature company's documents by address."""
    return {document.address: document for document in documents(internal)}


@pytest.fixture(scope="module")
def demo() -> Content:
    """The demo company, as its employees see it."""
    settings, problems = load_settings(ROOT / "site_config")
    assert problems == []
    return load_content(ROOT / "content", settings).content.view("internal", NOW)


@pytest.fixture(scope="module")
def demo_documents(demo: Content) -> tuple[Document, ...]:
    return documents(demo)


@pytest.mark.parametrize("audience", ["internal", "external", "private:cercle"])
def test_every_page_is_a_document_but_those_of_the_search(mini: Content, audience: str) -> None:
    view = mini.view(audience, NOW)
    pages = {
        output.address.removesuffix("index.html"): output.record.kind if output.record else "page"
        for output in declared(view)
        if isinstance(output, PageOutput) and output.src_uri not in SEARCH_PAGES
    }
    made = {document.address: document.kind for document in documents(view)}
    if view.is_public:
        assert made.items() < pages.items(), "a listing of nothing isn't proposed"
        assert set(pages.values()) == set(made.values())
    else:
        assert made == pages


def test_documents_are_sorted_and_say_only_what_is_known(demo_documents: tuple[Document, ...]) -> None:
    order = [(document.kind, document.address) for document in demo_documents]
    assert order == sorted(set(order))
    for document in demo_documents:
        assert document.fields.keys() <= FIELDS.keys()
        assert document.facets.keys() <= set(FACETS)
        assert document.fields["title"] == document.title
        assert document.passages
        assert "\n" not in document.subtitle + document.title + "".join(
            item.text for item in document.passages
        )


def test_the_text_begins_by_its_passages(demo_documents: tuple[Document, ...]) -> None:
    for document in demo_documents:
        assert document.fields["body"].startswith(" ".join(item.text for item in document.passages))


def test_no_prose_of_a_record_is_forgotten(demo: Content, demo_documents: tuple[Document, ...]) -> None:
    said: dict[str, list[str]] = {}
    for document in demo_documents:
        said.setdefault(document.title, []).append(document.fields["body"])
    for record in demo.records:
        gone = isinstance(record, Person) and demo.is_gone(record)
        if record.kind != "community" and not gone:  # a community's tasks are shown apart
            for prose in record.prose():
                assert any(joined(paragraphs(prose.text)) in body for body in said[record.label]), record.path


def test_someone_is_found_by_what_they_do_and_like(found: Mapping[str, Document]) -> None:
    ana = found["annuaire/ana/"]
    assert (ana.kind, ana.title, ana.subtitle) == ("person", "Ana Lopès", "Directrice du Sud · Sud")
    assert ana.fields["body"] == (
        "Sait faire : Python. Aime faire : Apiculture. Veut apprendre : Cartographie. "
        "Parle : français, portugais. J’aime les ruches et les tableaux croisés."
    )
    assert ana.fields["skills"] == "Python · Programmation Python · Numérique · Apiculture"
    assert ana.fields["tags"] == "Directrice du Sud · Direction · Sud · Données"
    assert ana.fields["people"] == ""
    assert ana.facets == {
        "territory": ("sud",), "skill": ("python", "apiculture"), "community": ("donnees",), "language": ("fr",),
        "year": (),
    }  # fmt: skip
    assert "ana@mini.example" not in repr(ana), "addresses are for the page alone"


def test_who_left_has_no_document_and_keeps_a_name(internal: Content) -> None:
    assert "dan" not in repr([document.address for document in documents(internal)])
    story = Story.read({"title": "Avant", "people": ("dan",)}, Source("stories/avant.md", "avant"))
    (document,) = [
        item
        for item in documents(Content([*internal.records, story], internal.settings, now=NOW))
        if item.title == "Avant"
    ]
    assert document.fields["people"] == "Dan Parti"


def test_a_story_says_its_figures_its_place_and_its_people(found: Mapping[str, Document]) -> None:
    story = found["histoires/cartes/"]
    assert story.fields["body"] == (
        "Les plans dataient de 1994. Un relevé un matin par semaine. "
        "Temps de recherche : 40 → 5 min (chronométré en juin). "
        "Tout a commencé par une fuite. Je retrouve tout."
    )
    assert story.fields["people"] == "Ana Lopès · Ben Okoye"
    assert story.fields["tags"] == "Belle histoire · L’usine du port · Sud · Données"
    assert (story.subtitle, story.date) == ("L’usine du port · Données", "2026-09-10")
    assert story.facets["territory"] == ("usine", "sud"), "a region finds what happened at its sites"
    assert story.facets["year"] == ("2026",)


def test_a_question_is_where_its_author_works_and_holds_its_answers(found: Mapping[str, Document]) -> None:
    question = found["questions/carte/"]
    assert question.fields["body"] == "Je la cherche. Elle est au mur."
    assert (question.subtitle, question.date) == ("Données · Résolue", "2026-11-01")
    assert question.facets["territory"] == ("sud",)
    assert question.facets["community"] == ("donnees",)


def test_a_skill_is_found_by_its_aliases_and_knows_who_helps(found: Mapping[str, Document]) -> None:
    python = found["competences/python/"]
    assert python.fields["aliases"] == "Programmation Python"
    assert python.fields["skills"] == "Numérique"
    assert python.facets["skill"] == ("python",)
    first, helper = python.helpers
    assert (first.name, first.level) == ("Chloé Éluard", 5)
    assert (helper.name, helper.address, helper.territory, helper.level) == (
        "Ana Lopès",
        "annuaire/ana/",
        "sud",
        4,
    )
    assert helper.offers == ("teach", "help")
    assert found["competences/numerique/"].helpers == ()


def test_a_community_says_its_tasks_without_their_marks(found: Mapping[str, Document]) -> None:
    community = found["communautes/donnees/"]
    assert "Relire la carte. Nommer les tables." in community.fields["body"]
    assert "@ben" not in community.fields["body"]


def test_what_is_read_outside_has_its_own_language(found: Mapping[str, Document]) -> None:
    item = found["veille/2026/abeilles/"]
    assert item.subtitle == "La Revue"
    assert item.fields["body"] == "La méthode sert pour nos capteurs."
    assert item.facets["language"] == ("fr",)


def test_listings_and_forms_are_pages(found: Mapping[str, Document]) -> None:
    agenda = found["agenda/"]
    assert (agenda.kind, agenda.title) == ("page", "Agenda")
    assert agenda.passages[0].text == agenda.fields["body"] != ""
    assert found["contribuer/question/"].title == "Poser une question"


def test_helpers_are_a_few_of_each_place_the_best_first(internal: Content) -> None:
    people = [
        Person.read(
            {
                "name": f"Personne {number}",
                "job_title": "Technicienne",
                "territory": "nord" if number % 2 else "sud",
                "skills": (
                    {"skill": "sig", "level": 1 + number % 5, "offers": ("help",) if number < 12 else ()},
                ),
            },
            Source(f"people/p{number}.md", f"p{number}"),
        )
        for number in range(14)
    ]
    skill = Skill.read({"title": "Cartes"}, Source("skills/sig.md", "sig"))
    territories = [item for item in internal.records if item.kind == "territory"]
    made = documents(Content([*people, *territories, skill], now=NOW))
    (helpers,) = [document.helpers for document in made if document.kind == "skill"]
    levels = [helper.level for helper in helpers]
    assert levels == sorted(levels, reverse=True)
    places = [helper.territory for helper in helpers]
    assert {place: places.count(place) for place in places} == {
        "nord": HELPERS_OF_A_PLACE,
        "sud": HELPERS_OF_A_PLACE,
    }


def test_every_value_of_a_facet_has_words(demo: Content, demo_documents: tuple[Document, ...]) -> None:
    labels = facet_labels(demo)
    for document in demo_documents:
        for facet, values in document.facets.items():
            assert set(values) <= labels[facet].keys(), document.address
    assert labels["territory"]["grand-ouest"] == "Grand Ouest"
    assert labels["kind"].keys() == {*KINDS, "page"}


def test_an_english_site_speaks_english(mini: Content) -> None:
    settings = Settings(site=Site(language="en"))
    found = {
        document.address: document
        for document in documents(Content(mini.records, settings).view("internal", NOW))
    }
    assert found["directory/ana/"].fields["body"].startswith("Can do: Python. Likes to do: Apiculture. ")
    assert found["questions/carte/"].subtitle == "Données · Answered"
    assert found["directory/"].title == "Directory"
    assert found["stories/cartes/"].fields["tags"].startswith(LABELS["kind"]["story"])


def test_fields_of_a_query_mean_facets() -> None:
    for words in FIELD_WORDS.values():
        assert set(words.values()) == {*FACETS, "kind"}
    assert FIELD_WORDS["fr"]["competence"] == FIELD_WORDS["en"]["skill"] == "skill"


def test_every_anchor_is_an_id_of_its_page(demo_documents: tuple[Document, ...], tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = build(site, content=ROOT / "content", config=ROOT / "site_config")
    assert done.returncode == 0, done.stderr
    anchors = 0
    for document in demo_documents:
        html = (site / document.address / "index.html").read_text()
        for passage in document.passages:
            for anchor in passage.anchors:
                anchors += 1
                assert f' id="{anchor.id}"' in html, document.address
    assert anchors > 150
