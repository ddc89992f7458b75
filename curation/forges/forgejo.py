"""Forgejo's REST API, which Gitea's is too: pull requests and issues."""

from __future__ import annotations

from urllib.parse import quote

from pydantic import AwareDatetime

from curation.forges.api import Answer, Api
from curation.forges.origin import Place, Token
from curation.forges.request import Change, Issue, Request, bounded, one_line

_LABEL_COLOUR = "#5d7a84"


class _Label(Answer):
    id: int
    name: str


class _Account(Answer):
    login: str


class _End(Answer):
    ref: str
    repo_id: int


class _Pull(Answer):
    number: int
    html_url: str
    head: _End
    base: _End

    @property
    def request(self) -> Request:
        return Request(self.number, self.html_url)


class _Issue(Answer):
    number: int
    title: str
    body: str | None = None
    user: _Account | None = None
    labels: tuple[_Label, ...] | None = None
    html_url: str
    created_at: AwareDatetime

    @property
    def issue(self) -> Issue:
        author = self.user.login if self.user else ""
        labels = tuple(label.name for label in self.labels or ())
        return Issue(self.number, self.title, self.body or "", author, labels, self.html_url, self.created_at)


class Forgejo:
    """A repository on Forgejo or Gitea (their `/api/swagger`: “repository”, “issue”)."""

    def __init__(self, place: Place, token: Token) -> None:
        headers = {"Authorization": f"token {token.value}"}
        self._api = Api("Forgejo", place.api_url, place.project, token, headers)
        self._path = f"repos/{quote(place.project)}"

    def find(self, branch: str, target: str) -> Request | None:
        """The list can't be asked for one branch: every open request is looked at."""
        for item in self._api.pages(_Pull, f"{self._path}/pulls", size_key="limit", state="open"):
            is_own = item.head.repo_id == item.base.repo_id
            if is_own and (item.head.ref, item.base.ref) == (branch, target):
                return item.request
        return None

    def create(self, change: Change, target: str) -> Request:
        """Answers 409 when one is open already."""
        asked = {"head": change.branch, "base": target, **_told(change)}
        return self._api.send(_Pull, "POST", f"{self._path}/pulls", asked).request

    def update(self, request: Request, change: Change) -> Request:
        """Title and body only; answers 201."""
        path = f"{self._path}/pulls/{request.number}"
        return self._api.send(_Pull, "PATCH", path, _told(change)).request

    def list_issues(self, label: str) -> tuple[Issue, ...]:
        """A label that nobody knows there filters nothing: the labels are looked at again."""
        query = {"state": "open", "type": "issues", "labels": label}
        found = self._api.pages(_Issue, f"{self._path}/issues", size_key="limit", **query)
        labelled = (item.issue for item in found if label in item.issue.labels)
        return tuple(sorted(labelled, key=lambda issue: issue.number))

    def comment(self, number: int, body: str) -> None:
        """Answers 201."""
        self._api.tell("POST", f"{self._path}/issues/{number}/comments", {"body": bounded(body)})

    def label(self, number: int, name: str) -> None:
        """Labels are added by number, the only form that every version takes."""
        known = self._api.pages(_Label, f"{self._path}/labels", size_key="limit")
        found = next((item for item in known if item.name == name), None)
        if found is None:
            asked = {"name": name, "color": _LABEL_COLOUR}
            found = self._api.send(_Label, "POST", f"{self._path}/labels", asked)
        self._api.tell("POST", f"{self._path}/issues/{number}/labels", {"labels": [found.id]})

    def close(self, number: int) -> None:
        """Answers 201."""
        self._api.tell("PATCH", f"{self._path}/issues/{number}", {"state": "closed"})


def _told(change: Change) -> dict[str, str]:
    return {"title": one_line(change.title), "body": bounded(change.body)}
