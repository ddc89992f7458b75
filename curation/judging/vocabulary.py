"""Which skills and communities an entry speaks of: by their names, and by words that the company's own content teaches."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curation.judging.names import Name, Names
from curation.judging.subjects import Weights, said_in, weights_of
from curation.judging.words import folded, form, words
from portal.content import Content

TITLE_FACTOR = 1.5
WHOLE_NAME = 8.0
MIN_STRENGTH = 8.0
"""Tuned on the demo company's watch items, stories, questions and ideas, each left out in turn."""


@dataclass(frozen=True)
class Named:
    """A subject that an entry speaks of: by which of its words, the strongest first."""

    slug: str
    words: tuple[str, ...]
    strength: float


@dataclass(frozen=True)
class Subjects:
    """The subjects that an entry speaks of, the strongest first."""

    skills: tuple[Named, ...] = ()
    communities: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """What speaks of the company's skills and communities. Private and closed communities are never named by words."""

    names: Names
    tags: Mapping[str, str]
    skills: Weights
    communities: Weights
    feeds: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, content: Content) -> Vocabulary:
        """Learn from every record that names a skill or a community. Made once for many entries."""
        skills, communities = content.skills(), content.communities()
        named = [(skill.slug, name) for skill in skills for name in (skill.title, *skill.aliases)]
        said = said_in(content)
        welcoming = [item for item in communities if item.visibility == "open" and item.phase != "closed"]
        watched: dict[str, list[str]] = defaultdict(list)
        for community in communities:
            for source in community.feeds:
                watched[source].append(community.slug)
        return cls(
            names=Names(Name.known(slug, name) for slug, name in named),
            tags={" ".join(map(folded, words(name))): slug for slug, name in reversed(named)},
            skills=weights_of(skills, content, said, own_page=2),
            communities=weights_of(welcoming, content, said, own_page=1),
            feeds={source: tuple(slugs) for source, slugs in watched.items()},
        )

    def watching(self, source: str) -> tuple[str, ...]:
        """The communities that say they watch a source."""
        return self.feeds.get(source, ())

    def named(self, title: str, text: str, tags: Sequence[str]) -> Subjects:
        """What an entry speaks of; `title` and `text` are plain text."""
        heading = "\n".join((title, *tags))
        skills, communities = _Found(), _Found()
        for part, factor in ((heading, TITLE_FACTOR), (text, 1.0)):
            for name, written in self.names.found(part):
                skills.add(name.of, form(written), written, WHOLE_NAME * factor)
            for word in words(part):
                for found, weights in ((skills, self.skills), (communities, self.communities)):
                    for slug, weight in weights.get(form(word), {}).items():
                        found.add(slug, form(word), word, weight * factor)
        for tag in tags:
            if (tagged := self.tags.get(" ".join(map(folded, words(tag))))) is not None:
                skills.add(tagged, form(tag), tag, WHOLE_NAME * TITLE_FACTOR)
        return Subjects(skills.strongest(), communities.strongest())


class _Found:
    """Words of one entry that speak of subjects, each counted once, as strongly as it is ever said."""

    def __init__(self) -> None:
        self._weights: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)

    def add(self, slug: str, form: str, word: str, weight: float) -> None:
        if weight > self._weights[slug].get(form, (0.0, ""))[0]:
            self._weights[slug][form] = (weight, word)

    def strongest(self) -> tuple[Named, ...]:
        """Those that are spoken of clearly: by a whole name or by two words, half as much as the first at least."""
        found = [self._named(slug) for slug, said in self._weights.items() if self._is_clear(said)]
        found.sort(key=lambda item: (-item.strength, item.slug))
        return tuple(item for item in found if item.strength >= max(MIN_STRENGTH, found[0].strength / 2))

    @staticmethod
    def _is_clear(said: Mapping[str, tuple[float, str]]) -> bool:
        return len(said) > 1 or any(weight >= WHOLE_NAME for weight, _ in said.values())

    def _named(self, slug: str) -> Named:
        said = sorted(self._weights[slug].items(), key=lambda item: (-item[1][0], item[0]))
        strength = math.fsum(weight for _, (weight, _) in said)
        return Named(slug, tuple(word for _, (_, word) in said), strength)
