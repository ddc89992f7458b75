"""Which forge the browser editor signs in to and writes to, in Decap CMS's words; and whom the page may speak with."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from portal.language import Translator
from portal.problems import N_
from portal.settings import Editor, Repository

LOCAL_URL = "http://127.0.0.1:8081/api/v1"
"""Where decap-server answers unless it was told otherwise."""

_API = {"gitlab": "/api/v4", "forgejo": "/api/v1", "gitea": "/api/v1"}
_HOMES = {"gitlab": "https://gitlab.com"}

_COMMITS = {
    "create": N_("Add {{collection}}: {{slug}}"),
    "update": N_("Edit {{collection}}: {{slug}}"),
    "delete": N_("Take away {{collection}}: {{slug}}"),
    "uploadMedia": N_("Add the picture {{path}}"),
    "deleteMedia": N_("Take away the picture {{path}}"),
}
"""What the history says of each change. The words in braces are Decap's."""


def backend(repository: Repository, editor: Editor, translator: Translator) -> dict[str, Any]:
    """The `backend` of the editor's configuration."""
    commits = {action: translator.gettext(words) for action, words in _COMMITS.items()}
    if editor.backend == "local":
        return {
            "name": "proxy",
            "proxy_url": _local(editor),
            "branch": editor.branch,
            "commit_messages": commits,
        }
    found: dict[str, Any] = {
        "name": editor.backend,
        "repo": editor.project,
        "branch": editor.branch,
        "commit_messages": commits,
    }
    if editor.backend == "github":
        found |= {"base_url": _home(editor), "auth_endpoint": "auth"}
        return found | ({"api_root": repository.api_url} if repository.api_url else {})
    if editor.backend == "gitlab":
        found["auth_type"] = "pkce"
    return found | {
        "app_id": editor.app_id,
        "base_url": _home(editor),
        "api_root": _api(repository, editor),
    }


def is_reviewed(editor: Editor) -> bool:
    """Whether a change waits as a pull request: Decap's backend for Gitea has no editorial workflow."""
    return editor.review and editor.backend != "gitea"


def policy(repository: Repository, editor: Editor) -> str:
    """The Content-Security-Policy of the page: itself, and the forge's API and pictures; nobody else is ever asked.

    Decap compiles its JSON Schemas by `new Function` and sets its styles inline: it can't do without the two `unsafe-`.
    """
    if editor.backend == "local":
        forge, pictures = _origin(_local(editor)), ""
    elif editor.backend == "github":
        forge = _origin(repository.api_url or "https://api.github.com")
        pictures = " https://*.githubusercontent.com"
    else:
        forge = " ".join(dict.fromkeys((_origin(_home(editor)), _origin(_api(repository, editor)))))
        pictures = f" {forge}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob:{pictures}",
            "font-src 'self' data:",
            f"connect-src 'self' blob: data: {forge}",
            "frame-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _local(editor: Editor) -> str:
    return editor.url or LOCAL_URL


def _home(editor: Editor) -> str:
    return (editor.url or _HOMES.get(editor.backend, "")).rstrip("/")


def _api(repository: Repository, editor: Editor) -> str:
    return repository.api_url or _home(editor) + _API[editor.backend]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
