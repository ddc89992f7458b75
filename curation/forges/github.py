"""GitHub's REST API, on github.com and on Enterprise Server: pull requests and issues."""

from __future__ import annotations

from urllib.parse import quote

from pydantic import AwareDatetime

from curation.forges.api import Answer, Api
from curation.forges.origin import Place, Token
from curation.forges.request import Change, Issue, Request, bounded, one_line


class _Named(Answer):
    name: str


class _Account(Answer):
    login: str


class _Head(Answer):
    ref: str


class _Pull(Answer):
    number: int
    html_url: str
    head: _Head

    @property
    def request(self) -> Request:
        return Request(self.number, self.html_url)


class _Issue(Answer):
    number: int
    title: str
    body: str | None = None
    user: _Account | None = None  # None when the account was deleted
    labels: tuple[_Named, ...] = ()
    html_url: str
    created_at: AwareDatetime
    pull_request: object = None

    @property
    def issue(self) -> Issue:
        author = self.user.login if self.user else ""
        labels = tuple(label.name for label in self.labels)
        return Issue(self.number, self.title, self.body or "", author, labels, self.html_url, self.created_at)


class GitHub:
    """A repository on GitHub (docs.github.com, “REST API endpoints for pull requests”, “… for issues”)."""

    def __init__(self, place: Place, token: Token) -> None:
        headers = {
            "Authorization": f"Bearer {token.value}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._api = Api("GitHub", place.api_url, place.project, token, headers)
        self._owner = place.project.partition("/")[0]
        self._path = f"repos/{quote(place.project)}"

    def find(self, branch: str, target: str) -> Request | None:
        """`head` is `owner:branch`; what GitHub can't read there it ignores, so that the branch is looked at again."""
        head = f"{self._owner}:{branch}"
        found = self._api.pages(_Pull, f"{self._path}/pulls", state="open", head=head, base=target)
        return next((item.request for item in found if item.head.ref == branch), None)

    def create(self, change: Change, target: str) -> Request:
        """Answers 422 when one is open already."""
        asked = {"head": change.branch, "base": target, **_told(change)}
        return self._api.send(_Pull, "POST", f"{self._path}/pulls", asked).request

    def update(self, request: Request, change: Change) -> Request:
        """Title and body only."""
        path = f"{self._path}/pulls/{request.number}"
        return self._api.send(_Pull, "PATCH", path, _told(change)).request

    def list_issues(self, label: str) -> tuple[Issue, ...]:
        """Pull requests are issues there: those are left out."""
        query = {"state": "open", "labels": label, "sort": "created", "direction": "asc"}
        found = self._api.pages(_Issue, f"{self._path}/issues", **query)
        return tuple(item.issue for item in found if item.pull_request is None)

    def comment(self, number: int, body: str) -> None:
        """Answers 201."""
        self._api.tell("POST", f"{self._path}/issues/{number}/comments", {"body": bounded(body)})

    def label(self, number: int, name: str) -> None:
        """A label that doesn't exist is made."""
        self._api.tell("POST", f"{self._path}/issues/{number}/labels", {"labels": [name]})

    def close(self, number: int) -> None:
        """As completed."""
        asked = {"state": "closed", "state_reason": "completed"}
        self._api.tell("PATCH", f"{self._path}/issues/{number}", asked)


def _told(change: Change) -> dict[str, str]:
    return {"title": one_line(change.title), "body": bounded(change.body)}
