"""How many are asked at once: so many in all, fewer of one host, none of a host that only lets us wait."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpcore2
from httpx2 import URL

from curation.network.addresses import Allowed
from curation.network.limits import Limits, Unanswered
from curation.network.metered import Stale
from portal.problems import N_, message

Open = Callable[[httpcore2.Origin], httpcore2.AsyncHTTPConnection]
"""A connection to a scheme, host and port that is made when it is first used."""

_PORTS = {"http": 80, "https": 443}


def origin(url: URL) -> httpcore2.Origin:
    """Where a web address is asked: its scheme, its host and its port, said or not."""
    return httpcore2.Origin(url.scheme.encode(), url.raw_host, url.port or _PORTS[url.scheme])


class Line:
    """A connection to one origin, kept from an earlier turn where there is one."""

    def __init__(
        self, kept: httpcore2.AsyncHTTPConnection | None, renew: Callable[[], httpcore2.AsyncHTTPConnection]
    ):
        self._renew = renew
        self.connection = kept or renew()

    async def send(self, request: httpcore2.Request) -> httpcore2.Response:
        """The head of the answer; its body is still to be read."""
        try:
            return await self.connection.handle_async_request(request)
        except Stale:
            self.connection = self._renew()
            return await self.connection.handle_async_request(request)


class Host:
    """One origin while someone has a turn there, or waits for one."""

    def __init__(self, origin: httpcore2.Origin, places: int, open_to: Open) -> None:
        self._origin, self._open_to = origin, open_to
        self.places = asyncio.Semaphore(places)
        self.expected = 0
        self._kept: list[httpcore2.AsyncHTTPConnection] = []

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """A connection, kept afterwards for the next turn when its answer was read to the end."""
        line = Line(await self._still_open(), lambda: self._open_to(self._origin))
        try:
            yield line
        finally:
            if line.connection.is_available() and self.expected > 1:
                self._kept.append(line.connection)
            else:
                await line.connection.aclose()

    async def _still_open(self) -> httpcore2.AsyncHTTPConnection | None:
        while self._kept:
            connection = self._kept.pop()
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    async def close(self) -> None:
        """End what is kept: nobody waits any longer."""
        while self._kept:
            await self._kept.pop().aclose()


class Pace:
    """The turns of one run."""

    def __init__(self, limits: Limits, allowed: Allowed, open_to: Open) -> None:
        self._limits, self._allowed, self._open_to = limits, allowed, open_to
        self._all = asyncio.Semaphore(limits.concurrency)
        self._hosts: dict[str, Host] = {}
        self._in_vain: Counter[str] = Counter()

    @asynccontextmanager
    async def turn(self, url: URL) -> AsyncIterator[Line]:
        """Wait for a turn and hold it. The host's comes first: who queues for one holds nobody else's place.

        Raises:
            Unanswered: the host was given up meanwhile.
        """
        asked = origin(url)
        host = self._hosts.setdefault(str(asked), self._host(asked))
        host.expected += 1
        try:
            async with host.places:
                self._must_be_patient(asked)
                async with self._all, host.line() as line:
                    yield line
        finally:
            host.expected -= 1
            if not host.expected:
                del self._hosts[str(asked)]
                await host.close()

    def waited(self, url: URL, *, in_vain: bool) -> None:
        """Remember that the host let the whole time pass, or that it did answer."""
        asked = str(origin(url))
        self._in_vain[asked] = self._in_vain[asked] + 1 if in_vain else 0

    async def close(self) -> None:
        """End every connection that was kept."""
        for host in tuple(self._hosts.values()):
            await host.close()

    def _must_be_patient(self, asked: httpcore2.Origin) -> None:
        count = self._in_vain[str(asked)]
        if count >= self._limits.give_up_after:
            host = asked.host.decode("ascii")
            raise Unanswered(
                "timeout",
                message(
                    N_("“{host}” let {count} requests wait in vain: it was asked nothing more"),
                    host=host,
                    count=count,
                ),
            )

    def _host(self, asked: httpcore2.Origin) -> Host:
        is_own = self._allowed.opens(asked.host.decode("ascii"), asked.port)
        return Host(asked, self._limits.per_own_host if is_own else self._limits.per_host, self._open_to)
