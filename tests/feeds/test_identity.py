"""An entry keeps its name from one fetch to the next, and two entries are one only when they tell the same story."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.entries import ParsedEntry, ParsedFeed
from curation.judging.identity import (
    Likeness,
    LikenessIndex,
    finding_id,
    groups,
    keys_of_feed,
    likeness,
    near_same,
)

SITE = "https://eau.example/"
RELEASE = (
    "<p>Un consortium de onze laboratoires publics et de quatre exploitants européens a présenté mardi le programme "
    "Concentrat Zéro, doté de 42 millions d’euros sur cinq ans. Son objectif est de détruire les PFAS retenus par les "
    "membranes et les résines, au lieu de les déplacer vers un autre milieu.</p>"
)
FLOOD = (
    "<p>Vent de mer, exutoires noyés, et dix-huit petits millimètres qui ont suffi à remplir une rue basse. La hauteur "
    "de la mer a tout décidé, une fois de plus, et le radar n’y a rien vu.</p>"
)


def test_the_id_of_a_finding_is_short_plain_and_of_its_source() -> None:
    found = finding_id("gazette", "eau.example/a")
    assert re.fullmatch(r"[a-z2-7]{10}", found)
    assert found == finding_id("gazette", "eau.example/a")
    assert found != finding_id("revue", "eau.example/a")
    assert finding_id("a", "b\0c") != finding_id("a\0b", "d")


# --- in its own feed ------------------------------------------------------------------------------------------


def entry(title: str, html: str = "", **more: object) -> ParsedEntry:
    return ParsedEntry(title=title, html=html, **more)  # type: ignore[arg-type]


def keys(*entries: ParsedEntry) -> tuple[str, ...]:
    return keys_of_feed(ParsedFeed("source", "rss20", link=SITE, entries=entries))


def test_the_page_that_an_entry_links_to_names_it() -> None:
    assert keys(
        entry("Un", link="https://eau.example/un?utm_source=rss", id="1"), entry("Deux", link=f"{SITE}2")
    ) == ("eau.example/un", "eau.example/2")


def test_a_home_page_names_nothing() -> None:
    podcast = [
        entry(
            f"Épisode {n}", link=f"{SITE}?xtor=RSS", id=f"ep{n}", enclosures=(f"https://son.example/{n}.mp3",)
        )
        for n in (1, 2)
    ]
    assert keys(*podcast) == ("id ep1", "id ep2")
    assert keys(*(replace(episode, id=None) for episode in podcast)) == (
        "file son.example/1.mp3",
        "file son.example/2.mp3",
    )
    bare = keys(*(replace(episode, id=None, enclosures=()) for episode in podcast))
    assert len(set(bare)) == 2
    assert all(key.startswith("text ") for key in bare)


def test_a_page_that_several_entries_share_names_none_of_them() -> None:
    link = f"{SITE}actualites/"
    one, two = entry("Fuites", RELEASE, link=link, id="1"), entry("Pluie", FLOOD, link=link, id="2")
    assert keys(one, two, entry("Trois", link=f"{SITE}3")) == ("id 1", "id 2", "eau.example/3")


def test_the_same_id_for_all_names_none_of_them() -> None:
    link = f"{SITE}actualites/"
    shared = [entry("Fuites", RELEASE, link=link, id="x"), entry("Pluie", FLOOD, link=link, id="x")]
    found = keys(*shared, entry("Court", link=link, id="x"))
    assert len(set(found)) == 3
    assert all(key.startswith("text ") for key in found)


def test_the_same_entry_twice_is_one() -> None:
    twice = entry("Concentrat Zéro : détruire les PFAS", RELEASE, link=f"{SITE}pfas", id="1")
    assert keys(twice, twice) == ("eau.example/pfas",) * 2
    edited = replace(twice, id="2", html=RELEASE.replace("mardi", "ce mardi"))
    assert keys(twice, edited) == ("eau.example/pfas",) * 2


def test_an_entry_rewritten_under_its_id_is_one() -> None:
    """RFC 4287 § 4.1.1."""
    link = f"{SITE}rappel"
    old = entry("Rappel de lot : une référence", RELEASE, link=link, id="tag:rappel")
    new = entry("[Mis à jour] Rappel : deux références, et non une seule", FLOOD, link=link, id="tag:rappel")
    others = [entry(f"Autre {n}", link=f"{SITE}{n}", id=str(n)) for n in range(2)]
    assert keys(new, old, *others)[:2] == ("eau.example/rappel",) * 2


def test_a_weekly_column_on_one_page_is_an_entry_a_week() -> None:
    link = f"{SITE}semaine/"
    weeks = [
        entry("La pluie de la semaine", text, link=link, id=str(n)) for n, text in enumerate((FLOOD, RELEASE))
    ]
    assert keys(*weeks) == ("id 0", "id 1")
    assert len(set(keys(*(replace(week, id=None) for week in weeks)))) == 2


def test_episodes_with_one_title_and_no_text_are_told_apart_by_their_ids() -> None:
    link = f"{SITE}journal/"
    assert keys(entry("Le journal de huit heures du matin", link=link, id="1"),
                entry("Le journal de huit heures du matin", link=link, id="2")) == ("id 1", "id 2")  # fmt: skip


def test_entries_that_nothing_names_are_told_apart_by_their_day() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2)]
    found = keys(*(entry("Bulletin", published=day) for day in (*days, days[0])))
    assert found[0] == found[2] != found[1]
    assert keys(entry("")) == keys(entry("", "<p></p>"))


_ENTRIES = st.builds(
    ParsedEntry,
    title=st.sampled_from(["Un titre", "Un autre", "Bulletin 12", ""]),
    link=st.sampled_from([None, SITE, f"{SITE}a", f"{SITE}b"]),
    id=st.sampled_from([None, "1", "2"]),
    html=st.sampled_from(["", RELEASE, FLOOD]),
    enclosures=st.sampled_from([(), ("https://son.example/1.mp3",)]),
)


@given(st.lists(_ENTRIES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(entries: list[ParsedEntry], rnd: random.Random) -> None:
    order = list(range(len(entries)))
    rnd.shuffle(order)
    found = keys(*entries)
    assert keys(*(entries[place] for place in order)) == tuple(found[place] for place in order)


# --- in all feeds ---------------------------------------------------------------------------------------------

CONSORTIUM = (
    "Un consortium de onze laboratoires publics et de quatre exploitants européens a présenté {day}le programme Concentrat "
    "Zéro, doté de 42 millions d’euros sur cinq ans. {aim} détruire les PFAS retenus par les membranes et les résines, au "
    "lieu de les déplacer{where}. Trois procédés seront comparés sur les mêmes concentrats."
)
GAZETTE = CONSORTIUM.format(day="mardi ", aim="Son objectif est de", where=" vers un autre milieu")
REVUE = CONSORTIUM.format(day="", aim="Son but :", where=" vers un autre milieu")
BULLETIN = (
    "Voici le bulletin hebdomadaire de la régie : prélèvements de la semaine, conformité des analyses, coupures prévues "
    "et numéro d’astreinte. Toutes les valeurs respectent les limites de qualité."
)
DECREE = (
    "La préfecture {of} a pris un arrêté de restriction des usages de l’eau : arrosage interdit de huit heures à vingt "
    "heures, lavage des voitures interdit, remplissage des piscines interdit, sauf chantier en cours."
)
LITRE = (
    "Le rapport annuel sur les services publics d’eau potable{} confirme un rendement moyen de 81,3 %{}. Un litre sur cinq "
    "se perd donc toujours avant d’arriver au robinet, soit 920 millions de mètres cubes par an. {}"
)
TITLE = "Quarante-deux millions d’euros pour détruire les PFAS au lieu de les déplacer"

SAME = {
    "a press release, edited": ((TITLE, GAZETTE), (TITLE, REVUE)),
    "under another title": ((TITLE, GAZETTE), ("Concentrats de PFAS : 42 M€ pour onze laboratoires", REVUE)),
    "with the name of the site": ((f"{TITLE} – Le Monde de l’eau", GAZETTE), (TITLE, GAZETTE)),
    "cut by one of the feeds": ((TITLE, GAZETTE), (TITLE, GAZETTE[:150])),
    "with a place and a day": ((TITLE, f"Lyon, le 17 novembre – {GAZETTE}"), (TITLE, GAZETTE)),
    "accents, case, typography": ((TITLE.upper(), GAZETTE), (TITLE.replace("’", "'"), GAZETTE.replace("é", "e"))),
    "a longer title": ((f"{TITLE} : le pari d’un consortium", GAZETTE), (TITLE, GAZETTE)),
    "a title in another form": (("Programme pour détruire les PFAS", GAZETTE), ("Programmer, détruire : les PFAS", GAZETTE)),
    "no text, a long title": ((TITLE, ""), (TITLE, "Lire.")),
    "no text, a site": ((f"{TITLE} | La Gazette", ""), (TITLE, "")),
}  # fmt: skip

OTHER = {
    "a weekly column": (("Les chiffres de la semaine", GAZETTE), ("Les chiffres de la semaine", BULLETIN)),
    "the figures of a week": (
        ("Les chiffres de la semaine", "Cette semaine, 12 fuites réparées, 340 mètres cubes sauvés, 7 rues rouvertes."),
        ("Les chiffres de la semaine", "Cette semaine, 15 fuites réparées, 290 mètres cubes sauvés, 4 rues rouvertes."),
    ),
    "numbered issues": (("Bulletin n° 12", BULLETIN), ("Bulletin n° 13", BULLETIN)),
    "an issue and the next": (("Bulletin de la régie", BULLETIN), ("Bulletin de la régie 2", BULLETIN)),
    "months": (("Bulletin de janvier", BULLETIN), ("Bulletin de février", BULLETIN)),
    "Roman numbers": (("Les PFAS, tome II", GAZETTE), ("Les PFAS, tome III", GAZETTE)),
    "years": (("Rapport annuel 2025 de la régie", BULLETIN), ("Rapport annuel 2026 de la régie", BULLETIN)),
    "places": (
        ("Sécheresse : restrictions dans le Gard", DECREE.format(of="du Gard")),
        ("Sécheresse : restrictions dans l’Hérault", DECREE.format(of="de l’Hérault")),
    ),
    "unnamed places": (("Travaux rue Basse, route barrée", BULLETIN), ("Travaux rue Haute, route barrée", BULLETIN)),
    "the same first words": (
        ("Chef d’usine à Sète", BULLETIN + " Nous cherchons une personne qui sache conduire une équipe de nuit."),
        ("Géomaticienne à Nîmes", BULLETIN + " Nous cherchons une personne qui sache dessiner des réseaux."),
    ),
    "the same quotation": (
        ("Un litre sur cinq se perd : notre département fait moins bien", LITRE.format("", "", "Ici, c’est 76 %.")),
        (
            "Un litre sur cinq se perd toujours, mais plus au même endroit",
            LITRE.format(", rendu public ce mardi,", ", en hausse de 0,2 point", "La moyenne cache un déplacement."),
        ),
    ),
    "no text, a short title": (("Petites annonces du réseau", ""), ("Petites annonces du réseau", "")),
    "no text, another title": ((TITLE, ""), (TITLE.replace("PFAS", "nitrates"), "")),
    "one without text": (("Les chiffres du mois", ""), ("Les chiffres du mois", GAZETTE)),
    "nothing at all": (("", ""), ("", "")),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_the_same_story_is_recognised(name: str) -> None:
    one, other = (likeness(*told) for told in SAME[name])
    assert near_same(one, other)
    assert near_same(other, one)


@pytest.mark.parametrize("name", OTHER)
def test_another_story_is_another(name: str) -> None:
    one, other = (likeness(*told) for told in OTHER[name])
    assert not near_same(one, other)
    assert not near_same(other, one)


def test_likeness_is_folded_and_bounded() -> None:
    told = likeness("Élévation  de L’EAU – La Gazette", "Œuvre " * 200)
    assert told.title == "elevation de l eau | la gazette"
    assert len(told.text) <= 400
    assert told.text.endswith(" oeuvre")


_WORDS = st.sampled_from(
    ["eau", "boue", "fuite", "pfas", "12", "13", "janvier", "le", "de", "station", "Gard", "x"]
)
_TOLD = st.builds(
    likeness,
    st.lists(_WORDS, max_size=7).map(" ".join) | st.sampled_from([TITLE, f"{TITLE} – La Gazette"]),
    st.sampled_from(["", GAZETTE, REVUE, GAZETTE[:120], BULLETIN])
    | st.lists(_WORDS, min_size=15, max_size=60).map(" ".join),
)  # fmt: skip


@given(_TOLD, _TOLD)
def test_likeness_goes_both_ways(one: Likeness, other: Likeness) -> None:
    assert near_same(one, other) == near_same(other, one)


def stories(count: int, seed: int) -> list[tuple[str, str]]:
    """Made-up stories over a vocabulary where, as in life, few words are in most texts."""
    rnd = random.Random(seed)
    vocabulary = ["".join(rnd.choices("abcdeilmnoprstu", k=rnd.randint(4, 10))) for _ in range(3000)]
    weights = [1 / rank for rank in range(1, 3001)]
    return [
        (" ".join(rnd.choices(vocabulary, weights, k=8)), " ".join(rnd.choices(vocabulary, weights, k=70)))
        for _ in range(count)
    ]


def edited(title: str, text: str, seed: int) -> tuple[str, str]:
    rnd = random.Random(seed)
    words = text.split()
    for _ in range(3):
        words[rnd.randrange(len(words))] = "autrement"
    return f"{title} – La Gazette", " ".join(words[: rnd.randint(40, 70)])


def test_the_index_finds_what_comparing_with_each_would_find() -> None:
    known = [likeness(*told) for told in stories(400, 1)]
    index = LikenessIndex()
    for place, told in enumerate(known):
        index.add(f"{place:03}", told)
    wanted = [likeness(*edited(*told, seed)) for seed, told in enumerate(stories(400, 1)[::4])]
    wanted += [likeness(*told) for told in stories(50, 2)]
    for told in wanted:
        each = [f"{place:03}" for place, other in enumerate(known) if near_same(told, other)]
        assert index.find(told) == each
    assert sum(bool(index.find(told)) for told in wanted) == 100


def test_a_key_may_say_several_things_and_is_found_once() -> None:
    index = LikenessIndex()
    for text in (GAZETTE, REVUE, BULLETIN):
        index.add("b", likeness(TITLE, text))
    index.add("a", likeness(TITLE, REVUE))
    assert index.find(likeness(TITLE, GAZETTE)) == ["a", "b"]
    assert index.find(likeness("Autre chose", "")) == []


def test_groups_are_made_through_pages_and_likeness() -> None:
    items = [
        ("d", "eau.example/1", likeness("Un titre", "")),
        ("b", None, likeness(TITLE, GAZETTE)),
        ("c", "eau.example/1", likeness(TITLE, REVUE)),
        ("a", "eau.example/2", likeness("Un titre", "")),
    ]
    assert groups(items) == [("a",), ("b", "c", "d")]
    assert groups([]) == []


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.tuples(st.sampled_from([None, "p", "q"]), _TOLD), max_size=5
    ),
    st.randoms(use_true_random=False),
)
def test_groups_hold_each_once_whatever_the_order(
    named: dict[str, tuple[str | None, Likeness]], rnd: random.Random
) -> None:
    items = [(name, page, told) for name, (page, told) in named.items()]
    found = groups(items)
    assert sorted(name for group in found for name in group) == sorted(named)
    assert found == sorted(found)
    rnd.shuffle(items)
    assert groups(items) == found
    group_of = {name: group for group in found for name in group}
    for name, page, told in items:
        for other, other_page, other_told in items:
            if (page and page == other_page) or near_same(told, other_told):
                assert group_of[name] == group_of[other]
