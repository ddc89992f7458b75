"""Measures of what one lives: keys typed one after the other into an interface, until its results are there.

Each side is asked through its own interface, as its documentation sets it up; each waits for further keys as it wants.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from playwright.sync_api import Browser, Page

from benchmarks.search import pagefind, veillee
from benchmarks.search.browser import slow_down
from benchmarks.search.server import Server

KEY_MS = 150
"""Between two keys of who types."""

QUIET_S, PATIENCE_S = 0.6, 8.0
"""Results are there once some were drawn and then nothing was asked of the server, nor drawn, for so long; a list that
hasn't changed after the patience is the one that was there before the last key."""


@dataclass(frozen=True)
class Interface:
    """What is typed into: its field, one result of its list, and the key that opens it, if one does."""

    page: str
    field: str
    result: str
    opens: str = ""


OURS = Interface(f"{veillee.FOLDER}/", "dialog[open] input[name=q]", "dialog[open] [role=option]", opens="/")
THEIRS = Interface(
    f"{pagefind.FOLDER}/interface.html", ".pagefind-ui__search-input", ".pagefind-ui__result-title"
)
THEIRS_EAGER = replace(THEIRS, page=f"{pagefind.FOLDER}/eager.html")


def typing(
    browser: Browser, server: Server, interface: Interface, pairs: Sequence[tuple[str, str]], *, slow: bool
) -> tuple[list[float], list[float]]:
    """Type each pair into an interface, a key after the other: ms from the last key to the last change of its results."""
    both = [_typed(browser, server, interface, pair, slow) for pair in pairs]
    return [first for first, _ in both], [following for _, following in both]


def _typed(
    browser: Browser, server: Server, interface: Interface, pair: tuple[str, str], slow: bool
) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 1000, "height": 2000}, service_workers="block")
    try:
        page = context.new_page()
        page.goto(server.address + interface.page, wait_until="networkidle")
        page.evaluate(_NOTE_CHANGES, interface.result)
        if slow:
            slow_down(page)
        if interface.opens:
            page.keyboard.press(interface.opens)
        first, following = (_after_last_key(page, server, interface, text) for text in pair)
        return first, following
    finally:
        context.close()


def _after_last_key(page: Page, server: Server, interface: Interface, text: str) -> float:
    page.locator(interface.field).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text, delay=KEY_MS)
    typed = quiet_since = time.monotonic()
    before, took = (0, 0.0), 0.0
    while time.monotonic() - quiet_since < QUIET_S or (took <= 0 and time.monotonic() - typed < PATIENCE_S):
        time.sleep(0.05)
        took = float(page.evaluate("(window.changed.at(-1) ?? 0) - window.typed"))
        now = (len(server.responses()), took)
        if now != before:
            before, quiet_since = now, time.monotonic()
    return max(took, 0.0)


_NOTE_CHANGES = """
(result) => {
  window.changed = [];
  addEventListener("input", ({ timeStamp }) => (window.typed = timeStamp), { capture: true });
  let shown = [];
  new MutationObserver(() => {
    const now = [...document.querySelectorAll(result)].map((one) => [one, one.textContent]);
    const isNew = now.some(([one, text], at) => one !== shown[at]?.[0] || text !== shown[at][1]);
    if (isNew) changed.push(performance.now());
    shown = now;
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}
"""
