"""What the tests of formats share: feeds of our own, real ones where they are at hand, and one entry in a line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from curation.entries import ParsedEntry, ParsedFeed
from curation.reading.body import read_feed
from tests.conftest import ROOT

SAMPLES = Path(__file__).parent / "samples"
# Feeds saved from real sites, which aren't part of the project; where they are absent, its own samples are read.
CORPORA = ROOT.parent / "shared" / "corpora" / "real-feeds"
FEEDS = sorted(
    path
    for path in (CORPORA if CORPORA.is_dir() else SAMPLES).iterdir()
    if path.suffix not in {".opml", ".html"}
)
URL = "https://flux.example/chemin/flux"


def feed(body: bytes | str, content_type: str = "") -> ParsedFeed:
    return read_feed(body.encode() if isinstance(body, str) else body, content_type, URL, "eau")


def sample(name: str) -> ParsedFeed:
    return feed((SAMPLES / name).read_bytes())


def rss(item: str, head: str = "") -> ParsedEntry:
    """The entry that is made of an item."""
    return feed(f'{head}<rss version="2.0"><channel><item>{item}</item></channel></rss>').entries[0]


def title(written: str) -> str:
    return rss(f"<title>{written}</title>").title


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]
