"""The board: its columns, whom each story waits for, since when (by git, or by the file), and what is late."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.commands import run, terminal, write
from tests.conftest import NOW

DRAFT = """---
title: Brouillon neuf
people: [ana]
territory: usine
editor: chloe
status: draft
published: {day}
---
"""
REVIEW = """---
title: À relire
published: 2026-12-10
people: [ana, ben]
territory: nord
results: [{{label: Fuites, before: 9, after: 2}}]
agreements:
  - {{person: ana, on: 2026-11-01}}
reviewers: [dan]
status: review
---
"""
SCHEDULED = """---
title: Programmée
published: {day}
people: [ana]
territory: sud
results: [{{label: Fuites, before: 9, after: 2, evidence: vu}}]
without_image: Rien à montrer.
agreements: [{{person: ana, on: 2026-11-01}}]
status: scheduled
---
"""


@pytest.fixture
def board(here: Path) -> Path:
    """Stories of each state beside those of the miniature company."""
    write(
        here,
        stories__neuf=DRAFT.format(day="2026-11-20"),
        stories__relire=REVIEW.format(),
        stories__demain=SCHEDULED.format(day="2026-11-22"),
        stories__hier=SCHEDULED.format(day="2026-11-20"),
    )
    return here


def git(folder: Path, *arguments: str, day: str = "2026-11-01") -> None:
    when = f"{day}T12:00:00+0000"
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@mini.example", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when},
    )


def stories(*options: str) -> dict[str, dict[str, Any]]:
    """The board for programs, by slug."""
    result = run("stories", "--json", *options)
    assert result.exit_code == 0, result.output
    return {item["slug"]: item for item in json.loads(result.stdout)["stories"]}


def test_each_story_stands_in_its_column_and_waits_for_someone(board: Path) -> None:
    found = stories()
    assert {slug: item["column"] for slug, item in found.items()} == {
        "brouillon": "draft", "neuf": "draft", "relire": "review", "demain": "scheduled", "hier": "published",
        "cartes": "published",
    }  # fmt: skip
    assert found["hier"]["status"] == "scheduled", "its day has come: nothing more is to be done"
    file = board / "content/stories/demain.md"
    file.write_text(file.read_text().replace("status: scheduled", "status: published"))
    assert stories()["demain"]["column"] == "scheduled", "it isn't out before its day, whatever the word"
    assert found["neuf"]["waits_for"] == [
        {"task": "write", "person": "chloe"},
        {"task": "agree", "person": "ana"},
    ]
    assert found["relire"]["waits_for"] == [
        {"task": "review", "person": "dan"},
        {"task": "agree", "person": "ben"},
    ]
    assert found["brouillon"]["waits_for"][0] == {"task": "write", "person": None}
    assert found["demain"]["waits_for"] == found["cartes"]["waits_for"] == []


def test_what_is_late_and_what_lacks_are_said(board: Path) -> None:
    found = stories()
    assert found["neuf"]["late"] == "planned"
    assert [found[slug]["late"] for slug in ("relire", "demain", "cartes")] == [None, None, None]
    assert [item["item"] for item in found["relire"]["missing"]] == ["agreements", "evidence", "picture"]
    file = board / "content/stories/demain.md"
    file.write_text(file.read_text().replace("territory: sud\n", ""))
    assert stories()["demain"]["late"] == "unwhole"


def test_filters_narrow(board: Path) -> None:
    assert stories("--status", "draft").keys() == {"brouillon", "neuf"}
    assert stories("--territory", "sud").keys() == {"neuf", "demain", "hier", "cartes"}, (
        "the plant is in the south"
    )
    assert stories("--waiting-for", "dan").keys() == {"relire"}
    assert stories("--waiting-for", "ana", "--status", "draft").keys() == {"brouillon", "neuf"}
    for option, said in (("--territory", "norrd"), ("--waiting-for", "dann")):
        result = run("stories", option, said, "--lang", "en")
        assert (result.exit_code, "did you mean" in result.stderr) == (2, True)
    assert run("stories", "--status", "nowhere").exit_code == 2


def test_since_when_is_read_in_git(board: Path) -> None:
    file = board / "content/stories/relire.md"
    git(board, "init", "-q")
    file.write_text(file.read_text().replace("status: review", "status: draft"))
    git(board, "add", "-A")
    git(board, "commit", "-qm", "all", day="2026-10-02")
    file.write_text(file.read_text().replace("status: draft", "status: review"))
    git(board, "commit", "-qam", "review", day="2026-11-11")
    file.write_text(file.read_text().replace("Fuites", "Pertes"))
    git(board, "commit", "-qam", "another word", day="2026-11-19")
    found = stories()
    assert found["relire"]["since"] == "2026-11-11T12:00:00+00:00", "another word isn't another state"
    assert found["cartes"]["since"] == "2026-10-02T12:00:00+00:00", (
        "without the key, since the file was written"
    )
    file.write_text(file.read_text().replace("status: review", "status: draft"))
    write(board, stories__toute_neuve=DRAFT.format(day="2026-12-01").replace("Brouillon", "Tout"))
    found = stories()
    assert (found["relire"]["since"], found["relire"]["since_from"]) == (None, "uncommitted")
    board_said = run("stories", "--lang", "en").stdout
    assert "not committed yet" in board_said
    assert "No git history" not in board_said


def test_a_cut_history_is_said(
    board: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: Any
) -> None:
    git(board, "init", "-q")
    for day in ("2026-10-02", "2026-10-03"):
        git(board, "add", "-A")
        git(board, "commit", "-qm", "x", "--allow-empty", day=day)
    copy = tmp_path_factory.mktemp("cut") / "copy"
    git(board, "clone", "-q", "--depth", "1", f"file://{board}", str(copy))
    monkeypatch.chdir(copy)
    assert "fetch --unshallow" in run("stories", "--lang", "en").stdout


def test_without_git_the_files_date_it_and_that_is_said(board: Path) -> None:
    moment = NOW.timestamp() - 3 * 86_400
    os.utime(board / "content/stories/relire.md", (moment, moment))
    found = stories()["relire"]
    assert (found["since"], found["since_from"]) == ("2026-11-18T09:00:00+00:00", "file")
    said = run("stories", "--lang", "en").stdout
    assert "No git history here" in said
    assert "3 days" in said


def test_people_read_tables(board: Path) -> None:
    said = run("stories").stdout
    lines = said.splitlines()
    assert [line for line in lines if line.endswith(")") and line[-2].isdigit() and ".md" not in line] == [
        "Brouillon (2)", "En relecture (1)", "Programmée (1)", "Publiée (2)",
    ]  # fmt: skip
    (review,) = [line for line in lines if "(relire.md)" in line]
    for cell in (
        "prévue le 10 déc. 2026",
        "la relecture de Dan Parti",
        "l’accord de Ben Okoye",
        "accords, preuve, image",
    ):
        assert cell in review
    code, screen = terminal("stories", "--status", "review", cwd=board)
    assert code == 0
    assert "Attend" in screen
    assert run("stories", "--waiting-for", "chloe", "--status", "published").stdout.startswith(
        "Il n’y a pas d’histoire"
    )
