"""The search as its reader uses it in Chromium: by keys, in the dialog of any page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def found(page: Page, typed: str) -> Locator:
    """Open the search of the page with `/` unless it is open, type, and give the results, once there are."""
    if not page.locator("dialog[open]").count():
        expect(page.locator("header .is-awake")).to_be_visible()
        page.keyboard.press("/")
        expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(typed)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options
