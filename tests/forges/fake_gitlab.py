"""GitLab as its documentation says.

docs.gitlab.com/api “Merge requests API” (409 “Another open merge request already exists for this source branch: !n”),
“Issues API”, “Notes API”, “REST API” (namespaced paths are encoded, `Link`, `iid`), “REST API troubleshooting” (400 whose
message is an object of lists); “GitLab quick actions”.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.forges.fake_forge import TOKEN, Answer, FakeForge, Refused


class FakeGitLab(FakeForge):
    kind = "gitlab"
    root = "/api/v4"
    project = "hydrelis/portails/veillee"

    def is_known(self, headers: Any) -> bool:
        return headers["PRIVATE-TOKEN"] == TOKEN

    def unknown(self) -> Answer:
        return Answer(401, {"message": "401 Unauthorized"})

    def routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        project = "/projects/hydrelis%2Fportails%2Fveillee"
        return [
            ("GET", f"{project}/merge_requests", self.list_requests),
            ("POST", f"{project}/merge_requests", self.create_request),
            ("PUT", rf"{project}/merge_requests/(\d+)", self.edit_request),
            ("GET", f"{project}/issues", self.list_issues),
            ("PUT", rf"{project}/issues/(\d+)", self.edit_issue),
            ("POST", rf"{project}/issues/(\d+)/notes", self.add_note),
        ]

    def list_requests(
        self, *, state: str, source_branch: str, target_branch: str, per_page: str, page: str
    ) -> Answer:
        wanted = (state, source_branch, target_branch)
        found = [
            item
            for item in self.requests
            if (item["state"], item["source_branch"], item["target_branch"]) == wanted
        ]
        if self.hidden_once:
            found, self.hidden_once = [], False
        return self.page(found, "/merge_requests", page, per_page)

    def create_request(self, **given: Any) -> Answer:
        missing = [name for name in ("source_branch", "target_branch", "title") if not given.get(name)]
        if missing:
            raise Refused(400, {"error": f"{missing[0]} is missing"})
        assert given.keys() <= {
            "source_branch",
            "target_branch",
            "title",
            "description",
            "remove_source_branch",
        }
        assert given["remove_source_branch"] is True
        if len(given["title"]) > 255:
            raise Refused(400, {"message": {"title": ["is too long (maximum is 255 characters)"]}})
        same = [
            item["iid"]
            for item in self.requests
            if item["source_branch"] == given["source_branch"] and item["state"] == "opened"
        ]
        if same:
            raise Refused(
                409,
                {
                    "message": [
                        f"Another open merge request already exists for this source branch: !{same[0]}"
                    ]
                },
            )
        return Answer(
            201,
            self.pull(given["source_branch"], given["target_branch"], given["title"], given["description"]),
        )

    def pull(
        self, head: str, base: str, title: str = "T", body: str = "B", state: str = "opened", project: int = 5
    ) -> dict[str, Any]:
        iid = len(self.requests) + 1
        item = {
            "id": 9000 + iid, "iid": iid, "web_url": f"https://gitlab.example/hydrelis/portails/veillee/-/merge_requests/{iid}",
            "state": state, "title": title, "body": body, "source_branch": head, "target_branch": base,
            "source_project_id": project, "target_project_id": 5,
        }  # fmt: skip
        self.requests.append(item)
        return item

    def edit_request(self, iid: int, *, title: str, description: str) -> dict[str, Any]:
        item = self.one(self.requests, iid, "iid")
        item.update(title=title, body=description)
        return item

    def issue(
        self, title: str, *labels: str, body: str | None = "", state: str = "opened", user: str | None = "ana"
    ) -> None:
        iid = len(self.issues) + 101
        self.issues.append(
            {
                "id": 7000 + iid, "iid": iid, "title": title, "description": body, "state": state,
                "author": {"username": user}, "labels": list(labels), "created_at": "2026-11-20T09:00:00.123+01:00",
                "web_url": f"https://gitlab.example/hydrelis/portails/veillee/-/issues/{iid}",
            }
        )  # fmt: skip

    def list_issues(
        self, *, state: str, labels: str, order_by: str, sort: str, per_page: str, page: str
    ) -> Answer:
        assert (order_by, sort) == ("created_at", "asc")
        found = [item for item in self.issues if item["state"] == state and labels in item["labels"]]
        return self.page(found, "/issues", page, per_page)

    def edit_issue(
        self, iid: int, *, add_labels: str | None = None, state_event: str | None = None
    ) -> dict[str, Any]:
        item = self.one(self.issues, iid, "iid")
        if add_labels:
            item["labels"].append(add_labels)
        if state_event == "close":
            item["state"] = "closed"
        return item

    def add_note(self, iid: int, *, body: str) -> Answer:
        self.one(self.issues, iid, "iid")
        # A line that begins so is obeyed (“GitLab quick actions”).
        assert not re.search(r"^\s*/", body, re.MULTILINE)
        self.comments.append((iid, body))
        return Answer(201, {"id": len(self.comments)})
