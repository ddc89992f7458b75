"""What hostile sources cost the others: `python benchmarks/hostile.py [sources]`, 500 when not said.

The good sources answer after 50 ms. One hostile source drips its body until it is cut, another sends a body that takes
processors whole. Printed: when the last good source was decided upon, without and with them, and that none lost an entry.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from fetch import ENTRIES, serve

from curation.desk.known import Known
from curation.feeds.fetch import Trip
from curation.network.retrieve import Retriever
from curation.reading.parse import Parsers
from portal.subscriptions import Subscription

RUNS = 3
COSTLY = f'<rss version="2.0"><channel><item><author>{"(" * 64_000}</author></item></channel></rss>'.encode()


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte every tenth of a second, without end."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 8000000\r\n\r\n")
    try:
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.1)
    except (ConnectionError, asyncio.CancelledError):
        writer.close()


async def costly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A body on which a pattern of the reader's takes minutes."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(COSTLY)}\r\n\r\n".encode() + COSTLY)
    await writer.drain()
    writer.close()


async def last_good(ports: list[int], hostile: list[int]) -> tuple[float, int, float]:
    """Seconds until the last good source was decided upon, how many entries they gave, seconds until the end."""
    good = [
        Subscription(id=f"s{number}", name="x", url=f"http://127.0.0.1:{port}/{number}")
        for number, port in enumerate(ports)
    ]
    bad = [Subscription(id=f"h{port}", name="x", url=f"http://127.0.0.1:{port}/h") for port in hostile]
    allow = tuple(f"127.0.0.1:{port}" for port in (*ports, *hostile))
    now, entries, last = datetime.now(UTC), 0, 0.0
    async with Retriever(allow=allow, user_agent="benchmark", now=now) as retriever, Parsers() as parser:
        started = time.perf_counter()
        async for fetched in Trip(retriever, parser, Known(), {}, now).run([*bad, *good]):
            if fetched.subscription.id.startswith("s"):
                last = time.perf_counter() - started
                entries += len(fetched.decided)
        return last, entries, time.perf_counter() - started


async def main() -> None:
    """Print the medians of a few runs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    ports = serve(count)
    servers = [await asyncio.start_server(kind, "127.0.0.1", 0) for kind in (drip, costly)]
    dripping, taking = (server.sockets[0].getsockname()[1] for server in servers)
    await last_good(ports, [])
    for name, hostile in (
        ("none", []),
        ("one that drips", [dripping]),
        ("one that is costly", [taking]),
        ("both", [dripping, taking]),
    ):
        runs = [await last_good(ports, hostile) for _ in range(RUNS)]
        assert {entries for _, entries, _ in runs} == {count * ENTRIES}
        last, end = statistics.median(run[0] for run in runs), max(run[2] for run in runs)
        print(
            f"hostile: {name:18} last of {count} good sources after {last:6.2f} s, the end after {end:6.2f} s"
        )


if __name__ == "__main__":
    asyncio.run(main())
