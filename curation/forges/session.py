"""What a proposal works with: the clone, its remote, the forge behind it, and in whose name it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from curation.errors import Stopped
from curation.forges.draft import Draft, drafted
from curation.forges.forge import USERS, Forge, forge_at
from curation.forges.origin import Kind, Place, Token, parse, place_of, token_of
from curation.forges.remote import Heads, Remote
from curation.forges.request import Change
from curation.forges.trees import Author, Clone
from portal.problems import N_, message
from portal.settings import Site

FALLBACK_EMAIL = "veillee@localhost"
Way = Literal["api", "push-options", "agit", "branch"]
_WITHOUT_TOKEN: Mapping[Kind, Way] = {"gitlab": "push-options", "forgejo": "agit", "github": "branch"}


@dataclass(frozen=True)
class Session:
    """`place` is None when nothing tells which forge it is; `token` when none was given for it."""

    clone: Clone
    remote: Remote
    place: Place | None
    token: Token | None
    author: Author

    @classmethod
    def of(
        cls,
        change: Change,
        repository: Path,
        environment: Mapping[str, str],
        site: Site,
        now: datetime | None,
    ) -> Session:
        """Found from the clone around `repository`.

        Raises:
            Stopped: there is no clone there, no `origin`, or a path or a name can't be used.
        """
        clone = Clone.at(repository, change.paths, environment)
        if clone.git.run("check-ref-format", "--branch", change.branch).code:
            raise Stopped(message(N_("a branch can’t be called “{branch}”"), branch=change.branch))
        remote = Remote.of(clone.git)
        place = place_of(parse(remote.address), site.repository, environment)
        token = token_of(place.kind, environment) if place else None
        if place and token:
            remote = remote.opened_with(token, USERS[place.kind])
        author = Author.of(clone.git, site.name, site.contact or FALLBACK_EMAIL, now)
        return cls(clone, remote, place, token, author)

    @property
    def forge(self) -> Forge | None:
        """Its API, when there is a token for it."""
        return forge_at(self.place, self.token) if self.place and self.token else None

    @property
    def way(self) -> Way:
        """How a request can be opened: by the API, by the push itself, or by hand once the branch is there."""
        if self.place is None:
            return "branch"
        return "api" if self.token else _WITHOUT_TOKEN[self.place.kind]

    def heads(self, branch: str, target: str | None) -> Heads:
        """What the remote has now, with its commits here.

        Raises:
            Moved: it changed in between.
        """
        heads = self.remote.heads(branch, target, with_requests=self.way in {"push-options", "agit"})
        if heads.target == branch:
            raise Stopped(message(N_("“{branch}” can’t be proposed to itself"), branch=branch))
        self.remote.fetch(heads, branch)
        return heads

    def drafted(self, branch: str, target: str | None) -> tuple[Heads, Draft]:
        """The same, and what would be proposed to it."""
        heads = self.heads(branch, target)
        return heads, drafted(self.clone, heads, branch)
