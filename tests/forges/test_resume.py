"""Taking up what waits in the branch: what a scheduled run needs, and what curators wrote in the forge's editor."""

from __future__ import annotations

from pathlib import Path

from curation.forges.resume import Resumed, resume
from tests.forges.repositories import BRANCH, SCOPE, Forge, Repository, environment, proposed

ONE, TWO, THREE = (f"desk/candidates/a/{name}.md" for name in ("one", "two", "three"))


def taken_up(clone: Repository) -> Resumed:
    return resume(BRANCH, SCOPE, clone.folder, None, environment(clone.folder.parent))


def there(clone: Repository, path: str) -> str | None:
    file = clone.folder / path
    return file.read_text() if file.exists() else None


def test_without_a_branch_nothing_is_written(clone: Repository) -> None:
    before = clone.state()
    assert taken_up(clone) == Resumed()
    assert clone.state() == before


def test_a_fresh_clone_gets_what_waits_and_keeps_proposing_it(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n", ONE: None})
    proposed(clone)
    next_day = forge.clone(tmp_path / "next-day", "--depth=1")
    assert taken_up(next_day) == Resumed(written=(TWO,), removed=(ONE,))
    assert (there(next_day, TWO), there(next_day, ONE)) == ("two\n", None)
    next_day.write({THREE: "three\n"})
    assert proposed(next_day).kept == ()
    assert {TWO, THREE} <= forge.files(BRANCH).keys()
    assert ONE not in forge.files(BRANCH)
    assert len(forge.commits(BRANCH)) == 1


def test_a_decision_written_in_the_forge_is_carried_out_and_its_commit_stays(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n", THREE: "three\n"})
    proposed(clone)
    curator = forge.clone(tmp_path / "curator", "--branch", BRANCH, name="Bao")
    theirs = curator.publish(BRANCH, {TWO: "two\ndecision: keep\n"}, "Keep it")
    next_day = forge.clone(tmp_path / "next-day", "--depth=1")
    assert taken_up(next_day).written == (THREE, TWO)
    assert there(next_day, TWO) == "two\ndecision: keep\n"
    decided = {TWO: None, "desk/decisions/2026/two.yml": "keep\n", "content/watch/2026/two.md": "Two\n"}
    next_day.write(decided)
    assert proposed(next_day).kept == ()
    files = forge.files(BRANCH)
    assert TWO not in files
    assert {"desk/decisions/2026/two.yml", "content/watch/2026/two.md", THREE} <= files.keys()
    assert forge.git("merge-base", theirs, BRANCH) == theirs


def test_what_changed_here_too_is_left_alone_and_stays_theirs(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n", THREE: "three\n"})
    proposed(clone)
    forge.clone(tmp_path / "curator", "--branch", BRANCH).publish(
        BRANCH, {TWO: "theirs\n", THREE: "theirs\n"}
    )
    clone.write({TWO: "mine\n"})
    assert taken_up(clone) == Resumed(written=(THREE,), left=(TWO,))
    assert (there(clone, TWO), there(clone, THREE)) == ("mine\n", "theirs\n")
    clone.write({THREE: "theirs, then mine\n"})
    assert proposed(clone).kept == (TWO,)
    assert forge.files(BRANCH)[TWO] == "theirs"
    assert forge.files(BRANCH)[THREE] == "theirs, then mine"


def test_a_branch_that_was_merged_is_not_taken_up_again(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n"})
    proposed(clone)
    merger = forge.clone(tmp_path / "merger")
    merger.git("merge", "--quiet", f"origin/{BRANCH}")
    merger.publish("main", {TWO: None})
    next_day = forge.clone(tmp_path / "next-day")
    assert taken_up(next_day) == Resumed()
    assert there(next_day, TWO) is None


def test_nothing_outside_the_paths_nor_through_a_link_nor_of_another_kind_is_written(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    clone.write({TWO: "two\n"})
    proposed(clone)
    curator = forge.clone(tmp_path / "curator", "--branch", BRANCH)
    curator.write({"desk/candidates/b/x.md": "x\n"})
    (curator.folder / "desk/candidates/link.md").symlink_to("/etc/passwd")
    (curator.folder / "desk/candidates/picture.png").write_bytes(b"\x89PNG\xff")
    curator.publish(BRANCH, {"README.md": "changed\n", "Makefile": "all:\n"})
    (clone.folder / "desk/candidates/b").symlink_to(outside)
    resumed = taken_up(clone)
    assert resumed.written == ()
    assert set(resumed.left) == {
        "desk/candidates/b/x.md",
        "desk/candidates/link.md",
        "desk/candidates/picture.png",
    }
    assert list(outside.iterdir()) == []
    assert there(clone, "README.md") == "Hydrélis\n"
    assert not (clone.folder / "desk/candidates/link.md").is_symlink()
