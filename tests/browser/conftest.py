"""A real Chromium on the real demo portal, served on loopback under a sub-path as a company would."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser_setup import find_chromium
from tests.conftest import ROOT
from tests.site import build


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word, and the portal's own page for what isn't there."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory, "portail", "404.html")
        if code != 404 or not missing.exists():
            super().send_error(code, message, explain)
            return
        body = missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find_chromium()
    assert path, "Chromium is missing: run `make test`, which installs it"
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": ["--no-sandbox", "--disable-gpu", *quiet],
    }


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo portal, `http://127.0.0.1:PORT/portail/`."""
    root = tmp_path_factory.mktemp("served")
    config = root / "config"
    shutil.copytree(ROOT / "site_config", config)
    settings = config / "site.yml"
    settings.write_text(
        settings.read_text().replace("hydrelis.example/\nlanguage", "hydrelis.example/portail/\nlanguage")
    )
    assert "/portail/" in settings.read_text(), "the page for what isn't there needs to know the sub-path"
    done = build(root / "portail", content=ROOT / "content", config=config)
    assert done.returncode == 0, done.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/portail/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def portal(page: Page, demo: str) -> Iterator[Page]:
    """A page whose every error, and every request outside the site, fails the test."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None if _is_ours(request.url, demo) else faults.append(f"left the site: {request.url}")
        ),
    )
    page.on(
        "response",
        lambda response: (
            None if response.ok or response.status in {304, 404} else faults.append(response.url)
        ),
    )
    page.goto(demo)
    yield page
    assert [fault for fault in faults if "404 (" not in fault] == []


def _is_ours(url: str, demo: str) -> bool:
    return url.startswith((demo, "data:", "blob:"))
