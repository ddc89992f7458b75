"""How an entry is recognised: in its own feed by what identifies it, in all feeds by its page and by what it says."""

from __future__ import annotations

from base64 import b32encode
from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from curation.entries import ParsedEntry, ParsedFeed
from curation.judging.likeness import Likeness, LikenessIndex, likeness, near_same
from curation.judging.text import plain
from curation.judging.urls import is_home_page, same_page_key

__all__ = [
    "Likeness", "LikenessIndex", "finding_id", "groups", "keys_of_feed", "likeness", "near_same",
]  # fmt: skip


def finding_id(source: str, key: str) -> str:
    """The id of a finding: 50 bits, in characters that any file system keeps apart (a–z, 2–7)."""
    return b32encode(sha256(f"{source}\0{key}".encode()).digest()).decode().lower()[:10]


def keys_of_feed(feed: ParsedFeed) -> tuple[str, ...]:
    """What identifies each entry in its feed, in the feed's order; entries with the same key are versions of one.

    The page it links to; where that is a home page, or several entries share it, the feed's own id, then the enclosed
    file, then what it says and its day. The order of entries changes nothing.
    """
    keys: dict[int, str] = {}
    for means in (_page, _id, _file):
        shared: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(feed.entries):
            if place not in keys and (key := means(entry, feed)):
                shared[key].append(place)
        for key, places in shared.items():
            if _are_one([feed.entries[place] for place in places], len(feed.entries)):
                keys |= dict.fromkeys(places, key)
    return tuple(keys.get(place) or _told(entry) for place, entry in enumerate(feed.entries))


def _page(entry: ParsedEntry, feed: ParsedFeed) -> str | None:
    if not entry.link or is_home_page(entry.link, feed.link):
        return None
    return same_page_key(entry.link)


def _id(entry: ParsedEntry, _: ParsedFeed) -> str | None:
    return f"id {entry.id}" if entry.id else None


def _file(entry: ParsedEntry, _: ParsedFeed) -> str | None:
    return f"file {same_page_key(entry.enclosures[0])}" if entry.enclosures else None


def _told(entry: ParsedEntry) -> str:
    said = _said(entry)
    day = entry.published.date().isoformat() if entry.published else ""
    digest = sha256("\0".join((said.title, said.text, day)).encode())
    return f"text {digest.hexdigest()[:32]}"


def _are_one(entries: Sequence[ParsedEntry], total: int) -> bool:
    """Whether entries that share a key are versions of one.

    RFC 4287 § 4.1.1 says so of those with the same id; but an id that half of a feed has identifies nothing.
    """
    if len(entries) == 1:
        return True
    ids = {entry.id for entry in entries}
    if len(ids) == 1 and None not in ids and 2 * len(entries) <= total:
        return True
    told = sorted((_said(entry) for entry in entries), key=lambda item: (item.title, item.text))
    # Episodes that nobody described have one title and no text: only their ids tell them apart.
    if len(ids) > 1 and any(item.is_short for item in told):
        return False
    return all(item == told[0] or near_same(item, told[0]) for item in told)


def _said(entry: ParsedEntry) -> Likeness:
    return likeness(entry.title, plain(entry.html))


def groups(items: Sequence[tuple[str, str | None, Likeness]]) -> list[tuple[str, ...]]:
    """The ids of `items` (id, key of its page, likeness) that tell one story, each group and all groups sorted.

    They have a page in common or are near the same, or are so through others; the order of items changes nothing.
    """
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    pages: dict[str, str] = {}
    index = LikenessIndex()
    for name, page, told in sorted(
        items, key=lambda item: (item[0], item[1] or "", item[2].title, item[2].text)
    ):
        leader.setdefault(name, name)
        same = [*index.find(told), *([pages.setdefault(page, name)] if page else [])]
        for other in same:
            low, high = sorted((lead(name), lead(other)))
            leader[high] = low
        index.add(name, told)
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(leader):
        found[lead(name)].append(name)
    return sorted(map(tuple, found.values()))
