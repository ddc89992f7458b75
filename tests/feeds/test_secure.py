"""TLS: the host of the URL is asked for and its certificate judged, although the address was chosen by us."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.hostile_bodies import FEED
from tests.feeds.hostile_server import HostileServer
from tests.feeds.retrieving import failure, feed

NAMES = ("feed.example", "other.example", "plain.example")


async def _here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for feed.example, signed by nobody else, with its key."""
    file = tmp_path_factory.mktemp("tls") / "feed.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=feed.example"
    names = ["-addext", "subjectAltName=DNS:feed.example", "-keyout", str(file), "-out", f"{file}.crt"]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.fixture(scope="module")
def server(certificate: Path) -> Iterator[HostileServer]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with HostileServer(tls=context) as listening:
        yield listening


@pytest.fixture(scope="module")
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def _asking(tls: ssl.SSLContext | None = None) -> dict[str, Any]:
    return {"resolve": _here, **({"tls": tls} if tls else {})}


def test_the_name_of_the_url_is_the_one_asked_for_and_judged(
    server: HostileServer, trusting: ssl.SSLContext
) -> None:
    asked_for: list[str] = []
    assert server.tls is not None
    server.tls.sni_callback = lambda _, name, __: asked_for.append(name)
    got = feed(f"https://feed.example:{server.port}/feed", *NAMES, **_asking(trusting))
    assert got.body == FEED
    assert asked_for == ["feed.example"]
    assert server.requests[-1].headers["host"] == f"feed.example:{server.port}"


def test_a_certificate_of_another_name_is_refused(server: HostileServer, trusting: ssl.SSLContext) -> None:
    failed = failure(f"https://other.example:{server.port}/feed", *NAMES, **_asking(trusting))
    assert failed.kind == "network"
    assert str(failed.reason).startswith("the certificate of “other.example” isn’t valid (Hostname mismatch")


def test_a_certificate_that_nobody_vouches_for_is_refused(server: HostileServer) -> None:
    failed = failure(f"https://feed.example:{server.port}/feed", *NAMES, **_asking())
    assert failed.kind == "network"
    assert str(failed.reason) == "the certificate of “feed.example” isn’t valid (self-signed certificate)"


def test_a_server_without_tls_is_no_secure_one(trusting: ssl.SSLContext) -> None:
    with HostileServer() as plain:
        failed = failure(f"https://plain.example:{plain.port}/feed", *NAMES, **_asking(trusting))
    assert (failed.kind, str(failed.reason)) == ("network", "“plain.example” makes no secure connection")


def test_a_redirect_out_of_the_secure_web_is_refused(server: HostileServer, trusting: ssl.SSLContext) -> None:
    with HostileServer() as plain:
        to = f"http://plain.example:{plain.port}/feed"
        failed = failure(
            f"https://feed.example:{server.port}/redirect?code=301&to={to}", *NAMES, **_asking(trusting)
        )
        assert plain.connections == 0
    assert failed.kind == "redirects"
    assert str(failed.reason) == f"the server sends from https to http, where anyone can alter it: {to}"


def test_a_redirect_into_the_secure_web_is_followed(server: HostileServer, trusting: ssl.SSLContext) -> None:
    to = f"https://feed.example:{server.port}/feed"
    with HostileServer() as plain:
        got = feed(
            f"http://plain.example:{plain.port}/redirect?code=301&to={to}", *NAMES, **_asking(trusting)
        )
    assert (got.body, got.moved_to) == (FEED, to)
