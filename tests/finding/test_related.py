"""`veillee related` and the bottom of a page of the site: the same neighbours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hooks.build import Build
from portal.records import Record
from tests.commands import run, write
from tests.conftest import NOW, ROOT


def of_the_site(folder: Path, paths: list[str]) -> list[list[str]]:
    """The neighbours that the pages of these records show."""
    build = Build.load(folder / "content", folder / "site_config", "internal", NOW)
    by_path: dict[str, Record] = {record.path: record for record in build.content.records}
    return [[f"content/{near.path}" for near in build.close_to(by_path[path])] for path in paths]


def of_the_command(path: str) -> list[str]:
    document = json.loads(run("related", f"content/{path}", "--json").stdout)
    assert document["count"] == len(document["results"])
    assert all(0 < result["score"] <= 1 for result in document["results"])
    return [result["path"] for result in document["results"]]


def test_neighbours_are_those_of_the_site(here: Path) -> None:
    paths = ["stories/cartes.md", "people/ana.md", "skills/python.md", "questions/carte.md"]
    assert list(map(of_the_command, paths)) == of_the_site(here, paths) != [[]] * 4


def test_neighbours_are_those_of_the_demo_s_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    paths = ["questions/valeurs-negatives-de-debit.md"]
    assert list(map(of_the_command, paths)) == of_the_site(ROOT, paths)


def test_a_neighbour_is_a_title_and_a_file(here: Path) -> None:
    result = run("related", "content/stories/cartes.md", "--limit", "1")
    assert result.exit_code == 0
    title, path = result.stdout.splitlines()
    assert " · " in title
    assert path.strip().startswith("content/")


@pytest.mark.parametrize(
    ("file", "audience", "said"),
    [
        ("content/people/anna.md", "internal", "content/people/ana.md"),
        ("content/questions/zephyr.md", "internal", "content/questions/zephyr.md"),
        ("content/stories/brouillon.md", "internal", "veillee explain"),
        ("content/people/ben.md", "external", "external"),
        ("content/people/dan.md", "internal", "veillee explain"),
        ("content/people/ana.md", "intern", "internal"),
    ],
)
def test_a_file_without_a_page_is_refused_and_why(here: Path, file: str, audience: str, said: str) -> None:
    result = run("related", file, "--audience", audience)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_record_with_errors_is_refused_at_its_line(here: Path) -> None:
    write(here, skills__apiculture="---\ntitle: Apiculture\nbroader: nowhere\n---\n\nDes abeilles.\n")
    result = run("related", "content/skills/apiculture.md")
    assert result.exit_code == 2
    assert "content/skills/apiculture.md:3" in result.stderr


def test_a_picture_is_no_page(here: Path) -> None:
    (here / "content" / "people" / "plan.pdf").write_bytes(b"%PDF-1.4")
    result = run("related", "content/people/plan.pdf")
    assert result.exit_code == 2
    assert ".md" in result.stderr


def test_a_page_like_no_other_stops_with_1(here: Path) -> None:
    for file in sorted((here / "content").rglob("*.md")):
        if file.name != "apiculture.md":
            file.unlink()
    result = run("related", "content/skills/apiculture.md")
    assert (result.exit_code, result.stdout) == (1, "Rien n’a été trouvé.\n")
    assert json.loads(run("related", "content/skills/apiculture.md", "--json").stdout)["results"] == []
