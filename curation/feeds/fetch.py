"""The trip of every source: asked, read, decided upon, filed. None waits for another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from curation.desk.finding import Finding
from curation.desk.known import Known
from curation.entries import Failed, ParsedFeed, Request, Retrieved
from curation.feeds.decide import Decided, decide
from curation.feeds.schedule import Turn
from curation.feeds.state import SourceState
from portal.subscriptions import Subscription

UNREAD = 64
"""Bodies that may wait to be read: beyond that no further source is asked, so that memory doesn't grow with them."""

Status = Literal["read", "unchanged", "failed"]


@dataclass(frozen=True)
class Fetched:
    """What came of one source: its new state, and the fate of each of its entries when it was read."""

    subscription: Subscription
    status: Status
    state: SourceState
    failed: Failed | None = None
    decided: tuple[Decided, ...] = ()

    @property
    def to_file(self) -> tuple[Finding, ...]:
        """What the desk doesn't hold yet."""
        return tuple(finding for item in self.decided if (finding := item.to_file))


@dataclass(frozen=True)
class Read:
    """A source that answered; `feed` is None where nothing changed."""

    retrieved: Retrieved
    feed: ParsedFeed | None


class Retrieves(Protocol):
    """Asks a server (curation.network.retrieve)."""

    async def retrieve(self, request: Request) -> Retrieved | Failed:
        """Never raises for what a server does."""


class Parses(Protocol):
    """Reads a feed (curation.reading.parse)."""

    async def parse(self, retrieved: Retrieved) -> ParsedFeed | Failed:
        """Never raises for what a body holds."""


@dataclass(frozen=True)
class Trip:
    """One run over many sources at `now` (aware). `known` grows as entries are decided upon."""

    retriever: Retrieves
    parser: Parses
    known: Known
    states: Mapping[str, SourceState]
    now: datetime

    async def run(self, subscriptions: Sequence[Subscription]) -> AsyncIterator[Fetched]:
        """What came of each source, as soon as it is there; decisions are taken one source at a time."""
        unread = asyncio.Semaphore(UNREAD)
        tasks = [asyncio.create_task(self._read(item, unread)) for item in subscriptions]
        try:
            for done in asyncio.as_completed(tasks):
                yield self._judged(*await done)
        finally:
            for task in tasks:
                task.cancel()

    async def _read(
        self, subscription: Subscription, unread: asyncio.Semaphore
    ) -> tuple[Subscription, Read | Failed]:
        """The retriever has its own limits, by host and in all: a source that queues there holds nobody up."""
        async with unread:
            pass
        retrieved = await self.retriever.retrieve(self._turn(subscription).request(self.known.holds))
        if isinstance(retrieved, Failed):
            return subscription, retrieved
        if retrieved.body is None:
            return subscription, Read(retrieved, None)
        async with unread:
            feed = await self.parser.parse(retrieved)
        return subscription, feed if isinstance(feed, Failed) else Read(retrieved, feed)

    def _turn(self, subscription: Subscription) -> Turn:
        return Turn(subscription, self.states.get(subscription.id), self.now)

    def _judged(self, subscription: Subscription, read: Read | Failed) -> Fetched:
        turn = self._turn(subscription)
        if isinstance(read, Failed):
            return Fetched(subscription, "failed", turn.failed(read), read)
        if read.feed is None:
            return Fetched(subscription, "unchanged", turn.unchanged(read.retrieved))
        decided = tuple(decide(read.feed, subscription, self.known))
        return Fetched(subscription, "read", turn.read(read.retrieved, read.feed, decided), decided=decided)


async def fetch(
    trip: Trip, subscriptions: Sequence[Subscription], apply: Callable[[Fetched], None]
) -> tuple[Fetched, ...]:
    """Run a trip; `apply` files what came of each source before the next one is decided upon."""
    found = []
    async for fetched in trip.run(subscriptions):
        apply(fetched)
        found.append(fetched)
    order = {item.id: place for place, item in enumerate(subscriptions)}
    return tuple(sorted(found, key=lambda item: order[item.subscription.id]))


def chosen(
    subscriptions: Iterable[Subscription],
    states: Mapping[str, SourceState],
    now: datetime,
    *,
    is_forced: bool,
) -> tuple[Subscription, ...]:
    """The sources to ask at `now`: those that are due, or all that aren't disabled."""
    return tuple(
        item
        for item in subscriptions
        if item.disabled is None and (is_forced or Turn(item, states.get(item.id), now).is_due)
    )
