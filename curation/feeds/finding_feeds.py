"""An address that someone gives → the feed that it means: the address itself, or the first that its page declares."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from curation.entries import Failed, ParsedFeed, Request, Retrieved
from curation.errors import FAILED, Stopped
from curation.feeds.run import user_agent
from curation.judging.urls import canonical
from curation.network.retrieve import Retriever
from curation.reading.parse import Parsers
from portal.problems import N_, message
from portal.settings import Settings

_SOURCE = "new"


@dataclass(frozen=True)
class Feed:
    """A feed that answered: the address to subscribe to, what it calls itself, its language, how many entries."""

    url: str
    title: str
    language: str | None
    entries: int


async def found_feed(url: str, settings: Settings, now: datetime) -> Feed:
    """Ask the address, then those that its page declares, then the usual ones; the first feed that can be read.

    Raises:
        Stopped: none could; with why the address itself couldn't.
    """
    async with (
        Retriever(allow=settings.feeds.allow, user_agent=user_agent(settings), now=now) as retriever,
        Parsers() as parser,
    ):
        retrieved = await retriever.retrieve(Request(_SOURCE, url if "://" in url else f"https://{url}"))
        if isinstance(retrieved, Failed):
            what = N_("{url} can’t be read: {why}")
            raise Stopped(message(what, url=url, why=retrieved.reason), FAILED)
        feed = await parser.parse(retrieved)
        if isinstance(feed, ParsedFeed):
            return _feed(retrieved, feed)
        async for answer in _declared(retrieved, retriever, parser):
            return answer
    raise Stopped(message(N_("{url} is no feed, and its page declares none"), url=url), FAILED)


async def _declared(page: Retrieved, retriever: Retriever, parser: Parsers) -> AsyncIterator[Feed]:
    found = await parser.discover(page)
    if isinstance(found, Failed):
        return
    for address in (*(one.url for one in found.declared), *found.guesses):
        retrieved = await retriever.retrieve(Request(_SOURCE, address))
        if isinstance(retrieved, Retrieved) and isinstance(feed := await parser.parse(retrieved), ParsedFeed):
            yield _feed(retrieved, feed)


def _feed(retrieved: Retrieved, feed: ParsedFeed) -> Feed:
    """The address that a server moved to for good, or else the one that was asked."""
    url = retrieved.moved_to or retrieved.url
    return Feed(canonical(url) or url, feed.title, _language(feed), len(feed.entries))


def _language(feed: ParsedFeed) -> str | None:
    code = (feed.language or "").partition("-")[0].lower()
    return code if 2 <= len(code) <= 3 and code.isalpha() else None
