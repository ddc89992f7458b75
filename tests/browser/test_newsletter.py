"""The mails of the demo's letters in a real Chromium: whole at 320 and 600 px, by day and by night, and clean for axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from portal.content import Content
from tests.browser.axe import faults_of
from tests.newsletter.test_mail import DEMO, demo, mail_of  # noqa: F401 - the fixture

CUT = """() => [...document.querySelectorAll('h1, h2, h3, p, li, a, td, img')].filter(one => {
  const box = one.getBoundingClientRect();
  const leaves = box.right > innerWidth + 0.5 || box.left < -0.5;
  const overflows = one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1;
  return !one.closest('.preview') && (leaves || overflows);
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600])
def test_it_renders_without_loss(page: Page, demo: Content, width: int, scheme: str) -> None:  # noqa: F811
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for slug in DEMO:
        html, _ = mail_of(demo, slug)
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, slug
        assert page.evaluate(CUT) == [], slug
        assert faults_of(page) == "", slug
    assert asked == [], "nothing is fetched"


def test_dark_is_dark(page: Page, demo: Content) -> None:  # noqa: F811
    html, _ = mail_of(demo, "2026-11")
    grounds = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_content(html)
        grounds[scheme] = page.evaluate(
            "getComputedStyle(document.querySelector('.surface')).backgroundColor"
        )
    assert grounds == {"light": "rgb(255, 254, 251)", "dark": "rgb(26, 32, 36)"}
