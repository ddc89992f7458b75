"""What an entry is about: whether its source's filter takes it, and which skills and communities are proposed for it.

Everything is found by words that stand in the entry, and said with them: a curator sees why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from curation.judging.names import Name, Names
from curation.judging.vocabulary import Named, Vocabulary
from portal.slugs import fold
from portal.subscriptions import Subscription

__all__ = ["Matched", "Proposal", "Proposals", "Vocabulary", "passes", "propose"]

MOST_SKILLS, MOST_COMMUNITIES = 3, 2
"""How many are proposed beyond those of the source."""
MOST_WORDS = 4


@dataclass(frozen=True)
class Matched:
    """The words and tags of a subscription that an entry holds, as the subscription writes them."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """One skill or community, and why: its source is about it, or these words of the entry speak of it."""

    slug: str
    words: tuple[str, ...]
    origin: Literal["source", "text"]


@dataclass(frozen=True)
class Proposals:
    """What is proposed for an entry: what its source is about, then what its words speak of, the strongest first."""

    skills: tuple[Proposal, ...] = ()
    communities: tuple[Proposal, ...] = ()


def passes(subscription: Subscription, title: str, text: str, tags: Sequence[str]) -> Matched | None:
    """What of a subscription's words and tags an entry holds; None when it must hold one and doesn't.

    `title` and `text` are plain text. Case, accents and the plural don't count, whole words do.
    """
    sought = _sought(subscription.words)
    held = {name.of for part in (title, text) for name, _ in sought.found(part)}
    carried = {fold(tag).strip() for tag in tags}
    matched = Matched(
        words=tuple(word for word in subscription.words if word in held),
        tags=tuple(tag for tag in subscription.tags if fold(tag).strip() in carried),
    )
    return matched if subscription.take == "all" or matched.words or matched.tags else None


@lru_cache(maxsize=256)
def _sought(phrases: tuple[str, ...]) -> Names:
    return Names(map(Name.sought, phrases))


def propose(
    vocabulary: Vocabulary, subscription: Subscription | None, title: str, text: str, tags: Sequence[str]
) -> Proposals:
    """Skills and communities for an entry; without its subscription, only those that its words speak of."""
    named = vocabulary.named(title, text, tags)
    skills, readers = (subscription.skills, subscription.communities) if subscription else ((), ())
    watching = vocabulary.watching(subscription.id) if subscription else ()
    return Proposals(
        _proposals(skills, named.skills, MOST_SKILLS),
        _proposals(tuple(dict.fromkeys((*readers, *watching))), named.communities, MOST_COMMUNITIES),
    )


def _proposals(given: Sequence[str], named: Sequence[Named], most: int) -> tuple[Proposal, ...]:
    words = {item.slug: item.words[:MOST_WORDS] for item in named}
    told = [Proposal(slug, words[slug], "text") for slug in words if slug not in given]
    return (*(Proposal(slug, words.get(slug, ()), "source") for slug in given), *told[:most])
