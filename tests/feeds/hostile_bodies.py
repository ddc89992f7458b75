"""Bodies that are too long, never end, hide their size or aren't what they say; and honest ones in every framing."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Iterator

from tests.feeds.hostile_server import Behaviour, Exchange

FEED = (
    b'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>A feed</title>'
    b"<link>https://source.example/</link><description>d</description>"
    b"<item><title>An entry</title><link>https://source.example/1</link><guid>1</guid></item>"
    b"</channel></rss>"
)
HOSTAGE_S = 3600
_CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nTransfer-Encoding: chunked\r\n\r\n"


async def endless(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    while True:
        await exchange.send(b"<item/>" * 10_000)


async def bomb(exchange: Exchange) -> None:
    """`?mib=10240&coding=gzip`: so many MiB of zeros, a thousandth of it on the wire."""
    coding = exchange.asked.query.get("coding", "gzip")
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n")
    for block in _zeros(int(exchange.asked.query.get("mib", "10240")), coding):
        await exchange.send(block)
    exchange.close()


def _zeros(mib: int, coding: str) -> Iterator[bytes]:
    engine = zlib.compressobj(9, zlib.DEFLATED, {"gzip": 31, "deflate": 15}[coding])
    yield engine.compress(b"\0" * 2**20) + engine.flush(zlib.Z_FULL_FLUSH)
    # A block after a full flush refers to nothing before it: the same bytes stand for the next MiB too.
    yield from [engine.compress(b"\0" * 2**20) + engine.flush(zlib.Z_FULL_FLUSH)] * (mib - 1)


async def bomb_of_members(exchange: Exchange) -> None:
    """Empty gzip members without end: much work for nothing."""
    await exchange.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while True:
        await exchange.send(gzip.compress(b"") * 3000)


async def bomb_in_a_bomb(exchange: Exchange) -> None:
    body = gzip.compress(b"".join(_zeros(1024, "gzip")))
    await exchange.answer(body, content_encoding="gzip, gzip")


async def gzipped(exchange: Exchange) -> None:
    await exchange.answer(gzip.compress(FEED), content_encoding="gzip")


async def gzipped_twice(exchange: Exchange) -> None:
    await exchange.answer(gzip.compress(gzip.compress(FEED)), content_encoding="gzip, gzip")


async def gzipped_many_times(exchange: Exchange) -> None:
    await exchange.answer(FEED, content_encoding=", ".join(["gzip"] * 20))


async def gzip_members(exchange: Exchange) -> None:
    """Two members and padding, a byte at a time."""
    body = gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]) + b"\0" * 5
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Encoding: x-gzip\r\nContent-Length: {len(body)}\r\n\r\n")
    for byte in body:
        await exchange.send(bytes([byte]))
        await asyncio.sleep(0)


async def gzip_cut(exchange: Exchange) -> None:
    await exchange.answer(gzip.compress(FEED)[:-12], content_encoding="gzip")


async def gzip_false(exchange: Exchange) -> None:
    await exchange.answer(FEED, content_encoding="gzip")


async def deflated(exchange: Exchange) -> None:
    await exchange.answer(zlib.compress(FEED), content_encoding="deflate")


async def deflated_bare(exchange: Exchange) -> None:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    await exchange.answer(engine.compress(FEED) + engine.flush(), content_encoding="deflate")


async def brotli(exchange: Exchange) -> None:
    await exchange.answer(b"\x0b\x02\x80<rss>\x03", content_encoding="br")


async def odd_coding(exchange: Exchange) -> None:
    await exchange.answer(FEED, content_encoding="utf-8")


async def too_short(exchange: Exchange) -> None:
    """Announces more than it sends."""
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Length: {len(FEED) + 100}\r\n\r\n", FEED)
    exchange.close()


async def too_long(exchange: Exchange) -> None:
    """Sends more than it announces."""
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Length: {len(FEED)}\r\n\r\n", FEED, b"and more" * 1000)
    exchange.close()


async def huge_length(exchange: Exchange) -> None:
    await exchange.send(f"HTTP/1.1 200 OK\r\nContent-Length: {10**12}\r\n\r\n", FEED)
    await asyncio.sleep(HOSTAGE_S)


async def absurd_length(exchange: Exchange) -> None:
    await exchange.send("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", FEED)
    exchange.close()


async def bad_chunks(exchange: Exchange) -> None:
    await exchange.send(_CHUNKED, "zz\r\n", FEED)
    exchange.close()


async def chunks_cut(exchange: Exchange) -> None:
    await exchange.send(_CHUNKED, f"{len(FEED):x}\r\n", FEED, "\r\n")
    exchange.close()


async def tiny_chunks(exchange: Exchange) -> None:
    await exchange.send(_CHUNKED)
    while True:
        await exchange.send(b"1\r\n<\r\n" * 10_000)


BODIES: dict[str, Behaviour] = {
    "/endless": endless,
    "/bomb": bomb,
    "/bomb-of-members": bomb_of_members,
    "/bomb-in-a-bomb": bomb_in_a_bomb,
    "/gzipped": gzipped,
    "/gzipped-twice": gzipped_twice,
    "/gzipped-many-times": gzipped_many_times,
    "/gzip-members": gzip_members,
    "/gzip-cut": gzip_cut,
    "/gzip-false": gzip_false,
    "/deflated": deflated,
    "/deflated-bare": deflated_bare,
    "/brotli": brotli,
    "/odd-coding": odd_coding,
    "/too-short": too_short,
    "/too-long": too_long,
    "/huge-length": huge_length,
    "/absurd-length": absurd_length,
    "/bad-chunks": bad_chunks,
    "/chunks-cut": chunks_cut,
    "/tiny-chunks": tiny_chunks,
}
