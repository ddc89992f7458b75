"""The search under the strictest policy that a company may set: nothing of it is refused, from the key to the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.searching import found
from tests.demo import PREFIX, demo_site
from tests.nginx import serving

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; worker-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'none'"
)


@pytest.fixture
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(
        demo_site(tmp_path_factory).folder, {"Content-Security-Policy": POLICY}, prefix=PREFIX
    ) as address:
        yield address


def test_nothing_of_the_search_is_refused_from_the_key_to_the_page(page: Page, strict: str) -> None:
    refused: list[str] = []
    page.expose_function("refused", lambda told: refused.extend([told]))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) =>"
        " refused(`${location.pathname}: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"
    )
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(strict)
    found(page, "recherche de fuites")
    page.wait_for_function("navigator.serviceWorker.getRegistration().then((it) => Boolean(it?.active))")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{strict}competences/recherche-de-fuites/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recherche de fuites")
    page.goto(f"{strict}recherche/?q=python")
    expect(page.locator(".v-main mark").first).to_be_visible()
    for address in (
        "",
        "recherche/",
        "nulle-part/",
        "annuaire/awa-diop/",
        "territoires/",
        "contribuer/question/",
    ):
        page.goto(strict + address)
    assert [text for text in refused if "404 (" not in text] == []
