"""A proposal as git sees it: one branch, nothing else touched, nobody's work lost. Real repositories throughout."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curation.errors import FAILED, MISUSED, Stopped
from curation.forges import propose as propose_module
from curation.forges.propose import files_of, propose
from curation.forges.request import Change, Opened
from portal.settings import Site
from tests.forges.http_servers import over_http
from tests.forges.repositories import (
    BRANCH,
    SCOPE,
    Forge,
    Repository,
    change,
    environment,
    proposed,
)

ONE, TWO, THREE = (f"desk/candidates/a/{name}.md" for name in ("one", "two", "three"))


def refusal(clone: Repository, what: Change | None = None, **more: str) -> Stopped:
    with pytest.raises(Stopped) as caught:
        proposed(clone, what, **more)
    return caught.value


# --- what is pushed -------------------------------------------------------------------------------------------------


def test_what_changed_below_the_paths_becomes_one_commit_on_the_target(
    forge: Forge, clone: Repository
) -> None:
    clone.write(
        {TWO: "two\n", ONE: None, "content/watch/2026/été à l’eau.md": "Été\n", "README.md": "changed\n"}
    )
    opened = proposed(clone)
    assert opened == Opened(None, None, was_there=False, how="branch")
    assert forge.files(BRANCH) == {
        TWO: "two", "content/watch/2026/été à l’eau.md": "Été", "README.md": "Hydrélis", "content/people/ana.md": "Ana",
    }  # fmt: skip
    assert forge.git("rev-parse", f"{BRANCH}^") == forge.git("rev-parse", "main")


def test_the_curators_files_index_branch_and_stash_stay_as_they_are(forge: Forge, clone: Repository) -> None:
    clone.write({"README.md": "stashed\n"})
    clone.git("stash")
    clone.git("switch", "--quiet", "-c", "mine")
    clone.write({TWO: "two\n", THREE: "staged\n", "README.md": "in progress\n"})
    clone.git("add", THREE, "README.md")
    clone.write({THREE: "staged, then changed\n"})
    hook = clone.folder / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    clone.git("config", "commit.gpgSign", "true")
    before = clone.state()
    proposed(clone)
    assert clone.state() == before
    assert forge.files(BRANCH)[THREE] == "staged, then changed"
    assert forge.files(BRANCH)["README.md"] == "Hydrélis"


def test_what_git_ignores_is_not_proposed(forge: Forge, clone: Repository) -> None:
    clone.write({".git/info/exclude": "*.new\n", "desk/x.new": "half\n", TWO: "two\n"})
    proposed(clone)
    assert "desk/x.new" not in forge.files(BRANCH)


def test_nothing_to_propose_makes_no_branch(forge: Forge, clone: Repository) -> None:
    clone.write({"README.md": "elsewhere\n"})
    assert proposed(clone) == Opened(None, None, was_there=False, how="nothing")
    assert BRANCH not in forge.git("for-each-ref")


def test_what_came_to_the_target_meanwhile_is_not_taken_away(
    forge: Forge, clone: Repository, tmp_path: Path
) -> None:
    decided = "desk/decisions/2026/b.yml"
    forge.clone(tmp_path / "other").publish("main", {decided: "keep\n", ONE: "one, corrected\n"})
    clone.write({TWO: "two\n", ONE: "one, otherwise\n"})
    opened = proposed(clone)
    assert opened.kept == (ONE,)
    assert forge.files(BRANCH)[ONE] == "one, corrected"
    assert {decided, TWO} <= forge.files(BRANCH).keys()


def test_a_commit_that_was_not_pushed_yet_is_proposed_for_what_it_says_of_the_paths(
    forge: Forge, clone: Repository
) -> None:
    clone.write({TWO: "two\n", "README.md": "mine\n"})
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "-m", "Mine")
    proposed(clone)
    assert forge.files(BRANCH)[TWO] == "two"
    assert forge.files(BRANCH)["README.md"] == "Hydrélis"


def test_a_shallow_clone_proposes_and_stays_shallow(forge: Forge, tmp_path: Path) -> None:
    other = forge.clone(tmp_path / "other")
    other.publish("main", {TWO: "two\n"})
    clone = forge.clone(tmp_path / "shallow", "--depth=1")
    other.publish("main", {"desk/later.md": "later\n"})
    clone.write({THREE: "three\n"})
    proposed(clone)
    assert {TWO, THREE, "desk/later.md"} <= forge.files(BRANCH).keys()
    assert forge.commits(BRANCH) == ["Veillée: Veille du 21 novembre"]
    assert clone.git("rev-parse", "--is-shallow-repository") == "true"
    assert clone.git("rev-list", "--count", "HEAD") == "1"


def test_commits_are_signed_by_whom_git_is_configured_for_else_by_the_site(
    forge: Forge, clone: Repository
) -> None:
    clone.write({TWO: "two\n"})
    site = Site(name="Veillée d’Hydrélis", contact="animation@hydrelis.example")
    moment = datetime(2026, 11, 21, 5, 17, tzinfo=UTC)
    propose(change(), clone.folder, None, environment(clone.folder.parent), site=site, now=moment)
    told = "%an <%ae> %cn <%ce> %at"
    site_told = "Veillée d’Hydrélis <animation@hydrelis.example>"
    assert (
        forge.git("log", "-1", f"--format={told}", BRANCH)
        == f"{site_told} {site_told} {int(moment.timestamp())}"
    )
    clone.git("config", "user.name", "Ana Silva")
    clone.git("config", "user.email", "ana@hydrelis.example")
    clone.write({TWO: "two again\n"})
    proposed(clone, site=site)
    assert forge.git("log", "-1", "--format=%an <%ae>", BRANCH) == "Ana Silva <ana@hydrelis.example>"


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


# --- what can't be --------------------------------------------------------------------------------------------------


def test_misuse_is_said_before_anything_is_sent(forge: Forge, clone: Repository, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    assert "isn’t in a git repository" in str(refusal(Repository(outside)))
    assert "isn’t inside the repository" in str(refusal(clone, change(paths=(outside,))))
    for name in ("-x", "a..b", "a b", "a~", "refs/heads/", "x.lock"):
        stopped = refusal(clone, Change(name, "T", "B", SCOPE))
        assert f"can’t be called “{name}”" in str(stopped)
        assert stopped.code == MISUSED
    clone.write({TWO: "two\n"})
    assert "can’t be proposed to itself" in str(refusal(clone, Change("main", "T", "B", SCOPE)))
    with pytest.raises(Stopped, match="has no branch “nowhere” to propose to"):
        propose(change(), clone.folder, "nowhere", environment(tmp_path))
    clone.git("remote", "remove", "origin")
    assert "has no remote “origin”" in str(refusal(clone))


def test_an_empty_remote_is_told(tmp_path: Path, clone: Repository) -> None:
    empty = tmp_path / "empty.git"
    empty.mkdir()
    Repository(empty).git("init", "--quiet", "--bare")
    clone.git("remote", "set-url", "origin", str(empty))
    assert "has no branch “HEAD” to propose to" in str(refusal(clone))


def test_a_remote_that_is_not_there_or_does_not_answer(clone: Repository, tmp_path: Path) -> None:
    clone.git("remote", "set-url", "origin", str(tmp_path / "gone.git"))
    assert "there is no repository at" in str(refusal(clone))
    clone.git("remote", "set-url", "origin", "http://ana:hunter2@127.0.0.1:9/hydrelis/veillee.git")
    stopped = refusal(clone)
    assert "can’t be reached" in str(stopped)
    assert "hunter2" not in str(stopped)
    assert stopped.code == FAILED


def test_a_push_that_the_forge_refuses_says_the_forges_words(forge: Forge, clone: Repository) -> None:
    forge.hook("pre-receive", "echo 'GL-HOOK-ERR: branches are protected here' >&2; exit 1")
    clone.write({TWO: "two\n"})
    stopped = refusal(clone)
    assert "refuses the branch: GL-HOOK-ERR: branches are protected here" in str(stopped)
    assert stopped.code == FAILED


def test_over_http_a_wrong_password_is_said_and_asked_of_nobody(forge: Forge, clone: Repository) -> None:
    clone.write({TWO: "two\n"})
    with over_http(forge, password="secret") as address:
        clone.git("remote", "set-url", "origin", address)
        stopped = refusal(clone)
        assert "doesn’t let you in" in str(stopped)
        clone.git("remote", "set-url", "origin", address.replace("://", "://ana:wrong@"))
        stopped = refusal(clone)
    assert "doesn’t let you in" in str(stopped)
    assert "wrong" not in str(stopped)


def test_over_http_with_a_password_git_knows(forge: Forge, clone: Repository) -> None:
    clone.write({TWO: "two\n"})
    with over_http(forge, password="secret") as address:
        clone.git("remote", "set-url", "origin", address.replace("://", "://ana:secret@"))
        assert proposed(clone).how == "branch"
    assert TWO in forge.files(BRANCH)


def test_a_remote_that_says_nothing_is_given_up_with_all_that_git_started(
    clone: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curation.forges.remote.NETWORK_TIMEOUT_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        clone.git("remote", "set-url", "origin", f"http://127.0.0.1:{silent.getsockname()[1]}/x.git")
        stopped = refusal(clone)
        connection, _ = silent.accept()
        with connection:
            connection.settimeout(5)
            while connection.recv(4096):
                """What it asked; then the end, since nothing of git is left to ask more."""
    assert str(stopped) == "git doesn’t answer"
    assert stopped.code == FAILED


# --- beforehand -----------------------------------------------------------------------------------------------------


def test_the_files_of_a_proposal_without_pushing(forge: Forge, clone: Repository) -> None:
    clone.write({TWO: "two\n", ONE: None, "content/watch/2026/x.md": "x\n"})
    draft = files_of(change(), clone.folder, None, environment(clone.folder.parent), site=Site())
    assert draft.files == {"content/watch/2026/x.md": "added", ONE: "removed", TWO: "added"}
    assert BRANCH not in forge.git("for-each-ref")
    assert clone.git("for-each-ref", "refs/veillee") == ""
