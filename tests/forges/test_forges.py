"""Each forge through its API: requests opened once and refreshed, issues read and answered, refusals in a sentence.

The servers are those of `fake_github.py`, `fake_gitlab.py` and `fake_forgejo.py`, which name the pages of documentation
that they follow.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curation.errors import FAILED, Stopped
from curation.forges.forge import Forge, forge_at, forge_of, open_request
from curation.forges.origin import Place, Token
from curation.forges.request import MAX_BODY_CHARS, Change, ForgeRefused
from portal.settings import Repository as Settings
from portal.settings import Site
from tests.forges.fake_forge import TOKEN, Answer, FakeForge, running
from tests.forges.fake_forgejo import FakeForgejo
from tests.forges.fake_github import FakeGitHub
from tests.forges.fake_gitlab import FakeGitLab
from tests.forges.http_servers import over_http
from tests.forges.repositories import BRANCH, Repository, change, environment, proposed
from tests.forges.repositories import Forge as Remote

FORGES: dict[str, type[FakeForge]] = {"github": FakeGitHub, "gitlab": FakeGitLab, "forgejo": FakeForgejo}


@pytest.fixture(params=FORGES)
def fake(request: pytest.FixtureRequest) -> Iterator[FakeForge]:
    with running(FORGES[request.param]()) as forge:
        yield forge


def through(fake: FakeForge, token: str = TOKEN) -> Forge:
    return forge_at(Place(fake.kind, fake.api_url, fake.project), Token(token, "VEILLEE_FORGE_TOKEN"))  # type: ignore[arg-type]


def site_of(fake: FakeForge) -> Site:
    settings = Settings(forge=fake.kind, api_url=fake.api_url)  # type: ignore[arg-type]
    return Site(repository=settings, contact="animation@hydrelis.example")


# --- requests -------------------------------------------------------------------------------------------------------


def test_a_request_is_opened_once_then_refreshed(fake: FakeForge) -> None:
    first = open_request(through(fake), change(title="Veille du 20", body="Un"), "main")
    again = open_request(through(fake), change(title="Veille du 21", body="Deux"), "main")
    assert (first.was_there, again.was_there) == (False, True)
    assert (first.number, first.url) == (again.number, again.url)
    assert first.how == again.how == "request"
    assert str(first.url).startswith("https://")
    assert [(item["title"], item["body"]) for item in fake.requests] == [("Veille du 21", "Deux")]


def test_only_an_open_request_of_that_branch_of_the_project_counts(fake: FakeForge) -> None:
    fake.pull(BRANCH, "main", state="closed")  # type: ignore[attr-defined]
    fake.pull("other", "main")  # type: ignore[attr-defined]
    fake.pull(BRANCH, "stable", state="merged")  # type: ignore[attr-defined]
    if fake.kind != "github":
        fake.pull(
            BRANCH, "main", project=77, state="opened" if fake.kind == "gitlab" else "open", title="A fork’s"
        )  # type: ignore[attr-defined]
    found = through(fake).find(BRANCH, "main")
    assert found is None


def test_the_open_request_is_found_on_a_later_page(fake: FakeForge) -> None:
    for number in range(60):
        fake.pull(f"branch-{number}", "main")  # type: ignore[attr-defined]
    fake.pull(BRANCH, "main")  # type: ignore[attr-defined]
    found = through(fake).find(BRANCH, "main")
    assert found is not None
    assert found.number == 61


def test_one_that_someone_else_opened_meanwhile_is_refreshed(fake: FakeForge) -> None:
    """GitHub answers 422, GitLab and Forgejo 409, to a second request for the same branch."""
    fake.pull(BRANCH, "main")  # type: ignore[attr-defined]
    fake.hidden_once = True
    opened = open_request(through(fake), change(body="Ours"), "main")
    assert opened.was_there
    assert [item["body"] for item in fake.requests] == ["Ours"]


def test_titles_and_descriptions_are_cut_to_what_forges_take(fake: FakeForge) -> None:
    long = "\n".join(f"ligne {number} " + "é" * 80 for number in range(2000))
    open_request(through(fake), change(title="mot " * 200, body=long), "main")
    (item,) = fake.requests
    assert len(item["title"]) == 255
    assert item["title"].endswith("…")
    assert MAX_BODY_CHARS - 200 < len(item["body"]) <= MAX_BODY_CHARS
    assert item["body"].endswith("é\n\n…")


def test_gitlab_obeys_no_line_of_a_description() -> None:
    with running(FORGES["gitlab"]()) as fake:
        open_request(through(fake), change(body="/close\n  /assign @ana\na/b"), "main")
        assert fake.requests[0]["body"] == "\\/close\n  \\/assign @ana\na/b"


# --- issues ---------------------------------------------------------------------------------------------------------


def test_open_issues_with_a_label_are_read_page_after_page(fake: FakeForge) -> None:
    for number in range(60):
        fake.issue(f"Profil {number}", "profil", "autre", body="### Nom\n\nAna")  # type: ignore[attr-defined]
    fake.issue("Close", "profil", state="closed")  # type: ignore[attr-defined]
    fake.issue("Autre", "question")  # type: ignore[attr-defined]
    issues = through(fake).list_issues("profil")
    assert {issue.title for issue in issues} == {f"Profil {number}" for number in range(60)}
    assert [issue.number for issue in issues] == sorted(issue.number for issue in issues)
    one = issues[0]
    assert (one.author, one.body, one.labels) == ("ana", "### Nom\n\nAna", ("profil", "autre"))
    assert one.created_at.astimezone(UTC).replace(microsecond=0) == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert one.url.endswith(f"/issues/{one.number}")


def test_an_issue_without_text_or_author_is_read_and_a_pull_request_is_no_issue() -> None:
    with running(FORGES["github"]()) as fake:
        fake.issue("Vide", "profil", body=None, user=None)  # type: ignore[attr-defined]
        fake.issue("Une PR", "profil", pull=True)  # type: ignore[attr-defined]
        (issue,) = through(fake).list_issues("profil")
    assert (issue.title, issue.body, issue.author) == ("Vide", "", "")


def test_a_label_that_nobody_uses_finds_nothing(fake: FakeForge) -> None:
    fake.issue("Autre", "question")  # type: ignore[attr-defined]
    assert through(fake).list_issues("profil") == ()


def test_an_issue_is_answered_labelled_and_closed(fake: FakeForge) -> None:
    fake.issue("Profil", "profil")  # type: ignore[attr-defined]
    forge = through(fake)
    (issue,) = forge.list_issues("profil")
    forge.comment(issue.number, "Merci !\n/close")
    forge.label(issue.number, "reçu")
    forge.label(issue.number, "profil 2")
    (labelled,) = forge.list_issues("reçu")
    assert labelled.labels == ("profil", "reçu", "profil 2")
    forge.close(issue.number)
    assert forge.list_issues("profil") == ()
    assert [number for number, _ in fake.comments] == [issue.number]
    assert fake.comments[0][1].startswith("Merci !")


# --- refusals -------------------------------------------------------------------------------------------------------


ELSEWHERE = {"Location": "https://forge.example/elsewhere"}
LISTED = {"message": {"title": ["is too long"], "base": ["is wrong", "is odd"]}}
INVALID = {"message": "Validation Failed", "errors": [{"code": "invalid", "field": "base"}]}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            Answer(403, {"message": "Resource not accessible"}),
            "may not do that on {name}: Resource not accessible",
        ),
        (
            Answer(403, {"message": "exceeded"}, {"x-ratelimit-remaining": "0"}),
            "{name} asks for fewer requests",
        ),
        (Answer(403, {"message": "secondary"}, {"Retry-After": "60"}), "{name} asks for fewer requests"),
        (Answer(429, {"message": "Too many"}), "{name} asks for fewer requests"),
        (
            Answer(404, {"message": "404 Project Not Found"}),
            "{name} has no project “{project}” that the token of",
        ),
        (Answer(301, None, ELSEWHERE), "change the address of “origin” (https://forge.example/elsewhere)"),
        (Answer(400, LISTED), "{name} refuses it: title: is too long; base: is wrong, is odd"),
        (Answer(422, INVALID), "{name} refuses it: Validation Failed; invalid"),
        (Answer(503, b"<html>down</html>"), "{name} has a problem of its own (503)"),
        (
            Answer(200, b"<html>Sign in</html>"),
            "isn’t the API of {name}: set “repository.api_url” in site.yml",
        ),
        (Answer(200, {"items": []}), "isn’t the API of {name}"),
        (Answer(200, [{"number": "x"}]), "isn’t the API of {name}"),
        (Answer(400, {"message": f"\x1b[31mtoken {TOKEN}"}), "{name} refuses it: \ufffd[31mtoken ***"),
    ],
)
def test_each_refusal_is_a_sentence(fake: FakeForge, answer: Answer, sentence: str) -> None:
    fake.next = answer
    with pytest.raises(ForgeRefused) as caught:
        through(fake).find(BRANCH, "main")
    name = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}[fake.kind]
    assert sentence.format(name=name, project=fake.project) in str(caught.value)
    assert TOKEN not in str(caught.value)
    assert caught.value.code == FAILED


def test_a_wrong_token_is_told_by_its_variable_never_by_its_value(fake: FakeForge) -> None:
    with pytest.raises(ForgeRefused) as caught:
        through(fake, "a-wrong-one").list_issues("profil")
    assert "doesn’t accept the token of VEILLEE_FORGE_TOKEN" in str(caught.value)
    assert "a-wrong-one" not in str(caught.value)
    assert "a-wrong-one" not in repr(Token("a-wrong-one", "X"))
    assert caught.value.status == 401


def test_a_forge_that_is_not_there_is_a_sentence() -> None:
    fake = FORGES["github"]()
    fake.address = "http://127.0.0.1:9"
    with pytest.raises(ForgeRefused, match=r"GitHub can’t be reached at http://127\.0\.0\.1:9 \("):
        through(fake).find(BRANCH, "main")


def test_a_forge_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curation.forges.api.TIMEOUT_S", 0.2)
    fake = FORGES["gitlab"]()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        fake.address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ForgeRefused, match="GitLab doesn’t answer: try again later"):
            through(fake).list_issues("profil")


# --- a whole proposal -----------------------------------------------------------------------------------------------


def test_the_branch_is_pushed_and_its_request_opened_then_refreshed(
    fake: FakeForge, forge: Remote, clone: Repository
) -> None:
    clone.write({"desk/candidates/a/two.md": "two\n"})
    site = site_of(fake)
    with over_http(forge, fake.project) as address:
        clone.git("remote", "set-url", "origin", address)
        opened = proposed(clone, site=site, VEILLEE_FORGE_TOKEN=TOKEN)
        assert (opened.how, opened.number, opened.was_there) == ("request", 1, False)
        same = proposed(clone, site=site, VEILLEE_FORGE_TOKEN=TOKEN)
        assert (same.how, same.number, same.was_there) == ("request", 1, True)
        clone.write({"desk/candidates/a/two.md": None})
        assert proposed(clone, site=site, VEILLEE_FORGE_TOKEN=TOKEN).how == "nothing"
    assert len(fake.requests) == 1


def test_what_is_pushed_before_a_refusal_is_said_and_the_next_run_opens_the_request(
    forge: Remote, clone: Repository
) -> None:
    clone.write({"desk/candidates/a/two.md": "two\n"})
    with running(FORGES["github"]()) as fake:
        job = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": fake.project}
        with pytest.raises(Stopped) as caught:
            proposed(clone, site=site_of(fake), GITHUB_TOKEN="wrong", **job)
        assert "“veillee/watch” is pushed, but its request couldn’t be opened" in str(caught.value)
        assert "doesn’t accept the token of GITHUB_TOKEN" in str(caught.value)
        assert caught.value.code == FAILED
        pushed = forge.git("rev-parse", BRANCH)
        opened = proposed(clone, site=site_of(fake), GITHUB_TOKEN=TOKEN, **job)
    assert (opened.how, opened.was_there) == ("request", False)
    assert forge.git("rev-parse", BRANCH) == pushed


def test_the_token_opens_git_over_http_too_without_standing_anywhere(
    forge: Remote, clone: Repository
) -> None:
    clone.write({"desk/candidates/a/two.md": "two\n"})
    with running(FORGES["gitlab"]()) as fake, over_http(forge, fake.project, TOKEN) as address:
        # The job's own token, as GitLab's runner leaves it in the clone, may not push.
        clone.git("remote", "set-url", "origin", address.replace("://", "://gitlab-ci-token:job@"))
        site = Site(repository=Settings(forge="gitlab", api_url=fake.api_url))
        job = {"GITLAB_CI": "true", "CI_SERVER_HOST": "127.0.0.1", "CI_PROJECT_PATH": fake.project}
        opened = proposed(clone, site=site, GITLAB_TOKEN=TOKEN, **job)
    assert opened.how == "request"
    assert "desk/candidates/a/two.md" in forge.files(BRANCH)
    kept = [
        file for file in clone.folder.rglob("*") if file.is_file() and TOKEN.encode() in file.read_bytes()
    ]
    assert kept == []


def test_the_forge_of_a_clone_for_whoever_reads_its_issues(
    forge: Remote, clone: Repository, tmp_path: Path
) -> None:
    with running(FORGES["forgejo"]()) as fake:
        clone.git("remote", "set-url", "origin", f"ssh://git@127.0.0.1:2222/{fake.project}.git")
        fake.issue("Profil", "profil")  # type: ignore[attr-defined]
        settings = Settings(forge="forgejo", api_url=fake.api_url)
        found = forge_of(clone.folder, settings, environment(tmp_path, GITEA_TOKEN=TOKEN))
        assert [issue.title for issue in found.list_issues("profil")] == ["Profil"]
        with pytest.raises(Stopped, match="put it in VEILLEE_FORGE_TOKEN, FORGEJO_TOKEN, GITEA_TOKEN"):
            forge_of(clone.folder, settings, environment(tmp_path, GITHUB_TOKEN=TOKEN))
        with pytest.raises(Stopped, match="doesn’t tell which forge it is on"):
            forge_of(clone.folder, Settings(), environment(tmp_path))


def test_a_change_of_nothing_asks_the_forge_nothing(fake: FakeForge, clone: Repository) -> None:
    empty = Change("veillee/other", "T", "B", (Path("nowhere"),))
    assert proposed(clone, empty, site=site_of(fake), VEILLEE_FORGE_TOKEN=TOKEN).how == "nothing"
    assert fake.asked == []
