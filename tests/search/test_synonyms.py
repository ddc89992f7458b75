"""Words that mean the same: read strictly, then given to the pages that hold one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.content import Content
from portal.language import Translator
from portal.loading import load_settings
from portal.records import Skill, Source
from portal.search.analysis import analyser
from portal.search.documents import documents
from portal.search.synonyms import Synonyms, groups_of
from portal.settings import Settings
from portal.settings import Synonyms as SynonymsFile
from tests.conftest import ROOT

GROUPS = (
    ("REX", "retour d’expérience"),
    ("STEP", "station d’épuration", "usine de dépollution"),
    ("C++", "cpp"),
)


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return Synonyms(GROUPS, analyser("fr"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Un REX par chantier.", "retour d’expérience"),
        ("Nos retours d'experience du mois", "REX"),
        ("Le retour sur l’expérience", "REX"),
        ("Un retour rapide, puis l’expérience", ""),
        ("Deux stations d’épuration et une STEP", "usine de dépollution"),
        ("la STEP, son REX", "retour d’expérience · station d’épuration · usine de dépollution"),
        ("Du C++, du C et du C#", "cpp"),
        ("un stop, une étape", ""),
        ("", ""),
        ("retour " * 50 + "d’expérience", "REX"),
    ],
)
def test_a_text_gets_the_other_words_of_its_groups(synonyms: Synonyms, text: str, words: str) -> None:
    assert synonyms.of(text) == words


def test_what_a_text_gets_does_not_depend_on_those_before(synonyms: Synonyms) -> None:
    texts = ["une STEP", "un REX", "une STEP", "rien", "station", "station d’épuration", "un REX"]
    assert [synonyms.of(text) for text in texts] == [
        Synonyms(GROUPS, analyser("fr")).of(text) for text in texts
    ]


def test_a_word_of_little_words_only_is_no_synonym() -> None:
    assert Synonyms([("de la", "au")], analyser("fr")).of("de la main au pied") == ""


def test_the_names_of_a_skill_are_a_group(internal: Content) -> None:
    assert ("Cartographie", "SIG") in groups_of(internal)
    settings = Settings(synonyms=SynonymsFile(groups=GROUPS))
    assert groups_of(Content(internal.records, settings))[0] == GROUPS[0]


def test_a_page_is_found_by_the_other_words_of_a_skill() -> None:
    skill = Skill.read({"title": "Cartographie", "aliases": ("SIG",)}, Source("skills/sig.md", "sig"))
    other = Skill.read({"title": "Dessin"}, Source("skills/dessin.md", "dessin", "Avant la cartographie."))
    found = {
        document.title: document.fields.get("synonyms") for document in documents(Content([skill, other]))
    }
    assert found["Dessin"] == "SIG"
    assert found["Cartographie"] == "", "it has its own names already"


# --- the file ---------------------------------------------------------------------------------------------------------


def problems_of(folder: Path, text: str) -> list[str]:
    """What is said of a `synonyms.yml`, without its folder."""
    (folder / "synonyms.yml").write_text(text)
    _, problems = load_settings(folder)
    say = Translator("en").say
    return [f"{problem.path.split('/')[-1]}:{problem.line}: {say(problem.message)}" for problem in problems]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("groups: []\n", []),
        ("groups:\n  - [REX, retour d’expérience]\n", []),
        ("- [REX, RETEX]\n", ["synonyms.yml:1: “key: value” lines are expected here"]),
        (
            "groups:\n  - [REX, RETEX]\n  - [STEP]\n",
            ["synonyms.yml:3: “groups.1”: a group holds at least two words or phrases that mean the same"],
        ),
        (
            "groups:\n  - [REX, RETEX]\n  - [STEP, rétex]\n",
            [
                "synonyms.yml:3: “rétex” stands in a group already: make one group of both, or take it away from one"
            ],
        ),
        (
            "groups:\n  - [REX, rex]\n",
            [
                "synonyms.yml:2: “rex” stands in a group already: make one group of both, or take it away from one"
            ],
        ),
        (
            f"groups:\n  - - REX\n    - {'long ' * 20}\n",
            ["synonyms.yml:3: “groups.0.1”: at most 80 characters are expected"],
        ),
        (
            "groups:\n  - REX\n",
            ["synonyms.yml:2: “groups.0”: a list is expected (one line “- …” an item), not a text (“REX”)"],
        ),
        (
            "groups:\n  - [REX, 12]\n",
            ["synonyms.yml:2: “groups.0.1”: a text is expected, not a number (12): put it between quotes"],
        ),
        ("groupes: []\n", ["synonyms.yml:1: unknown key “groupes”: did you mean “groups”?"]),
    ],
)
def test_the_file_is_read_strictly(text: str, said: list[str], tmp_path: Path) -> None:
    assert problems_of(tmp_path, text) == said


def test_the_demo_company_has_words_of_its_trade() -> None:
    settings, problems = load_settings(ROOT / "site_config")
    assert problems == []
    assert len(settings.synonyms.groups) >= 25
    synonyms = Synonyms(settings.synonyms.groups, analyser("fr"))
    assert "station d’épuration" in synonyms.of("La STEP de Sète")
    assert "REX" in synonyms.of("Un retour d’expérience")
    assert "relève à distance" in synonyms.of("Le télérelevé des compteurs")
