"""Bytes, requests and time of both engines for the same queries, in one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser

from benchmarks.search.browser import ENGINE, PAGEFIND, VEILLEE, Asked, measure
from benchmarks.search.interfaces import OURS, THEIRS, THEIRS_EAGER, typing
from benchmarks.search.server import Server

EAGER = "Pagefind, not waiting"
"""What its interface is called where it is told not to wait for further keys."""


@dataclass(frozen=True)
class Speed:
    """Of one side: first queries and next ones on the loopback, and again on the slow link."""

    first: Sequence[Asked]
    following: Sequence[Asked]
    slow_first: Sequence[Asked]
    slow_following: Sequence[Asked]


def speeds(browser: Browser, server: Server, pairs: Sequence[tuple[str, str]]) -> Mapping[str, Speed]:
    """Each side by name: ours through its interface, ours through its module, Pagefind through its module."""
    return {
        side.name: Speed(
            *measure(browser, server, side, pairs, slow=False),
            *measure(browser, server, side, pairs, slow=True),
        )
        for side in (VEILLEE, ENGINE, PAGEFIND)
    }


@dataclass(frozen=True)
class Typed:
    """Of one interface, milliseconds from the last key to the results: as `Speed`."""

    first: Sequence[float]
    following: Sequence[float]
    slow_first: Sequence[float]
    slow_following: Sequence[float]


def typed_speeds(browser: Browser, server: Server, pairs: Sequence[tuple[str, str]]) -> Mapping[str, Typed]:
    """Each interface by name."""
    return {
        name: Typed(
            *typing(browser, server, interface, pairs, slow=False),
            *typing(browser, server, interface, pairs, slow=True),
        )
        for name, interface in (("Veillée", OURS), ("Pagefind", THEIRS), (EAGER, THEIRS_EAGER))
    }


def middle(asked: Sequence[Asked], of: Callable[[Asked], float]) -> float:
    """The median of a figure."""
    return float(median(map(of, asked)))


def greatest(asked: Sequence[Asked], of: Callable[[Asked], float]) -> float:
    """The greatest of a figure."""
    return float(max(map(of, asked)))
