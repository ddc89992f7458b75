"""Which addresses may be connected to: public ones, and those of the hosts that the company names. Pure.

What is judged is the address of the connection itself, so that it doesn't matter how someone wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from itertools import zip_longest

IPAddress = IPv4Address | IPv6Address

# IANA's special-purpose registries (RFC 6890 and later), written out: `is_global` differs between Pythons.
_SPECIAL_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",
            "100.64.0.0/10",  # shared by the customers of a carrier
            "127.0.0.0/8",
            "169.254.0.0/16",  # link-local, and the metadata of clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",  # documentation, and the two others
            "192.88.99.0/24",  # relays of 6to4, withdrawn
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_UNICAST_V6 = IPv6Network("2000::/3")
"""All that is given out for the public: loopback, local, mapped, multicast and reserved addresses are outside."""
_SPECIAL_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols: Teredo, ORCHID, benchmarks
            "2001:db8::/32",  # documentation, and the next
            "3fff::/20",
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 seen from a network without it (RFC 6052): the only way to most servers there."""


def is_public(address: IPAddress) -> bool:
    """Whether the address is one that anybody on the Internet reaches, and nothing nearer.

    One that only carries an IPv4 address (NAT64, 6to4) is judged by it. A zone (`%eth0`) is never public.
    """
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in _SPECIAL_V4)
    if address.scope_id is not None:
        return False
    if (carried := _carried(address)) is not None:
        return is_public(carried)
    return (
        address.is_global
        and address in _UNICAST_V6
        and not any(address in network for network in _SPECIAL_V6)
    )


def _carried(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else address.sixtofour


def alternating(addresses: Iterable[IPAddress]) -> Iterator[IPAddress]:
    """Each address once, IPv6 and IPv4 in turn, so that a family without a way out costs one attempt (RFC 8305 § 4)."""
    each = tuple(dict.fromkeys(addresses))
    families = ([item for item in each if item.version == version] for version in (6, 4))
    return (item for pair in zip_longest(*families) for item in pair if item is not None)


@dataclass(frozen=True)
class Allowed:
    """The hosts of the company's own network that may be fetched, wherever their names lead.

    Each is a normal name or an address as text, with a port or, for all of its ports, None.
    """

    hosts: frozenset[tuple[str, int | None]]

    @classmethod
    def of(cls, allow: Iterable[str]) -> Allowed:
        """What `allow` of `site_config/feeds.yml` says: `host`, `host:port`, `[::1]` or `[::1]:port`."""
        return cls(frozenset(map(_host_and_port, allow)))

    def opens(self, host: str, port: int) -> bool:
        """Whether the host of a URL (ASCII, without brackets) is one of them, on that port."""
        return not self.hosts.isdisjoint({(_normal(host), None), (_normal(host), port)})


def _host_and_port(item: str) -> tuple[str, int | None]:
    host, colon, port = item.rpartition(":")
    return (_normal(host), int(port)) if colon and not item.endswith("]") else (_normal(item), None)


def _normal(host: str) -> str:
    """One way to write a name or an address: lower case, no brackets, no last dot."""
    bare = host.lower().removeprefix("[").removesuffix("]").removesuffix(".")
    try:
        return str(ip_address(bare))
    except ValueError:
        return bare
