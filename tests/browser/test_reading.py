"""What the reading pages compute in the browser: the days of a promise, and lists narrowed by a choice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.late import LateScript


@pytest.mark.parametrize(
    ("day", "tone", "number"),
    [("2026-11-21", "primary", "2"), ("2026-11-23", "ember", ""), ("2026-12-01", "warn", "8")],
)
def test_days_left_are_counted_on_the_readers_day(
    portal: Page, demo: str, day: str, tone: str, number: str
) -> None:
    portal.clock.set_fixed_time(f"{day}T08:00:00")
    portal.goto(demo + "questions/correlateur-muet-sur-pehd/")
    badge = portal.locator("[data-v-due='2026-11-23']")
    expect(badge).to_have_class(f"v-badge v-iconed v-iconed--clock v-badge--{tone}")
    expect(badge).to_contain_text(number)


def test_a_choice_narrows_the_list_and_stays_in_the_address(portal: Page, demo: str) -> None:
    portal.goto(demo + "veille/")
    shown = portal.locator("[data-sift-item]:visible")
    everything = shown.count()
    portal.locator("select[name=lang]").select_option("es")
    expect(shown).to_have_count(1)
    expect(portal.locator("[data-sift-group]:visible")).to_have_count(1)
    assert portal.url.endswith("?lang=es")
    expect(portal.get_by_role("status")).to_contain_text("1")
    portal.reload()
    expect(shown).to_have_count(1)
    portal.locator(".v-sift__clear").click()
    expect(shown).to_have_count(everything)
    assert portal.url.endswith("/veille/")


def test_a_choice_that_is_made_before_the_script_comes_counts(portal: Page, demo: str) -> None:
    script = LateScript(portal, "sift.js")
    portal.goto(demo + "veille/")
    portal.locator("select[name=lang]").select_option("es")
    script.come()
    expect(portal.locator("[data-sift-item]:visible")).to_have_count(1)
    assert portal.url.endswith("?lang=es")


def test_a_community_leads_to_its_own_waiting_questions(portal: Page, demo: str) -> None:
    portal.goto(demo + "questions/")
    portal.locator(".v-promises__waiting").first.click()
    assert "community=" in portal.url
    choice = portal.locator("select[name=community]")
    expect(choice).not_to_have_value("")
    asked = choice.input_value()
    items = portal.locator("[data-sift-item]:visible")
    assert {item.get_attribute("data-community") for item in items.all()} == {asked}


def test_a_choice_that_does_not_exist_changes_nothing(portal: Page, demo: str) -> None:
    portal.goto(demo + "histoires/?skill=%22%3E%3Cscript%3E&territory=nulle-part")
    assert portal.locator("[data-sift-item]:visible").count() == portal.locator("[data-sift-item]").count()
