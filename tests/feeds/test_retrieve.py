"""What comes of a request, from honest and from hostile servers, over real connections."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta

import pytest

from curation.entries import Validators
from curation.network.limits import Limits
from tests.conftest import NOW
from tests.feeds.hostile_answers import ETAG, LAST_MODIFIED, RSS
from tests.feeds.hostile_bodies import FEED
from tests.feeds.hostile_server import Exchange, HostileServer
from tests.feeds.retrieving import AGENT, SHORT, SMALL, failure, failure_of, feed, feed_of


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with HostileServer() as listening:
        yield listening


def test_a_feed_comes_with_what_makes_the_next_request_conditional(server: HostileServer) -> None:
    got = feed_of(server, "/feed")
    assert (got.status, got.body, got.url) == (200, FEED, server.url("/feed"))
    assert (got.content_type, got.validators, got.moved_to) == (RSS, Validators(ETAG, LAST_MODIFIED), None)
    asked = server.requests[-1].headers
    assert asked["user-agent"] == AGENT
    assert asked["host"] == server.allowed
    assert asked["accept-encoding"] == "gzip, deflate"
    assert "if-none-match" not in asked


@pytest.mark.parametrize(
    "known", [Validators(ETAG, LAST_MODIFIED), Validators(ETAG), Validators(None, LAST_MODIFIED)]
)
def test_nothing_comes_of_what_didn_t_change_and_it_is_remembered(
    server: HostileServer, known: Validators
) -> None:
    got = feed_of(server, "/feed", validators=known)
    assert (got.status, got.body) == (304, None)
    assert got.validators == Validators(ETAG, known.last_modified)
    assert server.requests[-1].headers.get("if-none-match") == known.etag
    assert server.requests[-1].headers.get("if-modified-since") == known.last_modified


def test_a_changed_feed_answers_a_conditional_request_whole(server: HostileServer) -> None:
    got = feed_of(server, "/feed", validators=Validators('"old"', None))
    assert (got.status, got.body) == (200, FEED)


def test_a_304_that_nobody_asked_for_is_a_failure(server: HostileServer) -> None:
    assert failure_of(server, "/status?code=304").status == 304


def test_only_values_that_can_be_sent_back_are_kept_or_sent(server: HostileServer) -> None:
    assert feed_of(server, "/cookie").validators == Validators()
    feed_of(server, "/feed", validators=Validators('"a"\r\nX-Evil: 1', "é" * 9))
    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(server.requests[-1].headers)


def test_no_cookie_and_no_secret_of_the_environment_is_sent(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HostileServer() as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url(""))
        feed_of(server, "/cookie")
        feed_of(server, "/cookie")
        assert proxy.connections == 0
    assert not {"cookie", "authorization"} & set(server.requests[-1].headers)


@pytest.mark.parametrize(
    "path", ["/gzipped", "/gzipped-twice", "/gzip-members", "/deflated", "/deflated-bare", "/odd-coding", "/too-long"]
)  # fmt: skip
def test_whatever_the_framing_the_same_bytes_come(server: HostileServer, path: str) -> None:
    assert feed_of(server, path).body == FEED


TOO_SLOW = "the server took more than 0.4 s"
TOO_LARGE = "the answer is larger than 0.25 MiB"
CUT = "the answer breaks off in the middle"
NOT_HTTP = "“127.0.0.1” answers with what isn’t HTTP"
ENDED = "“127.0.0.1” ends the connection without an answer"
LONG_HEAD = "the headers of “127.0.0.1” are too long"
HOSTILE = {
    "/silent": ("timeout", TOO_SLOW),
    "/slow-headers": ("timeout", TOO_SLOW),
    "/drip": ("timeout", TOO_SLOW),
    "/endless": ("too-large", TOO_LARGE),
    "/huge-length": ("too-large", TOO_LARGE),
    "/bomb": ("too-large", TOO_LARGE),
    "/bomb?coding=deflate": ("too-large", TOO_LARGE),
    "/bomb-in-a-bomb": ("too-large", TOO_LARGE),
    "/bomb-of-members": ("too-costly", "the answer is compressed in too many pieces"),
    "/gzipped-many-times": ("too-costly", "the answer is compressed again and again"),
    "/endless-headers": ("too-large", LONG_HEAD),
    "/huge-header": ("too-large", LONG_HEAD),
    "/endless-interim": ("too-large", LONG_HEAD),
    "/gzip-cut": ("network", CUT),
    "/too-short": ("network", CUT),
    "/chunks-cut": ("network", CUT),
    "/bad-chunks": ("network", CUT),
    "/reset-in-body": ("network", CUT),
    "/gzip-false": ("unreadable", "the answer isn’t compressed as its server says"),
    "/brotli": ("unreadable", "the answer is compressed as “br”, unasked"),
    "/bad-status-line": ("network", NOT_HTTP),
    "/garbage": ("network", NOT_HTTP),
    "/no-head": ("network", NOT_HTTP),
    "/absurd-length": ("network", NOT_HTTP),
    "/switches": ("network", NOT_HTTP),
    "/reset": ("network", ENDED),
    "/hang-up": ("network", ENDED),
    "/empty": ("empty", "the answer is empty"),
    "/blank": ("empty", "the answer is empty"),
    "/no-content": ("empty", "the answer is empty"),
    "/missing": ("http", "the server answers 404"),
    "/status?code=410": ("gone", "the server says that this address is gone for good (410)"),
    "/status?code=500": ("http", "the server answers 500"),
    "/status?code=206": ("http", "the server answers 206"),
    "/status?code=300": ("http", "the server answers 300"),
    "/status?code=999": ("http", "the server answers 999"),
}


@pytest.mark.parametrize("path", HOSTILE)
def test_whatever_a_server_does_one_clear_reason_comes_of_it(server: HostileServer, path: str) -> None:
    failed = failure_of(server, path, limits=SHORT if HOSTILE[path][0] == "timeout" else SMALL)
    assert (failed.source, failed.kind, str(failed.reason)) == ("source", *HOSTILE[path])
    assert feed_of(server, "/feed").body == FEED


def test_a_body_in_too_many_pieces_is_left() -> None:
    with HostileServer() as server:
        failed = failure_of(server, "/tiny-chunks", limits=Limits(max_pieces=500))
        assert (failed.kind, str(failed.reason)) == (
            "too-costly",
            "the answer comes in too many small pieces",
        )


def test_the_time_is_that_of_all_hops_together() -> None:
    async def slow_hop(exchange: Exchange) -> None:
        left = int(exchange.asked.query["left"])
        await asyncio.sleep(0.15)
        await exchange.answer(b"", "302 Found", location=f"/slow-hop?left={left - 1}")

    with HostileServer({"/slow-hop": slow_hop}) as server:
        assert failure_of(server, "/slow-hop?left=5", limits=SHORT).kind == "timeout"
        assert len(server.requests) == 3


def test_a_resolver_that_never_answers_is_inside_the_time() -> None:
    async def never(host: str, port: int) -> list[str]:
        await asyncio.sleep(3600)
        return []

    failed = failure("http://slow.example/", resolve=never, limits=SHORT)
    assert (failed.kind, str(failed.reason)) == ("timeout", TOO_SLOW)


@pytest.mark.parametrize("path", ["/bomb", "/bomb?coding=deflate", "/bomb-in-a-bomb", "/endless"])
def test_ten_gigabytes_in_ten_megabytes_cost_no_more_memory_than_the_limit(path: str) -> None:
    """The server's own memory is in the figure too."""
    limits = Limits(max_bytes=2 * 2**20)
    with HostileServer() as server:
        feed_of(server, "/feed")
        tracemalloc.start()
        try:
            assert failure_of(server, path, limits=limits).kind == "too-large"
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 4 * limits.max_bytes


@pytest.mark.parametrize(
    ("said", "wait_s"),
    [
        ("120", 120),
        ("0", 0),
        ("9" * 5000, 7 * 24 * 3600),
        ((NOW + timedelta(minutes=5)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 300),
        ((NOW + timedelta(minutes=5)).strftime("%A, %d-%b-%y %H:%M:%S GMT"), 300),
        ((NOW - timedelta(days=5)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 7 * 24 * 3600),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
    ],
)
def test_the_wait_that_a_server_asks_for_is_read_and_bounded(said: str, wait_s: float | None) -> None:
    async def busy(exchange: Exchange) -> None:
        await exchange.answer(b"later", "503 Service Unavailable", retry_after=said)

    with HostileServer({"/busy": busy}) as server:
        failed = failure_of(server, "/busy")
    assert (failed.kind, failed.status, failed.retry_after_s) == ("http", 503, wait_s)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://", "“http:” isn’t a web address"),
        ("file:///etc/passwd", "“file:/etc/passwd” isn’t a web address"),
        ("ftp://127.0.0.1/", "“ftp://127.0.0.1/” isn’t a web address"),
        ("http://[::1/", "the address can’t be read"),
        ("http://a\x00b/", "the address can’t be read"),
        ("http://127.0.0.1:65536/", "“http://127.0.0.1:65536/” has a port that doesn’t exist"),
        ("http://me:secret@127.0.0.1/", "the address holds a user name or a password: take them out"),
    ],
)
def test_an_address_that_isn_t_of_the_web_is_refused_at_once(url: str, reason: str) -> None:
    failed = failure(url, "127.0.0.1")
    assert (failed.kind, str(failed.reason)) == ("forbidden", reason)


def test_nobody_there_and_no_such_name_are_told_apart() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise OSError

    with HostileServer() as server:
        gone = server.allowed
    failed = failure(f"http://{gone}/", gone)
    assert str(failed.reason) == "“127.0.0.1” doesn’t accept the connection"
    failed = failure("http://nowhere.example/", resolve=unknown)
    assert str(failed.reason) == "the name “nowhere.example” isn’t found"


def test_a_name_s_other_addresses_are_tried_when_one_is_dead(server: HostileServer) -> None:
    async def two(host: str, port: int) -> list[str]:
        return ["::1", "127.0.0.1"]

    got = feed(f"http://two.example:{server.port}/feed", "two.example", resolve=two)
    assert got.body == FEED
