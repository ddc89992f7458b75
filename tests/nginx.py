"""A real nginx of this user on loopback, as a company serves its portal: gzip for texts, several ranges in one answer.

Nothing of the system's nginx is read or written: configuration, logs and scratch folders stand in a temporary folder.
"""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.browser_setup import NGINX

SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

CONFIGURATION = """\
daemon off;
worker_processes 1;
{user}
pid "{temp}/nginx.pid";
error_log "{temp}/error.log";
events {{}}
http {{
  access_log off;
  {scratch}
  types {{
    text/html html;
    text/css css;
    text/javascript js;
    text/calendar ics;
    application/json json;
    application/manifest+json webmanifest;
    application/atom+xml atom;
    application/xml xml;
    image/svg+xml svg;
    image/png png;
    image/jpeg jpg jpeg;
    image/webp webp;
    image/avif avif;
  }}
  default_type application/octet-stream;
  charset utf-8;
  charset_types text/css text/javascript application/json;
  gzip on;
  gzip_vary on;
  gzip_comp_level 6;
  gzip_types text/css text/javascript text/calendar application/json application/manifest+json application/xml
    application/atom+xml image/svg+xml;
  server {{
    listen 127.0.0.1:{port};
    absolute_redirect off;
    error_page 404 {prefix}404.html;
    {headers}
    location {prefix} {{
      alias "{folder}/";
    }}
  }}
}}
"""


@contextmanager
def serving(
    folder: Path, headers: Mapping[str, str] | None = None, prefix: str = "/portail/"
) -> Iterator[str]:
    """Serve a folder under a path until the end of the block; gives its address, `http://127.0.0.1:PORT/portail/`.

    Each answer carries `headers`, errors too. The page for what isn't there is the folder's own 404.html.
    """
    path = NGINX.find()
    assert path, "nginx is missing: run `make test`, which installs it"
    with tempfile.TemporaryDirectory(prefix="nginx-") as temp, socket.socket() as waiting:
        waiting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        waiting.bind(("127.0.0.1", 0))
        waiting.listen(511)
        port = waiting.getsockname()[1]
        conf = Path(temp, "nginx.conf")
        conf.write_text(_configuration(Path(temp), folder.resolve(), port, prefix, headers or {}))
        # The socket is handed over as nginx hands its own to its successor: nobody else can take the port meanwhile.
        server = subprocess.Popen(
            [path, "-p", temp, "-c", str(conf), "-e", f"{temp}/error.log"],
            env={**os.environ, "NGINX": f"{waiting.fileno()};"},
            pass_fds=[waiting.fileno()],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        waiting.close()
        try:
            _answers(f"http://127.0.0.1:{port}{prefix}", Path(temp, "error.log"))
            yield f"http://127.0.0.1:{port}{prefix}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _configuration(temp: Path, folder: Path, port: int, prefix: str, headers: Mapping[str, str]) -> str:
    said = [f'add_header {name} "{_quoted(value)}" always;' for name, value in headers.items()]
    scratch = [f'{name}_temp_path "{temp}/{name}";' for name in SCRATCH]
    return CONFIGURATION.format(
        user="user root;" if os.geteuid() == 0 else "",
        temp=temp,
        folder=folder,
        port=port,
        prefix=prefix,
        headers="\n    ".join(said),
        scratch="\n  ".join(scratch),
    )


def _quoted(value: str) -> str:
    assert "$" not in value, "nginx would take it for one of its variables"
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _answers(address: str, log: Path) -> None:
    """Wait for its first answer, whatever it is; an nginx that didn't start has closed the door."""
    try:
        urlopen(address, timeout=60).close()
    except HTTPError:
        pass
    except OSError as error:
        said = log.read_text() if log.exists() else "(no log)"
        raise AssertionError(f"nginx didn't start: {error}\n{said}") from error
