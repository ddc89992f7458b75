"""`veillee new` by answering: what is asked, asked again, completed, and left when someone stops."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest

from curation import commands
from portal.records import FOLDERS, KINDS, Record
from portal.records.fields import PersonRef, Title
from tests.commands import added, read, run, terminal
from tests.conftest import NOW


@pytest.fixture
def asking(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with someone at the keyboard."""
    monkeypatch.setattr(commands, "_is_terminal", lambda: True)
    return here


def answered(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def test_required_keys_are_asked_then_written(asking: Path) -> None:
    answers = answered("Où est la clé ?", "ben", "", "donnees", "", "")
    result = run("new", "question", "--lang", "en", answers=answers)
    assert result.exit_code == 0, result.output
    assert read(asking, "questions/ou-est-la-cle.md").model_dump(exclude_defaults=True) == {
        "title": "Où est la clé ?",
        "asked_by": "ben",
        "asked_on": NOW.date(),
        "community": "donnees",
    }
    assert "The question in one line." in result.stdout
    assert "asked_on [2026-11-21]: " in result.stdout
    assert "cercle, donnees" in result.stdout, "what exists is proposed"


def test_a_refused_answer_is_asked_again_with_the_mend(asking: Path) -> None:
    answers = answered(
        "", "Est", "regional", "Region", "", "study", "yes",
        "usin", "", "Ana Lopès", "benn", "ben", "", "many", "-1", "12", "yes", "91", "48.5", "7,5", "Du givre", "", "",
        "",
    )  # fmt: skip
    result = run("new", "territory", "--lang", "en", answers=answers)
    assert result.exit_code == 0, result.output
    territory: Any = read(asking, "territories/est.md")
    assert (territory.territory_kind, territory.phase, territory.lead) == ("region", "study", "ana")
    assert territory.ambassadors == ("ben",)
    assert (territory.headcount, territory.geo.lat, territory.geo.lon) == (12, 48.5, 7.5)
    assert territory.traits == ("Du givre",)
    for refusal in (
        "the value is empty",
        "“regional” is unknown: did you mean “region”?",
        "there is no file “usin”; near it: usine",
        "there is no file “benn”; near it: ben",
        "a whole number is expected, not a text (“many”)",
        "at least 0 is expected",
        "at most 90 is expected",
    ):
        assert refusal in result.stdout
    assert "  region: Region\n" in result.stdout, "choices are shown with their meaning"


def test_lists_of_groups_are_asked_one_by_one(asking: Path) -> None:
    given = ["--title", "Zoé Ba", "--set", "job_title=x", "--set", "territory=nord"]
    answers = answered(
        "y",  # the other keys too
        "y", "python", "4", "can teach", "", "y", "Cartographie", "2", "", "n",  # skills
        "y", "apiculture", "", "n",  # interests
        "", "fr,de", "", "", "n",  # wants_to_learn, languages, communities, contact
        "", "", "", "2026-01-05", "", "",  # roles, handle, photo, joined, left, audience
        "",
    )  # fmt: skip
    result = run("new", "person", *given, "--lang", "en", answers=answers)
    assert result.exit_code == 0, result.output
    person: Any = read(asking, "people/zoe-ba.md")
    assert [(item.skill, item.level, item.offers) for item in person.skills] == [
        ("python", 4, ("teach",)),
        ("sig", 2, ()),
    ]
    assert [(item.skill, item.level) for item in person.interests] == [("apiculture", 3)]
    assert (person.languages, str(person.joined)) == (("fr", "de"), "2026-01-05")
    assert (person.contact, person.left) == (None, None)


def test_what_the_rules_ask_for_is_asked_before_writing(asking: Path) -> None:
    answers = answered("Soudeurs", "n", "Mieux souder.", "ana", "", "", "")
    result = run("new", "community", "--lang", "en", answers=answers)
    assert result.exit_code == 0, result.output
    assert "nobody knows why to join" in result.stdout
    community: Any = read(asking, "communities/soudeurs/index.md")
    assert (community.purpose, community.animators) == ("Mieux souder.", ("ana",))


def test_values_in_disorder_are_asked_again(asking: Path) -> None:
    given = [
        "--title",
        "Zoé",
        "--set",
        "job_title=x",
        "--set",
        "territory=nord",
        "--set",
        "joined=2026-02-01",
    ]
    answers = answered("n", "2026-01-01", "2026-03-01", "")
    result = run("new", "person", *given, "--set", "left=2025-01-01", "--lang", "en", answers=answers)
    assert result.exit_code == 0, result.output
    person: Any = read(asking, "people/zoe.md")
    assert (str(person.joined), str(person.left)) == ("2026-01-01", "2026-03-01")


@pytest.mark.parametrize("answers", ["", "Où ?\n", answered("Où ?", "ben", "", "donnees", "", "no")])
def test_stopping_half_way_writes_nothing(asking: Path, answers: str) -> None:
    result = run("new", "question", "--lang", "en", answers=answers)
    assert result.exit_code == 1
    assert result.stderr.endswith("veillee: Stopped: nothing was written.\n")
    assert added(asking) == []


def test_yes_asks_nothing(asking: Path) -> None:
    options = ["--title", "Où ?", "--set", "asked_by=ben", "--set", "community=donnees"]
    assert run("new", "question", *options, "--yes").exit_code == 0
    assert run("new", "question", "--title", "x", "--yes").exit_code == 1


def test_in_a_real_terminal(here: Path) -> None:
    answers = ["Où est la clé ?", "bne", "ben", "", "donnees", "", ""]
    code, screen = terminal("new", "question", "--lang", "en", cwd=here, answers=answers)
    assert code == 0, screen
    assert "there is no file “bne”; near it: ben" in screen
    assert added(here) == ["questions/ou-est-la-cle.md"]


def test_a_slug_is_completed_by_tab(here: Path) -> None:
    code, screen = terminal(
        "new", "question", "--lang", "en", cwd=here, answers=["Où ?", "ch\t", "", "donn\t", "", ""]
    )
    assert code == 0, screen
    assert "asked_by: chloe" in (here / "content/questions/ou.md").read_text()


class Tool(Record):
    """Something that people lend each other."""

    kind: ClassVar[str] = "tool"
    folder: ClassVar[str] = "tools"

    title: Title
    """What it is called."""
    lent_by: PersonRef
    """Who lends it."""
    state: Annotated[Literal["new", "worn"], "plain"] = "new"
    """How it looks."""


@pytest.fixture
def tools(asking: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(KINDS, "tool", Tool)
    monkeypatch.setitem(FOLDERS, "tools", Tool)
    return asking


def test_a_kind_or_a_key_that_is_added_is_asked_without_other_edits(tools: Path) -> None:
    result = run(
        "new",
        "tool",
        "--lang",
        "en",
        answers=answered("Perceuse", "ann", "ana", "y", "rusty", "worn", "", ""),
    )
    assert result.exit_code == 0, result.output
    assert "Who lends it." in result.stdout
    assert "“rusty” is unknown" in result.stdout or "one of new, worn is expected" in result.stdout
    assert (
        tools / "content/tools/perceuse.md"
    ).read_text() == "---\ntitle: Perceuse\nlent_by: ana\nstate: worn\n---\n"
