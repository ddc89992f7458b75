"""Communities or skills as curators type them: by name or by title, parted by commas. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.content import Content
from portal.problems import N_, Message, message
from portal.records import Community, Skill
from portal.slugs import fold, fold_name
from portal.validation import nearest


@dataclass(frozen=True)
class Names:
    """What may be typed: for each slug its title, then its other names."""

    known: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, content: Content, kind: str) -> Names:
        """Those of every community, or of every skill."""
        communities = {item.slug: (item.title,) for item in content.of(kind) if isinstance(item, Community)}
        skills = {
            item.slug: (item.title, *item.aliases) for item in content.of(kind) if isinstance(item, Skill)
        }
        return cls(communities | skills)

    def title(self, slug: str) -> str:
        """What readers call it."""
        return self.known[slug][0]

    def resolve(self, word: str) -> str | None:
        """The slug that a slug, a title or another name means."""
        if word in self.known:
            return word
        sought = fold_name(word)
        return next(
            (slug for slug, names in self.known.items() if sought in map(fold_name, (slug, *names))), None
        )

    def slugs(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those that some words mean, each once; the others mean nothing."""
        return tuple(dict.fromkeys(slug for word in words if (slug := self.resolve(word))))

    def matching(self, part: str) -> list[str]:
        """The slugs of which some letters begin a name, then those where they begin a word, then any that hold them."""
        if not (sought := fold(part.strip())):
            return []
        ranked = ((_rank(sought, (slug, *names)), slug) for slug, names in self.known.items())
        return [slug for rank, slug in sorted(ranked) if rank < _ABSENT]

    def unknown(self, words: Iterable[str]) -> Message | None:
        """What is said of the first word that means nothing; with the one that was likely meant."""
        for word in words:
            if self.resolve(word) is not None:
                continue
            if guess := next(iter(self.matching(word)), None) or nearest(word.lower(), self.known):
                what = N_("“{name}” isn’t known here: did you mean “{proposal}”?")
                return message(what, name=word, proposal=guess)
            return message(N_("“{name}” isn’t known here: type some letters of a name that is"), name=word)
        return None


_ABSENT = 3


def _rank(sought: str, names: Iterable[str]) -> int:
    """0 where a name begins so, 1 where one of its words does, 2 where it is inside."""
    rank = _ABSENT
    for name in map(fold, names):
        if name.startswith(sought):
            return 0
        if any(word.startswith(sought) for word in re.split(r"\W+", name)):
            rank = 1
        elif sought in name:
            rank = min(rank, 2)
    return rank


def listed(text: str) -> tuple[str, ...]:
    """The words between commas, each once."""
    return tuple(dict.fromkeys(word for part in text.split(",") if (word := part.strip())))


def completed(text: str, slug: str) -> str:
    """A line whose last word is a name now, ready for the next one."""
    return ", ".join([*listed(text.rpartition(",")[0]), slug, ""])
