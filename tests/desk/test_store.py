"""Findings and decisions as files: what is written reads back, what can't be read is said with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from curation.desk.decision import Decision
from curation.desk.finding import Finding
from curation.desk.store import Store, decision_file, finding_path
from curation.judging.text import plain_title
from tests.commands import run
from tests.desk.desks import filed, finding

NAUGHTY = [
    "../../x", "a/../../etc/passwd", "---", "--- \ntitle: autre", "{{ 7*7 }}", "{% include 'x' %}",
    "<script>alert(1)</script>",
    "\u202egnirts", "clé: valeur", "- liste", "# titre", "[lien](javascript:alert(1))", "null", "true",
    "2026-01-01", "12:30",
    "*gras*", "!tag", "&ancre", "%PDF", "@import", "`code`", "|", ">", "\u00a0", "'\"", "\\", "CON", "…", "٣", "🙂",
]  # fmt: skip


def decision(**facts: object) -> Decision:
    given = {
        "verdict": "refuse",
        "by": "ana",
        "at": "2026-11-20T10:00:00.000000Z",
        "findings": (finding("a"),),
    }
    return Decision.model_validate({**given, **facts})


@pytest.mark.parametrize("text", NAUGHTY)
def test_any_title_or_text_reads_back_equal(tmp_path: Path, text: str) -> None:
    store = Store(tmp_path)
    title = plain_title(text, "Sans titre")
    item = finding("x", title=title, excerpt=f"{title}\n\n{title} encore", tags=(title,))
    store.put(item)
    store.record(decision(why=title, findings=(item,)))
    papers = store.read()
    assert papers.problems == ()
    assert [filed.finding for filed in papers.filed] == [item]
    assert papers.decisions == (decision(why=title, findings=(item,)),)
    assert all(file.resolve().is_relative_to(tmp_path) for file in tmp_path.rglob("*"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=120), text=st.text(max_size=300))
def test_any_text_at_all_reads_back_equal(tmp_path: Path, title: str, text: str) -> None:
    try:
        item = finding("x", title=plain_title(title, "Sans titre"), excerpt=plain_title(text, "Rien"))
    except ValidationError:
        pytest.fail(f"a plain title is refused: {title!r}")
    store = Store(tmp_path)
    store.put(item)
    assert [filed.finding for filed in store.read().filed] == [item]


@pytest.mark.parametrize("source", ["../dehors", "a/b", "", ".", "CON", "é"])
def test_a_source_is_never_a_way_out_of_the_desk(source: str) -> None:
    with pytest.raises(ValidationError):
        Finding(id="abcdefghij", source=source, title="x")


def test_the_same_decision_is_one_file_and_another_one_is_another(tmp_path: Path) -> None:
    one, other = decision(), decision(by="ben")
    assert decision_file(one) == decision_file(decision())
    assert decision_file(one)[0] != decision_file(other)[0]
    store = Store(tmp_path)
    for item in (one, one, other):
        store.record(item)
    assert len(store.read().decisions) == 2


def test_a_candidate_that_can_t_be_read_is_said_with_its_line_and_the_others_go_on(here: Path) -> None:
    filed(here, finding("a"), finding("b"))
    file = here / "desk" / finding_path(finding("a"))
    file.write_text(file.read_text().replace("source:", "sorce:"))
    result = run("candidates", "--lang", "en")
    assert result.exit_code == 0
    assert f"desk/{finding_path(finding('a'))}:" in result.stderr
    assert "“sorce”" in result.stderr
    assert "1 candidate waits." in result.stdout


def test_a_decision_that_can_t_be_read_stops_everything(here: Path) -> None:
    filed(here, finding("a"), finding("b"))
    assert run("refuse", finding("a").id, "--by", "ana").exit_code == 0
    (file,) = (here / "desk" / "decisions").rglob("*.yml")
    file.write_text(file.read_text().replace("verdict: refuse", "verdict: refusé"))
    result = run("candidates", "--lang", "en")
    assert result.exit_code == 1
    assert re.search(r"desk/decisions/2026/[a-z2-7]{10}-[0-9a-f]{8}\.yml:1: error: .*“refusé”", result.stderr)
    assert result.stdout == ""


def test_a_finding_under_another_name_is_refused(here: Path) -> None:
    filed(here, finding("a"))
    file = here / "desk" / finding_path(finding("a"))
    file.rename(file.with_name("aaaaaaaaaa.md"))
    result = run("candidates", "--lang", "en")
    assert "this file must be" in result.stderr
    assert "0 candidates wait." in result.stdout


def test_hidden_files_and_links_are_left_alone(here: Path) -> None:
    desk = filed(here, finding("a"))
    folder = here / "desk" / "candidates" / "une-source"
    (folder / ".brouillon.new").write_text("x")
    (folder / "lien.md").symlink_to("/etc/hostname")
    assert len(desk.again().papers.filed) == 1
    assert desk.again().problems == ()
