"""A real HTTP server on loopback that answers as the worst servers do: one behaviour a path (hostile_answers.py).

with HostileServer() as server:
    server.url("/drip")        # → http://127.0.0.1:<port>/drip
    server.allowed             # → 127.0.0.1:<port>, for `allow`
    server.connections         # how many were made
    server.requests            # what was asked, in order
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Seen:
    """One request; header names in lower case."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Exchange:
    """One request and the connection on which it is answered."""

    asked: Seen
    writer: asyncio.StreamWriter

    async def send(self, *pieces: bytes | str) -> None:
        """Write bytes as they are."""
        for piece in pieces:
            self.writer.write(piece.encode() if isinstance(piece, str) else piece)
        await self.writer.drain()

    async def answer(self, body: bytes = b"", status: str = "200 OK", **headers: str) -> None:
        """A proper answer; `content_type="…"` is the header Content-Type."""
        said = {"content_length": str(len(body)), **headers}
        lines = "".join(f"{name.replace('_', '-').title()}: {value}\r\n" for name, value in said.items())
        await self.send(f"HTTP/1.1 {status}\r\n{lines}\r\n", body)

    def close(self) -> None:
        """End the connection, once what was written has left."""
        self.writer.close()

    def reset(self) -> None:
        """Cut the connection."""
        self.writer.transport.abort()


Behaviour = Callable[[Exchange], Awaitable[None]]


class HostileServer:
    """Runs in a thread of its own, so that synchronous and asynchronous tests can both ask it."""

    def __init__(
        self,
        behaviours: Mapping[str, Behaviour] | None = None,
        *,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        from tests.feeds.hostile_answers import BEHAVIOURS

        self.behaviours = {**BEHAVIOURS, **(behaviours or {})}
        self.host, self.tls, self.port = host, tls, 0
        self.connections = 0
        self.open = 0
        self.requests: list[Seen] = []
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._is_ready = threading.Event()

    def url(self, path: str = "/feed") -> str:
        return f"http{'s' if self.tls else ''}://{self.allowed}{path}"

    @property
    def allowed(self) -> str:
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._is_ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, self.host, 0, ssl=self.tls, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        self._is_ready.set()
        await self._stop.wait()
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while not writer.is_closing():
                    first = await reader.readexactly(1)
                    if not first.isalpha():  # a secure connection is begun
                        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                        break
                    await self._answer(await _request(first, reader), reader, writer)
        finally:
            self.open -= 1
            writer.close()

    async def _answer(self, asked: Seen, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Behave; stop as soon as the other side leaves, which says nothing more until it is answered."""
        self.requests.append(asked)
        behaviour = self.behaviours.get(asked.path, self.behaviours["/missing"])
        answering = asyncio.ensure_future(behaviour(Exchange(asked, writer)))
        leaving = asyncio.ensure_future(_end(reader))
        try:
            await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                answering.result()
            else:
                writer.close()
        finally:
            leaving.cancel()
            answering.cancel()
            await asyncio.gather(leaving, answering, return_exceptions=True)


async def _request(first: bytes, reader: asyncio.StreamReader) -> Seen:
    head = first + await reader.readuntil(b"\r\n\r\n")
    line, *lines = head.decode("latin-1").split("\r\n")
    parts = urlsplit(line.split(" ")[1])
    headers = dict(line.split(": ", 1) for line in lines if line)
    return Seen(
        parts.path,
        dict(parse_qsl(parts.query)),
        {name.lower(): value for name, value in headers.items()},
    )


async def _end(reader: asyncio.StreamReader) -> None:
    while not reader.at_eof():
        await asyncio.sleep(0.01)
