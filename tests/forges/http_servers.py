"""HTTP servers of the tests: git's own, and what runs any other."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.forges.repositories import Forge


class _GitHandler(BaseHTTPRequestHandler):
    """Gives each request to `git http-backend` (git-http-backend(1)), a CGI."""

    protocol_version = "HTTP/1.1"
    folder: Path
    place: str
    password: str | None

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        is_chunked = self.headers.get("Transfer-Encoding") == "chunked"
        self._answer(
            b"".join(self._chunks()) if is_chunked else self.rfile.read(int(self.headers["Content-Length"]))
        )

    def _answer(self, body: bytes) -> None:
        if self.password is not None and not self._is_let_in():
            self._send(401, [("WWW-Authenticate", 'Basic realm="forge"')], b"")
            return
        asked, _, query = self.path.partition("?")
        path = asked.replace(self.place, f"/{self.folder.name}", 1)
        cgi = {
            "PATH": os.environ["PATH"], "GIT_PROJECT_ROOT": str(self.folder.parent), "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.command, "REMOTE_USER": "ana",
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }  # fmt: skip
        done = subprocess.run(["git", "http-backend"], input=body, env=cgi, capture_output=True, check=False)
        head, _, rest = done.stdout.partition(b"\r\n\r\n")
        fields = [
            (name, value) for name, _, value in (line.partition(": ") for line in head.decode().splitlines())
        ]
        status = next((int(value[:3]) for name, value in fields if name == "Status"), 200)
        self._send(status, [field for field in fields if field[0] not in {"Status", "Content-Length"}], rest)

    def _send(self, status: int, fields: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in [*fields, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _is_let_in(self) -> bool:
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        return kind == "Basic" and base64.b64decode(given).decode().partition(":")[2] == self.password

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def over_http(forge: Forge, project: str = "hydrelis/veillee", password: str | None = None) -> Iterator[str]:
    """The address at which git's own HTTP server serves a repository; with a password, to whoever gives it alone."""
    place = f"/{project}.git"
    handler = type("Handler", (_GitHandler,), {"folder": forge.folder, "place": place, "password": password})
    with serving(handler) as address:
        yield f"{address}{place}"


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server that runs until the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
