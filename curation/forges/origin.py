"""The address of `origin` → the forge behind it, the project there, and the address of its API. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from curation.git import without_credentials
from portal.settings import Repository

Kind = Literal["github", "gitlab", "forgejo"]

_SCP_LIKE = re.compile(r"(?:[^@/]+@)?(?P<host>\[[^\]]+\]|[^:/\s]+):(?!//)(?P<path>.+)")
_TOKENS: Mapping[Kind, tuple[str, ...]] = {
    "github": ("GITHUB_TOKEN", "GH_TOKEN"),
    "gitlab": ("GITLAB_TOKEN",),
    "forgejo": ("FORGEJO_TOKEN", "GITEA_TOKEN"),
}
_OF_ALL = "VEILLEE_FORGE_TOKEN"
_ROOTS: Mapping[Kind, str] = {"github": "api/v3", "gitlab": "api/v4", "forgejo": "api/v1"}
_HOSTS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"github\..+|.+\.ghe\.com"), "github"),
    (re.compile(r"gitlab\..+"), "gitlab"),
    (re.compile(r"codeberg\.org|forgejo\..+|gitea\..+"), "forgejo"),
)


@dataclass(frozen=True)
class Origin:
    """A remote's address taken apart. A folder of this machine has no host. `port` is what the address says."""

    address: str
    scheme: str
    host: str | None
    port: int | None
    path: str


@dataclass(frozen=True)
class Place:
    """A project on a forge: `project` is its whole path (`group/subgroup/name`), `api_url` has no slash at its end."""

    kind: Kind
    api_url: str
    project: str


@dataclass(frozen=True)
class Token:
    """What opens a forge's API, and the variable that held it. It never appears in a message, an address or a repr."""

    value: str = field(repr=False)
    variable: str


def parse(address: str) -> Origin:
    """An address as git takes it (git-clone(1), “GIT URLS”): a URL, `user@host:path`, or a folder."""
    if "://" in address:
        parts = urlsplit(address)
        try:
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
        scheme = "file" if host is None else parts.scheme.lower()
        return Origin(without_credentials(address), scheme, host, port, _project(unquote(parts.path)))
    if (found := _SCP_LIKE.fullmatch(address)) and not re.match(r"[A-Za-z]:[\\/]", address):
        host = found["host"].strip("[]").lower()
        return Origin(f"{found['host']}:{found['path']}", "ssh", host, None, _project(found["path"]))
    return Origin(address, "file", None, None, _project(address))


def place_of(origin: Origin, settings: Repository, environment: Mapping[str, str]) -> Place | None:
    """The project and its API, from the settings, else from the CI job that runs, else from the host's name.

    None when nothing tells: the branch can still be pushed.
    """
    job = _job(environment)
    if job is not None and origin.host not in {None, job.host}:
        job = None
    kind = settings.forge or (job.kind if job else None) or _guess(origin.host)
    if kind is None:
        return None
    if job is not None and job.kind != kind:
        job = None
    api_url = settings.api_url or (job.api_url if job else None) or _api_url(kind, origin)
    # The path of a folder is no project's.
    project = (job.project if job else None) or (origin.path if origin.host else None)
    return Place(kind, api_url.rstrip("/"), project) if api_url and project else None


def token_of(kind: Kind, environment: Mapping[str, str]) -> Token | None:
    """The token of a forge: the variable made for this program first, then the one that the forge's users know."""
    for variable in (_OF_ALL, *_TOKENS[kind]):
        if value := environment.get(variable, "").strip():
            return Token(value, variable)
    return None


def variables_of(kind: Kind) -> tuple[str, ...]:
    """The variables that may hold a forge's token, the first that is read first."""
    return (_OF_ALL, *_TOKENS[kind])


@dataclass(frozen=True)
class _Job:
    """What a CI job says of the forge that runs it."""

    kind: Kind
    host: str | None
    api_url: str | None
    project: str | None


def _job(environment: Mapping[str, str]) -> _Job | None:
    """GitLab's predefined variables, or those of GitHub's runner, which Forgejo's and Gitea's set too with their own."""
    if environment.get("GITLAB_CI"):
        return _Job(
            "gitlab",
            environment.get("CI_SERVER_HOST"),
            environment.get("CI_API_V4_URL"),
            environment.get("CI_PROJECT_PATH"),
        )
    if environment.get("GITHUB_ACTIONS"):
        is_forgejo = environment.get("FORGEJO_ACTIONS") or environment.get("GITEA_ACTIONS")
        server = environment.get("GITHUB_SERVER_URL", "")
        return _Job(
            "forgejo" if is_forgejo else "github",
            urlsplit(server).hostname,
            environment.get("GITHUB_API_URL"),
            environment.get("GITHUB_REPOSITORY"),
        )
    return None


def _guess(host: str | None) -> Kind | None:
    return next((kind for pattern, kind in _HOSTS if host and pattern.fullmatch(host)), None)


def _api_url(kind: Kind, origin: Origin) -> str | None:
    """Where a forge's API usually is. The port of ssh says nothing of that of the web."""
    if origin.host is None:
        return None
    if origin.host == "github.com":
        return "https://api.github.com"
    if origin.host.endswith(".ghe.com"):
        return f"https://api.{origin.host}"
    is_web = origin.scheme in {"http", "https"}
    scheme = origin.scheme if is_web else "https"
    port = f":{origin.port}" if is_web and origin.port else ""
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    return f"{scheme}://{host}{port}/{_ROOTS[kind]}"


def _project(path: str) -> str:
    return path.strip("/").removesuffix(".git").strip("/")
