"""Measures in a real Chromium: from the key to ten results, with a cold cache, on the loopback and on a slow link."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.search import pagefind, veillee
from benchmarks.search.server import Response, Server
from benchmarks.search.tools import ROOT

sys.path.insert(0, str(ROOT / "tests"))
from browser_setup import find_chromium

LATENCY_MS, BYTES_A_SECOND = 150, 200_000
"""The slow link."""

SETTLED_S = 0.35
"""How long a page is left alone before it is asked, and before what it fetched is counted."""


PARTS = {
    "modules": (".js",),
    "root": ("root.bin", "entry.json", ".pf_meta"),
    "texts": ("texts.bin", ".pf_fragment"),
}
"""What files are for, by the end of their names; the index itself is the rest."""


@dataclass(frozen=True)
class Asked:
    """One answer: milliseconds to ten results, and what was sent for it: `sent` with headers, `body` without."""

    ms: float
    sent: int
    body: int
    requests: int
    later: int
    """What was sent after the results were shown."""
    is_full: bool
    """Whether ten results were shown: a title may have fewer answers."""
    parts: Mapping[str, int]
    """What was sent, by `PARTS`."""


@dataclass(frozen=True)
class Side:
    """How one engine is asked on a page that is open: `page` from the server's root, what belongs to the search."""

    name: str
    page: str
    ask: Callable[[Page, str, bool], dict[str, Any]]
    own: tuple[str, ...]


def ask_pagefind(page: Page, text: str, first: bool) -> dict[str, Any]:
    """Through its module: the search and the texts of ten results."""
    return dict(page.evaluate(pagefind.ASK, [f"/{pagefind.FOLDER}/", text]))


def ask_veillee(page: Page, text: str, first: bool) -> dict[str, Any]:
    """Through its interface: the key that opens it counts the first time, the change of its field afterwards."""
    page.evaluate(veillee.WATCH, "keydown" if first else "input")
    if first:
        page.keyboard.press("/")
        page.keyboard.insert_text(text)
    else:
        page.locator("dialog[open] input[name=q]").fill(text)
    return dict(page.evaluate("window.measured"))


def ask_engine(page: Page, text: str, first: bool) -> dict[str, Any]:
    """Through our module, as Pagefind is."""
    return dict(page.evaluate(veillee.TEN, [f"/{veillee.FOLDER}/", text]))


PAGEFIND = Side("Pagefind", f"{pagefind.FOLDER}/empty.html", ask_pagefind, ("/pagefind/pagefind",))
VEILLEE = Side("Veillée", f"{veillee.FOLDER}/", ask_veillee, (veillee.MODULES, veillee.INDEX))
ENGINE = Side("Veillée’s module", f"{veillee.FOLDER}/404.html", ask_engine, (veillee.INDEX,))


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def measure(
    browser: Browser, server: Server, side: Side, pairs: Sequence[tuple[str, str]], *, slow: bool
) -> tuple[list[Asked], list[Asked]]:
    """Ask each pair in a browser that knows nothing yet: the first queries, and the next ones in the same page."""
    both = [_pair(browser, server, side, pair, slow) for pair in pairs]
    return [first for first, _ in both], [following for _, following in both]


def _pair(
    browser: Browser, server: Server, side: Side, pair: tuple[str, str], slow: bool
) -> tuple[Asked, Asked]:
    # Chromium's model of a link doesn't reach what a service worker fetches.
    workers: Literal["allow", "block"] = "block" if slow else "allow"
    context = browser.new_context(viewport={"width": 1000, "height": 800}, service_workers=workers)
    try:
        page = context.new_page()
        start = len(server.responses())
        page.goto(server.address + side.page, wait_until="networkidle")
        early = [one for one in server.responses(start) if any(part in one.path for part in side.own)]
        if slow:
            slow_down(page)
        return _asked(page, server, side, pair[0], early), _asked(page, server, side, pair[1], None)
    finally:
        context.close()


def _asked(page: Page, server: Server, side: Side, text: str, early: list[Response] | None) -> Asked:
    """One query. `early` is what the page had fetched for the search before the key: the first query pays for it."""
    start = len(server.responses())
    told = side.ask(page, text, early is not None)
    time.sleep(SETTLED_S)
    sent = server.responses(start)
    counted = [*(early or []), *(one for one in sent if one.asked <= told["at"])]
    parts = Counter[str]()
    for one in counted:
        parts[_part(one.path)] += one.sent
    return Asked(
        told["ms"],
        sum(one.sent for one in counted),
        sum(one.body for one in counted),
        len(counted),
        sum(one.sent for one in sent if one.asked > told["at"]),
        told["count"] >= 10,
        parts,
    )


def _part(path: str) -> str:
    plain = path.partition("?")[0]
    return next((part for part, ends in PARTS.items() if plain.endswith(ends)), "index")


def slow_down(page: Page) -> None:
    """Put the page on the slow link."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
