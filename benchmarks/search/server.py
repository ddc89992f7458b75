"""A real web server for both sites: nginx on the loopback, gzip for texts, and a log of what each response weighed."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.search.tools import nginx_program

_SETTINGS = """
daemon off;
{user}
worker_processes 1;
pid {state}/nginx.pid;
error_log {state}/error.log;
events {{ worker_connections 256; }}
http {{
  types {{
    text/html html; text/css css; application/javascript js; application/json json; image/svg+xml svg;
    application/wasm wasm;
  }}
  default_type application/octet-stream;
  client_body_temp_path {state}; proxy_temp_path {state}; fastcgi_temp_path {state}; uwsgi_temp_path {state};
  scgi_temp_path {state};
  gzip on; gzip_comp_level 6; gzip_min_length 200;
  gzip_types text/css application/javascript application/json image/svg+xml application/wasm;
  keepalive_timeout 65s; sendfile on; etag on;
  log_format measured '$request_uri $status $bytes_sent $body_bytes_sent $msec $request_time';
  access_log {state}/access.log measured;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


@dataclass(frozen=True)
class Response:
    """What nginx sent: whole and body in bytes, both as they were on the wire; when it was asked, in seconds."""

    path: str
    status: int
    sent: int
    body: int
    asked: float


class Server:
    """A server that runs: its address, and the responses that it has sent so far."""

    def __init__(self, address: str, log: Path) -> None:
        self.address = address
        self._log = log

    def responses(self, after: int = 0) -> list[Response]:
        """Every response since the beginning but the first `after` ones."""
        lines = self._log.read_text().splitlines()[after:]
        return [
            Response(path, int(status), int(sent), int(body), float(ended) - float(took))
            for path, status, sent, body, ended, took in (line.rsplit(" ", 5) for line in lines)
        ]


@contextmanager
def served(root: Path, state: Path) -> Iterator[Server]:
    """Serve a folder; `state` is emptied of an earlier log."""
    program = nginx_program()
    if program is None:
        raise SystemExit("The comparison needs nginx (on Debian: apt-get install nginx-light).")
    state.mkdir(parents=True, exist_ok=True)
    log = state / "access.log"
    log.write_text("")
    port = _free_port()
    settings = state / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    settings.write_text(_SETTINGS.format(state=state, root=root, port=port, user=user))
    process = subprocess.Popen([program, "-c", str(settings), "-e", str(state / "error.log")])
    try:
        _wait_for(port, process, state)
        yield Server(f"http://127.0.0.1:{port}/", log)
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], state: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit(f"nginx doesn't start: {(state / 'error.log').read_text()[-500:]}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("nginx doesn't answer")
