"""The addresses of pages, written one way, and when two of them name the same page.

Nothing is guessed: only what RFC 3986 § 6.2 calls equivalent is made equal, and only parameters that exist to follow
readers are taken off. An address that loses more (a parameter that looks like a campaign, a doubled slash) may lead to
another article.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, unquote_plus, urlsplit

import idna

MAX_URL_CHARS = 2000

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "vero_", "elq", "at_custom")
_TRACKING_NAMES = (
    # Google, Meta, Microsoft, X, TikTok, LinkedIn, Yandex, Instagram
    "gclid gclsrc dclid gbraid wbraid srsltid _ga _gl fbclid msclkid twclid ref_src ref_url ttclid li_fat_id yclid "
    "_openstat igsh igshid "
    # newsletters: Mailchimp, HubSpot, Marketo, Omeda
    "mc_cid mc_eid _hsenc _hsmi __hssc __hstc __hsfp mkt_tok oly_anon_id oly_enc_id "
    # audience meters of the press: AT Internet (Piano), Webtrekk, comScore, Adobe
    "xtor xtref xtmc xtcr at_medium at_campaign at_format at_variant at_channel at_creation at_emailtype at_link "
    "at_send_date at_recipient_id at_recipient_list wt_mc wt_zmc wt.mc_id ns_campaign ns_mchannel ns_source "
    "ns_linkname ns_fee s_cid sc_cid cmpid "
    # the visitor's session
    "phpsessid"
)
_TRACKING = frozenset(_TRACKING_NAMES.split())
"""Names of parameters, in lower case, that never choose what a page says."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_BEFORE_QUERY = re.compile(r"[^?#]+")
_BETWEEN = re.compile(r"&(?:amp;)*+")
_PERCENT_OR_CHAR = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~-]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# RFC 3986 § 3.3 and § 3.4.
_PATH = frozenset("!$&'()*+,;=:@/")
_QUERY = _PATH | {"?"}


def canonical(url: str) -> str | None:
    """`url` written one way, in ASCII, with its own scheme; None for what isn't the address of a public page.

    That is: another scheme than http(s), a name or password in it, more than 2,000 characters, no valid host. The host
    is in lower case and punycode (UTS 46), default ports, fragments (but `#!…`) and tracking parameters are gone, dot
    segments resolved, percent signs normalised; the path's case, slashes and the other parameters stay as they are.
    Doing it twice changes nothing.
    """
    if len(url) > MAX_URL_CHARS or (parts := _split(url)) is None:
        return None
    authority = _authority(parts)
    if authority is None:
        return None
    query, fragment = _query(parts.query), ""
    if parts.fragment.startswith("!"):
        fragment = "#" + _normalised(parts.fragment, _QUERY)
    path = _without_dots(_normalised(parts.path or "/", _PATH))
    found = f"{parts.scheme}://{authority}{path}{query and '?' + query}{fragment}"
    return found if len(found) <= MAX_URL_CHARS else None


def same_page_key(url: str) -> str:
    """What two addresses of the same page have in common: the canonical address without its scheme.

    What has no canonical address is only the same as itself.
    """
    return (canonical(url) or url.strip()).removeprefix("http://").removeprefix("https://")


def is_home_page(url: str, site_link: str | None) -> bool:
    """Whether an address leads to a whole site, or to the page that a feed says it belongs to: never to one article."""
    key = same_page_key(url)
    if site_link is not None and key == same_page_key(site_link):
        return True
    return key.endswith("/") and key.count("/") == 1


def _split(url: str) -> SplitResult | None:
    """The parts of an address as browsers see them: no tabs or line ends, and a backslash is a slash (WHATWG URL)."""
    text = re.sub(r"[\t\r\n]", "", url.strip())
    try:
        parts = urlsplit(_BEFORE_QUERY.sub(lambda match: match.group().replace("\\", "/"), text, count=1))
        f"{parts.path}{parts.query}{parts.fragment}".encode()
    except ValueError:  # an unclosed bracket, half of a surrogate pair
        return None
    return parts if parts.scheme in _DEFAULT_PORTS else None


def _authority(parts: SplitResult) -> str | None:
    """The host and its port unless it is the scheme's own; None for what can't be one, or with credentials."""
    try:
        host, port = _host(parts.hostname or "", is_numeric="[" in parts.netloc), parts.port
    except ValueError:
        return None
    if "@" in parts.netloc or port == 0:
        return None
    return host if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"


def _host(name: str, *, is_numeric: bool) -> str:
    """A host in lower case and ASCII.

    Raises:
        ValueError: it can't be one.
    """
    if is_numeric:
        return f"[{ipaddress.IPv6Address(name.partition('%')[0])}]"
    if not name.isascii():
        name = idna.encode(name, uts46=True).decode()
    name = name.lower().removesuffix(".")
    if len(name) > 253 or not all(map(_LABEL.fullmatch, name.split("."))):
        raise ValueError(name)
    return name


def _query(query: str) -> str:
    """The parameters in their order, without those that follow readers; `&amp;` is an `&` escaped once too often."""
    pieces = [piece for piece in _BETWEEN.split(query) if piece and not _follows_readers(piece)]
    return _normalised("&".join(pieces), _QUERY)


def _follows_readers(piece: str) -> bool:
    name = unquote_plus(piece.partition("=")[0]).lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _normalised(part: str, allowed: frozenset[str]) -> str:
    """Percent signs as RFC 3986 § 6.2.2 wants them: capitals, and only where they are needed."""

    def written(match: re.Match[str]) -> str:
        found = match.group()
        if len(found) == 3:
            char = chr(int(found[1:], 16))
            return char if char in _UNRESERVED else found.upper()
        return found if found in allowed else "".join(f"%{byte:02X}" for byte in found.encode())

    return _PERCENT_OR_CHAR.sub(written, part)


def _without_dots(path: str) -> str:
    """RFC 3986 § 5.2.4 for a path that begins with a slash."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
