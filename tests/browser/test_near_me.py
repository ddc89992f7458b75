"""The territory, chosen once: kept in the browser, changed in one click, and what it changes on the pages."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect


def choose(page: Page, title: str) -> None:
    page.get_by_role("banner").get_by_role("button", name=re.compile("territoire", re.IGNORECASE)).click()
    page.get_by_role("dialog").get_by_role("button", name=title, exact=True).click()


def test_the_choice_shows_what_is_near_and_stays(portal: Page, demo: str) -> None:
    choose(portal, "Occitanie")
    near = portal.locator("[data-v-near]")
    expect(near).to_contain_text("Occitanie")
    expect(near.get_by_role("link").first).to_be_visible()
    portal.goto(demo + "competences/")
    portal.goto(demo)
    expect(portal.locator("[data-v-near]")).to_contain_text("Occitanie")
    choose(portal, "Grand Ouest")
    expect(portal.locator("[data-v-near]")).to_contain_text("Grand Ouest")
    links = portal.eval_on_selector_all("[data-v-near] a[href]", "links => links.map(link => link.href)")
    assert links
    assert all(portal.request.get(link.split("#")[0]).ok for link in set(links) if link.startswith(demo))


def test_who_can_help_comes_nearest_first(portal: Page, demo: str) -> None:
    portal.goto(demo + "competences/recherche-de-fuites/")
    places = "[data-v-nearest] > [data-place]"
    choose(portal, "La Réunion")
    expect(portal.locator(places).first).to_have_attribute("data-place", "la-reunion")
    choose(portal, "Grand Ouest")
    expect(portal.locator(places).first).to_have_attribute("data-place", "grand-ouest")


def test_the_dialog_is_left_by_escape_and_gives_the_focus_back(portal: Page) -> None:
    button = portal.get_by_role("banner").get_by_role("button", name=re.compile("territoire", re.IGNORECASE))
    button.focus()
    portal.keyboard.press("Enter")
    expect(portal.get_by_role("dialog")).to_be_visible()
    portal.keyboard.press("Escape")
    expect(portal.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_broken_memory_is_no_error(portal: Page, demo: str) -> None:
    portal.evaluate("localStorage.setItem('veillee.place', '{\"slug\": 3')")
    portal.goto(demo)
    expect(
        portal.get_by_role("banner").get_by_role("button", name=re.compile("territoire", re.IGNORECASE))
    ).to_be_visible()


def test_a_territory_that_closed_is_forgotten_without_an_error(portal: Page, demo: str) -> None:
    portal.evaluate(
        "localStorage.setItem('veillee.place', JSON.stringify({slug: 'atlantide', title: 'Atlantide'}))"
    )
    portal.goto(demo)
    expect(portal.locator("main")).to_be_visible()


def test_without_script_each_territory_is_a_link(browser: Browser, demo: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(demo)
    page.locator("main").get_by_role("link", name="Occitanie", exact=True).first.click()
    expect(page).to_have_url(re.compile("/territoires/occitanie/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Occitanie")
    page.context.close()
