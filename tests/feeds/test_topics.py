"""A source's filter takes whole words; proposals come with the words that speak for them, and rarely go wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest

from curation.judging.names import Name, Names
from curation.judging.topics import Proposal, Vocabulary, passes, propose
from portal.content import Content
from portal.loading import load_content
from portal.records import Community, Question, Record, Skill, WatchItem
from portal.records.base import Source
from portal.subscriptions import Subscription
from tests.conftest import ROOT


def subscription(**keys: Any) -> Subscription:
    return Subscription(id="courrier", name="Le Courrier", url="https://courrier.example/flux", **keys)


# --- the filter -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("boue", "L’épandage des boues"),
        ("boues", "Une boue d’usine"),
        ("canal", "Les canaux d’irrigation"),
        ("eau potable", "prix de l’eau potable"),
        ("station d’épuration", "Les STATIONS D'ÉPURATION du Val"),
        ("réseau", "RESEAUX et patrimoine"),
        ("Élévation", "une elevation du niveau"),
        ("œuvre", "Oeuvres d’art"),
        ("PFAS", "les pfas"),
        ("C#", "Développer en C#, pour les nuls"),
        ("eaux-usées", "le traitement des eaux usées"),
    ],
)
def test_a_filter_finds_words_and_phrases(word: str, text: str) -> None:
    filtered = subscription(take="filtered", words=("introuvable", word))
    for title, body in ((text, ""), ("", text)):
        found = passes(filtered, title, body, ())
        assert found is not None
        assert (found.words, found.tags) == ((word,), ())


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("eau", "Le beau bateau"),
        ("eau potable", "L’eau est potable"),
        ("fuite", "fuiter"),
        ("C", "En C# et en C++"),
        ("PFAS", ""),
    ],
)
def test_a_filter_takes_whole_words_only(word: str, text: str) -> None:
    assert passes(subscription(take="filtered", words=(word,)), text, text, ("autre",)) is None


def test_a_filter_takes_the_feed_s_own_tags() -> None:
    filtered = subscription(take="filtered", words=("captage",), tags=("Environnement", "Eau potable"))
    found = passes(filtered, "Un captage fermé", "", ("ENVIRONNEMENT", "politique"))
    assert found is not None
    assert (found.words, found.tags) == (("captage",), ("Environnement",))
    assert passes(filtered, "Handball", "", ("Environnement et sport", "eau")) is None


def test_a_source_taken_whole_passes_everything_and_says_what_it_holds() -> None:
    found = passes(subscription(words=("boue",)), "Des boues", "", ())
    assert found is not None
    assert found.words == ("boue",)
    assert passes(subscription(), "Handball", "", ()) is not None


# --- short names ----------------------------------------------------------------------------------------------


def names(*written: str) -> Names:
    return Names(Name.known(name, name) for name in written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Former au SIG et au CAP en 2027", ["CAP", "SIG"]),
        ("Passer le cap, une api, le sig et bis", []),
        ("PASSER LE CAP EN PLEINE TEMPÊTE", []),
        ("CAP", ["CAP"]),
        ("Écrire en Go, en C# et en C++", ["C#", "C++", "Go"]),
        ("Let it go: c’est le C et le R", []),
        ("des ruches, une RUCHE", ["Ruches"]),
        ("la boue activée des boues activées", ["Boues activées"]),
        ("la norme iso 50001", ["ISO 50001"]),
    ],
)
def test_short_names_are_found_only_as_they_are_written(text: str, expected: list[str]) -> None:
    known = names("SIG", "CAP", "API", "C", "R", "C#", "C++", "Go", "Ruches", "Boues activées", "ISO 50001")
    assert sorted({name.of for name, _ in known.found(text)}) == sorted(expected)


# --- proposals ------------------------------------------------------------------------------------------------


def record(model: type[Record], slug: str, body: str = "", **keys: Any) -> Record:
    folder = f"communities/{slug}/index" if model is Community else f"{model.folder}/{slug}"
    return model.read(keys, Source(f"{folder}.md", slug, body))


def company() -> Content:
    """A few records: leaks are spoken of in the records of one community and one skill."""
    leaks = (
        "Le corrélateur entend siffler la conduite",
        "La conduite siffle, le corrélateur la situe",
        "Conduite percée",
    )
    bees = (
        "Les abeilles hivernent",
        "Le rucher essaime",
        "Une reine marquée",
        "Du miel de châtaignier",
        "La cire fond",
    )
    asked: dict[str, Any] = {"title": "Question", "asked_by": "awa", "asked_on": "2026-01-01"}
    about: dict[str, Any] = {"skills": ("recherche-de-fuites",), **asked}
    return Content(
        [
            record(Skill, "recherche-de-fuites", "Écouter le réseau.", title="Recherche de fuites"),
            record(Skill, "sig", title="Systèmes d’information géographique", aliases=("SIG",)),
            record(Skill, "r", title="R"),
            record(Community, "fuites", title="Fuites", feeds=("oreille",)),
            record(Community, "cellule", title="Cellule", visibility="private"),
            record(Community, "compteurs", title="Compteurs", phase="closed"),
            *(
                record(Question, f"{community}-{n}", text, community=community, **about)
                for community in ("fuites", "cellule", "compteurs")
                for n, text in enumerate(leaks)
            ),
            *(
                record(Question, f"abeilles-{n}", text, community="ruches", **asked)
                for n, text in enumerate(bees * 8)
            ),
        ]
    )


def test_the_source_comes_first_and_words_are_said() -> None:
    vocabulary = Vocabulary.of(company())
    source = subscription(communities=("cellule",), skills=("sig",))
    found = propose(vocabulary, source, "Le corrélateur et les conduites", "Elles sifflent. Le SIG aide.", ())
    assert found.skills == (
        Proposal("sig", ("SIG",), "source"),
        Proposal("recherche-de-fuites", ("conduites", "corrélateur"), "text"),
    )
    assert found.communities[0] == Proposal("cellule", (), "source")
    assert {item.slug for item in found.communities[1:]} <= {"fuites"}


def test_a_community_that_watches_a_source_is_proposed_for_it() -> None:
    source = subscription().model_copy(update={"id": "oreille"})
    found = propose(Vocabulary.of(company()), source, "Épisode 12", "", ())
    assert found.communities == (Proposal("fuites", (), "source"),)


def test_without_a_subscription_words_alone_propose() -> None:
    found = propose(Vocabulary.of(company()), None, "Un SIG pour le réseau", "", ())
    assert found.skills == (Proposal("sig", ("SIG",), "text"),)
    assert propose(Vocabulary.of(company()), None, "Handball : le derby", "Une victoire.", ()).skills == ()


def test_a_tag_may_name_what_prose_can_t() -> None:
    vocabulary = Vocabulary.of(company())
    assert propose(vocabulary, None, "Tracer des courbes avec R", "", ()).skills == ()
    assert propose(vocabulary, None, "Tracer des courbes", "", ("R",)).skills == (
        Proposal("r", ("R",), "text"),
    )


def test_what_is_learnt_doesn_t_depend_on_the_order_of_records() -> None:
    records = list(company().records)
    one, other = Vocabulary.of(Content(records)), Vocabulary.of(Content(records[::-1]))
    assert (one.skills, one.communities) == (other.skills, other.communities)


def test_the_demo_company_s_readings_are_mostly_proposed_to_whom_they_were_given() -> None:
    """By a vocabulary that never saw them: from a title and a quotation, hardly thirty words."""
    content = load_content(ROOT / "content").content
    items = content.of("watch_item")
    vocabulary = Vocabulary.of(content.without(frozenset(item.key for item in items)))
    right = wrong = 0
    for item in items:
        assert isinstance(item, WatchItem)
        quote = " ".join(re.findall(r"^> (.*)", item.body, re.MULTILINE))
        found = propose(vocabulary, None, item.title, quote, ())
        proposals = (*found.skills, *found.communities)
        assert all(proposal.words for proposal in proposals)
        given = {*item.skills, *item.communities}
        right += sum(proposal.slug in given for proposal in proposals)
        wrong += sum(proposal.slug not in given for proposal in proposals)
    assert right >= 2 * wrong
    assert right >= 6
