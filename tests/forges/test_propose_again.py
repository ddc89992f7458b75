"""A proposal made again, by one machine or two at once: refreshed, joined, and nobody's work lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from curation.errors import FAILED
from curation.forges import propose as propose_module
from curation.forges.request import Opened
from tests.forges.repositories import (
    BRANCH,
    Forge,
    Repository,
    change,
    proposed,
    refusal,
)

ONE, TWO, THREE = (f"desk/candidates/a/{name}.md" for name in ("one", "two", "three"))


# --- again ----------------------------------------------------------------------------------------------------------


def test_a_second_time_refreshes_the_branch_with_one_commit_still(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n", THREE: "three\n"})
    proposed(clone)
    forge.clone(tmp_path / "other").publish("main", {"desk/later.md": "later\n"})
    clone.write({TWO: "two, better\n", THREE: None})
    assert proposed(clone).kept == ()
    files = forge.files(BRANCH)
    assert files[TWO] == "two, better"
    assert THREE not in files
    assert "desk/later.md" in files
    assert len(forge.commits(BRANCH)) == 1


def test_the_same_again_pushes_nothing(forge: Forge, clone: Repository) -> None:
    clone.write({TWO: "two\n"})
    proposed(clone)
    before = forge.git("rev-parse", BRANCH)
    assert proposed(clone).how == "branch"
    assert forge.git("rev-parse", BRANCH) == before


def test_what_a_person_pushed_to_the_branch_stays_and_is_told(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n", THREE: "three\n"})
    proposed(clone)
    curator = forge.clone(tmp_path / "curator", "--branch", BRANCH, name="Bao")
    theirs = curator.publish(BRANCH, {TWO: "two\ndecision: keep\n", "NOTES.md": "hello\n"}, "Keep it")
    clone.write({TWO: "two, fetched again\n", THREE: "three, better\n", "desk/four.md": "four\n"})
    opened = proposed(clone)
    assert opened.kept == (TWO,)
    files = forge.files(BRANCH)
    assert files[TWO] == "two\ndecision: keep"
    assert files[THREE] == "three, better"
    assert files["desk/four.md"] == "four"
    assert files["NOTES.md"] == "hello"
    assert forge.git("merge-base", theirs, BRANCH) == theirs
    assert proposed(clone).kept == (TWO,), "it is still theirs"


def test_a_file_that_a_person_took_out_of_the_branch_stays_out(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n", THREE: "three\n"})
    proposed(clone)
    forge.clone(tmp_path / "curator", "--branch", BRANCH).publish(BRANCH, {TWO: None})
    clone.write({"desk/four.md": "four\n"})
    assert proposed(clone).kept == (TWO,)
    assert TWO not in forge.files(BRANCH)
    assert "desk/four.md" in forge.files(BRANCH)


def test_an_amended_commit_is_a_persons(forge: Forge, clone: Repository, tmp_path: Path) -> None:
    clone.write({TWO: "two\n"})
    proposed(clone)
    curator = forge.clone(tmp_path / "curator", "--branch", BRANCH, name="Bao")
    curator.write({TWO: "two, amended\n"})
    curator.git("commit", "--quiet", "--all", "--amend", "--no-edit")
    curator.git("push", "--quiet", "--force", "origin", f"HEAD:{BRANCH}")
    amended = curator.git("rev-parse", "HEAD")
    clone.write({THREE: "three\n"})
    proposed(clone)
    assert forge.git("rev-parse", f"{BRANCH}^") == amended
    assert forge.files(BRANCH)[TWO] == "two, amended"


def test_updating_the_branch_with_the_target_keeps_nothing_back(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n"})
    proposed(clone)
    curator = forge.clone(tmp_path / "curator", name="Bao")
    curator.publish("main", {ONE: "one, corrected\n"})
    curator.git("switch", "--quiet", BRANCH)
    curator.git("merge", "--quiet", "-m", "Update", "main")
    curator.git("push", "--quiet", "origin", BRANCH)
    clone.write({TWO: "two, better\n"})
    assert proposed(clone).kept == ()
    assert forge.files(BRANCH)[TWO] == "two, better"
    assert forge.files(BRANCH)[ONE] == "one, corrected"


def test_what_another_machine_proposed_is_joined_not_replaced(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    machine = forge.clone(tmp_path / "machine", "--depth=1")
    machine.write({TWO: "two\n"})
    proposed(machine)
    clone.write({THREE: "three\n"})
    assert proposed(clone).kept == ()
    assert {TWO, THREE} <= forge.files(BRANCH).keys()
    clone.write({THREE: None, "desk/four.md": "four\n"})
    proposed(clone)
    assert {TWO, "desk/four.md"} <= forge.files(BRANCH).keys()
    assert THREE not in forge.files(BRANCH)


def test_after_a_merge_the_next_proposal_starts_from_the_target(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n"})
    proposed(clone)
    merger = forge.clone(tmp_path / "merger", name="Bao")
    merger.git("merge", "--quiet", "--no-ff", "-m", "Merge", f"origin/{BRANCH}")
    merger.publish("main", {TWO: None, "desk/decisions/2026/two.yml": "refuse\n"})
    clone.git("clean", "--quiet", "-fd")
    clone.git("pull", "--quiet")
    assert proposed(clone).how == "nothing"
    clone.write({THREE: "three\n"})
    proposed(clone)
    assert len(forge.commits(BRANCH)) == 1
    assert TWO not in forge.files(BRANCH)


def test_another_part_of_the_files_joins_the_branch_without_replacing_it(
    forge: Forge, clone: Repository
) -> None:
    clone.write({TWO: "two\n", "content/people/bao.md": "Bao\n"})
    proposed(clone)
    proposed(clone, change(title="fixes #12", paths=(Path("content/people"),)))
    assert {TWO, "content/people/bao.md"} <= forge.files(BRANCH).keys()
    # Whoever merges it closes nothing.
    assert forge.commits(BRANCH) == [
        "Veillée: Veille du 21 novembre",
        "Veillée: fixes #\N{ZERO WIDTH SPACE}12",
    ]


def test_what_is_not_proposed_any_more_is_said_and_the_branch_left(forge: Forge, clone: Repository) -> None:
    clone.write({TWO: "two\n"})
    proposed(clone)
    before = forge.git("rev-parse", BRANCH)
    clone.write({TWO: None})
    opened = proposed(clone)
    assert opened.how == "nothing"
    assert "still proposes" in str(opened.notes[0])
    assert forge.git("rev-parse", BRANCH) == before


# --- at the same moment ---------------------------------------------------------------------------------------------


def test_two_at_once_both_reach_the_branch(forge: Forge, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    # The first push waits in the forge until the second one has been accepted.
    forge.hook(
        "pre-receive", f"if mkdir {gate} 2>/dev/null; then until [ -e {gate}/open ]; do sleep 0.02; done; fi"
    )
    forge.hook("post-receive", f"touch {gate}/open")
    clones = [forge.clone(tmp_path / name) for name in ("first", "second")]
    clones[0].write({TWO: "two\n"})
    clones[1].write({THREE: "three\n"})
    done: list[Opened] = []
    slow = threading.Thread(target=lambda: done.append(proposed(clones[0])))
    slow.start()
    while not gate.exists():
        pass
    done.append(proposed(clones[1]))
    slow.join()
    assert [opened.how for opened in done] == ["branch", "branch"]
    assert {TWO, THREE} <= forge.files(BRANCH).keys()
    assert len(forge.commits(BRANCH)) == 2


def test_what_is_pushed_between_the_look_and_the_push_is_not_overwritten(
    forge: Forge, clone: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write({TWO: "two\n"})
    proposed(clone)
    curator = forge.clone(tmp_path / "curator", "--branch", BRANCH, name="Bao")
    pushed = []

    def faster(*given: object) -> object:
        if not pushed:
            pushed.append(curator.publish(BRANCH, {TWO: "theirs\n"}))
        return push(*given)

    push = propose_module._pushed
    monkeypatch.setattr(propose_module, "_pushed", faster)
    clone.write({TWO: "mine\n", THREE: "three\n"})
    assert proposed(clone).kept == (TWO,)
    assert forge.git("rev-parse", f"{BRANCH}^") == pushed[0]
    assert forge.files(BRANCH)[THREE] == "three"


def test_it_is_tried_twice_then_said(forge: Forge, clone: Repository) -> None:
    attempts = forge.folder / "attempts"
    moved = f'git update-ref refs/heads/{BRANCH} $(git commit-tree -m $$ "main^{{tree}}" -p main)'
    forge.git("config", "user.name", "Bao")
    forge.git("config", "user.email", "bao@hydrelis.example")
    # As if someone else had pushed while this push was judged.
    forge.hook("pre-receive", f"echo >> {attempts}; unset GIT_QUARANTINE_PATH; {moved}")
    clone.write({TWO: "two\n"})
    stopped = refusal(clone)
    assert stopped.code == FAILED
    assert "someone else keeps pushing" in str(stopped)
    assert len(attempts.read_text().splitlines()) == 2
