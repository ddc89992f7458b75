"""A real Chromium before the real editor: decap-server over a real git repository, and the miniature company's portal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from curation.editor import HOST, Workshop, decap_server, free_port
from tests.browser.conftest import browser_type_launch_args as launch_args
from tests.browser_setup import NODE
from tests.conftest import NOW, ROOT, company
from tests.nginx import serving

browser_type_launch_args = launch_args
MODULES = ROOT / "editor" / "node_modules"
REFUSED = "script error: Object"
"""What Decap leaves in the console when it shows that a save was refused: its own promise, which nobody awaits."""


@dataclass(frozen=True)
class Desk:
    """Where one writes: the editor's address, and the repository behind it."""

    address: str
    workshop: Workshop

    def on(self, branch: str, path: str) -> str:
        """A file as it is on a branch."""
        done = self.workshop.git.run("show", f"{branch}:content/{path}")
        assert done.code == 0, done.stderr
        return done.stdout.decode()

    def branches(self) -> list[str]:
        """Every branch of the repository."""
        return self.workshop.git.run("branch", "--format=%(refname:short)").text.split()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR", "viewport": {"width": 1440, "height": 1000}}


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The editor over the miniature company, served by nginx under a sub-path as a company would."""
    node = NODE.find()
    assert node, "node is missing: run `make test`, which installs it"
    assert MODULES.is_dir(), "the editor is missing: run `make test`, which installs it"
    folder = tmp_path_factory.mktemp("editor")
    of = company(folder)
    variables = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    workshop = Workshop(folder / "workshop", of / "content", of / "site_config", ROOT, MODULES, variables)
    behind = free_port()
    workshop.folder.mkdir()
    workshop.prepare(f"http://{HOST}:{behind}/api/v1", f"http://{HOST}/portail/")
    workshop.build()
    with decap_server(node, MODULES, workshop.copy, behind, variables), serving(workshop.site) as portal:
        yield Desk(f"{portal}admin/", workshop)


@pytest.fixture
def editor(page: Page, desk: Desk) -> Iterator[Page]:
    """The editor, signed in. Any error of a script, and any request that leaves loopback, fails the test."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on(
        "request", lambda request: None if is_here(request.url) else faults.append(f"left: {request.url}")
    )
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) =>"
        " console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"
    )
    page.on("console", lambda said: faults.append(said.text) if said.text.startswith("refused:") else None)
    page.goto(desk.address)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("heading", name="Belles histoires").wait_for()
    yield page
    assert [fault for fault in faults if fault != REFUSED] == []


def is_here(url: str) -> bool:
    return url.startswith((f"http://{HOST}:", "data:", "blob:", "about:"))


def text_of(path: str) -> str:
    """A file of the miniature company as it is."""
    return (Path(ROOT) / "tests" / "mini" / "content" / path).read_text()
