"""Many sources at once: polite to each host, fair to all, and unharmed by those that hang or are cut short."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import pytest

from curation.entries import Failed, Request, Retrieved
from curation.network.limits import Limits
from curation.network.retrieve import Retriever
from tests.feeds.hostile_answers import feed
from tests.feeds.hostile_server import Exchange, HostileServer
from tests.feeds.retrieving import retriever

T = TypeVar("T")


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as listening:
        yield listening


def run(asking: Retriever, work: Callable[[Retriever], Awaitable[T]]) -> T:
    async def inside() -> T:
        async with asking:
            return await work(asking)

    return asyncio.run(inside())


class Crowd:
    """A behaviour that remembers how many were there at the same time."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def __call__(self, exchange: Exchange) -> None:
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.02)
        self.now -= 1
        await feed(exchange)


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        (Limits(concurrency=50, per_own_host=2), 2),
        (Limits(concurrency=3, per_own_host=50), 3),
        (Limits(concurrency=50, per_own_host=7), 7),
    ],
)
def test_no_more_are_asked_at_once_than_may_be(limits: Limits, most: int) -> None:
    crowd = Crowd()
    with HostileServer({"/crowd": crowd}) as server:

        async def all_of_them(asking: Retriever) -> list[Retrieved | Failed]:
            requests = [Request(str(number), server.url("/crowd")) for number in range(20)]
            return await asyncio.gather(*map(asking.retrieve, requests))

        answers = run(retriever(server.allowed, limits=limits), all_of_them)
    assert all(isinstance(answer, Retrieved) for answer in answers)
    assert crowd.most == most
    assert server.connections == most


def test_a_host_that_isn_t_the_company_s_is_asked_by_two_at_most() -> None:
    waiting = most = 0

    async def slow_names(host: str, port: int) -> list[str]:
        nonlocal waiting, most
        waiting += 1
        most = max(most, waiting)
        await asyncio.sleep(0.01)
        waiting -= 1
        raise OSError

    async def all_of_them(asking: Retriever) -> None:
        requests = [Request(str(number), f"https://one.example/{number}") for number in range(10)]
        await asyncio.gather(*map(asking.retrieve, requests))

    run(retriever(resolve=slow_names), all_of_them)
    assert most == 2


def test_a_host_that_hangs_delays_nobody_else(server: HostileServer) -> None:
    """Twenty sources of it stand first in the queue, and there are only three places in all."""
    done: list[str] = []

    async def ask(asking: Retriever, source: str, url: str) -> None:
        answer = await asking.retrieve(Request(source, url))
        done.append(source if isinstance(answer, Retrieved) else answer.kind)

    with HostileServer() as hanging:

        async def all_of_them(asking: Retriever) -> None:
            bad = [ask(asking, "bad", hanging.url("/silent")) for _ in range(20)]
            good = [ask(asking, "good", server.url("/feed?wait=0.01")) for _ in range(10)]
            await asyncio.gather(*bad, *good)

        limits = Limits(total_s=1, concurrency=3, per_own_host=2, give_up_after=2)
        run(retriever(server.allowed, hanging.allowed, limits=limits), all_of_them)
        assert len(hanging.requests) <= 4
    assert done == ["good"] * 10 + ["timeout"] * 20


def test_a_host_that_let_wait_in_vain_is_asked_nothing_more_and_says_so() -> None:
    with HostileServer() as hanging:

        async def all_of_them(asking: Retriever) -> list[Retrieved | Failed]:
            requests = [Request(str(number), hanging.url("/silent")) for number in range(6)]
            return await asyncio.gather(*map(asking.retrieve, requests))

        limits = Limits(total_s=0.1, per_own_host=1, give_up_after=3)
        answers = run(retriever(hanging.allowed, limits=limits), all_of_them)
        assert len(hanging.requests) == 3
    reasons = [str(answer.reason) for answer in answers if isinstance(answer, Failed)]
    waited, given_up = "the server took more than 0.1 s", (
        "“127.0.0.1” let 3 requests wait in vain: it was asked nothing more"
    )  # fmt: skip
    assert reasons == [waited] * 3 + [given_up] * 3


def test_the_time_runs_from_the_start_of_a_request_not_in_the_queue(server: HostileServer) -> None:
    async def all_of_them(asking: Retriever) -> list[Retrieved | Failed]:
        requests = [Request(str(number), server.url("/feed?wait=0.1")) for number in range(7)]
        return await asyncio.gather(*map(asking.retrieve, requests))

    limits = Limits(total_s=0.5, per_own_host=1)
    answers = run(retriever(server.allowed, limits=limits), all_of_them)
    assert all(isinstance(answer, Retrieved) for answer in answers)


def test_connections_are_used_again_while_others_wait_and_none_is_left(server: HostileServer) -> None:
    async def all_of_them(asking: Retriever) -> None:
        await asyncio.gather(*(asking.retrieve(Request("s", server.url("/feed"))) for _ in range(30)))
        for _ in range(100):
            if server.open == 0:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("a connection was left open")

    run(retriever(server.allowed, limits=Limits(per_own_host=3)), all_of_them)
    assert (len(server.requests), server.connections) == (30, 3)


def test_a_connection_that_ends_between_two_requests_costs_none_of_them(server: HostileServer) -> None:
    async def all_of_them(asking: Retriever) -> list[Retrieved | Failed]:
        requests = [Request(str(number), server.url("/ends-afterwards")) for number in range(20)]
        return await asyncio.gather(*map(asking.retrieve, requests))

    answers = run(retriever(server.allowed, limits=Limits(per_own_host=2)), all_of_them)
    assert all(isinstance(answer, Retrieved) for answer in answers)


def test_names_that_never_resolve_delay_no_other_name(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is asked in a thread of its own; none of them keeps the run from ending."""
    never, real = threading.Event(), socket.getaddrinfo

    def look_up(host: str, *arguments: Any, **options: Any) -> Any:
        if host.startswith("hang"):
            never.wait()
        return real("127.0.0.1", *arguments, **options)

    monkeypatch.setattr("curation.network.connecting.getaddrinfo", look_up)

    async def all_of_them(asking: Retriever) -> list[Retrieved | Failed]:
        hanging = [Request("bad", f"https://hang{number}.example/") for number in range(50)]
        good = Request("good", f"http://good.example:{server.port}/feed")
        return await asyncio.gather(*map(asking.retrieve, [*hanging, good]))

    *bad, good = run(retriever("good.example", limits=Limits(total_s=0.5)), all_of_them)
    never.set()
    assert isinstance(good, Retrieved)
    assert {answer.kind for answer in bad if isinstance(answer, Failed)} == {"timeout"}


def test_a_request_that_is_cancelled_gives_its_place_back(server: HostileServer) -> None:
    async def cancelled(asking: Retriever) -> Retrieved | Failed:
        hanging = [asyncio.create_task(asking.retrieve(Request("s", server.url("/drip")))) for _ in range(5)]
        while not server.requests:
            await asyncio.sleep(0.01)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        assert all(task.cancelled() for task in hanging)
        return await asking.retrieve(Request("s", server.url("/feed")))

    limits = Limits(total_s=5, concurrency=1, per_own_host=1)
    assert isinstance(run(retriever(server.allowed, limits=limits), cancelled), Retrieved)
