"""A connection that is counted: what comes on it is bounded, and a kept one that has ended is told from a new one."""

from __future__ import annotations

import ssl
from typing import Any

import httpcore2

from curation.network.limits import Limits, Unanswered, too_large
from portal.problems import N_, message


class Stale(Exception):  # noqa: N818 - it happens to every kept connection
    """A connection that was kept open had ended before a byte of this answer: ask again on another one."""


class Metered(httpcore2.AsyncNetworkStream):
    """A connection on which only so many bytes may come: those of a head, then those of a body."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream, host: str, limits: Limits) -> None:
        self._stream, self._host, self._limits = stream, host, limits
        self._left_bytes, self._is_in_body = limits.max_head_bytes, False
        self._requests, self._is_answered = 0, False

    def expect_body(self) -> None:
        """Let a body come after the head, with as much again for how it is cut into chunks."""
        self._left_bytes, self._is_in_body = self._left_bytes + 2 * self._limits.max_bytes, True

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to that many bytes; none at the end.

        Raises:
            Stale: the connection was kept from an earlier request, and ended before this one.
            httpcore2.ReadError: it ends without a byte of an answer, or is cut.
            Unanswered: more comes than may.
        """
        if self._left_bytes <= 0:
            raise too_large(self._limits.max_bytes) if self._is_in_body else _endless_head(self._host)
        try:
            data = await self._stream.read(min(max_bytes, self._left_bytes), timeout)
        except httpcore2.ReadError:
            if self._is_answered:
                raise
            data = b""
        if not (data or self._is_answered):
            raise Stale if self._requests > 1 else httpcore2.ReadError
        self._left_bytes -= len(data)
        self._is_answered = True
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send a request: a GET is one write."""
        if buffer:
            self._left_bytes, self._is_in_body = self._limits.max_head_bytes, False
            self._requests, self._is_answered = self._requests + 1, False
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """End the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """The same, secured for the host of the URL.

        Raises:
            Unanswered: the certificate isn't one for it, or the server speaks no TLS.
        """
        try:
            secured = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except (httpcore2.ConnectError, ValueError) as error:
            raise _insecure(self._host, error) from error
        return Metered(secured, self._host, self._limits)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the socket."""
        return self._stream.get_extra_info(info)


def _endless_head(host: str) -> Unanswered:
    return Unanswered("too-large", message(N_("the headers of “{host}” are too long"), host=host))


def _insecure(host: str, error: Exception) -> Unanswered:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = cause.verify_message
        return Unanswered(
            "network", message(N_("the certificate of “{host}” isn’t valid ({why})"), host=host, why=why)
        )
    return Unanswered("network", message(N_("“{host}” makes no secure connection"), host=host))
