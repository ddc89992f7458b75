"""How well the wanted page is found: the mean reciprocal rank among ten, class by class, both engines alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from playwright.sync_api import Browser, Page

from benchmarks.search import pagefind, veillee
from benchmarks.search.queries import Query
from benchmarks.search.server import Server

BATCH = 25

Found = Sequence[Sequence[str]]
"""For each query the addresses of its ten best pages, best first."""


def ask_all(
    browser: Browser, address: str, ask: Callable[[Page, list[str]], Found], texts: list[str]
) -> Found:
    """Ask every text on one page, some at a time."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(address)
        return [found for at in range(0, len(texts), BATCH) for found in ask(page, texts[at : at + BATCH])]
    finally:
        context.close()


def of_pagefind(browser: Browser, server: Server, texts: list[str]) -> Found:
    """What Pagefind finds."""
    base = f"/{pagefind.FOLDER}/"

    def ask(page: Page, some: list[str]) -> Found:
        told = [page.evaluate(pagefind.ASK, [base, text]) for text in some]
        return [[url.removeprefix(base).removeprefix("/") for url in one["urls"]] for one in told]

    return ask_all(browser, f"{server.address}{pagefind.FOLDER}/empty.html", ask, texts)


def of_veillee(browser: Browser, server: Server, texts: list[str], addresses: Sequence[str]) -> Found:
    """What our engine finds, the last word as if it were still being typed."""

    def ask(page: Page, some: list[str]) -> Found:
        told = page.evaluate(veillee.ASK, [f"/{veillee.FOLDER}/", some])
        return [[addresses[number] for number in one["numbers"]] for one in told]

    return ask_all(browser, f"{server.address}{veillee.FOLDER}/", ask, texts)


def mean_reciprocal_ranks(queries: Iterable[Query], found: Found) -> Mapping[str, float]:
    """MRR@10 by class."""
    ranks: dict[str, list[float]] = defaultdict(list)
    for query, pages in zip(queries, found, strict=True):
        ranks[query.asks].append(1 / (pages.index(query.wanted) + 1) if query.wanted in pages else 0.0)
    return {asks: sum(each) / len(each) for asks, each in ranks.items()}


def missed(queries: Iterable[Query], found: Found) -> list[tuple[Query, Sequence[str]]]:
    """The queries whose page isn't first, with what came instead."""
    return [
        (query, pages) for query, pages in zip(queries, found, strict=True) if query.wanted not in pages[:1]
    ]
