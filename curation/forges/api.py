"""Speaks with a forge's REST API: requests, pages, and a sentence for each way in which it says no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx2
from pydantic import BaseModel, ConfigDict
from pydantic_core import from_json

from curation.forges.origin import Token
from curation.forges.request import ForgeRefused
from curation.report import printable
from portal.problems import N_, Message, message

TIMEOUT_S = 20.0
PAGE_SIZE = 50
"""Forgejo's largest page unless it is configured for more; the others take a hundred."""
MAX_PAGES = 200
_MAX_SAID_CHARS = 300


class Answer(BaseModel):
    """The part of what a forge answers that is read here; what else it says is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")


_A = TypeVar("_A", bound=Answer)


@dataclass(frozen=True)
class Api:
    """One forge's API. `name` is how it is called in messages; `headers` identify, with the token."""

    name: str
    url: str
    project: str
    token: Token
    headers: Mapping[str, str] = field(repr=False)

    def pages(self, kind: type[_A], path: str, size_key: str = "per_page", **query: str) -> Iterator[_A]:
        """Every object of a list, page after page, as long as the answer's `Link` header says that there is a next one.

        Raises:
            ForgeRefused: the forge says no, can't be reached, or answers something else.
        """
        with self._client() as client:
            for page in range(1, MAX_PAGES + 1):
                asked = {**query, size_key: str(PAGE_SIZE), "page": str(page)}
                answer = self._answer(client, "GET", path, params=asked)
                with self._readable(answer):
                    found = [kind.model_validate(item) for item in from_json(answer.content)]
                yield from found
                if "next" not in answer.links:
                    return

    def send(self, kind: type[_A], method: str, path: str, body: Mapping[str, Any]) -> _A:
        """What the forge answers to an object.

        Raises:
            ForgeRefused: the same.
        """
        with self._client() as client:
            answer = self._answer(client, method, path, json=body)
            with self._readable(answer):
                return kind.model_validate_json(answer.content)

    def tell(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """The same, whatever it answers when it agrees."""
        with self._client() as client:
            self._answer(client, method, path, json=body)

    @contextmanager
    def _client(self) -> Iterator[httpx2.Client]:
        headers = {"User-Agent": "veillee", "Accept": "application/json", **self.headers}
        with httpx2.Client(headers=headers, timeout=TIMEOUT_S, follow_redirects=False) as client:
            yield client

    def _answer(self, client: httpx2.Client, method: str, path: str, **what: Any) -> httpx2.Response:
        try:
            answer = client.request(method, f"{self.url}/{path}", **what)
        except httpx2.TimeoutException:
            raise ForgeRefused(
                message(N_("{forge} doesn’t answer: try again later"), forge=self.name)
            ) from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            said = message(
                N_("{forge} can’t be reached at {url} ({why})"),
                forge=self.name,
                url=self.url,
                why=self._told(str(error)),
            )
            raise ForgeRefused(said) from None
        if not answer.is_success:
            raise ForgeRefused(self._refusal(answer), answer.status_code)
        return answer

    @contextmanager
    def _readable(self, answer: httpx2.Response) -> Iterator[None]:
        """What can't be read as the forge's API documents it is a page of something else."""
        try:
            yield
        except (ValueError, TypeError):  # pydantic's errors are the first
            what = N_("what answers at {url} isn’t the API of {forge}: set “repository.api_url” in site.yml")
            said = message(what, url=self.url, forge=self.name)
            raise ForgeRefused(said, answer.status_code) from None

    def _refusal(self, answer: httpx2.Response) -> Message:
        """Why not, for people: what to do comes from the status, the forge's own words follow."""
        said, status = self._told(_words(answer)), answer.status_code
        about = {
            "forge": self.name,
            "project": self.project,
            "variable": self.token.variable,
            "status": status,
            "said": said,
        }
        return message(_SENTENCES.get(_case(answer), N_("{forge} refuses it: {said}")), **about)

    def _told(self, text: str) -> str:
        """A text from elsewhere on one short line, without the token."""
        hidden = text.replace(self.token.value, "***")
        return printable(hidden)[:_MAX_SAID_CHARS]


_SENTENCES: Mapping[str, str] = {
    "moved": N_("{forge} says that “{project}” has moved: change the address of “origin” ({said})"),
    "limit": N_("{forge} asks for fewer requests: try again in an hour ({said})"),
    "unknown": N_("{forge} doesn’t accept the token of {variable}: it is wrong, or it has expired ({said})"),
    "forbidden": N_("the token of {variable} may not do that on {forge}: {said}"),
    "absent": N_("{forge} has no project “{project}” that the token of {variable} may see ({said})"),
    "broken": N_("{forge} has a problem of its own ({status}): try again later"),
}


def _case(answer: httpx2.Response) -> str:
    """Which sentence: by status, but for GitHub's 403 of a limit (“Exceeding the rate limit”)."""
    status, headers = answer.status_code, answer.headers
    is_limited = headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers
    if status == 429 or (status == 403 and is_limited):
        return "limit"
    if 300 <= status < 400:
        return "moved"
    if status >= 500:
        return "broken"
    return {401: "unknown", 403: "forbidden", 404: "absent"}.get(status, "other")


def _words(answer: httpx2.Response) -> str:
    """The reasons that a forge gives, wherever it puts them."""
    if answer.is_redirect:
        return answer.headers.get("location", "")
    try:
        found = answer.json()
    except ValueError:
        return str(answer.status_code)
    if not isinstance(found, dict):
        return str(answer.status_code)
    parts = [found.get("message"), found.get("error"), found.get("error_description"), found.get("errors")]
    return "; ".join(dict.fromkeys(word for part in parts for word in _flat(part))) or str(answer.status_code)


def _flat(part: object) -> Iterator[str]:
    """Texts in a message that may be a text, a list, or an object of lists (GitLab, “Status code 400”)."""
    if isinstance(part, str):
        yield re.sub(r"\s+", " ", part)
    elif isinstance(part, list):
        for item in part:
            # GitHub's errors are objects with a code, and a message where the code is “custom”.
            yield from _flat((item.get("message") or item.get("code")) if isinstance(item, dict) else item)
    elif isinstance(part, dict):
        for name, item in part.items():
            yield f"{name}: {', '.join(_flat(item))}"
