"""A folder of feeds on loopback, by a real server: what it answered is counted, validators are respected."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {".json": "application/feed+json", ".atom": "application/atom+xml", ".html": "text/html"}


@dataclass
class Served:
    """The server: where it is, what it has answered (path and status), and what it says besides files.

    `moved` gives the new path of an old one (301); `statuses` sets another status than 200 for a path.
    """

    root: str
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    moved: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """`127.0.0.1:port`, as an allow list wants it."""
        return self.root.removeprefix("http://")


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Who asks may be killed meanwhile: that is no fault of the server."""


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve the files of a folder, read anew at each request."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.lstrip("/")
            file = folder / path
            if path in served.moved:
                return self._answer(301, b"", Location=f"{served.root}/{served.moved[path]}")
            if path in served.statuses:
                return self._answer(served.statuses[path], b"no")
            if not file.is_file():
                return self._answer(404, b"no")
            body = file.read_bytes()
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                return self._answer(304, b"", ETag=etag)
            return self._answer(
                200, body, ETag=etag, **{"Content-Type": TYPES.get(file.suffix, "application/rss+xml")}
            )

        def _answer(self, status: int, body: bytes, **headers: str) -> None:
            served.answers[self.path.lstrip("/"), status] += 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = _Quiet(("127.0.0.1", 0), Handler)
    served.root = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
