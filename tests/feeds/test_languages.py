"""A text's own words tell its language; a declaration helps only where they leave a doubt."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from pydantic import TypeAdapter

from curation.judging.languages import language_of
from portal.loading import load_content
from portal.records import WatchItem
from portal.records.fields import Language
from tests.conftest import ROOT

_LANGUAGE = TypeAdapter(Language)

WRITTEN = {
    "fr": "La station d’épuration a délesté pendant vingt minutes, et la rivière en garde la trace.",
    "en": "Half of the leaks found last winter were on pipes that nobody had listened to for years.",
    "de": "Die Kläranlage hat in der Nacht zum Sonntag zwanzig Minuten lang Abwasser entlastet.",
    "es": "El agua se almacena solo cuando la conductividad baja; el resto vuelve al cauce.",
    "it": "L’impianto di depurazione ha scaricato per venti minuti, e il fiume ne porta il segno.",
    "nl": "De rioolwaterzuivering heeft twintig minuten lang ongezuiverd water moeten lozen.",
    "pt": "A estação de tratamento descarregou durante vinte minutos e o rio guarda a marca.",
    "pl": "Oczyszczalnia ścieków przez dwadzieścia minut zrzucała nieoczyszczoną wodę do rzeki.",
    "ca": "La depuradora va abocar aigua durant vint minuts i el riu encara en guarda la marca.",
    "ro": "Stația de epurare a deversat timp de douăzeci de minute, iar râul poartă încă urma.",
}


@pytest.mark.parametrize(("code", "text"), WRITTEN.items())
def test_a_sentence_tells_its_language(code: str, text: str) -> None:
    found = language_of(text, hints=("fr", "en-GB"))
    assert found == code
    assert _LANGUAGE.validate_python(found) == found


def test_the_demo_company_says_its_languages() -> None:
    items = [
        item
        for item in load_content(ROOT / "content").content.of("watch_item")
        if isinstance(item, WatchItem)
    ]
    assert len(items) >= 20
    for item in items:
        quote = " ".join(re.findall(r"^> (.*)", item.body, re.MULTILINE))
        assert language_of(f"{item.title}\n{quote}") == item.lang, item.slug


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PFAS : 42 M€",
        "La pluie de la semaine",
        "12 345 678 90 12 345 678 90 12 345 678 90 % € 12 345 678 90",
        "https://www.gazette-eau-publique.example/articles/la-pluie-de-la-semaine-en-france www.eau.example/la-pluie",
    ],
)
def test_a_short_text_tells_nothing_and_its_feed_isn_t_believed_instead(text: str) -> None:
    assert language_of(text, hints=("fr",)) is None


def test_a_declaration_decides_only_where_the_text_leaves_a_doubt() -> None:
    names = "PFAS, TFA, DN 150, PVC, PEHD, SCADA, NIS 2, IEC 62443, ISO 50001, Modbus, Profinet, EPANET, SWMM"
    assert language_of(names, hints=("fr",)) is None
    doubtful = "Aqua Innovation Forum Paris : inscriptions, programme, partenaires, exposants"
    assert language_of(doubtful) is None
    assert language_of(doubtful, hints=("fr-FR",)) == "fr"
    assert language_of(doubtful, hints=("de", "en")) is None
    assert language_of(WRITTEN["en"], hints=("fr", "de")) == "en"


def test_the_model_is_read_only_when_asked() -> None:
    code = "import sys, curation.judging.languages; sys.exit('numpy' in sys.modules or 'py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
