"""`veillee explain`: how a file is read, who sees it, its problems, and what relates to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.commands import COLOUR, process, run, terminal, write
from tests.conftest import MINI


def explained(path: str, language: str = "en") -> dict[str, list[str]]:
    """The sections that are printed: title → rows."""
    result = run("explain", path, "--lang", language)
    assert result.exit_code == 0, result.output
    sections: dict[str, list[str]] = {}
    title = ""
    for line in result.stdout.splitlines():
        if line.startswith("  "):
            sections[title].append(line.strip())
        else:
            title = line
            sections[title] = []
    return sections


def test_a_person(here: Path) -> None:
    said = explained("content/people/ben.md")
    assert said["content/people/ben.md"] == [
        "kind: Person (person)",
        "slug: ben",
        "name: Ben Okoye",
        "address: https://mini.example/portail/annuaire/ben/",
        "seen by: All employees",
        "in the site: yes",
    ]
    assert "3: job_title: Technicien" in said["Keys"]
    assert "4: territory: usine (L’usine du port)" in said["Keys"]
    assert "6: skills.0.skill: sig (Cartographie)" in said["Keys"]
    assert said["Problems"] == ["none"]
    related = said["What relates to it"]
    assert "communities: Données" in related
    assert any(row.startswith("proof of Cartographie: 1 story, 1 answer") for row in related)
    assert any(
        row.startswith("neighbour: Ana Lopès: likes Apiculture too; teaches Python") for row in related
    )
    assert "content/questions/carte.md:8: answers.by" in said["Named by"]


def test_a_profile_says_what_it_lacks(here: Path) -> None:
    profile = next(
        row for row in explained("content/people/chloe.md")["What relates to it"] if "without" in row
    )
    assert "62%, without " in profile
    assert "interests" in profile


def test_a_community(here: Path) -> None:
    related = explained("content/communities/donnees/index.md")["What relates to it"]
    assert "members: Ana Lopès and Ben Okoye" in related
    assert "animators: Ana Lopès" in related
    assert any(
        row.startswith("next meeting: December 3, 2026, 8:30") and "Le café du port" in row for row in related
    )
    assert "promise: answer within 2 days: 1 kept of 1 answered, 1 waiting, 0 late" in related
    assert "open tasks: Relire la carte" in related


def test_a_skill(here: Path) -> None:
    related = explained("content/skills/sig.md")["What relates to it"]
    assert "can do it: Ben Okoye" in related
    assert "want to learn it: Ana Lopès" in related
    assert any(row.startswith("evidence: 1 story, 1 answer") for row in related)


def test_a_territory_and_an_event(here: Path) -> None:
    assert "inside: Sud" in explained("content/territories/usine.md")["What relates to it"]
    (meetings,) = explained("content/events/port.md")["What relates to it"]
    assert meetings.count(";") == 2, "the next three"


@pytest.mark.parametrize("path", sorted(file.relative_to(MINI).as_posix() for file in MINI.rglob("*.md")))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_file_of_the_miniature_company_is_explained(here: Path, path: str, language: str) -> None:
    sections = explained(f"content/{path}", language)
    assert len(sections) >= 3
    assert next(iter(sections)) == f"content/{path}"


def test_a_file_is_named_from_here_or_from_the_content_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run("explain", "content/people/ben.md").stdout
    assert run("explain", "people/ben.md").stdout == whole
    assert run("explain", str(here / "content" / "people" / "ben.md")).stdout == whole


def test_who_sees_a_private_record(here: Path) -> None:
    said = explained("content/questions/zephyr.md")["content/questions/zephyr.md"]
    assert "seen by: the members of Le cercle secret only" in said
    assert "in the site: yes" in said
    assert (
        "seen by: Everyone, outside too" in explained("content/skills/python.md")["content/skills/python.md"]
    )
    write(here, ideas__x="---\ntitle: x\nproposed_by: ana\nproposed_on: 2026-01-01\naudience: private\n---\n")
    assert (
        "seen by: nobody: it is private, and names no private community"
        in explained("content/ideas/x.md")["content/ideas/x.md"]
    )


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("stories/brouillon", "no: it waits for its status or its day"),
        ("people/dan", "no: the person has left"),
    ],
)
def test_why_a_record_is_not_in_the_site(here: Path, path: str, reason: str) -> None:
    said = explained(f"content/{path}.md")
    assert f"in the site: {reason}" in said[f"content/{path}.md"]


def test_problems_stand_with_their_lines(here: Path) -> None:
    write(here, people__eve="---\nname: Eve\njob_title: Chef\nterritory: sudd\n---\n")
    said = explained("content/people/eve.md")
    assert "in the site: no: its errors keep it out" in said["content/people/eve.md"]
    (error,) = [row for row in said["Problems"] if "thin-profile" not in row]
    assert error.startswith("4: error: ")
    assert "did you mean “sud”?" in error
    write(here, people__eve="---\nname: Eve\njob_title: Chef\nterritory: sud\nskils: [python]\n---\n")
    said = explained("content/people/eve.md")
    assert said["content/people/eve.md"] == [
        "kind: Person (person)",
        "in the site: no: its errors keep it out",
    ]
    assert "5: skils.0: python" in said["Keys"], "what can be read is shown"
    assert said["Problems"] == ["5: error: unknown key “skils”: did you mean “skills”? [unknown-key]"]


@pytest.mark.parametrize(
    "raw", [b"no front matter", b"---\ntitle: [\n---\n", b"\xff\xfe", b"", b"---\ntitle: \x00\n---\n"]
)
def test_a_file_that_cannot_be_read_is_explained(here: Path, raw: bytes) -> None:
    (here / "content" / "skills" / "x.md").write_bytes(raw)
    said = explained("content/skills/x.md")
    assert said.keys() == {"content/skills/x.md", "Problems"}
    assert len(said["Problems"]) == 1


def test_a_file_out_of_place_is_explained(here: Path) -> None:
    write(here, personnes__x="---\ntitle: x\n---\n")
    assert "[place]" in explained("content/personnes/x.md")["Problems"][0]


def test_a_picture(here: Path) -> None:
    Image.new("RGB", (4, 4)).save(here / "content" / "people" / "ana.jpg")
    ana = here / "content" / "people" / "ana.md"
    ana.write_text(ana.read_text().replace("handle: ana", "handle: ana\nphoto: ana.jpg"))
    said = explained("content/people/ana.jpg")
    assert said["File"] == [said["File"][0], "says where it was taken: no", "shown by: content/people/ana.md"]
    assert said["File"][0].startswith("size: 0.")


def test_what_files_hold_is_printed_as_text(here: Path) -> None:
    write(here, skills__piege='---\ntitle: "[red]rouge[/red] \\e[31m\\n\\u202e:smile:"\n---\n')
    output = run("explain", "content/skills/piege.md").stdout
    assert "[red]rouge[/red]" in output
    assert ":smile:" in output
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_a_terminal_gets_a_table_and_a_pipe_plain_lines(here: Path) -> None:
    piped = process("explain", "content/people/ben.md", "--lang", "en", cwd=here)
    code, screen = terminal("explain", "content/people/ben.md", "--lang", "en", cwd=here)
    assert code == piped.returncode == 0
    assert "\x1b" not in piped.stdout
    assert COLOUR.search(screen)
    for row in ("Ben Okoye", "usine (L’usine du port)", "Named by"):
        assert row in piped.stdout
        assert row in COLOUR.sub("", screen)
