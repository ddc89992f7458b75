"""`veillee import people`: profiles made and updated, nothing of anyone's erased, whoever left marked and brought back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import unicodedata
from pathlib import Path

import pytest

from curation.imports.applying import applied
from curation.imports.changes import Change
from curation.imports.memory import Imported
from portal.loading import load_content
from tests.commands import COLOUR, PROGRAM, environment, process, read, run, terminal
from tests.imports.directory import (
    ANA,
    BEN,
    ZOE,
    actions,
    change,
    export,
    files,
    imported,
    kept,
    memory,
    planned,
    profile,
    said,
    settings,
)

NEW = """\
---
name: Zoé Ba
job_title: Hydraulicienne
territory: nord
languages:
- fr
- en
contact:
  email: zoe@mini.example
  phone: 01 02
joined: 2026-11-05
---
"""


@pytest.fixture(autouse=True)
def _directory(here: Path) -> None:
    settings(here)


# --- a plan first, then the same written ------------------------------------------------------------------------------


def test_nothing_is_written_without_apply(here: Path) -> None:
    export(here, ZOE, ANA)
    before = files(here)
    document = planned()
    assert (document["applied"], actions(document)) == (False, {"zoe-ba": "create"})
    assert files(here) == before
    result = run("import", "people", "rh.csv", "--lang", "en")
    assert "content/people/zoe-ba.md: Zoé Ba, “Hydraulicienne”, “nord”" in result.stdout
    assert result.stdout.endswith("Nothing was written: add --apply to write it.\n")


def test_apply_writes_the_plan_and_a_second_time_changes_nothing(here: Path) -> None:
    export(here, ZOE, ANA, BEN)
    assert planned()["changes"] == imported()["changes"]
    assert profile(here, "zoe-ba") == NEW
    assert memory(here, "zoe-ba").read_text().startswith('id: "007"\n')
    assert json.loads(run("check", "--format", "json").stdout)["counts"]["errors"] == 0
    once = files(here)
    again = imported()
    assert (again["changes"], again["counts"]["unchanged"]) == ([], 3)
    assert files(here) == once


def test_the_table_of_a_terminal_says_the_same_in_the_portals_language(here: Path) -> None:
    export(here, ZOE, {**ANA, "Emploi": "Présidente"})
    code, screen = terminal("import", "people", "rh.csv", "--lang", "fr", cwd=here)
    piped = process("import", "people", "rh.csv", "--lang", "fr", cwd=here)
    assert code == piped.returncode == 0
    assert "Nouveaux profils : 1" in piped.stdout.replace("\xa0", " ")
    words = COLOUR.sub("", screen).split()
    assert [word for word in ("zoe-ba.md", "ana.md") if any(word in said for said in words)] == [
        "zoe-ba.md",
        "ana.md",
    ]


# --- what a person wrote ----------------------------------------------------------------------------------------------


def test_what_the_last_import_put_there_follows_the_directory_and_nothing_else_moves(here: Path) -> None:
    export(here, ZOE)
    imported()
    theirs = NEW.replace("languages:", "# Mes langues\nlanguages:").replace("01 02", "'01 02'  # le matin")
    theirs = theirs.replace("---\n", "---\n\n", 2).replace("---\n\nname", "---\nname") + "Bonjour à tous.\n"
    (here / "content/people/zoe-ba.md").write_text(theirs)
    export(here, {**ZOE, "Emploi": "Cheffe: du bassin", "Tél": "03 04", "Site": "Usine", "Langues": "fr/pt"})
    assert actions(imported()) == {"zoe-ba": "update"}
    expected = theirs.replace("Hydraulicienne", "'Cheffe: du bassin'").replace("nord", "usine")
    expected = expected.replace("'01 02'  # le matin", "03 04  # le matin").replace("- en", "- pt")
    assert profile(here, "zoe-ba") == expected


def test_what_a_person_changed_is_kept_and_said(here: Path) -> None:
    export(here, ZOE)
    imported()
    change(here, "zoe-ba", "job_title: Hydraulicienne", "job_title: Sourcière")
    change(here, "zoe-ba", "  phone: 01 02\n", "")
    assert kept(imported()) == [
        ("job_title", "Sourcière", "Hydraulicienne"),
        ("contact.phone", None, "01 02"),
    ]
    export(here, {**ZOE, "Emploi": "Cheffe", "Entrée": "06/11/2026"})
    document = imported()
    assert kept(document)[0] == ("job_title", "Sourcière", "Cheffe")
    assert profile(here, "zoe-ba").splitlines()[2:] == [
        "job_title: Sourcière", "territory: nord", "languages:", "- fr", "- en", "contact:", "  email: zoe@mini.example",
        "joined: 2026-11-06", "---",
    ]  # fmt: skip
    change(here, "zoe-ba", "Sourcière", "Hydraulicienne")
    assert actions(imported())["zoe-ba"] == "update", (
        "what the last import put there is the directory's again"
    )
    assert "job_title: Cheffe\n" in profile(here, "zoe-ba")


def test_without_a_memory_only_what_is_missing_is_filled_in(here: Path) -> None:
    export(here, {**ANA, "Emploi": "Présidente", "Tél": "01 23", "Langues": "fr"})
    document = imported()
    assert actions(document) == {"ana": "update"}
    assert kept(document) == [
        ("job_title", "Directrice du Sud", "Présidente"),
        ("languages", ["fr", "pt"], ["fr"]),
    ]
    original = profile(here, "ana")
    assert "contact: {email: ana@mini.example, phone: 01 23}\n" in original
    assert "skills:\n  - {skill: python, level: 4, offers: [teach, help]}\n" in original
    assert original.endswith("J’aime les ruches et les tableaux croisés.\n")


def test_what_the_directory_no_longer_says_goes_if_it_came_from_there(here: Path) -> None:
    export(here, {**ZOE, "Langues": ""}, {**BEN, "Tél": "09"})
    imported()
    change(here, "ben", 'phone: "09"}', "phone: '10'}")
    export(here, {**ZOE, "Langues": "", "Tél": "", "Courriel": "", "Entrée": ""}, BEN)
    imported()
    assert profile(here, "zoe-ba") == NEW.split("languages", maxsplit=1)[0] + "---\n"
    assert "phone: '10'" in profile(here, "ben")


def test_a_column_that_this_export_lacks_is_left_alone(here: Path) -> None:
    export(here, ZOE)
    imported()
    settings(here, text="id: Matricule\n")
    (here / "court.csv").write_text("Matricule;job_title\n007;Cheffe\n")
    assert actions(imported(file="court.csv")) == {"zoe-ba": "update"}
    assert profile(here, "zoe-ba") == NEW.replace("Hydraulicienne", "Cheffe")


def test_a_profile_that_cannot_be_changed_safely_is_said_at_its_line(here: Path) -> None:
    export(here, {**ZOE, "Langues": "fr"})
    imported()
    text = profile(here, "zoe-ba").replace("- fr\n", "# la seule\n- fr\n")
    (here / "content/people/zoe-ba.md").write_text(text)
    export(here, ZOE, ANA)
    document = imported(code=1)
    assert [(item["path"], item["line"], item["rule"]) for item in document["problems"]] == [
        ("content/people/zoe-ba.md", 5, "unchangeable-profile")
    ]
    assert profile(here, "zoe-ba") == text
    assert memory(here, "ana").exists(), "the others go on"


# --- values -----------------------------------------------------------------------------------------------------------


def test_every_problem_is_said_at_once_with_its_line_and_the_mend(here: Path) -> None:
    export(
        here,
        {**ZOE, "Site": "Lile"},
        {**ZOE, "Matricule": "2", "Courriel": "pas une adresse", "Prénom": "Éva"},
        {**ZOE, "Matricule": "3", "Courriel": "c@mini.example", "Prénom": "Tom", "Entrée": "31/02/2026"},
        {**ZOE, "Matricule": "4", "Courriel": "d@mini.example", "Prénom": "Luc", "Entrée": "2026/11/05"},
        {**ZOE, "Matricule": "5", "Courriel": "e@mini.example", "Prénom": "Max", "Emploi": ""},
        {**ZOE, "Matricule": "6", "Courriel": "f@mini.example", "Prénom": "Inès", "Sortie": "01/01/2999"},
        {**ZOE, "Matricule": "7", "Courriel": "g@mini.example", "Prénom": "Noé", "Sortie": "30/11/2026",
         "Entrée": "01/12/2026"},
    )  # fmt: skip
    document = imported(code=1)
    sentences = dict(said(document))
    assert list(sentences) == [2, 3, 4, 5, 6, 7, 8]
    assert "no territory is called “Lile”: if “Lille” is meant, say so under “values”" in sentences[2]
    assert "an e-mail address is expected, not “pas une adresse”" in sentences[3]
    assert "“31/02/2026” doesn’t exist" in sentences[4]
    assert "“2026/11/05” can’t be read as a day" in sentences[5]
    assert "the key “job_title” is missing" in sentences[6]
    assert "year 2999 isn’t likely" in sentences[7]
    assert "comes before" in sentences[8]
    assert document["changes"] == []


def test_defaults_fill_new_profiles_only(here: Path) -> None:
    text = "id: id\nkeys:\n  - {key: territory, columns: [lieu], otherwise: Sud}\n  - {key: languages, otherwise: fr}\n"
    settings(here, text=text)
    (here / "rh.csv").write_text(
        "id,name,job_title,lieu\n1,Zoé Ba,Juriste,Atlantide\n2,Ben Okoye,Technicien,Atlantide\n"
    )
    imported()
    assert "territory: sud\nlanguages:\n- fr\n" in profile(here, "zoe-ba")
    assert "territory: usine\n" in profile(here, "ben")
    change(here, "zoe-ba", "languages:\n- fr\n", "")
    assert imported()["changes"] == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("=cmd|'/c calc'!A0", "cmd-c-calc-a0"),
        ("../../etc/passwd", "etc-passwd"),
        ("{{ config }} {% raw %}", "config-raw"),
        ("- Ana: [x] # y", "ana-x-sharp-y"),
        ("[lien](javascript:alert) <b>", "lien-javascript-alert-b"),
        ("no", "no"),
        ("index", "index-1"),
        ("张伟", "personne"),
        ("&amp; *gras* `code`", "et-amp-gras-code"),
        ('N\'Golo "Le Grand" O’Neil', "n-golo-le-grand-o-neil"),
        ("e\u0301le\u0300ve", "eleve"),
    ],
)
def test_naughty_names_stay_in_their_folder_and_read_back_equal(here: Path, name: str, slug: str) -> None:
    settings(here, text="id: id\n")
    quoted = name.replace('"', '""')
    (here / "rh.csv").write_text(f'id,name,job_title,territory\n1,"{quoted}","{quoted}",Nord\n')
    assert actions(imported()) == {slug: "create"}
    assert read(here, f"people/{slug}.md").label == unicodedata.normalize("NFC", name)
    once = files(here)
    imported()
    assert files(here) == once
    assert sorted(path.name for path in here.iterdir()) == ["content", "desk", "rh.csv", "site_config"]


@pytest.mark.parametrize("name", ["Ana \u202ecod", "A\u200bna", "a" * 201, "a\u2066b"])
def test_names_that_no_profile_may_have_are_refused(here: Path, name: str) -> None:
    settings(here, text="id: id\n")
    (here / "rh.csv").write_text(f"id,name,job_title,territory\n1,{name},x,Nord\n2,Zoé Ba,x,Nord\n")
    document = imported(code=1)
    assert [line for line, _ in said(document)] == [2]
    assert actions(document) == {"zoe-ba": "create"}


# --- other formats ----------------------------------------------------------------------------------------------------

SAMPLES = Path(__file__).parent / "samples"


def test_cards_make_profiles_by_their_usual_properties(here: Path) -> None:
    settings(here, text="keys:\n  - {key: contact.phone, columns: [TEL.cell, TEL.work]}\n")
    document = imported(file=str(SAMPLES / "carnet.vcf"), code=1)
    assert actions(document) == {
        "ase-norgard": "create", "nina-simple": "create", "rene-dupre": "create", "zoe-ba": "create",
    }  # fmt: skip
    assert len(document["problems"]) == 2
    assert profile(here, "zoe-ba") == (
        "---\nname: Zoé Ba\njob_title: Hydraulicienne, de métier\nterritory: nord\nlanguages:\n- fr\n- en\n"
        "contact:\n  email: zoe@mini.example\n  phone: +33-1-02-03\n---\n"
    )
    assert "phone: 06 99" in profile(here, "ase-norgard")
    assert "territory: usine" in profile(here, "ase-norgard")


def test_entries_make_profiles_and_deletions_mark_who_left(here: Path) -> None:
    settings(here, text="max_leaving_share: 1\n")
    memory(here, "ben").parent.mkdir(parents=True)
    memory(here, "ben").write_text("id: ben\nvalues: {}\n")
    document = imported(file=str(SAMPLES / "annuaire.ldif"), code=1)
    assert actions(document) == {"ben": "leave", "lea-min": "create", "zoe-ba": "create"}
    assert document["counts"]["others"] == 2
    assert profile(here, "zoe-ba") == (
        "---\nname: Zoé Ba\njob_title: Hydraulicienne\nterritory: nord\nlanguages:\n- fr\n- en-GB\n"
        "contact:\n  email: zoe@mini.example\n  phone: +33 1 02 03\n  office: B 12\n---\n"
    )
    assert "left: 2026-11-21\n" in profile(here, "ben")


def test_the_format_can_be_said(here: Path) -> None:
    (here / "cartes").write_text("\nBEGIN:VCARD\nVERSION:3.0\nFN:Zoé Ba\nTITLE:x\nORG:Mini;Nord\nEND:VCARD\n")
    assert actions(planned(file="cartes")) == {"zoe-ba": "create"}
    assert "there is no column “Prénom”" in said(planned("--format", "csv", file="cartes", code=1))[0][1]
    assert run("import", "people", "cartes", "--format", "xls").exit_code == 2


# --- files that can't be read -----------------------------------------------------------------------------------------


def test_columns_that_are_missing_are_named_with_the_nearest(here: Path) -> None:
    (here / "rh.csv").write_text(
        "Matricule;Prenom;Nom;Métier;Sites;Courriel;Tel;Langues;Entrée;Sortie;Statut\n"
    )
    sentences = [sentence for _, sentence in said(planned(code=1))]
    assert sentences == [
        "there is no column “Emploi”: the first line names Matricule, Prenom, Nom, Métier, Sites, Courriel, Tel, "
        "Langues, Entrée, Sortie, Statut",
        "there is no column “Site”: did you mean “Sites”?",
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_is_said_in_a_sentence(here: Path) -> None:
    absent = process("import", "people", "nulle-part.csv", "--lang", "en", cwd=here)
    assert (absent.returncode, absent.stderr.count("\n")) == (2, 1)
    assert "nulle-part.csv” can’t be read or written" in absent.stderr
    folder = process("import", "people", "content", "--lang", "en", cwd=here)
    assert (folder.returncode, folder.stderr.count("\n")) == (2, 1)
    with (here / "grand.csv").open("wb") as opened:
        opened.truncate(50 * 1024 * 1024 + 1)
    assert said(planned(file="grand.csv", code=1)) == [(1, "the file is larger than 50 MiB")]
    (here / "rh.csv").write_bytes("Prénom\n".encode("utf-16") + b"x")
    assert said(planned(code=1)) == [(2, "a character can’t be read: save the file as UTF-8")]


def test_settings_that_are_wrong_are_said_at_their_line(here: Path) -> None:
    export(here, ZOE)
    for text, words in (
        ("keys:\n  - key: skills\n", "import.yml:2"),
        ("keys:\n  - key: name\n  - key: name\n", "stands here twice"),
        ("dates: [jj/mm]\n", "dd/mm/yyyy"),
    ):
        settings(here, text=text)
        result = run("import", "people", "rh.csv", "--lang", "en")
        assert result.exit_code == 2
        assert words in result.stderr


# --- interrupted ------------------------------------------------------------------------------------------------------


def test_killed_anywhere_it_finds_its_way_the_next_time(
    here: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    people = [
        {**ZOE, "Matricule": str(n), "Courriel": f"z{n}@mini.example" if n % 3 else ""} for n in range(150)
    ]
    export(here, *people)
    for count in (3, 60):
        child = subprocess.Popen(
            [*PROGRAM, "import", "people", "rh.csv", "--apply"],
            cwd=here,
            env=environment({}),
            stdout=subprocess.DEVNULL,
        )
        while child.poll() is None and len(os.listdir(here / "content/people")) < count:
            pass
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert imported()["problems"] == []
    assert imported()["changes"] == []
    loaded = load_content(here / "content")
    assert loaded.problems == ()
    addresses = sorted(
        file.read_text().partition("email: ")[2].partition("\n")[0]
        for file in (here / "content/people").glob("zoe-ba*")
    )
    assert addresses == sorted(person["Courriel"] for person in people)


def test_someone_whose_place_was_noted_gets_that_place(here: Path) -> None:
    for slug, identity in (("zoe-ba", "007"), ("zoe-ba-2", "008")):
        memory(here, slug).parent.mkdir(parents=True, exist_ok=True)
        memory(here, slug).write_text(f"id: '{identity}'\nbegun: true\n")
    (here / "content/people/zoe-ba-2.md").write_text(NEW.replace("zoe@", "z@"))
    export(here, {**ZOE, "Matricule": "008", "Courriel": ""}, {**ZOE, "Courriel": ""})
    document = imported()
    assert actions(document) == {"zoe-ba": "create"}
    assert "begun" not in memory(here, "zoe-ba").read_text() + memory(here, "zoe-ba-2").read_text()


def test_a_file_that_someone_changed_since_the_plan_stays_theirs(here: Path) -> None:
    change = Change(
        "update", "ben", "people/ben.md", "Ben", before="before", after="after", imported=Imported()
    )
    made = Change("create", "ana", "people/ana.md", "Ana", after="after", imported=Imported())
    before = files(here)
    problems = list(applied([change, made], here / "content", here / "desk"))
    assert [problem.path for problem in problems] == ["people/ben.md", "people/ana.md"]
    assert files(here) == before
