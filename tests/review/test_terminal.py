"""From keystrokes to files, through a real terminal; and what is left when it is torn away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from curation.desk.store import Store, finding_path
from portal.records import WatchItem
from tests.commands import process, read
from tests.desk.desks import filed, ids, opened
from tests.review.screens import published, watched
from tests.review.terminal import terminal

A, B, C = published("a", 14), published("b", 13), published("c", 12)


def test_one_is_kept_and_one_refused_by_keystrokes(here: Path) -> None:
    filed(here, A, B, C)
    with terminal("review", "--by", "ana", cwd=here) as screen:
        screen.wait("3 candidats attendent")
        screen.wait("garder")
        screen.keys("g")
        screen.wait("lira d’abord")
        screen.keys("Nos filtres ont le même sable.")
        screen.wait("sable.")
        screen.keys("\t")
        screen.keys("donn")
        screen.wait("Entrée\u00a0: donnees")
        screen.keys("\r")
        screen.wait("Données")
        screen.keys("\x13")
        screen.wait("Gardé")
        screen.keys("r")
        screen.wait("publicité")
        screen.keys("1")
        screen.wait("Refusé")
        screen.keys("q")
        assert screen.leave() == 0
        assert "Décidé\u00a0: 1 gardé et 1 refusé." in screen.seen
    (file,) = watched(here)
    item = read(here, file.relative_to(here / "content").as_posix())
    assert isinstance(item, WatchItem)
    assert (item.title, item.why, item.communities) == (
        A.title,
        "Nos filtres ont le même sable.",
        ("donnees",),
    )
    decided = opened(here).decided
    assert {name: decision.verdict for name, decision in decided.items()} == {A.id: "keep", B.id: "refuse"}
    assert decided[B.id].why == "publicité"
    assert not any((here / "desk" / finding_path(item)).exists() for item in (A, B))
    assert ids() == {C.id}


def test_what_was_decided_survives_a_kill(here: Path) -> None:
    filed(here, A, B, C)
    with terminal("review", "--by", "ana", cwd=here) as screen:
        screen.wait("garder")
        screen.keys("r")
        screen.wait("publicité")
        screen.keys("2")
        screen.wait("Refusé")
        screen.keys("g")
        screen.wait("lira d’abord")
        screen.keys("Une phrase que personne n’a enregistrée")
        screen.wait("enregistrée")
        screen.kill()
    assert ids() == {B.id, C.id}
    assert opened(here).problems == ()
    assert not list(here.rglob(".*.new"))


@pytest.mark.parametrize(
    "variables",
    [{"TERM": "linux"}, {"TERM": "screen", "NO_COLOR": "1"}, {"TERM": "vt100", "LANG": "C", "LC_ALL": "C"}],
)
def test_any_terminal_will_do(here: Path, variables: dict[str, str]) -> None:
    filed(here, A)
    with terminal("review", "--by", "ana", cwd=here, size=(60, 20), **variables) as screen:
        screen.wait("1 candidat attend")
        screen.keys("p")
        screen.wait("Il reviendra")
        screen.keys("\r")
        screen.wait("Remis au 28 novembre 2026")
        screen.keys("u")
        screen.wait("De retour sur le bureau")
        screen.keys("\x03")
        assert screen.leave() == 0
        assert "Rien n’a été décidé." in screen.seen
    assert ids() == {A.id}


def test_decisions_written_in_files_are_carried_out_first(here: Path) -> None:
    filed(here, A, B)
    file = here / "desk" / finding_path(A)
    file.write_text(file.read_text().replace("---\n", "---\ndecision: refuse\nby: ben\n", 1))
    with terminal("review", "--by", "ana", cwd=here) as screen:
        screen.wait("1 candidat attend")
        screen.wait("garder")
        screen.keys("q")
        assert screen.leave() == 0
    assert Store(here / "desk").filed(A) is None
    assert ids() == {B.id}


def test_without_a_terminal_the_commands_that_do_the_same_are_named(here: Path) -> None:
    done = process("review", "--by", "ana", cwd=here)
    assert done.returncode == 2
    assert "«\u00a0veillee candidates\u00a0»" in done.stderr
    assert "Traceback" not in done.stderr + os.linesep + done.stdout
