"""Contributions that come as issues of a forge, and those that are proposed on one: real git, real HTTP."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from curation.intake.issue_forms import LABEL, github_form, gitlab_template, issue_forms
from portal.content import Content
from portal.formats.sheet import SHEET_KINDS, asked, read_sheet
from portal.language import Translator
from tests.commands import read, run
from tests.conftest import MINI, ROOT
from tests.forges.fake_forge import TOKEN, Answer, FakeForge, running
from tests.forges.fake_forgejo import FakeForgejo
from tests.forges.fake_github import FakeGitHub
from tests.forges.fake_gitlab import FakeGitLab
from tests.forges.http_servers import over_http
from tests.forges.repositories import Forge, Repository
from tests.intake.mails import IDEA, mail, maildir
from tests.intake.test_intake import answers, plain

FAKES: dict[str, type[FakeForge]] = {"github": FakeGitHub, "gitlab": FakeGitLab, "forgejo": FakeForgejo}


@pytest.fixture(params=FAKES)
def fake(request: pytest.FixtureRequest) -> Iterator[FakeForge]:
    with running(FAKES[request.param]()) as forge:
        yield forge


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A clone of the miniature company on a forge, as the working folder."""
    forge = Forge.made(tmp_path / "forge.git")
    found = forge.clone(tmp_path / "clone")
    shutil.rmtree(found.folder / "content")
    shutil.copytree(MINI, found.folder / "content")
    shutil.copytree(MINI.parent / "site_config", found.folder / "site_config")
    (found.folder / "site_config" / "checks.yml").write_text("private_share: 1\n")
    (found.folder / ".gitignore").write_text(".cache/\n/mail/\n")
    found.publish("main", {}, "Content")
    monkeypatch.chdir(found.folder)
    for name, value in {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    return found


@contextmanager
def on(fake: FakeForge, clone: Repository) -> Iterator[dict[str, str]]:
    """A forge with git’s own server behind `origin`, named in the settings; the variables that open it."""
    site = clone.folder / "site_config" / "site.yml"
    text = site.read_text().partition("repository:")[0]
    site.write_text(f"{text}repository: {{forge: {fake.kind}, api_url: '{fake.api_url}'}}\n")
    clone.publish("main", {}, "Settings")
    with over_http(Forge(clone.folder.parent / "forge.git"), fake.project) as address:
        clone.git("remote", "set-url", "origin", address)
        yield {"VEILLEE_FORGE_TOKEN": TOKEN}


def rendered(kind: str, **said: str) -> str:
    """What a forge writes of a form’s answers: each label as a heading, `_No response_` where nothing was said."""
    form = yaml.safe_load(github_form(kind, Translator("fr")))
    answers = {"kind": form["body"][0]["attributes"]["options"][0], **said}
    parts = [
        f"### {item['attributes']['label']}\n\n{answers.pop(item['id'], '_No response_')}"
        for item in form["body"]
    ]
    assert not answers
    return "\n\n".join(parts)


QUESTION = rendered(
    "question",
    title="Où trouver un joint de 110 ?",
    community="Données",
    skills="- Cartographie\n- Python",
    body="J’ai cherché **partout**.\n\n### Déjà essayé\n\nLe magasin.\n\nTitre : non",
)  # fmt: skip


def test_an_issue_from_a_form_is_taken_in_answered_and_closed(fake: FakeForge, clone: Repository) -> None:
    fake.issue("Question : Où trouver un joint de 110 ?", "contribution", body=QUESTION)  # type: ignore[attr-defined]
    with on(fake, clone) as token:
        done = run("intake", "--issues", "contribution", **token)
        assert done.exit_code == 0, done.output
        assert "écrit : content/questions/ou-trouver-un-joint-de-110.md" in plain(done.stdout)
        assert run("intake", "--issues", "contribution", **token).stdout == ""
    record = read(clone.folder, "questions/ou-trouver-un-joint-de-110.md")
    assert record.origin.front.values == {
        "title": "Où trouver un joint de 110 ?",
        "asked_by": "ana",
        "asked_on": "2026-11-21",
        "community": "donnees",
        "skills": ("sig", "python"),
    }
    assert record.body == "J’ai cherché **partout**.\n\n### Déjà essayé\n\nLe magasin.\n\nTitre : non"
    ((_, comment),) = fake.comments
    assert "Merci pour votre question « Où trouver un joint de 110 ? »." in plain(comment)
    assert answers(clone.folder) == {}


def test_an_issue_that_lacks_something_stays_open_and_is_read_again_once_edited(clone: Repository) -> None:
    with running(FakeGitHub()) as fake, on(fake, clone) as token:
        fake.issue("Question", "contribution", body=QUESTION.replace("Données", "_No response_"))  # type: ignore[attr-defined]
        assert "réponse demandée sur : Communauté" in plain(
            run("intake", "--issues", "contribution", **token).stdout
        )
        assert "Modifiez votre demande ci-dessus : nous la relirons." in plain(fake.comments[0][1])
        assert "Veillée · " not in fake.comments[0][1]
        assert run("intake", "--issues", "contribution", **token).stdout == ""
        fake.issues[0]["body"] = QUESTION
        assert "écrit : content/questions" in plain(run("intake", "--issues", "contribution", **token).stdout)
        assert (len(fake.comments), fake.issues[0]["state"]) == (2, "closed")


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_forms_and_templates_of_forges_read_back_as_sheets(kind: str, mini: Content) -> None:
    french = Translator("fr")
    empty = read_sheet(rendered(kind))
    assert (empty.kind, empty.fields, empty.unknown) == (kind, (), ())
    template = read_sheet(gitlab_template(kind, french).replace(f"/label ~{LABEL}", ""))
    assert (template.kind, template.fields, template.unknown) == (kind, (), ())
    form = yaml.safe_load(github_form(kind, french))
    assert [item["id"] for item in form["body"]] == [
        "kind",
        *(item.name.replace(".", "-") for item in asked(kind)),
    ]
    assert len({item["attributes"]["label"] for item in form["body"]}) == len(form["body"])


def test_the_forms_in_the_repository_are_those_of_the_sheets() -> None:
    for path, text in issue_forms(Translator("fr")).items():
        assert (ROOT / path).read_text() == text, path


def test_each_contribution_is_proposed_on_a_branch_of_its_own(fake: FakeForge, clone: Repository) -> None:
    profile = "Veillée · Personne\nNom : Ben Okoye\nFonction : Roi @ana\n"
    maildir(
        clone.folder / "mail",
        mail(IDEA),
        mail(profile, message_id="2@x", sender="Chloé <chloe@mini.example>"),
    )
    with on(fake, clone) as token:
        before = clone.state()
        done = run("intake", "--maildir", "mail", "--propose", **token)
        assert done.exit_code == 0, done.output
        assert clone.state() == before
        clone.git("fetch", "--quiet")
    listed = clone.git("branch", "-r", "--list", "origin/contribution/*")
    ben, idea = sorted(line.strip() for line in listed.splitlines())
    changed = clone.git("diff", "--name-only", f"origin/main...{idea}")
    assert changed == "content/ideas/une-cafetiere-par-quai.md"
    assert "job_title: Roi @ana" in clone.git("show", f"{ben}:content/people/ben.md")
    requests = {
        plain(item["title"]): plain(item.get("body") or item["description"]) for item in fake.requests
    }
    assert sorted(requests) == ["Idée : Une cafetière par quai", "À vérifier : Personne : Ben Okoye"]
    body = requests["À vérifier : Personne : Ben Okoye"]
    assert "Une contribution de Chloé, reçue sans git." in body
    assert "- Chloé modifie le profil de Ben Okoye depuis une autre adresse" in body
    assert "chloe@mini.example" not in body
    said = plain(answers(clone.folder)["1@mini.example"].get_content())
    assert "Pour suivre la relecture : https://" in said


def test_what_cant_be_proposed_waits_for_the_next_run(clone: Repository) -> None:
    maildir(clone.folder / "mail", mail(IDEA))
    with running(FakeGitHub()) as fake, on(fake, clone) as token:
        fake.next = Answer(503, b"down")
        failed = run("intake", "--maildir", "mail", "--propose", "--json", **token)
        assert failed.exit_code == 1
        assert [item["verdict"] for item in json.loads(failed.stdout)["messages"]] == ["failed"]
        assert answers(clone.folder) == {}
        done = run("intake", "--maildir", "mail", "--propose", **token)
        assert done.exit_code == 0, done.output
        assert len(fake.requests) == 1
    assert clone.git("status", "--porcelain") == ""
    assert list(answers(clone.folder)) == ["1@mini.example"]
