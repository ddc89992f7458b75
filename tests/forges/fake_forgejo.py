"""Forgejo and Gitea as their sources document them.

The `swagger:operation` comments of `routers/api/v1/repo/pull.go`, `issue.go` and `issue_label.go`: pages by `limit`, no
filter by head, 201 for an edit, 409 for a request that is open, labels added by number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.forges.fake_forge import TOKEN, Answer, FakeForge, Refused, required


class FakeForgejo(FakeForge):
    kind = "forgejo"
    root = "/api/v1"
    page_sizes = ("limit", 50)

    def is_known(self, headers: Any) -> bool:
        return headers["Authorization"] == f"token {TOKEN}"

    def unknown(self) -> Answer:
        return Answer(
            401,
            {"message": "invalid username, password or token", "url": "https://forge.example/api/swagger"},
        )

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
            ("GET", f"{repo}/labels", self.list_labels),
            ("POST", f"{repo}/labels", self.create_label),
        ]

    def list_pulls(self, *, state: str, limit: str, page: str) -> Answer:
        found = [item for item in self.requests if item["state"] == state]
        if self.hidden_once:
            found, self.hidden_once = [], False
        return self.page(found, "/pulls", page, limit)

    def create_pull(self, **given: Any) -> Answer:
        required(given, "title", "head", "base")
        assert given.keys() <= {"title", "head", "base", "body"}
        if any(
            (item["head"]["ref"], item["base"]["ref"], item["state"])
            == (given["head"], given["base"], "open")
            for item in self.requests
        ):
            said = f"pull request already exists for these targets [id: 1, issue_id: 1, head_branch: {given['head']}]"
            raise Refused(409, {"message": said, "url": "https://forge.example/api/swagger"})
        return Answer(201, self.pull(given["head"], given["base"], given["title"], given["body"]))

    def pull(
        self, head: str, base: str, title: str = "T", body: str = "B", state: str = "open", project: int = 5
    ) -> dict[str, Any]:
        number = len(self.requests) + 1
        item = {
            "id": 9000 + number, "number": number, "html_url": f"https://forge.example/hydrelis/veillee/pulls/{number}",
            "state": state, "title": title, "body": body,
            "head": {"ref": head, "label": head, "repo_id": project}, "base": {"ref": base, "label": base, "repo_id": 5},
        }  # fmt: skip
        self.requests.append(item)
        return item

    def edit_pull(self, number: int, *, title: str, body: str) -> Answer:
        item = self.one(self.requests, number)
        item.update(title=title, body=body)
        return Answer(201, item)

    def issue(
        self, title: str, *labels: str, body: str | None = "", state: str = "open", user: str | None = "ana"
    ) -> None:
        number = 200 - len(self.issues)  # the list's order isn't promised
        self.issues.append(
            {
                "id": 7000 + number, "number": number, "title": title, "body": body, "state": state,
                "user": {"login": user} if user else None, "created_at": "2026-11-20T08:00:00Z",
                "labels": [self.label(name) for name in labels], "pull_request": None,
                "html_url": f"https://forge.example/hydrelis/veillee/issues/{number}",
            }
        )  # fmt: skip

    def label(self, name: str) -> dict[str, Any]:
        for item in self.labels:
            if item["name"] == name:
                return item
        self.labels.append({"id": 300 + len(self.labels), "name": name, "color": "ffffff"})
        return self.labels[-1]

    def list_issues(self, *, state: str, type: str, labels: str, limit: str, page: str) -> Answer:  # noqa: A002 - its name
        assert type == "issues"
        known = {item["name"] for item in self.labels}
        found = [
            item
            for item in self.issues
            # An unknown label filters nothing.
            if item["state"] == state
            and (labels not in known or labels in [label["name"] for label in item["labels"]])
        ]
        return self.page(found, "/issues", page, limit)

    def edit_issue(self, number: int, *, state: str) -> Answer:
        item = self.one(self.issues, number)
        item["state"] = state
        return Answer(201, item)

    def add_comment(self, number: int, *, body: str) -> Answer:
        self.one(self.issues, number)
        self.comments.append((number, body))
        return Answer(201, {"id": len(self.comments)})

    def add_labels(self, number: int, *, labels: list[int]) -> list[dict[str, Any]]:
        item = self.one(self.issues, number)
        item["labels"] += [label for label in self.labels if label["id"] in labels]
        return item["labels"]  # type: ignore[no-any-return]

    def list_labels(self, *, limit: str, page: str) -> Answer:
        return self.page(self.labels, "/labels", page, limit)

    def create_label(self, **given: Any) -> Answer:
        required(given, "name", "color")
        return Answer(201, self.label(given["name"]))
