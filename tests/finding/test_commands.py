"""`veillee search` as people and programs call it: what is printed, how it stops, what no query can break."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.commands import run, terminal, write

HOSTILE = [
    "x" * 10_000,
    "pompe " * 2_000,
    "😀 👩\u200d🔬 \U0001f1eb\U0001f1f7",
    "((( .* [a-z]+ \\d{3} $^ | )",
    "\u202eruches\u202c מפה خريطة",
    "ruches\0cartes\x1b[31m",
    "<script>alert(1)</script>",
    "title:* AND (OR NOT ~2 ^4 [a TO z]",
    "lieu:" * 200,
    "-" * 500,
    "«" * 500,
    "\ud800 \udfff",
]


def found(result: Result) -> list[str]:
    """The paths of a machine's answer."""
    return [item["path"] for item in answered(result)["results"]]


def plain(text: str) -> str:
    """French spaces as those of the keyboard."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def answered(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_result_is_a_title_a_file_and_its_words(here: Path) -> None:
    result = run("search", "ruches")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Une ruche sur le toit · Idée"
    assert lines[1] == "    content/ideas/ruche.md"
    assert lines[3:5] == ["Ana Lopès · Personne", "    content/people/ana.md"]
    assert "J’aime les ruches" in lines[5]
    assert lines[-1] == "2 pages trouvées."
    assert result.stderr == ""


def test_machines_get_stable_keys(here: Path) -> None:
    document = answered(run("search", "cartes", "qui", "parlent", "--json", "--limit", "1"))
    assert document["version"] == 1
    assert document["query"] == "cartes qui parlent"
    assert document["count"] > 1
    assert (document["corrected"], document["proposed"]) == ({}, {})
    (first,) = document["results"]
    assert list(first) == ["kind", "slug", "path", "title", "address", "score", "excerpt"]
    assert (first["kind"], first["slug"], first["path"]) == ("story", "cartes", "content/stories/cartes.md")
    assert (first["title"], first["address"]) == ("Les cartes qui parlent", "histoires/cartes/")
    assert first["score"] > 1


def test_a_listing_is_found_by_its_address(here: Path) -> None:
    results = answered(run("search", "annuaire", "--json"))["results"]
    listing = next(item for item in results if item["kind"] == "page")
    assert (listing["slug"], listing["path"]) == (None, None)
    assert listing["address"] in run("search", "annuaire").stdout


def test_nothing_found_stops_with_1_and_proposes(here: Path) -> None:
    result = run("search", "bne")
    assert result.exit_code == 1
    assert plain(result.stdout).splitlines() == [
        "Rien n’a été trouvé.",
        "« bne » n’est sur aucune page : vouliez-vous dire « ben » ?",
    ]
    machine = run("search", "bne", "--json")
    assert machine.exit_code == 1
    assert answered(machine) == {
        "version": 1, "query": "bne", "count": 0, "corrected": {}, "proposed": {"bne": "ben"}, "results": [],
    }  # fmt: skip


def test_a_misspelt_word_is_read_as_what_was_meant(here: Path) -> None:
    result = run("search", "cartgraphie")
    assert result.exit_code == 0
    assert plain(result.stdout).splitlines()[0] == (
        "« cartgraphie » n’est sur aucune page : voici « cartographie »."
    )
    assert answered(run("search", "cartgraphie", "--json"))["corrected"] == {"cartgraphie": "cartographie"}


def test_options_narrow(here: Path) -> None:
    assert found(run("search", "ruches", "--kind", "idea", "--json")) == ["content/ideas/ruche.md"]
    assert found(run("search", "ruches", "--kind", "idée", "--json")) == ["content/ideas/ruche.md"]
    both = found(run("search", "ruches", "--kind", "idea", "--kind", "person", "--json"))
    assert set(both) == {"content/ideas/ruche.md", "content/people/ana.md"}
    assert "content/people/ana.md" in found(run("search", "python", "--territory", "Sud", "--json"))
    assert run("search", "ruches", "--kind", "idea", "--skill", "sig").exit_code == 1


def test_words_excluded_are_not_options(here: Path) -> None:
    everyone = found(run("search", "python", "--json"))
    others = found(run("search", "python", "-ruches", "--json"))
    assert set(others) == set(everyone) - {"content/people/ana.md"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--kind", "persn"], "Type : rien ne s’appelle « persn » ; vouliez-vous dire « person » ?"),
        (["x", "--year", "qqqq"], "Année : rien ne s’appelle « qqqq »"),
        (["x", "--limti", "3"], "il n’y a pas d’option « --limti »"),
        (["  "], "que chercher"),
        (["x", "--audience", "intern"], "« internal »"),
        (["x", "--content", "nowhere"], "« nowhere »"),
        (["x", "--config", "nowhere"], "« nowhere »"),
    ],
)
def test_misuse_stops_with_2_and_a_proposal(here: Path, arguments: list[str], said: str) -> None:
    result = run("search", *arguments)
    assert result.exit_code == 2
    assert said in plain(result.stderr)
    assert result.stdout == ""


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_breaks_it(here: Path, query: str) -> None:
    said = run("search", "--", query)
    assert said.exit_code in {0, 1}
    assert "\x1b" not in said.stdout
    assert "\0" not in said.stdout
    machine = run("search", "--json", "--", query)
    assert machine.exit_code == said.exit_code
    assert answered(machine)["count"] >= 0


def test_each_audience_finds_only_what_its_site_holds(here: Path) -> None:
    def seen(audience: str, query: str) -> set[str]:
        return set(found(run("search", query, "--audience", audience, "--json")))

    assert seen("private:cercle", "zéphyr") == {"content/communities/cercle/index.md", "content/events/reunion-zephyr.md",
                                                "content/questions/zephyr.md"}  # fmt: skip
    assert seen("internal", "zéphyr") == seen("external", "zéphyr") == set()
    assert "content/stories/cartes.md" in seen("internal", "cartes")
    assert seen("external", "cartes ruches python") <= {"content/people/ana.md", "content/skills/python.md"}
    assert "content/stories/brouillon.md" not in seen("internal", "pas encore rien")


def test_a_record_whose_errors_keep_it_out_is_not_found(here: Path) -> None:
    assert found(run("search", "apiculture abeilles", "--kind", "skill", "--json")) == [
        "content/skills/apiculture.md"
    ]
    write(here, skills__apiculture="---\ntitle: Apiculture\nbroader: nowhere\n---\n\nDes abeilles.\n")
    assert run("search", "apiculture abeilles", "--kind", "skill").exit_code == 1


def test_a_change_is_found_at_once(here: Path) -> None:
    assert run("search", "alambic").exit_code == 1
    write(here, skills__distiller="---\ntitle: Distiller\n---\n\nUn alambic de cuivre.\n")
    assert found(run("search", "alambic", "--json")) == ["content/skills/distiller.md"]


def test_settings_that_cant_be_read_stop_it(here: Path) -> None:
    (here / "site_config" / "site.yml").write_text("language: klingon\n")
    result = run("search", "ruches")
    assert result.exit_code == 2
    assert "site_config/site.yml:1" in result.stderr


def test_in_a_terminal_words_stand_out(here: Path) -> None:
    code, screen = terminal("search", "ruches", cwd=here)
    assert code == 0
    assert "\x1b[1;33mruches\x1b[0m" in screen
    assert "2 pages trouvées." in screen
