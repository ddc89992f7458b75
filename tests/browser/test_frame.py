"""The frame of every page: menus by keyboard, colours chosen and kept, print, and metadata for machines."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect


def test_the_skip_link_comes_first_and_leads_to_the_content(portal: Page) -> None:
    portal.keyboard.press("Tab")
    assert portal.evaluate("document.activeElement.getAttribute('href')") == "#main"
    portal.keyboard.press("Enter")
    assert portal.evaluate("location.hash") == "#main"


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(portal: Page, demo: str) -> None:
    portal.set_viewport_size({"width": 390, "height": 844})
    portal.goto(demo)
    menu = portal.locator("header details").first
    menu.locator("summary").focus()
    portal.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Annuaire")).to_be_visible()
    portal.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Annuaire")).to_be_hidden()


def test_colours_follow_the_system_then_the_readers_choice(portal: Page, demo: str) -> None:
    portal.emulate_media(color_scheme="light")
    portal.goto(demo)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = portal.evaluate(ground)
    portal.get_by_role("banner").get_by_role("button", name=re.compile("sombres")).click()
    dark = portal.evaluate(ground)
    assert dark != light
    portal.goto(demo + "guides/")
    assert portal.evaluate(ground) == dark, "the choice is kept"


def test_every_record_links_to_its_own_file(portal: Page, demo: str) -> None:
    portal.goto(demo + "annuaire/awa-diop/")
    link = portal.get_by_role("link", name="Modifier cette page").first
    assert (
        link.get_attribute("href")
        == "https://forge.hydrelis.example/communication/veillee/edit/main/content/people/awa-diop.md"
    )


def test_machines_read_people_events_and_stories(portal: Page, demo: str) -> None:
    for address, kind in {
        "annuaire/awa-diop/": "Person",
        "histoires/ecouter-le-plastique/": "Article",
        "communautes/fuites-et-rendement/": "Organization",
    }.items():
        portal.goto(demo + address)
        described = json.loads(portal.locator("script[type='application/ld+json']").first.text_content())
        assert described["@type"] == kind
        assert portal.locator("meta[property='og:title']").get_attribute("content")
        assert portal.locator("link[rel=canonical]").get_attribute("href").endswith(address)


def test_breadcrumbs_lead_back(portal: Page, demo: str) -> None:
    portal.goto(demo + "annuaire/awa-diop/")
    portal.get_by_role("navigation", name=re.compile("ariane|Vous êtes ici", re.IGNORECASE)).get_by_role(
        "link", name="Annuaire"
    ).click()
    expect(portal).to_have_url(demo + "annuaire/")


def test_a_page_that_does_not_exist_helps_at_any_depth(portal: Page, demo: str) -> None:
    portal.goto(demo + "annuaire/personne/du/tout/")
    expect(portal.get_by_role("heading", level=1)).to_be_visible()
    assert portal.locator("main a[href]").count() >= 3


def test_paper_has_no_menu(portal: Page, demo: str) -> None:
    portal.goto(demo + "histoires/ecouter-le-plastique/")
    portal.emulate_media(media="print")
    expect(portal.get_by_role("banner").get_by_role("navigation").first).to_be_hidden()
    expect(portal.get_by_role("heading", level=1)).to_be_visible()
    assert portal.pdf()[:4] == b"%PDF"
