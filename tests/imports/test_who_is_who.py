"""`veillee import people`: who is recognised as whom, and who has left or come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run, write
from tests.imports.directory import (
    ANA,
    BEN,
    ZOE,
    actions,
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


@pytest.fixture(autouse=True)
def _directory(here: Path) -> None:
    settings(here)


# --- who is who -------------------------------------------------------------------------------------------------------


def test_people_are_recognised_by_id_then_address_then_name(here: Path) -> None:
    export(here, ZOE, {**ANA, "Prénom": "Anna"}, {**BEN, "Courriel": "", "Prénom": "BEN"})
    imported()
    assert sorted(path for path in files(here) if path.startswith("desk/")) == [
        f"desk/imports/people/{slug}.yml" for slug in ("ana", "ben", "zoe-ba")
    ]
    export(here, {**ZOE, "Prénom": "Zoé-Lou", "Nom": "Diop", "Courriel": "zlou@mini.example"})
    assert actions(imported()) == {"zoe-ba": "update"}
    assert "name: Zoé-Lou Diop\n" in profile(here, "zoe-ba"), "a marriage changes the name and not the file"


def test_two_people_of_one_name_have_a_profile_each(here: Path) -> None:
    twin = {**ZOE, "Matricule": "008", "Courriel": "zoe2@mini.example", "Emploi": "Juriste"}
    export(here, ZOE, twin)
    assert actions(imported()) == {"zoe-ba": "create", "zoe-ba-2": "create"}
    export(here, {**twin, "Emploi": "Avocate"}, ZOE)
    assert actions(imported()) == {"zoe-ba-2": "update"}
    export(here, ZOE, twin, {**ZOE, "Matricule": "009", "Courriel": "zoe3@mini.example"})
    assert actions(imported())["zoe-ba-3"] == "create"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{**ANA, "Courriel": "ana2@mini.example"}], "may be ana, who has another e-mail address"),
        (
            [{**ZOE, "Matricule": ""}, {**ZOE, "Matricule": ""}],
            "several people of this file are called “Zoé Ba”",
        ),
        ([ZOE, {**BEN, "Matricule": "007"}], "the id “007” stands in this file more than once"),
        ([{"Emploi": "Fantôme"}], "nobody is named here"),
        (
            [ANA, {**ANA, "Matricule": "", "Courriel": ""}, {**ANA, "Matricule": "", "Courriel": ""}],
            "are called “Ana",
        ),
    ],
)
def test_what_is_doubtful_is_said_with_its_line_and_never_guessed(
    here: Path, rows: list[dict[str, str]], words: str
) -> None:
    export(here, *rows)
    before = profile(here, "ana")
    document = imported(code=1)
    assert any(words in sentence for _, sentence in said(document)), said(document)
    assert all(problem["path"] == "rh.csv" for problem in document["problems"])
    assert profile(here, "ana") == before


def test_the_company_can_say_who_is_who(here: Path) -> None:
    export(
        here,
        {**ANA, "Courriel": "ana2@mini.example"},
        {**BEN, "Matricule": "9", "Courriel": "b@mini.example"},
        ZOE,
    )
    settings(here, 'known: {"001": ana, b@mini.example: new, "007": ""}\n')
    document = imported()
    assert actions(document) == {"ana": "unchanged", "ben-okoye": "create"}
    assert not (here / "content/people/zoe-ba.md").exists()
    assert imported()["counts"]["unchanged"] == 2
    settings(here, 'known: {"001": nobody}\n')
    assert "there is no such profile" in said(planned(code=1))[0][1]


def test_an_address_that_changed_hands_is_doubtful(here: Path) -> None:
    export(here, ZOE)
    imported()
    export(here, {**BEN, "Matricule": "010", "Courriel": "ZOE@mini.example", "Prénom": "Lou"})
    (problem,) = said(imported(code=1))
    assert problem[0] == 2
    assert "“zoe@mini.example” is the address of zoe-ba, whose id was another one" in problem[1]


def test_a_profile_that_was_taken_away_does_not_come_back_by_itself(here: Path) -> None:
    export(here, ZOE)
    imported()
    (here / "content/people/zoe-ba.md").unlink()
    assert "was taken away: delete desk/imports/people/zoe-ba.yml" in said(imported(code=1))[0][1]
    memory(here, "zoe-ba").unlink()
    assert actions(imported()) == {"zoe-ba": "create"}


def test_a_profile_or_a_memory_that_cannot_be_read_is_never_written_over(here: Path) -> None:
    write(here, people__zoe_ba="---\nname: [\n---\n")
    (here / "content/people/zoe_ba.md").rename(here / "content/people/zoe-ba.md")
    memory(here, "ana").parent.mkdir(parents=True)
    memory(here, "ana").write_text("<<<<<<< HEAD\nid: '1'\n")
    export(here, ZOE, ANA)
    before = files(here)
    places = [(problem["path"], problem["rule"]) for problem in imported(code=1)["problems"]]
    assert places == [("desk/imports/people/ana.yml", "front-matter"), ("rh.csv", "doubtful-match")]
    assert files(here) == before


# --- people who leave and come back -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ({"Statut": "sorti"}, "2026-11-21"),
        ({"Statut": "Sorti", "Sortie": "01/10/2026"}, "2026-10-01"),
        ({"Sortie": "01/10/2026 00:00"}, "2026-10-01"),
        ({"Sortie": "31/12/2026"}, "2026-12-31"),
    ],
)
def test_someone_marked_as_gone_gets_a_last_day_and_loses_it_by_coming_back(
    here: Path, row: dict[str, str], day: str
) -> None:
    export(here, BEN)
    imported()
    before = profile(here, "ben")
    export(here, {**BEN, **row, "Emploi": "Technicien"})
    assert actions(imported()) == {"ben": "leave"}
    assert profile(here, "ben") == before.replace(
        "joined: 2026-10-01\n", f"joined: 2026-10-01\nleft: {day}\n"
    )
    assert imported()["counts"]["unchanged"] == 1
    export(here, BEN)
    assert actions(imported()) == {"ben": "return"}
    assert profile(here, "ben") == before


def test_a_last_day_that_a_person_wrote_stays(here: Path) -> None:
    export(
        here,
        {
            **BEN,
            "Prénom": "Dan",
            "Nom": "Parti",
            "Courriel": "",
            "Emploi": "Ancien chef",
            "Site": "sud",
            "Entrée": "",
        },
    )
    document = imported()
    assert ("left", "2026-01-31", None) in kept(document)
    assert "left: 2026-01-31" in profile(here, "dan")


def test_nobody_is_made_for_someone_who_left_before(here: Path) -> None:
    export(here, {**ZOE, "Statut": "Sorti"})
    document = imported()
    assert (document["changes"], document["counts"]["gone"]) == ([], 1)


def test_a_complete_directory_tells_who_left(here: Path) -> None:
    export(here, ZOE, ANA, BEN)
    imported()
    export(here, ANA)
    assert planned()["counts"]["leave"] == 0, "a partial export says nothing of the others"
    document = imported("--complete")
    assert actions(document) == {"ben": "leave", "zoe-ba": "leave"}
    assert document["strangers"] == ["content/people/chloe.md"]
    assert "left: 2026-11-21\n" in profile(here, "ben")
    assert imported("--complete")["changes"] == []
    settings(here, "absent: everyone\n")
    assert actions(imported("--complete")) == {"chloe": "leave"}
    export(here, ZOE, ANA, BEN)
    assert set(actions(imported("--complete")).values()) == {"return"}


def test_a_row_with_a_problem_is_still_someone_who_is_there(here: Path) -> None:
    export(here, ZOE, ANA, BEN)
    imported()
    export(
        here, {**ZOE, "Site": "Atlantide"}, {**ANA, "Entrée": "06-01-20"}, {**BEN, "Langues": "klingonien"}
    )
    document = imported("--complete", code=1)
    assert document["changes"] == []
    assert [line for line, _ in said(document)] == [2, 3, 4]


def test_nobody_is_absent_when_a_row_cannot_be_told(here: Path) -> None:
    export(here, ZOE, ANA, BEN)
    imported()
    for row in ({"Emploi": "Fantôme"}, {"Matricule": '"1"x'}):
        export(here, ANA, row)
        document = imported("--complete", code=1)
        assert (document["withheld"], document["changes"]) == (True, [])
    assert (
        "Nobody is marked as absent" in run("import", "people", "rh.csv", "--complete", "--lang", "en").stdout
    )


def test_too_many_leaving_at_once_stops_until_it_is_confirmed(here: Path) -> None:
    everyone = [{**ZOE, "Matricule": str(n), "Courriel": f"z{n}@mini.example"} for n in range(17)]
    export(here, ANA, BEN, *everyone)
    imported()
    settings(here, "", Path("site_config/import.yml").read_text().replace("max_leaving_share: 1", ""))
    export(here, ANA, BEN, *everyone[:15])
    assert imported("--complete")["counts"]["leave"] == 2, "two of twenty are a tenth"
    before = files(here)
    export(here, ANA, BEN, *everyone[:13])
    result = run("import", "people", "rh.csv", "--complete", "--apply", "--lang", "en")
    assert result.exit_code == 1
    assert "11 % of the people (2 of 18) would be marked as left, and 10 % may be" in result.stderr
    assert "Written" not in result.stdout
    assert files(here) == before
    assert planned("--complete", "--apply", code=1)["applied"] is False
    assert imported("--complete", "--yes")["counts"]["leave"] == 2
