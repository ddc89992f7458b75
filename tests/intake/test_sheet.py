"""Contribution sheets as people send them back: answered, quoted, wrapped, misspelt, pasted from anywhere."""

from __future__ import annotations

import pytest

from portal.content import Content
from portal.formats.sheet import (
    LEFT_OUT,
    SHEET_KINDS,
    Names,
    Sheet,
    asked,
    labels,
    read_row,
    read_sheet,
    write_sheet,
)
from portal.formats.sheet.words import language_of
from portal.language import LANGUAGES, Translator
from portal.records import KINDS, Person, Source
from portal.records.keys import keys_of

FRENCH = Translator("fr")


def said(sheet: Sheet) -> dict[str, str]:
    return {field.name: field.text for field in sheet.fields}


def test_every_key_is_asked_or_left_out_for_a_reason() -> None:
    for kind in SHEET_KINDS:
        names = {item.name.partition(".")[0] for item in asked(kind)} - {"body"}
        assert names | LEFT_OUT[kind] == {key.name for key in keys_of(KINDS[kind])}
        assert not names & LEFT_OUT[kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_labels_of_a_sheet_are_the_same(language: str) -> None:
    for kind in SHEET_KINDS:
        whole = labels(kind, Translator(language))
        lines = [whole[item.name] for item in asked(kind)]
        assert len(set(lines)) == len(lines)


def test_a_sheet_says_names_where_the_file_says_slugs(mini: Content) -> None:
    ana = mini.person("ana")
    assert ana is not None
    text = write_sheet(Person, ana.origin.front.values, ana.body, mini, FRENCH)
    assert text == (
        "Veillée · Personne\n\nPrénom et nom : Ana Lopès\nFonction : Directrice du Sud\nTerritoire : Sud\n"
        "Compétences :\n- Python ; niveau : 4 ; entraide : peut transmettre, peut aider\n"
        "Appétences :\n- Apiculture ; niveau : 5\nSouhaite apprendre :\n- Cartographie\n"
        "Langues :\n- français\n- portugais\nCommunautés :\n- Données\n- Le cercle secret\n"
        "E-mail : ana@mini.example\nPremier jour : 2020-01-06\nTexte :\n"
        "J’aime les ruches et les tableaux croisés.\n"
    )


def test_what_is_missing_can_be_written_as_empty_lines(mini: Content) -> None:
    text = write_sheet(Person, {"name": "Zoé"}, "", mini, FRENCH, blank=["territory", "skills"])
    assert text == "Veillée · Personne\n\nPrénom et nom : Zoé\nTerritoire :\nCompétences :\n"
    assert said(read_sheet(text)) == {"name": "Zoé"}


HEAD = "Veillée · Personne\n\nPrénom et nom : Zoé Martin\n"


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour,\n\nvoici ma fiche.\n\nveillee - personne\nNom: Zoé Martin\nFonction : Soudeuse\n",
        "Veillée · Profil\r\n\r\nPRENOM ET NOM :  Zoé Martin\r\nFonction\u00a0:\u00a0Soudeuse\r\n",
        "*Veillée · Personne*\n\n**Prénom et nom :** Zoé Martin\n**Fonction** : Soudeuse\n",
        "Veillée · Personne\n\nPrénom et nom (obligatoire) : Zoé Martin\nFonctoin : Soudeuse\n",
        "Veillée · Person\n\nFull name: Zoé Martin\nJob title: Soudeuse\n",
        "> Veillée · Personne\n>\n> Prénom et nom : Zoé Martin\n> Fonction :\nSoudeuse\n",
        "Fonction : Soudeuse\n\nLe 21 nov. 2026 à 10:00, Veillée <v@x.example> a écrit :\n\n> Bonjour,\n>\n"
        "> Veillée · Personne\n>\n> Prénom et nom : Zoé Martin\n> Fonction :\n",
        "Fonction : Soudeuse\n\nDe : Veillée\nEnvoyé : samedi 21 novembre 2026\nObjet : Re: profil\n\n"
        "Veillée · Personne\n\nPrénom et nom : Zoé Martin\nFonction :\n",
        "---------- Forwarded message ---------\nDe : Zoé <z@x.example>\nDate: hier\n\n"
        "Veillée · Personne\n\nPrénom et nom : Zoé Martin\nFonction : Soudeuse\n",
        "### Veillée\n\nPersonne\n\n### Prénom et nom\n\nZoé Martin\n\n### Fonction\n\nSoudeuse\n\n"
        "### Téléphone\n\n_No response_\n",
        "- Nom : Zoé Martin\n- Fonction : Soudeuse\n",
        "Veillée · Personne\n\nPrénom et nom : Zoé\nMartin\nFonction :\nSoudeuse\n\nMerci d’avance !\n"
        "-- \nZoé Martin\nTél. 06\n",
        "Veillée · Personne\nPrénom et nom : Zoé Martin\nFonction : Soudeuse\nEnvoyé de mon iPhone\n",
    ],
)  # fmt: skip
def test_a_sheet_is_read_however_it_comes(text: str) -> None:
    sheet = read_sheet(text)
    assert sheet.kind == "person"
    assert said(sheet) == {"name": "Zoé Martin", "job_title": "Soudeuse"}
    assert sheet.unknown == ()


def test_a_sheet_typed_above_a_quoted_one_stands_alone() -> None:
    quoted = "> Veillée · Idée\n>\n> Titre : Vieux\n> Texte :\n> quoi\n"
    text = f"Veillée · Idée\nTitre : Neuf\n\nOn Sat, 21 Nov 2026, Veillée wrote:\n{quoted}"
    assert said(read_sheet(text)) == {"title": "Neuf"}


@pytest.mark.parametrize(
    ("below", "items"),
    [
        ("\n- Python ; niveau : 3\n- SIG\n", ("Python ; niveau : 3", "SIG")),
        ("\n\n* Python\n\n• SIG\n", ("Python", "SIG")),
        ("\n1. Python\n2) SIG\n", ("Python", "SIG")),
        ("\n- [x] Python\n- [ ] Apiculture\n- [X] SIG\n", ("Python", "SIG")),
        (" Python, SIG\n", ("Python, SIG",)),
        ("\nPython\nSIG\n\nMerci !\n", ("Python", "SIG")),
        ("\n- Une compétence dont le nom est\nlong ; niveau : 3\n- SIG\n\nBien à vous\n",
         ("Une compétence dont le nom est long ; niveau : 3", "SIG")),
    ],
)  # fmt: skip
def test_lists_are_read_however_they_are_typed(below: str, items: tuple[str, ...]) -> None:
    sheet = read_sheet(f"{HEAD}Compétences :{below}")
    assert sheet.fields[-1].name == "skills"
    assert sheet.fields[-1].items == items


def test_a_text_keeps_its_lines_and_ends_at_the_next_label() -> None:
    text = (
        "Veillée · Belle histoire\nTitre : Fuite\nDéfi : Une fuite.\n\nDeux : une de trop.\n"
        "Solution :\n- écouter\n- creuser\n"
    )
    assert said(read_sheet(text)) == {
        "title": "Fuite",
        "challenge": "Une fuite.\n\nDeux : une de trop.",
        "solution": "- écouter\n- creuser",
    }


def test_lines_that_are_nobodys_are_named() -> None:
    sheet = read_sheet(f"{HEAD}Signe astrologique : Lion\nNom : Zoé Bis\n", None)
    assert [(line.label, line.text, line.line) for line in sheet.unknown] == [
        ("Signe astrologique", "Lion", 4),
        ("Nom", "Zoé Bis", 5),
    ]


def test_a_field_knows_its_label_and_line() -> None:
    field = read_sheet(f"Bonjour\n\n{HEAD}").fields[0]
    assert (field.label, field.line) == ("Prénom et nom", 5)


def test_the_kind_is_guessed_from_labels_or_told() -> None:
    assert read_sheet("Titre : Foire\nDébut : demain\nLieu : le port\n").kind == "event"
    assert read_sheet("Titre : Foire\n").kind is None
    assert said(read_sheet("Titre : Foire\n", "idea")) == {"title": "Foire"}
    assert read_sheet("Bonjour, ça va ?\n").kind is None


def test_the_language_of_a_sheet_is_that_of_its_labels() -> None:
    assert language_of("person", ["Full name", "Job title"]) == "en"
    assert language_of("person", ["Prénom et nom", "Communautés"]) == "fr"
    assert language_of("person", ["Nom"]) is None


def test_rows_have_parts_with_or_without_labels() -> None:
    def parts(text: str) -> list[tuple[str | None, str]]:
        return [(part.name, part.text) for part in read_row("story", "results", text)]

    assert parts("Fuites ; avant : 12 ; après 8 ; unité=m³ ; vu au compteur") == [
        (None, "Fuites"),
        ("results.before", "12"),
        ("results.after", "8"),
        ("results.unit", "m³"),
        (None, "vu au compteur"),
    ]
    assert parts(r"a \; b ; preuve : c\\; d") == [(None, "a ; b"), ("results.evidence", "c\\"), (None, "d")]


def test_names_find_their_record_or_the_nearest(mini: Content) -> None:
    names = Names(mini)
    found = [
        names.meant("skill", word).slug
        for word in ("python", "PYTHON", "programmation python", "S.I.G", "apicultures")
    ]
    assert found == ["python", "python", "python", "sig", "apiculture"]
    assert names.meant("territory", "l'usine du port").slug == "usine"
    assert names.meant("territory", "usine de port").proposals[0] == "usine"
    assert names.meant("skill", "Yoga").proposals == ()
    assert Names(mini, proposes=False).meant("territory", "usine de port").proposals == ()


def test_a_name_that_two_records_have_is_written_as_a_slug(mini: Content) -> None:
    ana = mini.person("ana")
    assert ana is not None
    twin = Person.read(ana.origin.front.values, Source("people/ana-2.md", "ana-2"))
    names = Names(Content([*mini.records, twin]))
    assert names.written("person", "ana") == "ana"
    assert names.meant("person", "Ana Lopès").proposals == ("ana", "ana-2")


HOSTILE = [
    "", "\n", "\\" * 5000, "Titre :" * 3000, "Titre : x\n" * 5000, "- " * 5000, ">" * 9000, "veillée · " + "* " * 20000,
    "a écrit " * 20000, "Le 1 " * 20000 + "wrote", "(" * 20000 + ":", "<!--" * 20000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_read_in_no_time(text: str) -> None:
    read_sheet(text)
    read_sheet(f"Veillée · Idée\nTexte :\n{text}\nTitre : {text}")
    read_row("story", "results", text)
