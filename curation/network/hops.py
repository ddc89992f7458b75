"""One hop of a retrieval: one request on one connection, its answer read within the limits, where it sends next."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass

import httpcore2
from httpx2 import URL, Headers, InvalidURL

from curation.entries import Failure
from curation.network.decompression import Body, broken_off
from curation.network.headers import codings, length_bytes, location
from curation.network.limits import Limits, Unanswered, too_large
from curation.network.metered import Metered
from curation.network.pace import Line
from portal.problems import N_, Message, message

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_WITH_BODY = frozenset({200, 203})
_READ_TO_ITS_END = _WITH_BODY | {304}
_SCHEMES = ("http", "https")
_MAX_SHOWN_CHARS = 200


@dataclass(frozen=True)
class Answer:
    """What one server said at `url`; `body` is decompressed, and empty for all but a 200 or a 203."""

    url: URL
    status: int
    headers: Headers
    body: bytes = b""


def start(address: str) -> URL:
    """The address of a subscription.

    Raises:
        Unanswered: it can't be read, isn't the web's, or holds a password.
    """
    try:
        return _usable(URL(address), "forbidden")
    except (InvalidURL, ValueError):
        raise Unanswered("forbidden", message(N_("the address can’t be read"))) from None


def destination(answer: Answer) -> URL:
    """Where a redirect sends (RFC 9110 § 10.2.2).

    From https to http is refused: anyone in between could then write in the source's name.

    Raises:
        Unanswered: nowhere, to what isn't the web, or out of the secure web.
    """
    said = location(answer.headers)
    if said is None:
        raise Unanswered("redirects", message(N_("the server sends elsewhere without saying where")))
    try:
        target = _usable(answer.url.join(said), "redirects")
    except (InvalidURL, ValueError):
        raise Unanswered(
            "redirects", message(N_("the server sends to an address that can’t be read"))
        ) from None
    if answer.url.scheme == "https" and target.scheme == "http":
        raise Unanswered(
            "redirects",
            message(
                N_("the server sends from https to http, where anyone can alter it: {url}"), url=shown(target)
            ),
        )
    return target


def _usable(url: URL, kind: Failure) -> URL:
    """A web address without its fragment."""
    why: Message | None = None
    if url.scheme not in _SCHEMES or not url.raw_host:
        why = message(N_("“{url}” isn’t a web address"), url=shown(url))
    elif url.userinfo:
        # Not shown: it would put the password into a report.
        why = message(N_("the address holds a user name or a password: take them out"))
    elif url.port is not None and not 0 < url.port <= 65535:
        why = message(N_("“{url}” has a port that doesn’t exist"), url=shown(url))
    if why is not None:
        raise Unanswered(kind, why)
    return url.copy_with(fragment=None)


def shown(url: URL) -> str:
    """An address for a sentence: httpx2 has escaped all but ASCII; the length is bounded here."""
    text = str(url)
    return text if len(text) <= _MAX_SHOWN_CHARS else f"{text[: _MAX_SHOWN_CHARS - 1]}…"


async def ask(line: Line, url: URL, headers: list[tuple[bytes, bytes]], limits: Limits) -> Answer:
    """Send one request and read its answer. Redirects aren't followed here, and bodies of refusals aren't read.

    Raises:
        Unanswered: nothing came, or too much, or nothing that is HTTP.
    """
    target = httpcore2.URL(scheme=url.scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    response = await _head(line, httpcore2.Request("GET", target, headers=headers))
    answer = Answer(url, response.status, Headers(response.headers))
    async with aclosing(response):
        if answer.status not in _READ_TO_ITS_END:
            return answer
        return Answer(url, answer.status, answer.headers, await _body(response, answer.headers, limits))


async def _head(line: Line, request: httpcore2.Request) -> httpcore2.Response:
    host = request.url.host.decode("ascii")
    try:
        return await line.send(request)
    except httpcore2.NetworkError:
        why = message(N_("“{host}” ends the connection without an answer"), host=host)
    except httpcore2.ProtocolError:
        why = message(N_("“{host}” answers with what isn’t HTTP"), host=host)
    raise Unanswered("network", why)


async def _body(response: httpcore2.Response, headers: Headers, limits: Limits) -> bytes:
    """The body, decompressed (RFC 9112 § 6.3 says where it ends; that is h11's work)."""
    has_body = response.status in _WITH_BODY
    if has_body and length_bytes(headers) > limits.max_bytes:
        raise too_large(limits.max_bytes)
    connection: Metered = response.extensions["network_stream"]
    connection.expect_body()
    body, pieces = Body(codings(headers) if has_body else (), limits.max_bytes), 0
    try:
        async for piece in response.aiter_stream():
            pieces += 1
            if pieces > limits.max_pieces:
                raise Unanswered("too-costly", message(N_("the answer comes in too many small pieces")))
            body.add(piece)
    except (httpcore2.NetworkError, httpcore2.ProtocolError):
        raise broken_off() from None
    return body.whole()
