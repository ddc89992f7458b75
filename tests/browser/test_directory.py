"""The directory: filters that combine, with counts, in the address, by keyboard; and the whole list without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.content import Content
from portal.loading import load_content
from tests.conftest import NOW, ROOT


@pytest.fixture(scope="module")
def view() -> Content:
    return load_content(ROOT / "content").content.view("internal", NOW)


def open_directory(page: Page, address: str) -> None:
    """Go there and wait until the filters are awake: each choice then says how many people it would leave."""
    page.goto(address)
    expect(page.locator("select[name=territoire] option").nth(1)).to_contain_text("(")


def shown(page: Page) -> list[str]:
    """Names of the people who are seen."""
    return page.locator(".v-directory__results .v-person:visible > div > a").all_text_contents()


def test_filters_combine_and_stand_in_the_address(portal: Page, demo: str, view: Content) -> None:
    open_directory(portal, demo + "annuaire/")
    assert len(shown(portal)) == len(view.people())
    portal.get_by_label("Sait faire").select_option("python")
    holders = {person.name for person in view.people() if person.level_in("python")}
    assert set(shown(portal)) == holders
    portal.get_by_label("Lieu de travail").select_option("ile-de-france")
    here = {
        person.name for person in view.people_of(view.territory("ile-de-france")) if person.level_in("python")
    }
    assert set(shown(portal)) == here, "a region holds the people of its sites and floors"
    assert here < holders
    portal.get_by_role("radio", name="Confirmé").check(force=True)
    strong = {
        person.name
        for person in view.people_of(view.territory("ile-de-france"))
        if person.level_in("python") >= 4
    }
    assert set(shown(portal)) == strong
    expect(portal).to_have_url(re.compile(r"\?competence=python&niveau=4&territoire=ile-de-france$"))
    expect(portal.locator(".v-directory__count")).to_have_text(re.compile(rf"^{len(strong)}\b"))


def test_an_address_restores_its_filters_and_back_undoes_them(portal: Page, demo: str, view: Content) -> None:
    open_directory(portal, demo + "annuaire/?interet=apiculture")
    fans = {person.name for person in view.fans(view.skill("apiculture"))}
    assert set(shown(portal)) == fans
    expect(portal.get_by_label("Aime faire")).to_have_value("apiculture")
    portal.get_by_label("peut aider").check()
    helping = {
        person.name
        for person in view.fans(view.skill("apiculture"))
        if any("help" in s.offers for s in person.skills)
    }
    assert set(shown(portal)) <= helping
    portal.go_back()
    assert set(shown(portal)) == fans
    portal.get_by_role("button", name="Effacer les filtres").click()
    assert len(shown(portal)) == len(view.people())
    expect(portal).to_have_url(demo + "annuaire/")


def test_counts_say_what_each_choice_would_leave(portal: Page, demo: str, view: Content) -> None:
    open_directory(portal, demo + "annuaire/?competence=sig")
    place = portal.locator("select[name=territoire] option[value=grand-ouest]")
    here = [person for person in view.people_of(view.territory("grand-ouest")) if person.level_in("sig")]
    assert place.text_content().strip().endswith(f"({len(here)})")


def test_no_answer_invites_instead_of_leaving_a_blank(portal: Page, demo: str) -> None:
    open_directory(portal, demo + "annuaire/?texte=xyzzy")
    assert shown(portal) == []
    expect(portal.locator("[data-none]")).to_be_visible()
    expect(portal.locator(".v-directory__count")).to_have_text(re.compile("^0"))


def test_hostile_addresses_change_nothing(portal: Page, demo: str, view: Content) -> None:
    portal.goto(
        demo
        + "annuaire/?competence=%3Cscript%3Ealert(1)%3C/script%3E&niveau=99&langue=__proto__&territoire=constructor"
    )
    assert len(shown(portal)) == len(view.people())


def test_accents_and_case_do_not_matter(portal: Page, demo: str) -> None:
    open_directory(portal, demo + "annuaire/")
    portal.locator("input[name=texte]").fill("LEILA")
    assert shown(portal) == ["Leïla Zerroukane"]


def test_the_keyboard_is_enough(portal: Page, demo: str) -> None:
    open_directory(portal, demo + "annuaire/")
    for _ in range(40):
        portal.keyboard.press("Tab")
        if portal.evaluate("document.activeElement.name") == "competence":
            break
    assert portal.evaluate("document.activeElement.name") == "competence"
    portal.keyboard.type("Python")
    portal.keyboard.press("Tab")
    expect(portal).to_have_url(re.compile("competence=python"))
    assert portal.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle"
    ) != "none" or portal.evaluate("document.activeElement.matches(':focus-visible')")


def test_without_script_everyone_is_there_by_letter(browser: Browser, demo: str, view: Content) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(demo + "annuaire/")
    assert len(shown(page)) == len(view.people())
    page.get_by_role("link", name="Y", exact=True).click()
    expect(page).to_have_url(re.compile("#l-Y$"))
    expect(page.locator(".v-needs-js").first).to_be_hidden()
    page.context.close()
