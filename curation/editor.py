"""The browser editor on one's own machine: a git copy of the content, decap-server, and the portal with `/admin/`.

All of it on loopback. The copy is a clone, so that no click can damage anybody's checkout; what was published in it
comes back by an ordinary `git pull` from the copy.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer
import yaml

from curation.errors import FAILED, Stopped, said
from curation.git import Git
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.problems import N_, message

HOST = "127.0.0.1"
BRANCH = "main"
_SERVER = Path("decap-server") / "dist" / "index.js"
_AUTHOR = ("user.name=Atelier", "user.email=atelier@veillee.example", "core.autocrlf=false")
_PAUSE_S = 1.0


class _Portal(SimpleHTTPRequestHandler):
    """The site's files, never kept by the browser: they change as one publishes."""

    def end_headers(self) -> None:
        """End the headers of an answer."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet: only what the person does is told."""


@dataclass(frozen=True)
class Workshop:
    """A repository at `folder/copy`, where the editor works, and the site of its main branch at `folder/site`.

    `content` and `config` are the company's folders, `root` the one of mkdocs.yml, `modules` npm's.
    """

    folder: Path
    content: Path
    config: Path
    root: Path
    modules: Path
    environment: Mapping[str, str]

    @property
    def copy(self) -> Path:
        """The repository in which the editor works."""
        return self.folder / "copy"

    @property
    def site(self) -> Path:
        """The portal as it is published."""
        return self.folder / "site"

    @cached_property
    def inside(self) -> str:
        """The folder of the content in the repository; `content` where it is in none."""
        git = Git(self.content, self.environment)
        found = git.run("rev-parse", "--show-prefix", "HEAD")
        return found.text.partition("\n")[0].rstrip("/") if found.code == 0 else ""

    @property
    def path(self) -> str:
        """The same, or `content` where the content is in no repository with a commit."""
        return self.inside or "content"

    def prepare(self, editor_url: str, portal_url: str) -> None:
        """Make the copy unless one is there: a clone, or a new repository; say where both servers are."""
        if not (self.copy / ".git").is_dir():
            shutil.rmtree(self.copy, ignore_errors=True)
            self._clone() if self.inside else self._begin()
            for setting in _AUTHOR:
                self._git("config", *setting.split("=", 1))
        self._settings(editor_url, portal_url)

    def _clone(self) -> None:
        """The last commit of the content's repository, as the main branch; it shares its history and nothing else."""
        here = Git(self.content, self.environment)
        top = here.ask(_UNREADABLE, "rev-parse", "--show-toplevel").text
        here.ask(_UNREADABLE, "clone", "--quiet", "--no-hardlinks", top, str(self.copy))
        self._git("checkout", "--quiet", "-B", BRANCH)

    def _begin(self) -> None:
        shutil.copytree(self.content, self.copy / self.path)
        self._git("init", "--quiet", f"--initial-branch={BRANCH}")
        self._git("add", "--all")
        author = [part for setting in _AUTHOR for part in ("-c", setting)]
        self._git(*author, "commit", "--quiet", "--message=Le portail tel qu’il est")

    def _settings(self, editor_url: str, portal_url: str) -> None:
        """The settings outside of the repository: where the local servers are concerns nobody else."""
        config = self.folder / "site_config"
        shutil.rmtree(config, ignore_errors=True)
        if self.config.is_dir():
            shutil.copytree(self.config, config)
        config.mkdir(exist_ok=True)
        file = config / "site.yml"
        site = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
        site["url"] = portal_url
        local = {"backend": "local", "url": editor_url, "branch": BRANCH, "folder": self.path}
        site.setdefault("repository", {})["editor"] = local
        file.write_text(yaml.safe_dump(site, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def published(self) -> str:
        """The commit of the main branch."""
        return self._git("rev-parse", f"refs/heads/{BRANCH}")

    def build(self) -> None:
        """Write the site of the main branch, whatever branch the editor works on."""
        content = self.folder / "published"
        fresh = self.folder / "published.new"
        shutil.rmtree(fresh, ignore_errors=True)
        archive = self.git.ask(_UNREADABLE, "archive", "--format=tar", BRANCH, self.path).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extractall(fresh, filter="data")
        shutil.rmtree(content, ignore_errors=True)
        fresh.rename(content)
        variables = {
            "VEILLEE_CONTENT": str(content / self.path),
            "VEILLEE_CONFIG": str(self.folder / "site_config"),
            "VEILLEE_SITE": str(self.site),
            "VEILLEE_EDITOR": str(self.modules),
            "VEILLEE_AUDIENCE": "internal",
            "NO_MKDOCS_2_WARNING": "1",
        }
        program = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(self.root / "mkdocs.yml")]
        done = subprocess.run(program, env={**self.environment, **variables}, check=False)  # noqa: S603 - ours
        if done.returncode:
            raise Stopped(message(N_("the portal could not be built: its reasons are above")), FAILED)

    @property
    def git(self) -> Git:
        """Runs git in the copy."""
        return Git(self.copy, self.environment)

    def _git(self, *arguments: str) -> str:
        return self.git.ask(_UNREADABLE, *arguments).text.strip()


_UNREADABLE = message(N_("git refuses the copy that the editor works in"))


def free_port() -> int:
    """A port of loopback that nothing listens on just now."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


@contextmanager
def decap_server(
    node: str, modules: Path, repository: Path, port: int, environment: Mapping[str, str]
) -> Iterator[None]:
    """decap-server over a repository, on loopback, until the end of the block.

    Raises:
        Stopped: it doesn't start.
    """
    variables = {
        "GIT_REPO_DIRECTORY": str(repository),
        "MODE": "git",
        "BIND_HOST": HOST,
        "PORT": str(port),
        "LOG_LEVEL": "error",
    }
    server = subprocess.Popen(  # noqa: S603 - no shell
        [node, str(modules / _SERVER)],
        env={**environment, **variables},
        cwd=repository,
        start_new_session=True,
    )
    try:
        _wait_for(server, port)
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(150):
        with socket.socket() as asked:
            if asked.connect_ex((HOST, port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise Stopped(message(N_("decap-server didn’t start: its reasons are above")), FAILED)


@contextmanager
def portal_server(site: Path, port: int) -> Iterator[None]:
    """The site's files on loopback until the end of the block."""
    server = ThreadingHTTPServer((HOST, port), partial(_Portal, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@said
def editor(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(help="Port of the portal, on loopback.")] = 8000,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Begin again from the working folder: what the copy holds is lost."),
    ] = False,
) -> None:
    """Open the browser editor on a git copy of this content, offline: write, review, publish, and see the portal change.

    The copy is `.cache/editor/copy`; nothing is written in the working folder. Ctrl-C ends it; the copy stays.
    """
    around, screen = Surroundings.of(context), Screen()
    folder = around.working / ".cache" / "editor"
    modules = around.working / "editor" / "node_modules"
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None or not (modules / _SERVER).is_file():
        raise Stopped(
            message(N_("the browser editor isn’t installed here: run `make editor` (it needs npm)"))
        )
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    workshop = Workshop(
        folder,
        around.working / around.environment.get("VEILLEE_CONTENT", "content"),
        around.working / around.environment.get("VEILLEE_CONFIG", "site_config"),
        around.working,
        modules,
        around.environment,
    )
    behind = free_port()
    workshop.prepare(f"http://{HOST}:{behind}/api/v1", f"http://{HOST}:{port}/")
    workshop.build()
    with (
        decap_server(node, modules, workshop.copy, behind, around.environment),
        portal_server(workshop.site, port),
    ):
        screen.say(f"http://{HOST}:{port}/admin/")
        _follow(workshop)


def _follow(workshop: Workshop) -> None:
    """Build again whenever something was published, until Ctrl-C or a polite kill."""
    seen = workshop.published()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            time.sleep(_PAUSE_S)
            if (now := workshop.published()) != seen:
                seen = now
                workshop.build()
    except KeyboardInterrupt:
        return


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(editor)
