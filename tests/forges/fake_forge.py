"""What the forges of the tests have in common: a state, pages, and a server that is strict about what it is asked."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.forges.http_servers import serving

TOKEN = "t0ken-of-the-tests"


@dataclass
class Answer:
    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - the forge's word
    def __init__(self, status: int, body: Any, **headers: str) -> None:
        super().__init__(status)
        self.answer = Answer(status, body, headers)


@dataclass
class FakeForge(ABC):
    """What the forge holds. `next` is an answer that the next request gets whatever it asks; `asked` is what was asked."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    labels: list[dict[str, Any]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    next: Answer | None = None
    hidden_once: bool = False
    address: str = ""

    kind = ""
    root = ""
    project = "hydrelis/veillee"
    page_sizes = ("per_page", 100)

    @property
    def api_url(self) -> str:
        return f"{self.address}{self.root}"

    @abstractmethod
    def routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        """Verb, pattern of the path, and what answers."""

    @abstractmethod
    def is_known(self, headers: Any) -> bool:
        """Whether the token is there, as this forge wants it."""

    def unknown(self) -> Answer:
        return Answer(401, {"message": "Bad credentials"})

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> Answer:
        self.asked.append(f"{method} {target}")
        if self.next is not None:
            answer, self.next = self.next, None
            return answer
        if not self.is_known(headers):
            return self.unknown()
        parts = urlsplit(target)
        query = {
            name: values[0]
            for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()
        }
        for verb, pattern, act in self.routes():
            found = re.fullmatch(self.root + pattern, parts.path)
            if verb == method and found:
                try:
                    given = json.loads(body) if body else query
                    if body:
                        assert headers["Content-Type"] == "application/json"
                    return self.called(act, found, given, parts.path)
                except Refused as refused:
                    return refused.answer
        return Answer(404, {"message": "Not Found"})

    def called(
        self, act: Callable[..., Any], found: re.Match[str], given: dict[str, Any], path: str
    ) -> Answer:
        made = act(*map(int, found.groups()), **given)
        return made if isinstance(made, Answer) else Answer(200, made)

    def page(self, found: list[Any], path: str, page: str, size: str) -> Answer:
        _, largest = self.page_sizes
        start, count = (int(page) - 1) * int(size), int(size)
        assert count <= largest
        more = (
            {"Link": f'<{self.address}{path}?page={int(page) + 1}>; rel="next"'}
            if len(found) > start + count
            else {}
        )
        return Answer(200, found[start : start + count], more)

    def one(self, found: list[dict[str, Any]], number: int, key: str = "number") -> dict[str, Any]:
        for item in found:
            if item[key] == number:
                return item
        raise Refused(404, {"message": "Not Found"})


def required(given: dict[str, Any], *names: str) -> None:
    missing = [name for name in names if not given.get(name)]
    if missing:
        raise Refused(
            422, {"message": "Validation Failed", "errors": [{"field": missing[0], "code": "missing_field"}]}
        )


@contextmanager
def running(forge: FakeForge) -> Iterator[FakeForge]:
    """A forge that answers until the end; what its own rules forbid fails the test there."""
    broken: list[BaseException] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                answer = forge.answer(self.command, self.path, self.headers, body)
            except Exception as error:
                broken.append(error)
                answer = Answer(500)
            text = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(text)),
                **answer.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_PUT = _handle  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with serving(Handler) as address:
        forge.address = address
        yield forge
    if broken:
        raise broken[0]
