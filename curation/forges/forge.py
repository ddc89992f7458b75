"""What every forge can do here, whichever it is, and how to come by the one that a clone belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from curation.errors import Stopped
from curation.forges.forgejo import Forgejo
from curation.forges.github import GitHub
from curation.forges.gitlab import GitLab
from curation.forges.origin import Kind, Place, Token, parse, place_of, token_of, variables_of
from curation.forges.remote import Remote
from curation.forges.request import Change, ForgeRefused, Issue, Opened, Request
from curation.git import Git
from portal.problems import N_, message
from portal.settings import Repository

USERS: Mapping[Kind, str] = {"github": "x-access-token", "gitlab": "oauth2", "forgejo": "veillee"}
"""Under which name git gives a token; GitLab and Forgejo take any."""


class Forge(Protocol):
    """A project on a forge, through its API. Each method raises `ForgeRefused`, with a sentence, when it says no."""

    def find(self, branch: str, target: str) -> Request | None:
        """The open request from that branch of the project itself."""

    def create(self, change: Change, target: str) -> Request:
        """Open a request for a branch that is there already."""

    def update(self, request: Request, change: Change) -> Request:
        """Give an open request this title and this description."""

    def list_issues(self, label: str) -> tuple[Issue, ...]:
        """The open issues that carry a label, the oldest first; never pull requests."""

    def comment(self, number: int, body: str) -> None:
        """Write a comment, in Markdown, under an issue or a pull request."""

    def label(self, number: int, name: str) -> None:
        """Put a label on an issue; one that doesn't exist is made."""

    def close(self, number: int) -> None:
        """Close an issue."""


_FORGES: Mapping[Kind, type[GitHub] | type[GitLab] | type[Forgejo]] = {
    "github": GitHub,
    "gitlab": GitLab,
    "forgejo": Forgejo,
}


def forge_at(place: Place, token: Token) -> Forge:
    """The forge at a place."""
    return _FORGES[place.kind](place, token)


def forge_of(repository: Path, settings: Repository, environment: Mapping[str, str]) -> Forge:
    """The forge that the clone around a folder belongs to.

    Raises:
        Stopped: nothing tells which it is, or there is no token.
    """
    remote = Remote.of(Git(repository, environment))
    place = place_of(parse(remote.address), settings, environment)
    if place is None:
        what = N_("“{remote}” doesn’t tell which forge it is on: set “repository.forge” in site.yml")
        raise Stopped(message(what, remote=remote.shown))
    token = token_of(place.kind, environment)
    if token is None:
        names = ", ".join(variables_of(place.kind))
        raise Stopped(
            message(N_("a token is needed for {url}: put it in {names}"), url=place.api_url, names=names)
        )
    return forge_at(place, token)


def open_request(forge: Forge, change: Change, target: str) -> Opened:
    """Open a request for the branch, or refresh the one that is open."""
    found = forge.find(change.branch, target)
    if found is None:
        try:
            made = forge.create(change, target)
        except ForgeRefused as refused:
            # Someone else opened it since: 422 on GitHub, 409 on the others.
            found = forge.find(change.branch, target) if refused.status in {409, 422} else None
            if found is None:
                raise
        else:
            return Opened(made.url, made.number, was_there=False, how="request")
    updated = forge.update(found, change)
    return Opened(updated.url, updated.number, was_there=True, how="request")
