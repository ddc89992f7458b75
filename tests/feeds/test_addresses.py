"""Where connections may lead: addresses as values, then every way to write one against a server that listens."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from curation.network.addresses import Allowed, alternating, is_public
from tests.feeds.hostile_bodies import FEED
from tests.feeds.hostile_server import HostileServer
from tests.feeds.retrieving import failure, failure_of, feed

PUBLIC = (
    "93.184.216.34",
    "1.1.1.1",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "198.17.255.255",
    "223.255.255.255",
    "2606:2800:220:1:248:1893:25c8:1946",
    "2a00:1450:4007:80e::200e",
    "64:ff9b::93.184.216.34",
    "2002:5db8:d822::1",
)
NOT_PUBLIC = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::93.184.216.34", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.216.34",
    "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254",
    "64:ff9b:1::1", "64:ff9b:1::93.184.216.34", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1",
    "2002:a9fe:a9fe::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1",
    "fd12:3456::1", "fe80::1", "fe80::1%eth0", "2606:2800:220:1::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_every_special_address_is_closed(address: str) -> None:
    assert not is_public(ip_address(address))


def test_families_take_turns_and_each_address_comes_once() -> None:
    found = map(ip_address, ("2a00::1", "2a00::2", "2a00::1", "2a00::3", "1.1.1.1"))
    assert [str(item) for item in alternating(found)] == ["2a00::1", "1.1.1.1", "2a00::2", "2a00::3"]


def test_what_is_allowed_is_a_host_with_its_port_or_with_all_of_them() -> None:
    allowed = Allowed.of(("Intranet.example", "127.0.0.1:8765", "[::1]:80", "[fd00:0::1]"))
    assert allowed.opens("intranet.example", 1)
    assert allowed.opens("INTRANET.example.", 443)
    assert allowed.opens("127.0.0.1", 8765)
    assert allowed.opens("::1", 80)
    assert allowed.opens("0:0:0:0:0:0:0:1", 80)
    assert allowed.opens("fd00::1", 9)
    assert not allowed.opens("127.0.0.1", 8766)
    assert not allowed.opens("127.0.0.2", 8765)
    assert not allowed.opens("2130706433", 8765)
    assert not allowed.opens("::1", 81)
    assert not allowed.opens("sub.intranet.example", 443)
    assert not allowed.opens("intranet.example.attacker.example", 443)


LOOPBACK_FORMS = (
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0X7F.1", "0x7f.0.0.1",
    "017700000001", "0177.0.0.1", "0177.1", "00000177.0.0.1", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.",
    "sub.localhost", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "127．0．0．1", "lоcalhost", "%31%32%37.0.0.1",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::1%25lo]",
    "[::1%lo]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[fe80::1%25eth0]", "169.254.169.254", "10.0.0.1",
    "192.168.0.1", "100.64.0.1", "metadata.google.internal", "rebound.example", "mixed.example", "mapped.example",
)  # fmt: skip

NAMES = {
    "127.0.0.1.": ["127.0.0.1"],
    "localhost": ["::1", "127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "sub.localhost": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "rebound.example": ["127.0.0.1"],
    "mixed.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.example": ["::ffff:127.0.0.1"],
}


async def _name_server(host: str, port: int) -> list[str]:
    """Names that would need the network; numbers in all their forms are read by the system itself."""
    from curation.network.connecting import resolve

    if host in NAMES:
        return NAMES[host]
    if not host.lower().startswith(("0", "1", "2")):
        raise OSError
    return list(await resolve(host, port))


@pytest.fixture(scope="module")
def server() -> Iterator[HostileServer]:
    with HostileServer() as listening:
        yield listening


@pytest.fixture(scope="module")
def sender() -> Iterator[HostileServer]:
    with HostileServer() as listening:
        yield listening


@pytest.mark.parametrize("form", LOOPBACK_FORMS)
def test_no_way_to_write_a_private_address_makes_a_connection(form: str, server: HostileServer) -> None:
    before = server.connections
    for url in (f"http://{form}:{server.port}/feed", f"https://{form}:{server.port}/feed"):
        failed = failure(url, resolve=_name_server)
        assert failed.kind == "forbidden" or (
            failed.kind == "network" and "isn’t found" in failed.reason.text
        )
    assert server.connections == before


@pytest.mark.parametrize("form", LOOPBACK_FORMS)
def test_no_way_to_write_it_in_a_redirect_does_either(
    form: str, server: HostileServer, sender: HostileServer
) -> None:
    before = server.connections
    for scheme in ("http:", "https:", ""):
        to = f"{scheme}//{form.replace('%', '%25')}:{server.port}/feed"
        failed = failure_of(sender, f"/redirect?to={to}", resolve=_name_server)
        assert failed.kind in {"forbidden", "network", "redirects"}, failed
        assert sender.requests[-1].query["to"].endswith("/feed")
    assert server.connections == before


def test_what_the_company_allows_is_open_and_only_that(server: HostileServer) -> None:
    opened = feed(server.url("/feed"), server.allowed)
    assert opened.body == FEED
    with HostileServer() as neighbour:
        failed = failure(neighbour.url("/feed"), server.allowed)
        assert str(failed.reason) == (
            "the address 127.0.0.1 isn’t public: name it under “allow” if it is yours"
        )
        assert neighbour.connections == 0


def test_a_name_that_is_allowed_may_lead_into_the_company_s_network(server: HostileServer) -> None:
    feed(f"http://rebound.example:{server.port}/feed", f"rebound.example:{server.port}", resolve=_name_server)
    assert server.requests[-1].headers["host"] == f"rebound.example:{server.port}"


def test_a_name_with_one_private_address_is_refused_with_all(server: HostileServer) -> None:
    failed = failure(f"http://mixed.example:{server.port}/", resolve=_name_server)
    assert failed.kind == "forbidden"
    assert str(failed.reason) == (
        "“mixed.example” leads to 127.0.0.1, which isn’t public: name it under “allow” if it is yours"
    )
