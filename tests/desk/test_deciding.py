"""Keeping, refusing, putting off, taking back: by the commands, as a curator would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from curation.desk.decision import Decision
from curation.desk.items import item_draft, item_text
from curation.desk.standing import standing
from curation.desk.store import Store, finding_path
from portal.records import WatchItem
from tests.commands import process, read, run
from tests.desk.desks import LONG, filed, finding, ids, listed, opened

A, B = finding("a", title="Le lavage des filtres"), finding("b", title="Une foire commerciale")


def kept(item: str, *more: str) -> str:
    result = run("keep", item, "--why", "Nos filtres ont le même sable.", "--by", "ana", *more)
    assert result.exit_code == 0, result.output
    return result.stdout


def items(here: Path) -> list[Path]:
    return sorted((here / "content" / "watch" / "2026").glob("le-lavage*.md"))


def test_what_is_kept_becomes_a_page_and_leaves_the_desk(here: Path) -> None:
    filed(here, A, B)
    assert "content/watch/2026/le-lavage-des-filtres-" in kept(
        A.id, "--communities", "donnees", "--skills", "sig"
    )
    (file,) = items(here)
    item = read(here, file.relative_to(here / "content").as_posix())
    assert isinstance(item, WatchItem)
    assert (item.title, item.url, item.curated_by) == (A.title, A.url, "ana")
    assert (item.communities, item.skills, item.lang) == (("donnees",), ("sig",), "fr")
    assert str(item.published) == "2026-11-12"
    assert "perte de charge" in item.body
    assert item.body.startswith(">")
    assert ids() == {B.id}
    assert not (here / "desk" / finding_path(A)).exists()


def test_what_is_refused_leaves_the_desk_for_good(here: Path) -> None:
    filed(here, A, B)
    assert run("refuse", B.id, "--why", "Publicité.", "--by", "ben").exit_code == 0
    assert ids() == {A.id}
    # A branch that still had it brings it back: it was decided upon all the same.
    Store(here / "desk").put(B)
    assert ids() == {A.id}


def test_the_same_story_under_another_id_or_from_another_source_was_refused_too(here: Path) -> None:
    filed(here, A)
    run("refuse", A.id, "--by", "ana")
    same_page = finding("z", title="Autre titre", url=A.url, excerpt="Un autre texte, plus court.")
    same_text = finding("y", source="autre-source", title=A.title, excerpt=A.excerpt)
    filed(here, same_page, same_text)
    assert ids() == set()


def test_what_is_put_off_comes_back_on_its_day(here: Path) -> None:
    filed(here, A)
    assert run("later", A.id, "--until", "2026-11-25", "--by", "ana").exit_code == 0
    assert ids() == set()
    result = run("candidates", "--json", SOURCE_DATE_EPOCH="1795737600")  # 2026-11-27
    assert A.id in result.stdout


def test_a_decision_is_taken_back_with_its_page(here: Path) -> None:
    filed(here, A)
    kept(A.id)
    assert run("reopen", A.id, "--by", "ben").exit_code == 0
    assert items(here) == []
    assert ids() == {A.id}
    kept(A.id)
    assert len(items(here)) == 1
    assert ids() == set()


def test_a_page_that_someone_edited_is_left(here: Path) -> None:
    filed(here, A)
    kept(A.id)
    (file,) = items(here)
    file.write_text(file.read_text() + "\nUn mot de plus.\n")
    result = run("reopen", A.id, "--by", "ana", "--lang", "en")
    assert result.exit_code == 1
    assert "was edited since" in result.stderr
    assert "Un mot de plus." in file.read_text()
    assert ids() == set()


def test_a_keep_that_the_rules_refuse_writes_nothing(here: Path) -> None:
    filed(here, A)
    before = sorted(path for path in here.rglob("*") if path.is_file())
    for wrong in (
        ["--skills", "inconnu"],
        ["--communities", "nulle-part"],
        ["--url", "ftp://x"],
        ["--why", " "],
    ):
        arguments = ["keep", A.id, "--by", "ana", "--lang", "en", *wrong]
        if "--why" not in wrong:
            arguments += ["--why", "Utile."]
        result = run(*arguments)
        assert result.exit_code == 1, wrong
        assert re.search(r"^(content/watch/2026|desk/candidates)/.+:\d+: error: ", result.stdout), (
            result.stdout
        )
    assert sorted(path for path in here.rglob("*") if path.is_file()) == before


def test_a_reason_that_no_file_may_hold_is_refused(here: Path) -> None:
    filed(here, A)
    result = run("refuse", A.id, "--by", "ana", "--why", "Non \u202e!", "--lang", "en")
    assert result.exit_code == 1
    assert "U+202E" in result.stdout
    assert ids() == {A.id}


def test_taking_back_what_was_put_off_keeps_the_notes_in_its_file(here: Path) -> None:
    filed(here, A)
    assert run("later", A.id, "--by", "ana").exit_code == 0
    file = here / "desk" / finding_path(A)
    file.write_text(file.read_text().replace("---\n", "---\nwhy: À garder, je crois.\n", 1))
    assert run("reopen", A.id, "--by", "ana").exit_code == 0
    assert "why: À garder, je crois." in file.read_text()


def test_an_interrupted_keep_is_finished_and_one_that_is_done_isn_t_done_again(here: Path) -> None:
    desk = filed(here, A)
    kept(A.id)
    (file,) = items(here)
    text = file.read_text()
    (decision,) = opened(here).papers.decisions
    assert item_text(decision, desk.tree) == text == item_draft(decision, desk.tree).text
    # Interrupted after the decision, before the page: the finding is still there.
    file.unlink()
    Store(here / "desk").put(A)
    assert run("settle").exit_code == 0
    assert file.read_text() == text
    assert not (here / "desk" / finding_path(A)).exists()
    # Deleted by someone later: it stays deleted.
    file.unlink()
    assert run("settle").exit_code == 0
    assert not file.exists()


def test_a_decision_written_in_a_file_is_carried_out(here: Path) -> None:
    filed(here, A, B)
    for item, note in ((A, "decision: keep\nwhy: Utile.\nby: ana\n"), (B, "decision: refuse\nby: ben\n")):
        file = here / "desk" / finding_path(item)
        file.write_text(file.read_text().replace("---\n", f"---\n{note}", 1))
    result = run("settle", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "Kept: Le lavage des filtres" in result.stdout
    assert len(items(here)) == 1
    assert ids() == set()


def test_what_is_put_off_in_a_file_is_put_off_once(here: Path) -> None:
    filed(here, A)
    file = here / "desk" / finding_path(A)
    file.write_text(
        file.read_text().replace("---\n", "---\ndecision: later\nby: ana\nwhy: Après la réunion.\n", 1)
    )
    for _ in range(2):
        assert run("settle").exit_code == 0
    (decision,) = opened(here).papers.decisions
    assert (decision.verdict, decision.why) == ("later", "Après la réunion.")
    assert "decision:" not in file.read_text()
    assert ids() == set()


def test_a_decision_never_names_a_file_outside_the_watch(here: Path) -> None:
    filed(here, A)
    kept(A.id)
    (file,) = (here / "desk" / "decisions").rglob("*.yml")
    for path in ("../site_config/site.yml", "people/ana.md", "watch/2026/../../x.md", "/etc/passwd"):
        text = re.sub(r"^item: .*$", f"item: {path}", file.read_text(), flags=re.MULTILINE)
        file.write_text(text)
        Store(here / "desk").put(A)
        result = run("settle", "--lang", "en")
        assert result.exit_code == 1
        assert "a decision can’t be read" in result.stderr
    assert (here / "content" / "people" / "ana.md").exists()


def test_a_decision_that_is_half_written_is_said_and_left(here: Path) -> None:
    filed(here, A)
    file = here / "desk" / finding_path(A)
    file.write_text(file.read_text().replace("---\n", "---\ndecision: keep\n", 1))
    before = file.read_text()
    result = run("settle", "--lang", "en")
    assert result.exit_code == 1
    assert f"desk/{finding_path(A)}:2: error: a decision needs “by” too" in result.stdout
    assert file.read_text() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["keep", "zzzzzzzzzz", "--why", "x", "--by", "ana"], "no candidate “zzzzzzzzzz”"),
        (["refuse", A.id, "--by", "anna"], "nobody is called “anna”: did you mean “ana”?"),
        (
            ["later", A.id, "--by", "ana", "--until", "demain"],
            "a date such as 2026-11-05 is expected, not “demain”",
        ),
        (["reopen", A.id, "--by", "ana"], f"nothing was decided about “{A.id}”"),
        (["refuse", A.id], "who decides? Name yourself with --by, or set VEILLEE_CURATOR"),
    ],
)
def test_what_is_misused_is_said(here: Path, arguments: list[str], sentence: str) -> None:
    filed(here, A)
    done = process(*arguments, "--lang", "en", cwd=here, GIT_CONFIG_GLOBAL="/dev/null")
    assert done.returncode in {1, 2}
    assert sentence in done.stderr
    assert ids() == {A.id}


def test_the_list_says_why(here: Path) -> None:
    filed(here, finding("c", title="Une carte SIG des fuites", excerpt=f"Le SIG et Python. {LONG}"))
    result = run("candidates", "--lang", "en")
    assert "Une carte SIG des fuites" in result.stdout
    assert "sig" in result.stdout
    assert "1 candidate waits." in result.stdout
    (one,) = listed()
    assert "sig" in one["skills"]
    assert 0 <= one["score"] <= 100


# --- what stands ------------------------------------------------------------------------------------------------------


def said(verdict: str, by: str, hour: int) -> Decision:
    return Decision.model_validate(
        {"verdict": verdict, "by": by, "at": f"2026-11-20T{hour:02}:00:00.000000Z", "findings": (A,)}
    )


@pytest.mark.parametrize(
    ("decisions", "verdict"),
    [
        ([said("refuse", "ana", 9), said("keep", "ben", 8)], "keep"),
        ([said("keep", "ana", 8), said("refuse", "ana", 9)], "refuse"),
        ([said("later", "ana", 9), said("refuse", "ben", 8)], "refuse"),
        ([said("keep", "ana", 8), said("reopen", "ben", 9)], None),
        ([said("keep", "ana", 8), said("reopen", "ben", 9), said("refuse", "ana", 10)], "refuse"),
        ([], None),
    ],
)
def test_what_stands_does_not_depend_on_the_order_of_files(
    decisions: list[Decision], verdict: str | None
) -> None:
    for order in (decisions, decisions[::-1]):
        found = standing(order)
        assert (found.verdict if found else None) == verdict
