"""Words and terms: what meets, what stays apart, and that the browser reads exactly as Python does."""

from __future__ import annotations

import json
import os
import sys
import threading
import unicodedata
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from portal.search.analysis import MAX_LENGTH, analyser, fold
from portal.search.rules import RULES, read_step
from tests.browser.conftest import browser_type_launch_args  # noqa: F401  (the fixture that finds Chromium)
from tests.conftest import ROOT
from tests.golden import assert_golden
from tests.search import golden_words

FRENCH = analyser("fr")
ENGLISH = analyser("en")

MEET = """
développeuse développeuses développeur développeurs développer développement développe developpe développons développait
utilisateur utilisatrices utiliser utilise utilisation utilisez utilisable utilisent
réparation réparer réparateur répare réparées
national nationale nationaux nationales
travail travaux travaille travailler
nouveau nouvel nouvelle nouveaux
premier première premiers
dangereux dangereuse dangereuses
actif active actives activité
européen européennes
finir finit finissons finissent fini finie
obtenir obtient obtiennent obtenu obtenues
permettre permet permettent permettons
mange manger mangeait mangé
employer emploie employé employeur emploi
publier publie publient publiée
modifier modification modifie
technique techniques
pompe pompes pomper pompage
capteur capteurs capter captages
communiquer communique communication
produire produit produite production
directeur directrice directrices
agriculteur agricultrice
français françaises
vendre vend vendu vendent
connaître connaît connus connaissance
écrire écrit écrivent
gros grosse
ingénieur ingénieures
cœur coeurs CŒUR
partager partage partageons
devenir deviennent devenu
qualifier qualification qualifié
recruter recrutement recrute
installer installation installent
garantir garantissent garantie garanties
"""
APART = """
université univers
station statue
été est
pressé présent
moteur mot
partage partie
maison maïs
capital captage
client clientèle
chloration couleur
village ville
ouvrage ouvrir
amiante amie
formation forme
potable pot
durable dur
profit prof
règlement règle
"""


@pytest.mark.parametrize("family", MEET.strip().splitlines())
def test_a_family_of_words_meets(family: str) -> None:
    assert len({FRENCH.term(fold(word)) for word in family.split()}) == 1, FRENCH.terms(family)


@pytest.mark.parametrize("pair", APART.strip().splitlines())
def test_unrelated_words_stay_apart(pair: str) -> None:
    one, other = (FRENCH.term(fold(word)) for word in pair.split())
    assert one != other


def test_elision_short_names_and_stop_words() -> None:
    text = "L’été, j’utilise aujourd'hui C++, C# et R : qu'est-ce que l'eau_brute ? I/O, 3 œufs à Éguzon"
    assert " ".join(FRENCH.words(text)) == (
        "l ete j utilise aujourd hui c++ c# et r qu est ce que l eau brute i o 3 oeufs a eguzon"
    )
    assert FRENCH.terms(text) == ["ete", "utili", "c++", "c#", "r", "eau", "brut", "3", "oeuf", "eguzon"]


def test_no_english_word_is_stopped_in_french() -> None:
    assert FRENCH.terms("the for with and") == ["the", "for", "with", "and"]
    assert ENGLISH.terms("the pumps for cities are being cleaned quickly") == [
        "pump",
        "citi",
        "clean",
        "quick",
    ]
    assert len({ENGLISH.term(word) for word in ("filter", "filters", "filtered", "filtering")}) == 1
    assert len({ENGLISH.term(word) for word in ("use", "uses")}) == 1
    assert [ENGLISH.term(word) for word in ("bring", "speed", "status", "glass")] == [
        "bring",
        "speed",
        "status",
        "glas",
    ]


def test_hostile_texts_make_few_and_bounded_words() -> None:
    assert FRENCH.words("a" * 10_000) == ["a" * MAX_LENGTH]
    phrase = "\ufdfa"  # one character that stands for four words
    assert FRENCH.words(phrase * 10_000) == [(fold(phrase).replace(" ", "") * 3)[:MAX_LENGTH]]
    assert FRENCH.words("🎉\u202e<b>x</b>𝐀 𐀀y \u0301 \u0301# _+#_ ½ coŀlecció") == [
        "b",
        "x",
        "b",
        "y",
        "12",
        "colleccio",
    ]


@pytest.mark.parametrize("language", RULES)
def test_the_table_is_sound(language: str) -> None:
    """A rule must be one that can apply, and folded words alone stand in the table."""
    rules = RULES[language]
    assert fold(rules.stop) == rules.stop
    assert len(set(rules.stop.split())) == len(rules.stop.split())
    for step in rules.steps:
        known = read_step(step)
        assert " ".join(f"{suffix}{least}{ending}" for suffix, (least, ending) in known.items()) == step
        # Who looks for some terms in a text (`finder` of search-words.js) reads only words that begin as one of them.
        for suffix, (least, ending) in known.items():
            assert least or suffix[0] == ending[0], f"{suffix} changes a word’s first letter"
    assert set(rules.as_json()) == {"letters", "stop", "short", "steps", "doubles"}


@pytest.mark.parametrize("language", RULES)
def test_each_rule_changes_some_word_of_the_golden_file(language: str) -> None:
    reader, rules = analyser(language), RULES[language]
    for number, step in enumerate(rules.steps):
        for suffix in read_step(step):
            others = [*rules.steps]
            others[number] = " ".join(rule for rule in step.split() if read_step(rule).keys() != {suffix})
            without = type(reader)(type(rules)(**{**vars(rules), "steps": tuple(others)}))
            words = [word for word in golden_words.held()[language] if suffix in word]
            assert any(without.terms(word) != reader.terms(word) for word in words), (
                f"{suffix} is never of use"
            )


_ASSIGNED = [
    code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}
]
_PIECES = (
    "É é e\u0301 ß ẞ İ ı Σ ς ΑΣ ﬁ ½ ŀ ﷺ ﹰ c++ # + _ ’ ' - Ａ ª ² "
    "№ \u0301 \ufe0f \u00ad \u200d 🎉 𝐀 𐀀 𑀀 ΐ Ǆ ŉ 가 ｶﾞ"
)
_NASTY = st.lists(
    st.sampled_from([*_PIECES.split(), " ", "\n", "\t", *"abeéirsxz09"])
    | st.sampled_from(_ASSIGNED).map(chr),
    max_size=30,
).map("".join)


@given(_NASTY, _NASTY)
def test_folding_a_text_folds_its_parts(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
    assert fold(fold(one)) == fold(one)


@given(_NASTY)
def test_terms_are_the_terms_of_words(text: str) -> None:
    for reader in (FRENCH, ENGLISH):
        words = reader.words(text)
        assert reader.terms(text) == [term for word in words if (term := reader.term(word))]
        assert reader.words(" ".join(words)) == words
        assert all(len(word) <= MAX_LENGTH and max(word) <= "\uffff" for word in words)


def _terms(language: str, spellings: list[str]) -> list[str]:
    """What a golden line says of each: its terms, or a dash."""
    return [" ".join(analyser(language).terms(spelling)) or "-" for spelling in spellings]


def test_golden_terms() -> None:
    words = golden_words.made() if os.environ.get("BLESS") == "1" else golden_words.held()
    assert len(words["fr"]) >= 20_000
    assert_golden(golden_words.NAME, golden_words.written({at: _terms(at, words[at]) for at in words}, words))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def modules() -> Iterator[str]:
    """The address of the browser's modules, served as they stand."""
    folder = ROOT / "overrides" / "assets" / "javascripts" / "veillee"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def blank(page: Page, modules: str) -> Page:
    page.goto(modules)
    return page


def _in_browser(page: Page, language: str, given: Any, code: str) -> Any:
    """What `code`, a function of the reader and `given`, returns in the browser; in JSON, which travels fast."""
    said = page.evaluate(
        f"""async (given) => {{
          const {{ reader }} = await import("/search-words.js");
          const [rules, texts] = JSON.parse(given);
          return JSON.stringify(({code})(reader(rules), texts));
        }}""",
        json.dumps([RULES[language].as_json(), given]),
    )
    return json.loads(said)


@pytest.mark.parametrize("language", RULES)
def test_the_browser_makes_the_same_terms(blank: Page, language: str) -> None:
    spellings = golden_words.held()[language]
    found = _in_browser(
        blank,
        language,
        spellings,
        """({ tokens, term }, spellings) =>
          spellings.map((text) => tokens(text).map(({ word }) => term(word)).filter(Boolean).join(" ") || "-")""",
    )
    ours = _terms(language, spellings)
    assert [pair for pair in zip(spellings, found, ours, strict=True) if pair[1] != pair[2]] == []


def test_the_browser_reads_every_character_the_same(blank: Page) -> None:
    """Each character known to this Python, folded, and between two letters."""
    code = """({ fold, tokens }, codes) => codes.map((code) => {
      const character = String.fromCodePoint(code);
      return [fold(character), ...tokens(`a${character}b`).map(({ word }) => word)].join("|");
    })"""
    found = _in_browser(blank, "fr", _ASSIGNED, code)
    ours = ("|".join([fold(chr(code)), *FRENCH.words(f"a{chr(code)}b")]) for code in _ASSIGNED)
    differing = [trio for trio in zip(_ASSIGNED, found, ours, strict=True) if trio[1] != trio[2]]
    assert differing == []


def _nasty_texts() -> list[str]:
    texts: list[str] = []

    @seed(20)
    @settings(
        max_examples=400, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(_NASTY)
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    return texts


def test_the_browser_finds_the_same_words_and_where_they_stand(blank: Page) -> None:
    texts = _nasty_texts()
    code = """({ fold, tokens }, texts) => texts.map((text) => [
      fold(text),
      tokens(text).map(({ word, start, end }) => [word, text.slice(start, end), tokens(text.slice(start, end)).length]),
    ])"""
    for text, (folded, found) in zip(texts, _in_browser(blank, "fr", texts, code), strict=True):
        assert folded == fold(text)
        assert [word for word, _, _ in found] == FRENCH.words(text)
        for word, marked, count in found:
            assert (FRENCH.words(marked), count) == ([word], 1), "a highlight holds its word, whole and alone"
