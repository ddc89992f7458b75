"""Redirects: followed by hand, few, on the web, checked at each hop; and names that change their mind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpcore2
import pytest

from curation.entries import Validators
from curation.network.addresses import Allowed
from curation.network.connecting import Guard
from curation.network.limits import Limits, Unanswered
from tests.feeds.hostile_answers import ETAG
from tests.feeds.hostile_bodies import FEED
from tests.feeds.hostile_server import Exchange, HostileServer
from tests.feeds.retrieving import failure, failure_of, feed_of


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with HostileServer() as listening:
        yield listening


@pytest.mark.parametrize(
    ("codes", "moved"),
    [
        ("301", True),
        ("308", True),
        ("301,308", True),
        ("302", False),
        ("303", False),
        ("307", False),
        ("301,302", False),
        ("308,307", False),
    ],
)
def test_a_feed_has_moved_only_when_every_hop_says_so(server: HostileServer, codes: str, moved: bool) -> None:
    got = feed_of(server, f"/hops?left=3&codes={codes}")
    assert (got.status, got.body) == (200, FEED)
    assert got.url == server.url(f"/hops?left=0&codes={codes}")
    assert got.moved_to == (got.url if moved else None)


def test_five_redirects_are_followed_and_no_sixth(server: HostileServer) -> None:
    assert feed_of(server, "/hops?left=5").body == FEED
    before = len(server.requests)
    failed = failure_of(server, "/hops?left=6")
    assert (failed.kind, str(failed.reason)) == ("redirects", "more than 5 redirects")
    assert len(server.requests) - before == 6


def test_a_request_stays_conditional_through_redirects(server: HostileServer) -> None:
    got = feed_of(server, "/hops?left=2&codes=301", validators=Validators(ETAG))
    assert (got.status, got.body) == (304, None)
    assert got.moved_to == got.url


@pytest.mark.parametrize("to", ["feed", "/feed", "?x=1", "./a/../feed", "//{host}/feed", "/feed#part"])
def test_a_relative_address_is_taken_from_the_page_that_gives_it(server: HostileServer, to: str) -> None:
    async def here(exchange: Exchange) -> None:
        if exchange.asked.query:
            await exchange.answer(FEED)
        else:
            await exchange.answer(status="302 Found", location=to.format(host=one.allowed))

    with HostileServer({"/here": here}) as one:
        got = feed_of(one, "/here")
    assert got.body == FEED
    assert got.url == one.url("/here?x=1" if to.startswith("?") else "/feed")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "the server’s redirects go round in circles: {url}/loop?at=a"),
        ("/redirect?to=/redirect%3Fto=x", "the server answers 404"),
        ("/nowhere", "the server sends elsewhere without saying where"),
        ("/redirect?to=" + "a" * 3000, "the server sends elsewhere without saying where"),
        ("/redirect?to=file:///etc/passwd", "“file:/etc/passwd” isn’t a web address"),
        ("/redirect?to=ftp://{host}/", "“ftp://{host}/” isn’t a web address"),
        ("/redirect?to=javascript:alert(1)", "“javascript:alert(1)” isn’t a web address"),
        ("/redirect?to=data:text/xml,a", "“data:text/xml,a” isn’t a web address"),
        ("/redirect?to=gopher://{host}/", "“gopher://{host}/” isn’t a web address"),
        ("/redirect?to=http://%5B::1/", "the server sends to an address that can’t be read"),
        ("/redirect?to=http://a%00b/", "“127.0.0.1” answers with what isn’t HTTP"),
        ("/redirect?to=http://me:secret@{host}/feed", "the address holds a user name or a password: take them out"),
        ("/redirect?to=http://127.0.0.1:99999/", "“http://127.0.0.1:99999/” has a port that doesn’t exist"),
    ],
)  # fmt: skip
def test_a_redirect_that_leads_nowhere_says_why(server: HostileServer, path: str, reason: str) -> None:
    failed = failure_of(server, path.format(host=server.allowed))
    assert str(failed.reason) == reason.format(host=server.allowed, url=server.url(""))


def test_a_redirect_to_another_port_of_an_allowed_host_makes_no_connection(server: HostileServer) -> None:
    with HostileServer() as inside:
        for code in (301, 302, 303, 307, 308):
            failed = failure_of(server, f"/redirect?code={code}&to={inside.url('/feed')}")
            assert failed.kind == "forbidden"
        assert inside.connections == 0


def test_each_hop_is_resolved_and_judged_anew(server: HostileServer) -> None:
    """The first answer of the name server is harmless; the second leads inside."""
    answers = iter((["127.0.0.1"], ["10.0.0.1"]))

    async def changing(host: str, port: int) -> list[str]:
        return next(answers)

    to = f"http://rebound.example:{server.port + 1}/feed"
    url = f"http://rebound.example:{server.port}/redirect?to={to}"
    failed = failure(url, f"rebound.example:{server.port}", resolve=changing)
    assert failed.kind == "forbidden"
    assert str(failed.reason.params["address"]) == "10.0.0.1"


class _Dialled(httpcore2.AsyncNetworkBackend):
    """Where connections would go: what is public can't be reached from a test."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.waits_s: list[float | None] = []

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *_: object, **__: object
    ) -> httpcore2.AsyncNetworkStream:
        self.addresses.append(host)
        self.waits_s.append(timeout)
        raise httpcore2.ConnectTimeout if len(self.addresses) % 2 else httpcore2.ConnectError


def test_the_address_that_was_judged_is_the_one_connected_to() -> None:
    """A name that answers a public address first and 127.0.0.1 from then on is asked once."""
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    dialled = _Dialled()
    guard = Guard(Allowed.of(()), Limits(), rebinding, dialled)
    with pytest.raises(Unanswered, match="doesn’t accept"):
        asyncio.run(guard.connect_tcp("rebinding.example", 80))
    assert (asked, dialled.addresses) == (["rebinding.example"], ["93.184.216.34"])
    with pytest.raises(Unanswered, match="isn’t public"):
        asyncio.run(guard.connect_tcp("rebinding.example", 80))
    assert dialled.addresses == ["93.184.216.34"]


def test_few_addresses_of_a_name_are_tried_and_none_takes_all_the_time() -> None:
    async def many(host: str, port: int) -> list[str]:
        return [f"93.184.216.{number}" for number in range(200)]

    dialled = _Dialled()
    with pytest.raises(Unanswered):
        asyncio.run(Guard(Allowed.of(()), Limits(), many, dialled).connect_tcp("many.example", 80))
    assert dialled.addresses == [f"93.184.216.{number}" for number in range(4)]
    assert dialled.waits_s == [5, 5, 5, None]


def test_a_name_with_a_wrong_answer_is_as_good_as_none() -> None:
    async def absurd(host: str, port: int) -> list[str]:
        return ["not an address"]

    failed = failure("http://absurd.example/", resolve=absurd)
    assert str(failed.reason) == "the name “absurd.example” isn’t found"
