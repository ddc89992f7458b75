"""Scores follow past decisions, say why, and stay modest while there are few."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.judging.relevance import Example, learn
from portal.loading import load_content
from portal.records import WatchItem
from tests.conftest import ROOT

REFUSED = [
    ("Webinaire : réenchantez la relation abonné", "Inscrivez-vous gratuitement à notre webinaire, places limitées."),
    ("Votre abonnement à moitié prix", "Offre réservée à nos lecteurs jusqu’à dimanche : abonnez-vous en ligne."),
    ("Bourse : les valeurs de l’eau en hausse", "Le titre gagne 4 % à Paris, porté par des résultats trimestriels solides."),
    ("Résultats trimestriels : un bénéfice net en hausse", "Le groupe relève ses objectifs annuels et son dividende."),
    ("La jeune pousse AquaVerse lève 12 millions", "Le tour de table permettra d’accélérer le déploiement commercial."),
    ("Handball : le derby bascule en fin de match", "Menées à la pause, les joueuses arrachent la victoire."),
    ("Football : match nul à domicile", "Les joueurs concèdent le nul dans les dernières minutes du match."),
    ("Brocante d’automne : 300 exposants sur les quais", "Lève-tôt, à vos lampes de poche. Restauration sur place."),
    ("Retrouvez-nous au salon, stand C14", "Notre équipe sera heureuse de vous accueillir sur son stand pendant le salon."),
    ("Hors-série : en direct du salon", "Une heure de rencontres avec les exposants, en partenariat avec nos annonceurs."),
    ("Trophées de l’innovation : le palmarès", "Une soirée inoubliable, douze lauréats. Revivez-la en images."),
    ("Nominations : trois directions changent", "Il prend la direction commerciale du groupe, elle le comité."),
    ("Acquisition : le groupe rachète un concurrent", "L’opération, payée en titres, sera finalisée au premier trimestre."),
    ("Concours photo : envoyez vos clichés", "Le gagnant fera la couverture. Règlement et inscription en ligne."),
    ("Petites annonces", "À vendre, bon état, à prendre sur place. Prix à débattre."),
    ("Offrez notre revue pour Noël", "Un coffret, quatre numéros, un cadeau : commandez en ligne avant dimanche."),
    ("Publi-rédactionnel : la plateforme qui change tout", "Découvrez une solution rapide et verte : demandez une démo."),
    ("Dix tendances qui vont tout changer", "L’intelligence artificielle, le métavers : nos experts répondent."),
    ("Interview vidéo : le PDG répond", "Le PDG revient en exclusivité sur la stratégie commerciale du groupe."),
    ("Marché : des analystes optimistes", "Les analystes relèvent leurs objectifs après des résultats trimestriels."),
    ("Appel à conférenciers", "Proposez votre intervention avant la fin du mois. Tarif réservé aux exposants."),
    ("Le guide d’achat des montres connectées", "Notre sélection pour courir, nager et dormir, à tous les prix."),
    ("Festival : quinze concerts gratuits", "Programme, billets et restauration : tout pour réussir votre soirée."),
    ("Faits divers : le cambrioleur arrêté", "La police l’a interpellé dimanche. Il sera jugé en comparution immédiate."),
    ("Horoscope du mois", "Amour, argent, travail : ce que disent les astres."),
    ("Immobilier : les prix repartent", "Les prix gagnent 2 % sur un an, selon les notaires."),
    ("Recette : la tarte aux coings", "Comptez une heure de cuisson. Servez tiède avec une boule de glace."),
    ("Mots croisés : la solution", "Retrouvez la solution de la grille de dimanche."),
    ("Soldes : nos bons plans", "Jusqu’à moitié prix en ligne : notre sélection de bons plans."),
    ("Nouveau site, nouvelle identité", "Notre groupe change de logo. Découvrez en images notre nouvelle identité."),
]  # fmt: skip


def decisions() -> list[Example]:
    """What the demo company kept, by its titles and quotations, and what a curator of the same sources would refuse."""
    kept = [
        Example(True, "gazette", item.title, " ".join(re.findall(r"^> (.*)", item.body, re.MULTILINE)))
        for item in load_content(ROOT / "content").content.of("watch_item")
        if isinstance(item, WatchItem)
    ]
    return kept + [Example(False, "gazette", title, text) for title, text in REFUSED]


def test_what_was_never_seen_is_told_apart() -> None:
    """Each tenth of the decisions is judged by the nine others; of two decisions, the kept one scores higher."""
    taught = decisions()
    right = pairs = 0.0
    for fold in range(10):
        model = learn(example for place, example in enumerate(taught) if place % 10 != fold)
        seen = [(item, model.score(item.source, item.title, item.text).value) for item in taught[fold::10]]
        for kept in (value for item, value in seen if item.kept):
            for refused in (value for item, value in seen if not item.kept):
                right += (kept > refused) + (kept == refused) / 2
                pairs += 1
    assert right / pairs > 0.75


def test_a_score_says_why_in_the_words_of_the_entry() -> None:
    model = learn(decisions())
    score = model.score(
        "gazette", "Résultats trimestriels du groupe", "Les laboratoires dosent l’eau. Dividende."
    )
    assert {"Résultats", "trimestriels", "groupe"} <= set(score.against_words)
    assert "eau" in score.for_words
    assert set(score.for_words).isdisjoint(score.against_words)
    assert (score.examples, score.is_tentative) == (len(decisions()), False)


def test_words_that_any_text_holds_are_no_reason() -> None:
    score = learn(decisions()).score(
        "gazette", "Pour les uns et the others", "avec deux ou trois, en janvier 2026"
    )
    assert {*score.for_words, *score.against_words} <= {"gazette", "others"}


def test_sources_and_tags_are_reasons_too() -> None:
    kept, refused = Example(True, "revue", "", "", ("Étude",)), Example(False, "blog", "", "", ("pub",))
    taught = [kept, refused] * 20
    model = learn(taught)
    good, bad = model.score("revue", "x", "", ("étude",)), model.score("blog", "x", "", ("Pub",))
    assert good.value > 80
    assert bad.value < 20
    assert sorted(good.for_words) == ["revue", "étude"]
    assert sorted(bad.against_words) == ["Pub", "blog"]


@pytest.mark.parametrize("few", [0, 1, 2, 5])
def test_few_decisions_make_a_modest_score(few: int) -> None:
    kept = [Example(True, "revue", "Boues et biogaz", "La méthanisation des boues")] * 30
    refused = [Example(False, "revue", "Handball", "Le derby")] * few
    score = learn(kept + refused).score("revue", "Handball", "Le derby bascule")
    assert score.is_tentative
    assert score.examples == 30 + few
    assert score.value == 50 if few < 2 else 0 <= score.value < 50
    if few == 0:
        assert (score.for_words, score.against_words) == ((), ())


def test_no_decision_at_all_tells_nothing() -> None:
    score = learn([]).score("revue", "Boues", "")
    assert (score.value, score.for_words, score.against_words, score.examples) == (50, (), (), 0)


def test_decisions_at_random_teach_nothing() -> None:
    rnd = random.Random(7)
    words = ["boue", "eau", "pluie", "fuite", "compteur", "usine", "rivière", "captage"]
    taught = [Example(rnd.random() < 0.5, "revue", "", " ".join(rnd.sample(words, 3))) for _ in range(200)]
    model = learn(taught)
    values = [model.score("revue", "", word).value for word in words]
    assert max(values) - min(values) <= 30


_EXAMPLES = st.builds(
    Example,
    kept=st.booleans(),
    source=st.sampled_from(["a", "b"]),
    title=st.lists(st.sampled_from(["boue", "Boues", "eau", "pluie", "été", "12", "de"]), max_size=4).map(
        " ".join
    ),
    text=st.sampled_from(["", "Une fuite", "Le derby"]),
    tags=st.sampled_from([(), ("eau",)]),
)


@given(st.lists(_EXAMPLES, max_size=30), st.randoms(use_true_random=False), _EXAMPLES)
def test_the_order_of_decisions_changes_nothing(
    taught: list[Example], rnd: random.Random, entry: Example
) -> None:
    found = learn(taught).score(entry.source, entry.title, entry.text, entry.tags)
    assert 0 <= found.value <= 100
    rnd.shuffle(taught)
    assert learn(taught).score(entry.source, entry.title, entry.text, entry.tags) == found
