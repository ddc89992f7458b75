"""GitLab's REST API, on gitlab.com and elsewhere: merge requests and issues, which it numbers by `iid`."""

from __future__ import annotations

import re
from urllib.parse import quote

from pydantic import AwareDatetime

from curation.forges.api import Answer, Api
from curation.forges.origin import Place, Token
from curation.forges.request import Change, Issue, Request, bounded, one_line

_QUICK_ACTION = re.compile(r"^(\s*)/", re.MULTILINE)


class _Account(Answer):
    username: str


class _MergeRequest(Answer):
    iid: int
    web_url: str
    source_branch: str
    source_project_id: int | None = None  # None when the fork was deleted
    target_project_id: int

    @property
    def request(self) -> Request:
        return Request(self.iid, self.web_url)


class _Issue(Answer):
    iid: int
    title: str
    description: str | None = None
    author: _Account
    labels: tuple[str, ...] = ()
    web_url: str
    created_at: AwareDatetime

    @property
    def issue(self) -> Issue:
        body, author = self.description or "", self.author.username
        return Issue(self.iid, self.title, body, author, self.labels, self.web_url, self.created_at)


class GitLab:
    """A project on GitLab (docs.gitlab.com, “Merge requests API”, “Issues API”, “Notes API”)."""

    def __init__(self, place: Place, token: Token) -> None:
        headers = {"PRIVATE-TOKEN": token.value}
        self._api = Api("GitLab", place.api_url, place.project, token, headers)
        self._path = f"projects/{quote(place.project, safe='')}"

    def find(self, branch: str, target: str) -> Request | None:
        """A fork's branch may have the same name: the request must come from the project itself."""
        query = {"state": "opened", "source_branch": branch, "target_branch": target}
        found = self._api.pages(_MergeRequest, f"{self._path}/merge_requests", **query)
        own = (item for item in found if item.source_project_id == item.target_project_id)
        return next((item.request for item in own if item.source_branch == branch), None)

    def create(self, change: Change, target: str) -> Request:
        """Answers 409 when one is open already."""
        branches = {"source_branch": change.branch, "target_branch": target, "remove_source_branch": True}
        asked = {**branches, **_told(change)}
        return self._api.send(_MergeRequest, "POST", f"{self._path}/merge_requests", asked).request

    def update(self, request: Request, change: Change) -> Request:
        """Title and description only."""
        path = f"{self._path}/merge_requests/{request.number}"
        return self._api.send(_MergeRequest, "PUT", path, _told(change)).request

    def list_issues(self, label: str) -> tuple[Issue, ...]:
        """Merge requests aren't issues there."""
        query = {"state": "opened", "labels": label, "order_by": "created_at", "sort": "asc"}
        return tuple(item.issue for item in self._api.pages(_Issue, f"{self._path}/issues", **query))

    def comment(self, number: int, body: str) -> None:
        """Under an issue: GitLab calls it a note."""
        self._api.tell("POST", f"{self._path}/issues/{number}/notes", {"body": _inert(bounded(body))})

    def label(self, number: int, name: str) -> None:
        """A label that doesn't exist is made."""
        self._api.tell("PUT", f"{self._path}/issues/{number}", {"add_labels": name})

    def close(self, number: int) -> None:
        """By its event."""
        self._api.tell("PUT", f"{self._path}/issues/{number}", {"state_event": "close"})


def _inert(text: str) -> str:
    """A text in which no line is a quick action (`/close`, `/assign`…), which GitLab would obey."""
    return _QUICK_ACTION.sub(r"\1\\/", text)


def _told(change: Change) -> dict[str, str]:
    return {"title": one_line(change.title), "description": _inert(bounded(change.body))}
