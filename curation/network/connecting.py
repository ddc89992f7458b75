"""How a connection is made: the name is resolved here, each address judged, and the very one judged connected to.

Nothing resolves a name a second time, so that one that answers otherwise the next time (DNS rebinding) gains nothing.
TLS and the Host header still name the host of the URL.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from ipaddress import ip_address
from socket import SOCK_STREAM, getaddrinfo
from threading import Thread

import httpcore2

from curation.network.addresses import Allowed, IPAddress, alternating, is_public
from curation.network.limits import Limits, Unanswered
from curation.network.metered import Metered
from portal.problems import N_, message

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""A name and a port → its addresses as text, best first. Raises OSError where there is none."""


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system, in a thread of its own.

    The loop's own resolver has a handful of threads: a few names whose servers never answer would hold them all,
    long after their sources were given up. A thread of ours ends unheard, and doesn't keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(addresses: Sequence[str], error: Exception | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(addresses)
        else:
            found.set_exception(error)

    def ask() -> None:
        addresses: Sequence[str] = ()
        failed: Exception | None = None
        try:
            addresses = [str(item[4][0]) for item in getaddrinfo(host, port, type=SOCK_STREAM)]
        except (OSError, ValueError) as error:  # a label too long for the codec is a ValueError
            failed = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any longer
            loop.call_soon_threadsafe(settle, addresses, failed)

    Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    return await found


class Guard(httpcore2.AsyncNetworkBackend):
    """The only door to the network: it opens to public addresses, and to the hosts that the company allows."""

    def __init__(
        self,
        allowed: Allowed,
        limits: Limits,
        resolve: Resolve,
        network: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._allowed, self._limits, self._resolve = allowed, limits, resolve
        self._network = network or httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to the host of a URL, on which nothing was sent yet.

        One address that isn't public refuses the whole name: else the answer would hang on which one came first.

        Raises:
            Unanswered: no such name, an address that may not be connected to, or nobody there.
        """
        addresses = tuple(alternating(await self._addresses(host, port)))
        if not self._allowed.opens(host, port):
            for address in addresses:
                _must_be_public(host, address)
        stream = await self._first(host, port, addresses[: self._limits.max_addresses])
        return Metered(stream, host, self._limits)

    async def _addresses(self, host: str, port: int) -> Sequence[IPAddress]:
        with suppress(ValueError):
            return (ip_address(host),)
        with suppress(OSError, ValueError):
            if found := [ip_address(item) for item in await self._resolve(host, port)]:
                return found
        raise Unanswered("network", message(N_("the name “{host}” isn’t found"), host=host))

    async def _first(
        self, host: str, port: int, addresses: Sequence[IPAddress]
    ) -> httpcore2.AsyncNetworkStream:
        for left, address in zip(reversed(range(len(addresses))), addresses, strict=True):
            wait_s = self._limits.connect_s if left else None
            with suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return await self._network.connect_tcp(str(address), port, wait_s)
        raise Unanswered("network", message(N_("“{host}” doesn’t accept the connection"), host=host))


def _must_be_public(host: str, address: IPAddress) -> None:
    if is_public(address):
        return
    if host == str(address):
        raise Unanswered(
            "forbidden",
            message(
                N_("the address {address} isn’t public: name it under “allow” if it is yours"),
                address=address,
            ),
        )
    raise Unanswered(
        "forbidden",
        message(
            N_("“{host}” leads to {address}, which isn’t public: name it under “allow” if it is yours"),
            host=host,
            address=address,
        ),
    )
