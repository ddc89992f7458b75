"""What axe finds wrong in a page, and nothing else: the long lists of what is right stay in the browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults_of(page: Page, *rules: str) -> str:
    """Every violation of every rule, or of some, in words; nothing when there is none."""
    asked = {"runOnly": list(rules)} if rules else {}
    results = Axe().run(page, options={"resultTypes": ["violations"], **asked})
    return results.generate_report() if results.violations_count else ""
