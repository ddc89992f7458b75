"""The address of a remote, read in every form that git takes; and the forge that it tells, or doesn't."""

from __future__ import annotations

import pytest

from curation.forges.origin import Place, parse, place_of, token_of
from portal.settings import Repository


@pytest.mark.parametrize(
    ("address", "host", "port", "path"),
    [
        ("https://github.com/hydrelis/veillee.git", "github.com", None, "hydrelis/veillee"),
        ("https://ana:secret@github.com/hydrelis/veillee", "github.com", None, "hydrelis/veillee"),
        ("http://forge.example:3000/hydrelis/veillee.git/", "forge.example", 3000, "hydrelis/veillee"),
        ("https://gitlab.example/a/b/c/veillee.git", "gitlab.example", None, "a/b/c/veillee"),
        ("git@github.com:hydrelis/veillee.git", "github.com", None, "hydrelis/veillee"),
        ("Codeberg.org:hydrelis/veillee", "codeberg.org", None, "hydrelis/veillee"),
        ("git@[::1]:hydrelis/veillee.git", "::1", None, "hydrelis/veillee"),
        ("ssh://git@forge.example:2222/a/b/veillee.git", "forge.example", 2222, "a/b/veillee"),
        ("ssh://git@[::1]:2222/a/veillee.git", "::1", 2222, "a/veillee"),
        ("https://forge.example/caf%C3%A9/veillee.git", "forge.example", None, "café/veillee"),
        ("/srv/git/veillee.git", None, None, "srv/git/veillee"),
        ("../veillee.git", None, None, "../veillee"),
        ("file:///srv/git/veillee.git", None, None, "srv/git/veillee"),
        ("https://forge.example:port/x", None, None, "x"),
        (r"C:\git\veillee", None, None, r"C:\git\veillee"),
    ],
)
def test_each_form_of_an_address(address: str, host: str | None, port: int | None, path: str) -> None:
    origin = parse(address)
    assert (origin.host, origin.port, origin.path) == (host, port, path)
    assert "secret" not in origin.address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("git@github.com:h/v.git", Place("github", "https://api.github.com", "h/v")),
        ("https://github.hydrelis.example/h/v", Place("github", "https://github.hydrelis.example/api/v3", "h/v")),
        ("https://hydrelis.ghe.com/h/v", Place("github", "https://api.hydrelis.ghe.com", "h/v")),
        ("ssh://git@gitlab.hydrelis.example:2222/a/b/v", Place("gitlab", "https://gitlab.hydrelis.example/api/v4", "a/b/v")),
        ("http://gitlab.local:8080/a/v", Place("gitlab", "http://gitlab.local:8080/api/v4", "a/v")),
        ("https://codeberg.org/h/v.git", Place("forgejo", "https://codeberg.org/api/v1", "h/v")),
        ("gitea.hydrelis.example:h/v.git", Place("forgejo", "https://gitea.hydrelis.example/api/v1", "h/v")),
        ("https://forge.hydrelis.example/h/v", None),
        ("https://notgithub.com/h/v", None),
        ("/srv/git/v.git", None),
    ],
)  # fmt: skip
def test_a_forge_is_guessed_from_its_host(address: str, expected: Place | None) -> None:
    assert place_of(parse(address), Repository(), {}) == expected


def test_the_settings_tell_more_than_the_host() -> None:
    origin = parse("git@forge.hydrelis.example:h/v.git")
    told = Repository(forge="gitlab", api_url="https://forge.hydrelis.example/gitlab/api/v4/")
    assert place_of(origin, told, {}) == Place(
        "gitlab", "https://forge.hydrelis.example/gitlab/api/v4", "h/v"
    )
    usual = Place("forgejo", "https://forge.hydrelis.example/api/v1", "h/v")
    assert place_of(origin, Repository(forge="forgejo"), {}) == usual
    assert place_of(parse("/srv/v.git"), told, {}) is None


GITLAB = {
    "GITLAB_CI": "true", "CI_SERVER_HOST": "forge.example", "CI_API_V4_URL": "https://forge.example/gitlab/api/v4",
    "CI_PROJECT_PATH": "a/b/v",
}  # fmt: skip
GITHUB = {
    "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://forge.example", "GITHUB_REPOSITORY": "h/v",
    "GITHUB_API_URL": "https://forge.example/api/v3",
}  # fmt: skip
FORGEJO = GITHUB | {"GITEA_ACTIONS": "true", "GITHUB_API_URL": "https://forge.example/api/v1"}


def test_a_ci_job_tells_its_own_forge() -> None:
    origin = parse("https://gitlab-ci-token:job@forge.example/gitlab/a/b/v.git")
    assert place_of(origin, Repository(), GITLAB) == Place(
        "gitlab", "https://forge.example/gitlab/api/v4", "a/b/v"
    )
    origin = parse("https://forge.example/h/v")
    assert place_of(origin, Repository(), GITHUB) == Place("github", "https://forge.example/api/v3", "h/v")
    assert place_of(origin, Repository(), FORGEJO) == Place("forgejo", "https://forge.example/api/v1", "h/v")


def test_a_ci_job_says_nothing_of_another_forge() -> None:
    mirror = parse("https://codeberg.org/h/mirror.git")
    assert place_of(mirror, Repository(), GITHUB) == Place(
        "forgejo", "https://codeberg.org/api/v1", "h/mirror"
    )
    unknown = parse("https://elsewhere.example/h/v")
    assert place_of(unknown, Repository(), GITLAB) is None


def test_the_token_made_for_this_program_comes_first() -> None:
    both = {"VEILLEE_FORGE_TOKEN": " ours ", "GITEA_TOKEN": "theirs", "GITHUB_TOKEN": "other"}
    assert [
        (token.value, token.variable) for kind in ("forgejo", "github") if (token := token_of(kind, both))
    ] == [
        ("ours", "VEILLEE_FORGE_TOKEN"),
        ("ours", "VEILLEE_FORGE_TOKEN"),
    ]
    token = token_of("forgejo", {"VEILLEE_FORGE_TOKEN": "", "GITEA_TOKEN": "theirs"})
    assert token is not None
    assert (token.value, token.variable) == ("theirs", "GITEA_TOKEN")
    # A GitLab job's own token can't open merge requests.
    assert token_of("gitlab", {"CI_JOB_TOKEN": "job"}) is None
