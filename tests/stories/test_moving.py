"""One step further: the keys that change, every other byte that doesn't, and the reasons of a refusal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from portal.records import Story
from tests.commands import read, run, write

STORY = """---
# Le titre est de Ben.
title: "Deux vannes"   # à relire
people: [ana, ben]
territory:   usine
results:
    - {label: Fuites, before: 12, after: 3.5, evidence: 'carnet'}
without_image: Rien à montrer.
status: draft
audience: internal
---

Il était   une fois.\t
"""


@pytest.fixture
def file(here: Path) -> Path:
    write(here, stories__vannes=STORY)
    return here / "content/stories/vannes.md"


def changed(file: Path, before: str) -> list[str]:
    """The lines that came and went."""
    (file.parent / ".before").write_text(before)
    said = subprocess.run(
        ["diff", str(file.parent / ".before"), str(file)], capture_output=True, text=True, check=False
    )
    (file.parent / ".before").unlink()
    return [line for line in said.stdout.splitlines() if line[:1] in "<>"]


def advance(*options: str) -> tuple[int, str]:
    result = run("stories", "advance", "content/stories/vannes.md", *options, "--lang", "en")
    return result.exit_code, result.stdout + result.stderr


def test_a_whole_life_changes_three_keys_and_no_other_byte(here: Path, file: Path) -> None:
    assert advance()[0] == 0
    assert changed(file, STORY) == ["< status: draft", "> status: review"]
    for who in ("ana", "ben"):
        assert run("stories", "agree", "content/stories/vannes.md", who, "--on", "2026-11-20").exit_code == 0
    agreed = file.read_text()
    assert changed(file, STORY)[2:] == [
        "> agreements:", ">   - {person: ana, on: 2026-11-20}", ">   - {person: ben, on: 2026-11-20}",
    ]  # fmt: skip
    code, said = advance("--on", "2026-12-03")
    assert (code, "It comes out with the first build of" in said) == (0, True)
    assert sorted(changed(file, agreed)) == [
        "< status: review",
        "> published: 2026-12-03",
        "> status: scheduled",
    ]
    assert advance()[0] == 0
    told = read(here, "stories/vannes.md")
    assert isinstance(told, Story)
    assert (told.status, str(told.published)) == ("published", "2026-11-21"), (
        "published today, not in December"
    )
    assert advance()[0] == 0
    told = read(here, "stories/vannes.md")
    assert isinstance(told, Story)
    assert (told.status, str(told.archived_on), str(told.published)) == (
        "archived",
        "2026-11-21",
        "2026-11-21",
    )
    code, said = advance()
    assert (code, "--to" in said) == (2, True)
    assert advance("--to", "published")[0] == 0
    assert "archived_on" not in file.read_text()
    text = file.read_text()
    for kept in (
        'title: "Deux vannes"   # à relire',
        "territory:   usine",
        "Il était   une fois.\t\n",
        "# Le titre est",
    ):
        assert kept in text


def test_a_story_that_is_not_whole_is_neither_scheduled_nor_published(file: Path) -> None:
    for options in (("--to", "published"), ("--to", "scheduled", "--on", "2026-12-03")):
        code, said = advance(*options)
        assert code == 1
        assert "isn’t ready" in said
        assert said.count("under “agreements”") == 2, "one reason a person"
        assert file.read_text() == STORY
    bare = STORY.replace("without_image: Rien à montrer.\n", "").replace("territory:   usine\n", "")
    file.write_text(bare.replace(", evidence: 'carnet'", ""))
    _, said = advance("--to", "published")
    for reason in ("“image”", "“territory”", "“evidence”"):
        assert reason in said


def test_a_day_that_is_past_schedules_nothing(file: Path) -> None:
    run("stories", "agree", "content/stories/vannes.md", "ana")
    run("stories", "agree", "content/stories/vannes.md", "ben")
    for day in ("2026-11-21", "2025-01-01"):
        code, said = advance("--to", "scheduled", "--on", day)
        assert (code, "isn’t to come" in said) == (1, True)
    assert advance("--to", "scheduled", "--on", "demain")[0] == 2


def test_a_review_needs_people_and_a_figure_and_says_that_nobody_reads(file: Path) -> None:
    assert "Nobody is named to read it" in advance()[1]
    file.write_text(STORY.replace("people: [ana, ben]\n", ""))
    code, said = advance()
    assert (code, "“people”" in said) == (1, True)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_agreement_is_one_line_more_where_the_others_are(here: Path, file: Path, end: str) -> None:
    begun = STORY.replace(
        "status: draft", "agreements:  # relu au téléphone\n- {person: ana, on: 2026-11-01}\nstatus: draft"
    )
    file.write_bytes(begun.replace("\n", end).encode())
    assert run("stories", "agree", "content/stories/vannes.md", "ben").exit_code == 0
    wanted = begun.replace("11-01}\n", "11-01}\n- {person: ben, on: 2026-11-21}\n")
    assert file.read_bytes().decode() == wanted.replace("\n", end)


def test_only_who_appears_agrees_once_and_by_today(file: Path) -> None:
    def agree(*options: str) -> tuple[int, str]:
        result = run("stories", "agree", "content/stories/vannes.md", *options, "--lang", "en")
        return result.exit_code, result.stderr

    assert agree("chloe") == (2, "veillee: “chloe” doesn’t appear in “Deux vannes”: nothing to agree to\n")
    assert "did you mean" in agree("anna")[1]
    assert "to come" in agree("ana", "--on", "2026-11-22")[1]
    assert agree("ana")[0] == 0
    assert "already" in agree("ana")[1]


def test_a_list_in_brackets_is_left_to_its_author(file: Path) -> None:
    file.write_text(
        STORY.replace("status: draft", "agreements: [{person: ana, on: 2026-11-01}]\nstatus: draft")
    )
    before = file.read_text()
    result = run("stories", "agree", "content/stories/vannes.md", "ben", "--lang", "en")
    assert (result.exit_code, file.read_text()) == (2, before)
    assert "write “{person: ben, on: 2026-11-21}” there by hand" in result.stderr


def test_what_is_no_story_is_said(here: Path) -> None:
    result = run("stories", "advance", "content/people/ana.md", "--lang", "en")
    assert (result.exit_code, "isn’t a story" in result.stderr) == (2, True)
    assert run("stories", "advance", "content/stories/nulle-part.md").exit_code == 2


def test_explain_shows_the_checklist(here: Path, file: Path) -> None:
    said = run("explain", "content/stories/vannes.md", "--lang", "en").stdout
    assert "Checklist" in said
    assert "everyone in it agrees to appear: ask Ana Lopès" in said
    assert "where it happened: yes" in said
