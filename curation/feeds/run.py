"""One fetch with its real parts: the network, the process that parses, the desk and the state."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from curation.desk.candidates import Candidate, candidates
from curation.desk.desk import Desk
from curation.feeds.fetch import Fetched, Trip, fetch
from curation.feeds.state import SourceState, State
from curation.network.retrieve import Retriever
from curation.reading.parse import Parsers
from portal.settings import Settings
from portal.subscriptions import Subscription

_AT_ONCE = 50
"""Sources that are remembered together: the disk is waited for once."""


@dataclass(frozen=True)
class Found:
    """What came of each source, in the order of the subscriptions, and the candidates that wait after it.

    `waiting` is None where nothing was to be filed: it takes its time on a full desk.
    """

    fetched: tuple[Fetched, ...]
    waiting: tuple[Candidate, ...] | None = None


async def asked(
    due: Sequence[Subscription],
    opened: Desk,
    states: Mapping[str, SourceState],
    remembered: State | None,
    advance: Callable[[], None],
) -> Found:
    """Ask the sources that are due; file and remember what comes of each, unless nothing is to be `remembered`.

    A source is remembered once its findings are on the disk: what is interrupted in between is asked for again.
    """
    settings, now, known = opened.tree.settings, opened.tree.now, opened.known()

    filed: list[SourceState] = []

    def remember() -> None:
        if remembered is not None and filed:
            os.sync()
            remembered.save(filed)
            filed.clear()

    def apply(fetched: Fetched) -> None:
        if remembered is not None:
            for finding in fetched.to_file:
                opened.store.put(finding, is_durable=False)
            filed.append(fetched.state)
        if len(filed) >= _AT_ONCE:
            remember()
        advance()

    if not due:
        return Found(())
    async with (
        Retriever(allow=settings.feeds.allow, user_agent=user_agent(settings), now=now) as retriever,
        Parsers() as parser,
    ):
        fetched = await fetch(Trip(retriever, parser, known, states, now), due, apply)
    remember()
    if not any(item.to_file for item in fetched):
        return Found(fetched)
    return Found(fetched, candidates(item for item in known.waiting.values() if known.settled(item) is None))


def user_agent(settings: Settings) -> str:
    """How servers know who asks, and whom to write to (RFC 9110 § 10.1.5)."""
    site = settings.site
    about = [f"+{site.url}" if site.url else "", site.contact or ""]
    said = "; ".join(filter(None, about))
    return f"Veillee/{version('veillee')}" + (f" ({said})" if said else "")
