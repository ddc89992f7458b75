"""`veillee propose` as curators and scheduled runs call it, in the miniature company's own repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.settings import Site
from tests.commands import run
from tests.conftest import company
from tests.desk.desks import filed, finding
from tests.forges.fake_forge import TOKEN, running
from tests.forges.fake_gitlab import FakeGitLab
from tests.forges.http_servers import over_http
from tests.forges.repositories import BRANCH, Forge, Repository, environment

WHY = "decision: keep\nby: ana\nwhy: Un tiers d’énergie en moins, à essayer chez nous.\ncommunities: [donnees]\n"


@pytest.fixture
def mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The miniature company in a clone, which is the working folder."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    for name in ("VEILLEE_FORGE_TOKEN", "GITLAB_TOKEN", "GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    forge = Forge.made(tmp_path / "forge.git")
    clone = forge.clone(tmp_path / "clone")
    for path in ("content", "desk"):
        clone.git("rm", "--quiet", "-r", path)
    company(clone.folder)
    clone.publish("main", {".gitignore": "/.cache/\n", "site_config/feeds.yml": "sources: []\n"})
    monkeypatch.chdir(clone.folder)
    return clone


@pytest.fixture
def forge(mini: Repository, tmp_path: Path) -> Forge:
    return Forge(tmp_path / "forge.git")


def propose(*options: str, **variables: str) -> str:
    result = run("propose", *options, "--lang", "en", **variables)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_nothing_to_propose_is_no_failure(mini: Repository, forge: Forge) -> None:
    assert propose() == "Nothing to propose.\n"
    assert BRANCH not in forge.git("for-each-ref")


def test_a_dry_run_prints_the_description_and_the_files_and_pushes_nothing(
    mini: Repository, forge: Forge
) -> None:
    filed(mini.folder, finding("filtres"))
    output = propose("--dry-run")
    assert "Veille du 21 novembre 2026" in output.splitlines()[0]
    assert "| Score | Titre |" in output
    assert "Added: desk/candidates/une-source/" in output
    assert "## Comment décider" in output, "the request is read by all: its words are the portal’s"
    assert BRANCH not in forge.git("for-each-ref")


def test_the_branch_is_pushed_where_no_forge_is_known(mini: Repository, forge: Forge) -> None:
    filed(mini.folder, finding("filtres"))
    before = mini.state()
    assert propose("--branch", "veille/essai", "--title", "Essai") == "Pushed: the branch “veille/essai”.\n"
    assert mini.state() == before
    assert (
        forge.git("log", "-1", "--format=%s %an <%ae>", "veille/essai") == "Essai Mini <bonjour@mini.example>"
    )
    assert forge.git("log", "-1", "--format=%at", "veille/essai") == "1795251600"


def test_a_refusal_is_one_sentence_and_an_exit_code(mini: Repository) -> None:
    filed(mini.folder, finding("filtres"))
    result = run("propose", "--target", "nowhere", "--lang", "en")
    assert result.exit_code == 2
    assert result.stderr.startswith("veillee: “file://")
    assert "has no branch “nowhere” to propose to" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    mini.git("remote", "set-url", "origin", "http://127.0.0.1:9/x.git")
    result = run("propose")
    assert result.exit_code == 1
    assert result.stderr.startswith("veillee: impossible de joindre")


def test_a_desk_that_cannot_be_read_is_proposed_with_what_to_mend(mini: Repository) -> None:
    desk = filed(mini.folder, finding("filtres"))
    (mini.folder / "desk" / desk.papers.filed[0].path).write_text("---\ndecision: [\n---\n")
    assert "## À corriger" in propose("--dry-run")


def test_each_scheduled_run_takes_up_what_curators_wrote_in_the_request(
    mini: Repository, forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Resume, fetch, propose, as the workflows do: a decision written on the forge becomes a watch item."""
    one, two = finding("filtres"), finding("pompes", source="deux", excerpt="Des pompes neuves au nord.")
    with running(FakeGitLab()) as fake, over_http(forge, fake.project, TOKEN) as address:
        (mini.folder / "site_config" / "site.yml").write_text(
            (mini.folder / "site_config" / "site.yml")
            .read_text()
            .replace("repository:\n", f"repository:\n  forge: gitlab\n  api_url: {fake.api_url}\n")
        )
        mini.publish("main", {})
        filed(mini.folder, one, two)
        mini.git("remote", "set-url", "origin", address)
        opened = propose(VEILLEE_FORGE_TOKEN=TOKEN)
        assert opened == f"Opened: {fake.requests[0]['web_url']}\n"

        bao = forge.clone(tmp_path / "bao", "--branch", BRANCH, name="Bao")
        path = f"desk/candidates/{one.source}/{one.id}.md"
        bao.publish(
            BRANCH, {path: (bao.folder / path).read_text().replace("---\n", f"---\n{WHY}", 1)}, "Retenu"
        )

        next_day = forge.clone(tmp_path / "next-day", "--depth=1")
        next_day.git("remote", "set-url", "origin", address)
        monkeypatch.chdir(next_day.folder)
        assert path in propose("--resume", VEILLEE_FORGE_TOKEN=TOKEN)
        settled = run("settle")
        assert settled.exit_code == 0, settled.output
        refreshed = propose(VEILLEE_FORGE_TOKEN=TOKEN)
        assert refreshed == f"Refreshed: {fake.requests[0]['web_url']}\n"
    files = forge.files(BRANCH)
    assert path not in files
    assert f"desk/candidates/{two.source}/{two.id}.md" in files
    (item,) = [
        text for name, text in files.items() if name.startswith("content/watch/") and "Un tiers" in text
    ]
    assert "curated_by: ana" in item
    assert any(name.startswith("desk/decisions/2026/") for name in files)
    assert "Bao: Retenu" in forge.commits(BRANCH)
    assert "1 candidat" in fake.requests[0]["title"]
    assert len(fake.requests) == 1


def test_without_a_branch_there_is_nothing_to_take_up(mini: Repository) -> None:
    assert propose("--resume") == "Nothing waits in “veillee/watch”.\n"


def test_the_fallback_of_the_site_is_frozen() -> None:
    """`propose` and `resume` share one default: it must not change under them."""
    with pytest.raises(Exception, match="frozen"):
        Site().name = "x"
