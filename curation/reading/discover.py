"""A web page → the feeds that it declares, and the addresses where one may be when it declares none. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from curation.reading.decoding import decoded
from curation.reading.raw_text import MAX_TITLE_CHARS, one_line, parsable, web_address

MAX_PAGE_CHARS = 1_000_000
MAX_DECLARED = 50

_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/feed+json application/json application/rdf+xml".split()  # noqa: SIM905
)
# WordPress declares the page itself as JSON, beside its feeds.
_NO_FEED = "/wp-json/"
# WordPress, Drupal, Jekyll and others; Hugo; JSON Feed; SPIP, which many public bodies in France use.
_USUAL = (
    "/feed",
    "/rss.xml",
    "/atom.xml",
    "/feed.xml",
    "/rss",
    "/index.xml",
    "/feed.json",
    "/spip.php?page=backend",
)


@dataclass(frozen=True)
class DeclaredFeed:
    """A feed that a page links to: its absolute address, and the title and type that the page gives it."""

    url: str
    title: str = ""
    media_type: str = ""


@dataclass(frozen=True)
class Discovered:
    """`declared` in the page's order; `guesses` are addresses to try, only when nothing is declared."""

    declared: tuple[DeclaredFeed, ...] = ()
    guesses: tuple[str, ...] = ()


class _Links(HTMLParser):
    """Collects `<link rel="alternate" type="…">` and `<link rel="feed">`; a page's `<base>` counts (HTML § 4.2.3)."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.base: str | None = None
        self._url = url
        self.links: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}
        if tag == "base" and self.base is None:
            self.base = web_address(values.get("href"), self._url)
        elif tag == "link" and _is_feed(values):
            self.links.append(values)


def find_feeds(body: bytes, content_type: str, url: str) -> Discovered:
    """The feeds that the page at `url` declares, each once, and http(s) only.

    Only its first million characters are read: the head of a page is at its beginning.

    Raises:
        Unreadable: the body is empty, or compressed still.
    """
    links = _Links(url)
    links.feed(parsable(decoded(body, content_type)[:MAX_PAGE_CHARS]))
    base = links.base or url
    found: dict[str, DeclaredFeed] = {}
    for link in links.links:
        address = web_address(link.get("href"), base)
        if address and _NO_FEED not in address:
            title = one_line(link.get("title", ""), MAX_TITLE_CHARS)
            found.setdefault(address, DeclaredFeed(address, title, _media_type(link)))
    declared = tuple(found.values())[:MAX_DECLARED]
    return Discovered(declared, () if declared else _guesses(url))


def _is_feed(link: dict[str, str]) -> bool:
    relations = link.get("rel", "").lower().split()
    return "feed" in relations or ("alternate" in relations and _media_type(link) in _TYPES)


def _media_type(link: dict[str, str]) -> str:
    return link.get("type", "").partition(";")[0].strip().lower()[:100]


def _guesses(url: str) -> tuple[str, ...]:
    """Where programs that make sites put their feeds: at the root, and below the page itself."""
    parts = urlsplit(url)
    folders = dict.fromkeys(("", parts.path.rstrip("/") if "." not in parts.path.rpartition("/")[2] else ""))
    below = [folder + usual for folder in folders for usual in (_USUAL if not folder else _USUAL[:3])]
    addresses = (web_address(path, f"{parts.scheme}://{parts.netloc}") for path in below)
    return tuple(dict.fromkeys(filter(None, addresses)))
