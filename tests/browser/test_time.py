"""A site built last week is still right: the browser re-sorts meetings and counts the days left."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

COMING, PAST = "[data-agenda-coming]", "[data-agenda-past]"
VISIT = "Visite des Trois-Ponts"


def test_on_the_day_of_the_build_a_december_visit_is_coming(portal: Page, demo: str) -> None:
    portal.clock.set_fixed_time("2026-11-21T10:00:00+01:00")
    portal.goto(demo + "agenda/")
    expect(portal.locator(COMING)).to_contain_text(VISIT)
    expect(portal.locator(PAST)).not_to_contain_text(VISIT)


def test_the_same_site_read_in_january_has_it_among_the_past(portal: Page, demo: str) -> None:
    portal.clock.set_fixed_time("2027-01-15T10:00:00+01:00")
    portal.goto(demo + "agenda/")
    expect(portal.locator(COMING)).not_to_contain_text(VISIT)
    expect(portal.locator(PAST)).to_contain_text(VISIT)
    starts = portal.locator(f"{COMING} [data-end]").evaluate_all(
        "items => items.map(item => item.dataset.end)"
    )
    assert starts
    assert all(start[:10] >= "2027-01-15" for start in starts)


def test_the_day_itself_says_today(portal: Page, demo: str) -> None:
    portal.clock.set_fixed_time("2026-12-08T07:00:00+01:00")
    portal.goto(demo + "agenda/")
    item = portal.locator(f"{COMING} [data-start]", has_text=VISIT)
    expect(item).to_contain_text(re.compile("aujourd’hui", re.IGNORECASE))


def test_the_agenda_is_narrowed_and_keeps_it_in_the_address(portal: Page, demo: str) -> None:
    portal.clock.set_fixed_time("2026-11-21T10:00:00+01:00")
    portal.goto(demo + "agenda/")
    before = portal.locator(f"{COMING} [data-start]:visible").count()
    portal.locator("select[name=territoire]").select_option("ile-de-france")
    expect(portal).to_have_url(re.compile(r"\?territoire=ile-de-france$"))
    assert 0 < portal.locator(f"{COMING} [data-start]:visible").count() < before


def test_days_left_are_counted_on_the_readers_day(portal: Page, demo: str) -> None:
    portal.clock.set_fixed_time("2026-11-21T10:00:00+01:00")
    portal.goto(demo + "questions/")
    badge = portal.locator("[data-v-due]").first
    due = badge.get_attribute("data-v-due")
    said = badge.text_content()
    portal.clock.set_fixed_time("2026-12-21T10:00:00+01:00")
    portal.goto(demo + "questions/")
    later = portal.locator(f"[data-v-due='{due}']").first
    assert later.text_content() != said
    expect(later).to_contain_text(re.compile("retard"))


def test_the_first_page_drops_what_is_over_and_shows_what_follows(portal: Page, demo: str) -> None:
    meetings = "#meetings >> xpath=ancestor::section >> css=li[data-start]:visible"
    portal.clock.set_fixed_time("2026-11-21T10:00:00+01:00")
    portal.goto(demo)
    first = portal.locator(meetings).first.get_attribute("data-start")
    assert portal.locator(meetings).count() == 4
    portal.clock.set_fixed_time("2026-12-05T10:00:00+01:00")
    portal.goto(demo)
    expect(portal.locator(meetings)).to_have_count(4)
    assert portal.locator(meetings).first.get_attribute("data-start") > first


def test_hours_are_those_that_were_written(portal: Page, demo: str) -> None:
    portal.clock.set_fixed_time("2026-11-21T10:00:00+01:00")
    for address in ("", "agenda/"):
        portal.goto(demo + address)
        meeting = portal.locator("li[data-start='2026-11-25T13:00:00+01:00']").first
        expect(meeting).to_contain_text("13:00 à 14:00")
