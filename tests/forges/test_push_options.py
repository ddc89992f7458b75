"""Requests opened by the push itself, for whoever has no token: a real receiving git notes the options it gets.

Documentation: docs.gitlab.com “Stage, commit, and push changes”, § “Push options for merge requests”; GitLab's
`push_options_handler_service.rb` for `\\n` in descriptions (since 15.0), and that an open request is updated;
forgejo.org/docs “AGit Workflow Usage” and `services/agit/agit.go` (title and description of the first push only, the
commit's message when there is none, `force-push`); git-push(1) `--push-option`, gitprotocol-common(5).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.errors import Stopped
from curation.forges import push_options
from portal.settings import Repository as Settings
from portal.settings import Site
from tests.forges.repositories import BRANCH, Forge, Repository, change, proposed

TWO = "desk/candidates/a/two.md"
BODY = "# Veille\n\n| Score | Titre |\r\n|---|---|\n| 90 | *L’eau* |\n"
GITLAB = Site(repository=Settings(forge="gitlab", api_url="https://gitlab.example/api/v4"))
FORGEJO = Site(repository=Settings(forge="forgejo", api_url="https://forge.example/api/v1"))
JOBS = {
    "gitlab": {"GITLAB_CI": "true", "CI_PROJECT_PATH": "h/v", "CI_JOB_TOKEN": "job"},
    "forgejo": {"GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true", "GITHUB_REPOSITORY": "h/v"},
}


def pushes(noted: Path) -> list[list[str]]:
    """The lines of each push: its references, then its options."""
    return [part.strip().splitlines() for part in noted.read_text().split("--\n") if part.strip()]


def as_gitlab(forge: Forge, number: int = 7) -> Path:
    """Answer as GitLab does after a push with options that it took."""
    url = f"https://gitlab.example/h/v/-/merge_requests/{number}"
    forge.hook("post-receive", f"printf '\\nView merge request for {BRANCH}:\\n  {url}\\n\\n' >&2")
    return forge.takes_options()


# --- GitLab ---------------------------------------------------------------------------------------------------------


def test_gitlab_opens_the_request_as_the_branch_is_pushed(forge: Forge, clone: Repository) -> None:
    noted = as_gitlab(forge)
    clone.write({TWO: "two\n"})
    opened = proposed(clone, change(title="Veille\ndu jour", body=BODY), site=GITLAB, **JOBS["gitlab"])
    assert (opened.how, opened.number, opened.was_there) == ("push-options", 7, False)
    assert opened.url == "https://gitlab.example/h/v/-/merge_requests/7"
    ((reference, *options),) = pushes(noted)
    assert reference.endswith(f"refs/heads/{BRANCH}")
    assert options == [
        "merge_request.create",
        "merge_request.target=main",
        "merge_request.title=Veille du jour",
        r"merge_request.description=# Veille\n\n| Score | Titre |\n|---|---|\n| 90 | *L’eau* |",
        "merge_request.remove_source_branch",
    ]


def test_gitlab_refreshes_the_open_request_and_is_asked_again_when_it_has_none(
    forge: Forge, clone: Repository
) -> None:
    noted = as_gitlab(forge)
    clone.write({TWO: "two\n"})
    proposed(clone, site=GITLAB, **JOBS["gitlab"])
    # No request was at the branch's tip: the same files are pushed once more, to ask for one.
    proposed(clone, site=GITLAB, **JOBS["gitlab"], GIT_COMMITTER_DATE="1000000000 +0000")
    assert len(pushes(noted)) == 2
    forge.git("update-ref", "refs/merge-requests/7/head", BRANCH)
    same = proposed(clone, site=GITLAB, **JOBS["gitlab"])
    assert (same.how, same.number, same.was_there) == ("push-options", 7, True)
    assert len(pushes(noted)) == 2
    clone.write({TWO: "two, better\n"})
    again = proposed(clone, site=GITLAB, **JOBS["gitlab"])
    assert (again.how, again.number, again.was_there) == ("push-options", 7, True)
    assert len(pushes(noted)) == 3


def test_what_gitlab_says_of_options_that_it_could_not_follow_is_told(
    forge: Forge, clone: Repository
) -> None:
    forge.takes_options(
        "echo \"WARNINGS: Error encountered with push options 'merge_request.create': Nope\" >&2"
    )
    clone.write({TWO: "two\n"})
    opened = proposed(clone, site=GITLAB, **JOBS["gitlab"])
    assert (opened.how, opened.number) == ("branch", None)
    assert "Error encountered with push options" in str(opened.notes[0])


def test_a_remote_that_takes_no_options_still_gets_the_branch(forge: Forge, clone: Repository) -> None:
    forge.hook("post-receive", "echo 'Create a pull request by visiting: https://gitlab.example/new?a=b' >&2")
    clone.write({TWO: "two\n"})
    opened = proposed(clone, site=GITLAB, **JOBS["gitlab"])
    assert (opened.how, opened.url) == ("branch", "https://gitlab.example/new?a=b")
    assert "takes no options with a push" in str(opened.notes[0])
    assert TWO in forge.files(BRANCH)


def test_a_description_fits_in_an_option() -> None:
    body = "\n".join(f"| {number} | " + "é" * 70 for number in range(1000))
    (option,) = (item for item in push_options.gitlab(change(body=body), "main") if "description" in item)
    assert len(option.encode()) < 65_516
    assert option.endswith(r"é\n\n…")
    assert "\n" not in option


# --- Forgejo and Gitea ----------------------------------------------------------------------------------------------


def as_forgejo(forge: Forge) -> Path:
    """Receive `refs/for/…` as Forgejo does: no such reference is made, a request's head is."""
    each = "while read old new reference; do case $reference in refs/for/*) {}; esac; done"
    made = "git update-ref -d $reference; git update-ref refs/pull/3/head $new"
    told = "printf 'Create a new pull request:\\n  https://forge.example/h/v/pulls/3\\n' >&2"
    forge.hook("post-receive", each.format(f"{made}; {told}"))
    refused = "test ! -e refused || { echo 'the tip of your branch is behind' >&2; exit 1; }"
    return forge.takes_options(f"{each.format(refused)} < pushed")


@pytest.fixture
def noted(forge: Forge) -> Path:
    return as_forgejo(forge)


def propose_to_forgejo(clone: Repository, **more: str):  # type: ignore[no-untyped-def]
    return proposed(clone, change(body=BODY, **more), site=FORGEJO, **JOBS["forgejo"])


def test_forgejo_opens_the_request_for_a_second_push(forge: Forge, clone: Repository, noted: Path) -> None:
    clone.write({TWO: "two\n"})
    opened = propose_to_forgejo(clone)
    assert (opened.how, opened.was_there) == ("agit", False)
    branch, asked = pushes(noted)
    assert branch[0].endswith(f"refs/heads/{BRANCH}")
    assert asked[0].endswith("refs/for/main")
    assert asked[1:] == [f"topic={BRANCH}", "title=Veille du 21 novembre"]
    # Its description is read in the commit.
    assert forge.git("log", "-1", "--format=%B", BRANCH).startswith(
        "Veille du 21 novembre\n\n# Veille\n\n| Score"
    )
    assert forge.git("rev-parse", "refs/pull/3/head") == forge.git("rev-parse", BRANCH)


def test_forgejo_replaces_the_commits_of_a_request_only_when_they_are_ours(
    forge: Forge, clone: Repository, noted: Path, tmp_path: Path
) -> None:
    clone.write({TWO: "two\n"})
    propose_to_forgejo(clone)
    same = propose_to_forgejo(clone)
    assert (same.how, same.number, same.was_there) == ("agit", 3, True)
    assert len(pushes(noted)) == 2
    clone.write({TWO: "two, better\n"})
    again = propose_to_forgejo(clone)
    assert (again.how, again.number, again.was_there) == ("agit", 3, True)
    assert "force-push=true" in pushes(noted)[-1]
    # Someone pushed to the request itself, which the branch knows nothing of.
    other = forge.clone(tmp_path / "other")
    forge.git("update-ref", "refs/pull/3/head", other.publish("bao", {"desk/x.md": "x\n"}))
    clone.write({TWO: "two, better still\n"})
    (forge.folder / "refused").touch()
    with pytest.raises(Stopped, match=r"couldn’t be opened or refreshed: .*behind"):
        propose_to_forgejo(clone)
    assert "force-push=true" not in pushes(noted)[-1]
    assert forge.files(BRANCH)[TWO] == "two, better still"


def test_github_without_a_token_gets_the_branch_and_its_own_words_are_shown(
    forge: Forge, clone: Repository
) -> None:
    forge.hook(
        "post-receive",
        "printf 'Create a pull request on GitHub by visiting:\\n     https://github.com/h/v/pull/new/veillee/watch\\n' >&2",
    )
    clone.write({TWO: "two\n"})
    site = Site(repository=Settings(forge="github"))
    opened = proposed(clone, site=site, GITHUB_ACTIONS="true", GITHUB_REPOSITORY="h/v")
    assert (opened.how, opened.url) == ("branch", "https://github.com/h/v/pull/new/veillee/watch")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], (None, None)),
        (["View it:", "  https://g.example/a/-/merge_requests/12"], ("https://g.example/a/-/merge_requests/12", 12)),
        (["See https://docs.example/help", "https://forge.example/h/v/pulls/3"], ("https://forge.example/h/v/pulls/3", 3)),
        (["https://github.com/h/v/pull/new/x"], ("https://github.com/h/v/pull/new/x", None)),
        (["\x1b[31mhttps://f.example/\x1b[0m"], ("https://f.example/", None)),
    ],
)  # fmt: skip
def test_the_address_that_a_remote_prints(said: list[str], expected: tuple[str | None, int | None]) -> None:
    assert push_options.addressed(said) == expected
