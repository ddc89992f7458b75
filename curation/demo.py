"""The demonstration of curation, offline: the sample feeds on loopback, a fetch, the curator's screen, then the page.

Everything happens in a copy: neither the content nor the desk of the working folder is touched.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

import typer

from curation.errors import FAILED, Stopped, said
from curation.options import By
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.addresses import ADDRESSES
from portal.problems import N_, message

SERVER = "127.0.0.1:8765"
"""Where the demo company's `feeds.yml` says that its feeds are; the copy names the port that was free."""
MOMENT = "1795251600"
"""21 November 2026, 9:00 UTC: the day on which the sample feeds were last written."""
_FOLDERS = ("content", "site_config", "desk")


class _Feeds(SimpleHTTPRequestHandler):
    """Files of a folder, one address that moved for good, and one that is gone."""

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path == "/moved.xml":
            self.send_response(301)
            self.send_header("Location", "/reseaux-et-territoires.xml")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == "/gone.xml":
            self.send_error(410)
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Quiet: the curator's screen is there."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The sample feeds on a free port of loopback: `127.0.0.1:port`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Feeds, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class _Copy:
    """A copy of the company at `folder`, and the variables with which programs work on it."""

    folder: Path
    environment: Mapping[str, str]

    @classmethod
    def of(cls, around: Surroundings) -> _Copy:
        folder = around.working / ".cache" / "demo-curation"
        shutil.rmtree(folder, ignore_errors=True)
        for name in _FOLDERS:
            if (around.working / name).is_dir():
                shutil.copytree(around.working / name, folder / name)
        variables = {
            **around.environment,
            "VEILLEE_CONTENT": str(folder / "content"),
            "VEILLEE_CONFIG": str(folder / "site_config"),
            "VEILLEE_DESK": str(folder / "desk"),
            "VEILLEE_STATE": str(folder / "sources.sqlite3"),
            "VEILLEE_SITE": str(folder / "site"),
            "SOURCE_DATE_EPOCH": MOMENT,
            "NO_MKDOCS_2_WARNING": "1",
        }
        return cls(folder, variables)

    def watch(self, server: str) -> None:
        """Name the server's real address in the copy's list of sources."""
        file = self.folder / "site_config" / "feeds.yml"
        file.write_text(file.read_text(encoding="utf-8").replace(SERVER, server), encoding="utf-8")

    def veillee(self, *arguments: str, quiet: bool = False) -> str:
        """Run one of our commands; what it prints is seen, or returned when `quiet`."""
        program = [sys.executable, "-c", "from curation.cli import main; main()", *arguments]
        out = subprocess.PIPE if quiet else None
        done = subprocess.run(program, env=self.environment, check=False, text=True, stdout=out)  # noqa: S603 - ours
        if done.returncode:
            raise Stopped(message(N_("“veillee {command}” stopped"), command=arguments[0]), FAILED)
        return done.stdout or ""

    def mkdocs(self, *arguments: str, working: Path) -> None:
        """Run the generator on the copy."""
        program = [sys.executable, "-m", "mkdocs", *arguments]
        subprocess.run(program, env=self.environment, cwd=working, check=False)  # noqa: S603 - no shell


@said
def demo(
    context: typer.Context,
    *,
    by: By = None,
    ask: Annotated[
        bool,
        typer.Option(
            "--ask/--no-ask", help="Open the screen and serve the site; else keep the best and build."
        ),
    ] = True,
) -> None:
    """Show curation on the demo company, offline: its sample feeds are fetched, judged, and become pages.

    The work is done in a copy, `.cache/demo-curation/`, on 21 November 2026.
    """
    around, screen = Surroundings.of(context), Screen()
    feeds = around.working / "site_config" / "sample_feeds"
    if not feeds.is_dir():
        raise Stopped(message(N_("there is no folder “{folder}” here"), folder="site_config/sample_feeds"))
    copy, who = _Copy.of(around), by or "mireille-tanguerre"
    with _served(feeds) as server:
        copy.watch(server)
        copy.veillee("fetch", "--force")
        copy.veillee("sources")
    if ask and sys.stdin.isatty() and sys.stdout.isatty():
        copy.veillee("review", "--by", who)
        copy.mkdocs("serve", "--dev-addr", "127.0.0.1:8000", working=around.working)
        return
    best = json.loads(copy.veillee("candidates", "--json", "--limit", "1", quiet=True))["candidates"][0]
    watched = copy.folder / "content" / "watch"
    before = set(watched.rglob("*.md"))
    copy.veillee("keep", best["id"], "--why", "Le meilleur score du jour : à discuter lundi.", "--by", who)
    copy.mkdocs("build", "-q", working=around.working)
    for file in set(watched.rglob("*.md")) - before:
        page = copy.folder / "site" / ADDRESSES["fr"]["watch"] / file.relative_to(watched).with_suffix("")
        screen.say(str(page.relative_to(around.working) / "index.html"))


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(demo)
