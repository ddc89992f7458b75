"""Words of people → values: days, levels, figures, names, with what is asked or told about each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from curation.intake.dates import Span, read_day, read_span
from curation.intake.reading import Reader
from curation.intake.understanding import Understanding, understand
from portal.content import Content
from portal.formats.sheet import Names, read_sheet
from portal.language import Translator

TODAY = date(2026, 11, 21)
FRENCH = Translator("fr")


def understood(text: str, content: Content, kind: str | None = None, **defaults: Any) -> Understanding:
    sheet = read_sheet(text, kind)
    assert sheet.kind is not None
    return understand(sheet, sheet.kind, Reader(Names(content), TODAY), defaults)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def asked_of(found: Understanding) -> list[str]:
    return [plain(FRENCH.say(doubt.what)) for doubt in found.doubts]


def told_of(found: Understanding) -> list[str]:
    return [plain(FRENCH.say(note)) for note in found.notes]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-05", "2026-11-05"),
        ("05/11/2026", "2026-11-05"),
        ("5.11.26", "2026-11-05"),
        ("jeudi 5 novembre 2026", "2026-11-05"),
        ("le 1er août 2026", "2026-08-01"),
        ("5 nov. 2026", "2026-11-05"),
        ("November 5, 2026", "2026-11-05"),
        ("5th of November 2026", "2026-11-05"),
        ("3 décembre", "2025-12-03"),
        ("hier", "2026-11-20"),
        ("31/02/2026", None),
        ("29 février 2027", None),
        ("13/13/2026", None),
        ("bientôt", None),
        ("", None),
    ],
)
def test_days(text: str, day: str | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3 décembre", Span("2026-12-03")),
        ("5 novembre", Span("2027-11-05")),
        ("jeudi 3 décembre à 10h", Span("2026-12-03T10:00")),
        ("3 déc. 2026 de 10h à 12 h 30", Span("2026-12-03T10:00", "2026-12-03T12:30")),
        ("2026-12-03 10:00 - 12:00", Span("2026-12-03T10:00", "2026-12-03T12:00")),
        ("du 3 au 5 décembre 2026", Span("2026-12-03", "2026-12-05")),
        ("du 30 novembre au 2 décembre 2026", Span("2026-11-30", "2026-12-02")),
        ("2026-12-03T10:00:00+01:00", Span("2026-12-03T10:00:00+01:00")),
        ("demain midi", None),
        ("3 décembre à midi", Span("2026-12-03T12:00")),
        ("10h", None),
        ("3 décembre à 27h", Span("2026-12-03")),
    ],
)
def test_spans(text: str, span: Span | None) -> None:
    assert read_span(text, TODAY) == span


@pytest.mark.parametrize(
    ("line", "skills"),
    [
        ("- Python ; niveau : 3 ; entraide : peut aider", [("python", 3, ("help",))]),
        ("- Python ; niveau 3 ; aide", [("python", 3, ("help",))]),
        ("- Python, niveau 3, transmettre", [("python", 3, ("teach",))]),
        ("- programmation python (4)", [("python", 4, None)]),
        ("- Python : 4/5", [("python", 4, None)]),
        ("- Python ; Confirmé", [("python", 4, None)]),
        (" Python (3), Cartographie (2)", [("python", 3, None), ("sig", 2, None)]),
        (" Python niveau 3 ; Cartographie niveau 2 ; aide", [("python", 3, None), ("sig", 2, ("help",))]),
        ("- Python ; niveau : 3 ; entraide : aider, transmettre", [("python", 3, ("help", "teach"))]),
    ],
)
def test_skills_are_read_however_their_level_is_said(line: str, skills: list[Any], mini: Content) -> None:
    found = understood(f"Veillée · Personne\nCompétences :{'' if line[0] == ' ' else chr(10)}{line}\n", mini)
    groups = [(item["skill"], item["level"], item.get("offers")) for item in found.values["skills"]]
    assert groups == skills
    assert asked_of(found) == told_of(found) == []


@pytest.mark.parametrize(
    ("row", "result"),
    [
        ("Fuites ; avant : 12 ; après : 8 ; unité : par km",
         {"label": "Fuites", "before": 12, "after": 8, "unit": "par km"}),
        ("Fuites ; 12 → 8 par km", {"label": "Fuites", "before": 12, "after": 8, "unit": "par km"}),
        ("Eau ; 41 000 m³ ; compteur de départ, mai à septembre",
         {"label": "Eau", "after": 41000, "unit": "m³", "evidence": "compteur de départ, mai à septembre"}),
        ("Coût ; 1 250,50 ; 900 ; €", {"label": "Coût", "before": 1250.5, "after": 900, "unit": "€"}),
        ("Taux ; après : −3 %", {"label": "Taux", "after": -3, "unit": "%"}),
    ],
)  # fmt: skip
def test_figures_are_read_however_they_are_said(row: str, result: dict[str, Any], mini: Content) -> None:
    found = understood(f"Veillée · Belle histoire\nRésultats :\n- {row}\n", mini)
    assert found.values["results"] == (result,)


def test_what_isnt_sure_is_asked_with_what_is_proposed(mini: Content) -> None:
    found = understood(
        "Veillée · Personne\nNom : Zoé\nTerritoire : Usine de port\nCompétences :\n- Python\n- Cartographies ; niveau : 12\n"
        "Langues : français, dothraki\nPremier jour : 31/02/2026\n",
        mini,
    )
    assert asked_of(found) == [
        "« Usine de port » n’est pas dans le portail. Au plus proche : L’usine du port",
        "quel niveau pour « Python », de 1 à 5 ?",
        "« 12 » n’est pas un niveau de 1 à 5",
        "nous ne connaissons pas la langue « dothraki »",
        "nous ne savons pas lire « 31/02/2026 » comme un jour : écrivez-le ainsi, 2026-11-05",
    ]
    assert found.proposal["territory"] == "usine"
    assert found.proposal["skills"] == ({"skill": "python", "level": 3}, {"skill": "sig", "level": 3})
    assert [item.name for item in found.missing] == ["job_title"]
    assert not found.is_complete


def test_words_that_the_portal_lacks_are_left_aside_and_told(mini: Content) -> None:
    found = understood(
        "Veillée · Personne\nNom : Zoé\nFonction : x\nTerritoire : Nord\n"
        "Compétences :\n- Yoga ; niveau : 5\n- Python ; expert\nSouhaite apprendre : Origami et SIG\nSigne : Lion\n",
        mini,
    )
    assert found.is_complete
    assert found.values["skills"] == ({"skill": "python", "level": 5},)
    assert found.values["wants_to_learn"] == ("sig",)
    assert told_of(found) == [
        "« Yoga » n’est pas encore dans le portail : nous l’avons laissé de côté, un curateur s’en occupe",
        "« expert » a été compris comme le niveau 5",
        "« Origami » n’est pas encore dans le portail : nous l’avons laissé de côté, un curateur s’en occupe",
        "la ligne « Signe : Lion » ne fait pas partie de la fiche : nous l’avons laissée de côté",
    ]
    assert {"skill": "Yoga", "level": 5} in found.proposal["skills"]


def test_an_event_takes_both_ends_from_one_line(mini: Content) -> None:
    text = "Veillée · Rendez-vous\nTitre : Café\nDate : jeudi 3 décembre 2026 de 10h à 11h30\n"
    assert understood(text, mini).values == {
        "title": "Café",
        "start": "2026-12-03T10:00",
        "end": "2026-12-03T11:30",
    }
    text = "Veillée · Rendez-vous\nTitre : Café\nDébut : 3 décembre 2026 à 10h\nFin : 11 h 30\n"
    assert understood(text, mini).values["end"] == "2026-12-03T11:30"
    assert understood(text, mini).is_complete


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/b",
        "<https://a.example/b>",
        "[l’article](https://a.example/b)",
        "L’article <https://a.example/b>",
    ],
)
def test_addresses_come_out_of_what_mail_programs_put_around_them(address: str, mini: Content) -> None:
    text = f"Veillée · Article de veille\nTitre : x\nAdresse : {address}\n"
    assert understood(text, mini).values["url"] == "https://a.example/b"


def test_hostile_lists_are_bounded(mini: Content) -> None:
    many = "".join(f"- machin truc {number}\n" for number in range(20_000))
    found = understood(f"Veillée · Personne\nNom : Z\nCompétences :\n{many}", mini)
    assert asked_of(found) == ["trop long : 100 au plus"]
    found = understood(f"Veillée · Idée\nTitre : {'x' * 5000}\nTexte :\nx\n", mini)
    assert asked_of(found) == ["une seule ligne, courte, est attendue ici"]
