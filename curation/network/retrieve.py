"""Retrieves feeds: politely, within limits, and never from where an address shouldn't lead.

httpcore2, the core of httpx2, is used bare: it follows no redirect, keeps no cookie, reads no proxy or password from
the environment and decompresses nothing, so that none of these need be switched off.
"""

from __future__ import annotations

import asyncio
import ssl
from datetime import datetime
from typing import Self

import httpcore2
from httpx2 import URL, create_ssl_context

from curation.entries import Failed, Failure, Request, Retrieved, Validators
from curation.network.addresses import Allowed
from curation.network.connecting import Guard, Resolve, resolve
from curation.network.headers import asked, content_type, retry_after_s, sendable, validators
from curation.network.hops import PERMANENT, REDIRECTS, Answer, ask, destination, shown, start
from curation.network.limits import Limits, Unanswered
from curation.network.pace import Pace
from portal.problems import N_, message

__all__ = ["Limits", "Retriever"]

_KEPT_OPEN_S = 5


class Retriever:
    """Asks servers for feeds; an async context manager, after which no connection is left.

    Args:
        allow: hosts of the company's own network (`Feeds.allow`).
        user_agent: who asks, with an address to complain to: `Veillee/1.0 (+https://…; contact)`.
        now: aware; what a date in Retry-After is counted from.
        limits: bounds.
        resolve: how names are resolved.
        tls: which certificates are trusted; the system's when it isn't given.
    """

    def __init__(  # noqa: PLR0913 - each is something to choose
        self,
        allow: tuple[str, ...],
        user_agent: str,
        now: datetime,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        resolve: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        allowed = Allowed.of(allow)
        self._user_agent, self._now, self._limits = sendable(user_agent), now, limits
        self._door = Guard(allowed, limits, resolve)
        self._tls = tls or create_ssl_context(trust_env=False)
        self._pace = Pace(limits, allowed, self._open)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pace.close()

    def _open(self, origin: httpcore2.Origin) -> httpcore2.AsyncHTTPConnection:
        return httpcore2.AsyncHTTPConnection(
            origin, self._tls, keepalive_expiry=_KEPT_OPEN_S, network_backend=self._door
        )

    async def retrieve(self, request: Request) -> Retrieved | Failed:
        """What a server answered. Nothing that a server does raises."""
        try:
            return await self._trip(request)
        except Unanswered as stopped:
            return Failed(request.source, stopped.kind, stopped.reason, stopped.status, stopped.retry_after_s)

    async def _trip(self, request: Request) -> Retrieved:
        """From the address of the subscription, by way of redirects, to what answers."""
        url, left_s, is_moved = start(request.url), self._limits.total_s, True
        seen = [url]
        while True:
            answer, left_s = await self._hop(url, request.validators, left_s)
            if answer.status not in REDIRECTS:
                return self._arrived(request, answer, len(seen) - 1, is_moved)
            url, is_moved = destination(answer), is_moved and answer.status in PERMANENT
            self._may_go_on(url, seen)
            seen.append(url)

    def _may_go_on(self, url: URL, seen: list[URL]) -> None:
        if url in seen:
            raise Unanswered(
                "redirects", message(N_("the server’s redirects go round in circles: {url}"), url=shown(url))
            )
        if len(seen) > self._limits.max_redirects:
            limit = self._limits.max_redirects
            raise Unanswered("redirects", message(N_("more than {limit} redirects"), limit=limit))

    async def _hop(self, url: URL, known: Validators, left_s: float) -> tuple[Answer, float]:
        """An answer, and the time that is left of `left_s`: what was spent in a queue doesn't count."""
        clock = asyncio.get_running_loop().time
        async with self._pace.turn(url) as line:
            started = clock()
            try:
                async with asyncio.timeout(left_s):
                    answer = await ask(line, url, asked(url, self._user_agent, known), self._limits)
            except (TimeoutError, httpcore2.TimeoutException):
                # A host is held to account only for a time that was all its own.
                if left_s == self._limits.total_s:
                    self._pace.waited(url, in_vain=True)
                limit = float(self._limits.total_s)
                raise Unanswered(
                    "timeout", message(N_("the server took more than {limit} s"), limit=limit)
                ) from None
            self._pace.waited(url, in_vain=False)
            return answer, left_s - (clock() - started)

    def _arrived(self, request: Request, answer: Answer, redirects: int, is_moved: bool) -> Retrieved:
        """What the last answer of a trip means.

        Raises:
            Unanswered: that there is no feed.
        """
        self._must_be_a_feed(answer, request.validators)
        is_unchanged = answer.status == 304
        url = str(answer.url) if redirects else request.url
        return Retrieved(
            request.source,
            url,
            answer.status,
            None if is_unchanged else answer.body,
            validators(answer.headers, request.validators if is_unchanged else Validators()),
            content_type(answer.headers),
            url if redirects and is_moved else None,
        )

    def _must_be_a_feed(self, answer: Answer, known: Validators) -> None:
        status = answer.status
        if answer.body.strip() or (status == 304 and known != Validators()):
            return
        kind: Failure = "http"
        why = message(N_("the server answers {status}"), status=status)
        if status == 410:
            kind, why = "gone", message(N_("the server says that this address is gone for good (410)"))
        elif status in {200, 203, 204, 205}:
            kind, why = "empty", message(N_("the answer is empty"))
        wait_s = retry_after_s(answer.headers, self._now, self._limits.max_retry_after_s)
        raise Unanswered(kind, why, status, wait_s)
