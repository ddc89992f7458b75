"""Every kind of page: it opens without an error, asks nothing of another site, and passes axe in each dress."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal.loading import load_content
from portal.outputs import PageOutput, declare
from tests.conftest import NOW, ROOT

DRESSES = {"light": ("light", 1440), "dark": ("dark", 1440), "phone": ("light", 390)}


def one_of_each() -> dict[str, str]:
    """One address for each template: of records, the one with the longest text, which shows the most."""
    view = load_content(ROOT / "content").content.view("internal", NOW)
    pages = [output for output in declare(view) if isinstance(output, PageOutput)]
    longest = sorted(pages, key=lambda page: len(page.body))
    return {page.template: page.address.removesuffix("index.html") for page in longest}


PAGES = one_of_each() | {"404.html": "nulle-part/"}


def test_all_templates_are_looked_at() -> None:
    templates = {f"pages/{file.name}" for file in (ROOT / "overrides" / "pages").glob("*.html")}
    assert templates == set(PAGES) - {"404.html"}


@pytest.mark.parametrize("template", sorted(PAGES))
@pytest.mark.parametrize("dress", DRESSES)
def test_no_accessibility_violation(portal: Page, demo: str, template: str, dress: str) -> None:
    scheme, width = DRESSES[dress]
    portal.set_viewport_size({"width": width, "height": 900})
    portal.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    portal.goto(demo + PAGES[template])
    results = Axe().run(portal)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("template", sorted(PAGES))
def test_a_phone_never_scrolls_sideways(portal: Page, demo: str, template: str) -> None:
    portal.set_viewport_size({"width": 390, "height": 844})
    portal.goto(demo + PAGES[template])
    assert portal.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("template", sorted(set(PAGES) - {"404.html"}))
def test_no_link_of_a_page_is_broken(portal: Page, demo: str, template: str) -> None:
    portal.goto(demo + PAGES[template])
    links = portal.eval_on_selector_all(
        "a[href]",
        "links => [...new Set(links.map(a => new URL(a.getAttribute('href'), location).href.split('#')[0]))]",
    )
    inside = [link for link in links if link.startswith(demo)]
    assert inside
    broken = [link for link in inside if portal.request.get(link).status != 200]
    assert broken == []
