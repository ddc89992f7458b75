"""A proposal as git sees it: one branch, nothing else touched, nobody's work lost. Real repositories throughout."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curation.errors import FAILED, MISUSED, Stopped
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
    refusal,
)

ONE, TWO, THREE = (f"desk/candidates/a/{name}.md" for name in ("one", "two", "three"))


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
