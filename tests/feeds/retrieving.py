"""Retrieves from the tests: a retriever with a small limit, and one answer or many."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from httpx2 import create_ssl_context

from curation.entries import Failed, Request, Retrieved, Validators
from curation.network.retrieve import Limits, Retriever
from tests.conftest import NOW
from tests.feeds.hostile_server import HostileServer

AGENT = "Veillee/0.1 (+https://portal.example; communication@company.example)"
SMALL = Limits(max_bytes=256 * 1024)
SHORT = replace(SMALL, total_s=0.4)
"""For what takes all the time it is given."""
_UNCONDITIONAL = Validators()
_TLS = create_ssl_context(trust_env=False)


def retriever(*allow: str, limits: Limits = SMALL, **options: Any) -> Retriever:
    return Retriever(allow, AGENT, NOW, limits=limits, **{"tls": _TLS, **options})


def retrieve(
    url: str, *allow: str, validators: Validators = _UNCONDITIONAL, **options: Any
) -> Retrieved | Failed:
    """One source, asked by a retriever of its own."""

    async def run() -> Retrieved | Failed:
        async with retriever(*allow, **options) as asking:
            return await asking.retrieve(Request("source", url, validators))

    return asyncio.run(run())


def failure(url: str, *allow: str, **options: Any) -> Failed:
    failed = retrieve(url, *allow, **options)
    assert isinstance(failed, Failed), failed
    return failed


def feed(url: str, *allow: str, **options: Any) -> Retrieved:
    retrieved = retrieve(url, *allow, **options)
    assert isinstance(retrieved, Retrieved), retrieved
    return retrieved


def failure_of(server: HostileServer, path: str, **options: Any) -> Failed:
    return failure(server.url(path), server.allowed, **options)


def feed_of(server: HostileServer, path: str, **options: Any) -> Retrieved:
    return feed(server.url(path), server.allowed, **options)
