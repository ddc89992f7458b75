"""Offline after a first search: what was read and the search itself answer once the server is gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.searching import found
from tests.demo import PREFIX, demo_site, mini_site
from tests.nginx import serving

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) found.push(...await (await caches.open(name)).keys());
  return found.map(({ url }) => url.split("/portail/")[1]);
}"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
READ, UNREAD = "annuaire/awa-diop/", "annuaire/yann-le-guilvinec/"


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_site(tmp_path_factory).folder


@pytest.fixture
def server(site: Path) -> Iterator[tuple[str, ExitStack]]:
    """The portal’s address, and what stops its server."""
    with ExitStack() as stack:
        yield stack.enter_context(serving(site, prefix=PREFIX)), stack


def until(page: Page, is_so: Callable[[set[str]], bool]) -> None:
    """Wait until that is so of the addresses that the browser keeps."""
    for _ in range(600):
        if is_so(kept := set(page.evaluate(KEPT))):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never so: {sorted(kept)}")


def keeps(page: Page, wanted: set[str]) -> None:
    until(page, wanted.issubset)


def index_of(site: Path) -> set[str]:
    """The addresses of the index’s files."""
    return {f"assets/search/{file.parent.name}/{file.name}" for file in site.glob("assets/search/*/*.bin")}


def test_what_was_read_and_the_search_answer_without_a_server(
    page: Page, server: tuple[str, ExitStack], site: Path
) -> None:
    address, network = server
    page.goto(address)
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate(KEPT) == [], "who doesn’t search is given nothing"
    found(page, "télégestion")
    modules = {f"assets/javascripts/veillee/search-{name}.js" for name in ("near", "page", "runs")}
    keeps(page, {"", "503.html", "assets/search/root.bin", *modules})
    keeps(page, index_of(site))
    page.goto(address + READ)
    keeps(page, {READ})
    network.close()

    page.goto(address + READ)
    expect(page.get_by_role("heading", level=1)).to_have_text("Awa Diop")
    expect(found(page, "chlore").first).to_contain_text("chlore", ignore_case=True)
    expect(found(page, '"retour d’expérience"').first).to_contain_text(
        re.compile("retours? d’expérience", re.I)
    )
    answer = page.goto(address + UNREAD)
    assert answer is not None
    assert answer.status == 503
    assert page.url == address + UNREAD, "it can be tried again where it is"
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page attend le réseau")
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")


def test_a_result_that_is_opened_at_once_is_kept_from_the_next_page(
    page: Page, server: tuple[str, ExitStack]
) -> None:
    address, _ = server
    page.goto(address)
    found(page, "télégestion").first.click()
    page.wait_for_url(f"{address}*/**")
    keeps(page, {page.url.removeprefix(address), "assets/search/root.bin"})


def test_all_is_forgotten_on_request(page: Page, server: tuple[str, ExitStack], site: Path) -> None:
    address, _ = server
    page.goto(address)
    found(page, "python")
    keeps(page, index_of(site))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}*/**")
    found(page, "python")
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.locator("dialog [data-forget=all]").click()
    until(page, lambda kept: not kept)
    page.goto(address + READ)
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate(KEPT) == []
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_is_gone_or_closed_is_forgotten(
    page: Page, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A page without file is gone (404); a folder without page is closed (403), as to someone who left."""
    people = shutil.copytree(mini_site(tmp_path_factory).folder, tmp_path / "site") / "annuaire"
    with serving(people.parent, prefix=PREFIX) as address:
        page.goto(address)
        found(page, "port")
        keeps(page, index_of(people.parent))
        page.goto(f"{address}annuaire/ben/")
        keeps(page, {"annuaire/ben/"})
        shutil.rmtree(people / "ben")
        page.reload()
        until(page, lambda kept: "annuaire/ben/" not in kept)
        assert page.evaluate(KEPT) != [], "the others stay"
        (people / "ana" / "index.html").unlink()
        answer = page.goto(f"{address}annuaire/ana/")
        assert answer is not None
        assert answer.status == 403
        until(page, lambda kept: not kept)
