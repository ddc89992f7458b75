"""What a hostile server does, and what an honest one does for comparison: one function a path."""

from __future__ import annotations

import asyncio
import socket
import struct

from tests.feeds.hostile_bodies import BODIES, FEED, HOSTAGE_S
from tests.feeds.hostile_server import Behaviour, Exchange

ETAG, LAST_MODIFIED = '"abc-1"', "Thu, 05 Nov 2026 10:00:00 GMT"
RSS = "application/rss+xml; charset=utf-8"


async def feed(exchange: Exchange) -> None:
    """An honest server, conditional requests included; `?wait=0.05` is its latency."""
    await asyncio.sleep(float(exchange.asked.query.get("wait", 0)))
    known = exchange.asked.headers
    is_known = known.get("if-none-match") == ETAG or known.get("if-modified-since") == LAST_MODIFIED
    headers = {"etag": ETAG, "last_modified": LAST_MODIFIED, "content_type": RSS}
    if is_known:
        await exchange.send(f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\n\r\n")
    else:
        await exchange.answer(FEED, **headers)


async def status(exchange: Exchange) -> None:
    """`?code=503&retry-after=120`."""
    wait = exchange.asked.query.get("retry-after")
    await exchange.answer(
        b"no", f"{exchange.asked.query['code']} X", **({"retry_after": wait} if wait else {})
    )


async def redirect(exchange: Exchange) -> None:
    """`?to=…&code=301`."""
    query = exchange.asked.query
    await exchange.answer(b"", f"{query.get('code', '302')} X", location=query["to"])


async def hops(exchange: Exchange) -> None:
    """`?left=6&code=301`: so many redirects, then a feed; `codes=301,302` are used in turn."""
    left = int(exchange.asked.query["left"])
    if left == 0:
        await feed(exchange)
        return
    codes = exchange.asked.query.get("codes", "301").split(",")
    await exchange.answer(
        b"", f"{codes[left % len(codes)]} X", location=f"/hops?left={left - 1}&codes={','.join(codes)}"
    )


async def loop(exchange: Exchange) -> None:
    other = "b" if exchange.asked.query.get("at") == "a" else "a"
    await exchange.answer(b"", "302 Found", location=f"/loop?at={other}")


async def nowhere(exchange: Exchange) -> None:
    await exchange.answer(b"", "302 Found")


async def no_content(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 204 No Content\r\n\r\n")


async def blank(exchange: Exchange) -> None:
    await exchange.answer(b" \r\n\t ")


async def empty(exchange: Exchange) -> None:
    await exchange.answer(b"")


async def silent(exchange: Exchange) -> None:
    await asyncio.sleep(HOSTAGE_S)


async def slow_headers(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\n")
    for number in range(HOSTAGE_S):
        await exchange.send(f"X-{number}: a\r\n")
        await asyncio.sleep(0.05)


async def drip(exchange: Exchange) -> None:
    """A byte now and then: no wait between two bytes is ever long."""
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Length: {HOSTAGE_S}\r\n\r\n")
    for _ in range(HOSTAGE_S):
        await exchange.send(b"<")
        await asyncio.sleep(0.05)


async def endless_headers(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 1000)


async def huge_header(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nX-Filler: ", b"a" * 10_000_000, "\r\n\r\n", FEED)
    exchange.close()


async def endless_interim(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000)


async def bad_status_line(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 OK 200\r\n\r\n", FEED)
    exchange.close()


async def garbage(exchange: Exchange) -> None:
    await exchange.send(bytes(range(256)) * 100, "\r\n\r\n")
    exchange.close()


async def no_head(exchange: Exchange) -> None:
    """As HTTP 0.9 did."""
    await exchange.send(FEED)
    exchange.close()


async def reset(exchange: Exchange) -> None:
    # Without lingering, closing sends RST.
    connection = exchange.writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.reset()


async def reset_in_body(exchange: Exchange) -> None:
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Length: {len(FEED)}\r\n\r\n", FEED[:50])
    await asyncio.sleep(0.05)
    await reset(exchange)


async def hang_up(exchange: Exchange) -> None:
    exchange.close()


async def ends_afterwards(exchange: Exchange) -> None:
    """Answers as if the connection stayed open, then ends it."""
    await feed(exchange)
    exchange.close()


async def switches(exchange: Exchange) -> None:
    await exchange.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", "x" * 99
    )


async def cookie(exchange: Exchange) -> None:
    await exchange.answer(FEED, set_cookie="session=1; Path=/", etag='"a\x7f"', last_modified="x" * 5000)


BEHAVIOURS: dict[str, Behaviour] = {
    **BODIES,
    "/missing": lambda exchange: exchange.answer(b"", "404 Not Found"),
    "/feed": feed,
    "/status": status,
    "/redirect": redirect,
    "/hops": hops,
    "/loop": loop,
    "/nowhere": nowhere,
    "/no-content": no_content,
    "/blank": blank,
    "/empty": empty,
    "/silent": silent,
    "/slow-headers": slow_headers,
    "/drip": drip,
    "/endless-headers": endless_headers,
    "/huge-header": huge_header,
    "/endless-interim": endless_interim,
    "/bad-status-line": bad_status_line,
    "/garbage": garbage,
    "/no-head": no_head,
    "/reset": reset,
    "/reset-in-body": reset_in_body,
    "/hang-up": hang_up,
    "/ends-afterwards": ends_afterwards,
    "/switches": switches,
    "/cookie": cookie,
}
