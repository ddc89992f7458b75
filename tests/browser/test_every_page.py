"""Every kind of page: it opens without an error, asks nothing of another site, and passes axe in each dress."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from portal.loading import load_content
from portal.outputs import PageOutput
from tests.browser.axe import faults_of
from tests.conftest import NOW, ROOT
from tests.site import declared

DRESSES = {"light": ("light", 1440), "dark": ("dark", 1440), "phone": ("light", 390)}
OF_COLOURS = {"dark": ("color-contrast", "link-in-text-block")}
"""What a dress can break that the first one can't; all rules where nothing is said."""


def one_of_each() -> dict[str, str]:
    """One address for each template: of records, the one with the longest text, which shows the most."""
    view = load_content(ROOT / "content").content.view("internal", NOW)
    pages = [output for output in declared(view) if isinstance(output, PageOutput)]
    longest = sorted(pages, key=lambda page: len(page.body))
    return {page.template: page.address.removesuffix("index.html") for page in longest}


PAGES = one_of_each() | {"404.html": "nulle-part/", "503.html": "503.html"}


def test_all_templates_are_looked_at() -> None:
    templates = {f"pages/{file.name}" for file in (ROOT / "overrides" / "pages").glob("*.html")}
    assert templates == set(PAGES) - {"404.html", "503.html"}


@pytest.mark.parametrize("template", sorted(PAGES))
def test_no_accessibility_violation_and_no_sideways_scroll(watched: Page, demo: str, template: str) -> None:
    for dress, (scheme, width) in DRESSES.items():
        watched.set_viewport_size({"width": width, "height": 900})
        watched.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        watched.goto(demo + PAGES[template])
        assert faults_of(watched, *OF_COLOURS.get(dress, ())) == "", dress
        assert watched.evaluate("document.documentElement.scrollWidth") <= width, dress


def test_no_link_of_a_page_is_broken(watched: Page, demo: str) -> None:
    """Each page is opened, and each address that it leads to, once it is awake, is asked once."""
    leading: dict[str, str] = {}
    for template in sorted(set(PAGES) - {"404.html", "503.html"}):
        watched.goto(demo + PAGES[template])
        links = watched.eval_on_selector_all(
            "a[href]",
            "links => links.map(a => new URL(a.getAttribute('href'), location).href.split('#')[0])",
        )
        inside = {link: template for link in links if link.startswith(demo)}
        assert inside, template
        leading = inside | leading
    broken = {
        link: template for link, template in leading.items() if watched.request.head(link).status != 200
    }
    assert broken == {}
