"""GitHub as its documentation says.

docs.github.com/rest “REST API endpoints for pull requests” (list, create, update: `head` as `owner:branch`, 201, 422
“Validation Failed” with `errors`), “… for issues”, “… for issue comments”, “… for labels”; “Using pagination in the REST
API” (the `Link` header); “Rate limits for the REST API” (403 or 429, `x-ratelimit-remaining: 0`, `retry-after`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.forges.fake_forge import TOKEN, Answer, FakeForge, Refused, required


class FakeGitHub(FakeForge):
    kind = "github"

    def is_known(self, headers: Any) -> bool:
        assert headers["X-GitHub-Api-Version"] == "2022-11-28"
        assert headers["Accept"] == "application/vnd.github+json"
        assert headers["User-Agent"]
        return headers["Authorization"] == f"Bearer {TOKEN}"

    def routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        repo = "/repos/hydrelis/veillee"
        return [
            ("GET", f"{repo}/pulls", self.list_pulls),
            ("POST", f"{repo}/pulls", self.create_pull),
            ("PATCH", rf"{repo}/pulls/(\d+)", self.edit_pull),
            ("GET", f"{repo}/issues", self.list_issues),
            ("PATCH", rf"{repo}/issues/(\d+)", self.edit_issue),
            ("POST", rf"{repo}/issues/(\d+)/comments", self.add_comment),
            ("POST", rf"{repo}/issues/(\d+)/labels", self.add_labels),
        ]

    def list_pulls(self, *, state: str, head: str, base: str, per_page: str, page: str) -> Answer:
        owner, _, branch = head.partition(":")
        assert (owner, state) == ("hydrelis", "open")
        found = [
            item
            for item in self.requests
            if (item["state"], item["head"]["ref"], item["base"]["ref"]) == ("open", branch, base)
        ]
        if self.hidden_once:
            found, self.hidden_once = [], False
        return self.page(found, "/pulls", page, per_page)

    def create_pull(self, **given: Any) -> Answer:
        required(given, "title", "head", "base")
        assert given.keys() <= {"title", "head", "base", "body"}
        if any(item["head"]["ref"] == given["head"] and item["state"] == "open" for item in self.requests):
            said = {
                "resource": "PullRequest",
                "code": "custom",
                "message": f"A pull request already exists for hydrelis:{given['head']}.",
            }
            raise Refused(422, {"message": "Validation Failed", "errors": [said]})
        assert len(given["body"]) <= 65_536
        assert len(given["title"]) <= 256
        return Answer(201, self.pull(given["head"], given["base"], given["title"], given["body"]))

    def pull(
        self, head: str, base: str, title: str = "T", body: str = "B", state: str = "open"
    ) -> dict[str, Any]:
        number = len(self.requests) + 1
        url = f"https://github.com/hydrelis/veillee/pull/{number}"
        item = {
            "number": number,
            "html_url": url,
            "state": state,
            "title": title,
            "body": body,
            "head": {"ref": head},
            "base": {"ref": base},
        }
        self.requests.append(item)
        return item

    def edit_pull(self, number: int, *, title: str, body: str) -> dict[str, Any]:
        item = self.one(self.requests, number)
        item.update(title=title, body=body)
        return item

    def issue(
        self,
        title: str,
        *labels: str,
        body: str | None = "",
        state: str = "open",
        user: str | None = "ana",
        pull: bool = False,
    ) -> None:
        number = len(self.issues) + 101
        item = {
            "number": number, "title": title, "body": body, "state": state, "user": {"login": user} if user else None,
            "labels": [{"id": 1, "name": label} for label in labels], "created_at": "2026-11-20T08:00:00Z",
            "html_url": f"https://github.com/hydrelis/veillee/issues/{number}",
        }  # fmt: skip
        self.issues.append(item | ({"pull_request": {"url": "x"}} if pull else {}))

    def list_issues(
        self, *, state: str, labels: str, sort: str, direction: str, per_page: str, page: str
    ) -> Answer:
        assert (sort, direction) == ("created", "asc")
        found = [
            item
            for item in self.issues
            if item["state"] == state and labels in [label["name"] for label in item["labels"]]
        ]
        return self.page(found, "/issues", page, per_page)

    def edit_issue(self, number: int, *, state: str, state_reason: str) -> dict[str, Any]:
        assert (state, state_reason) == ("closed", "completed")
        item = self.one(self.issues, number)
        item["state"] = state
        return item

    def add_comment(self, number: int, *, body: str) -> Answer:
        self.one(self.issues, number)
        self.comments.append((number, body))
        return Answer(201, {"id": len(self.comments)})

    def add_labels(self, number: int, *, labels: list[str]) -> list[dict[str, Any]]:
        item = self.one(self.issues, number)
        item["labels"] += [{"id": 9, "name": label} for label in labels]
        return item["labels"]  # type: ignore[no-any-return]
