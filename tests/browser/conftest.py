"""A real Chromium on the real demo portal, served by nginx under a sub-path as a company would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser_setup import find_chromium
from tests.demo import PREFIX, demo_site
from tests.nginx import serving


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
    with serving(demo_site(tmp_path_factory).folder, prefix=PREFIX) as address:
        yield address


@pytest.fixture
def watched(page: Page, demo: str) -> Iterator[Page]:
    """A page whose every error, and every request outside the site, fails the test. It shows nothing yet."""
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
    yield page
    assert [fault for fault in faults if "404 (" not in fault] == []


@pytest.fixture
def portal(watched: Page, demo: str) -> Page:
    """The same, on the portal's first page."""
    watched.goto(demo)
    return watched


def _is_ours(url: str, demo: str) -> bool:
    return url.startswith((demo, "data:", "blob:"))
