"""Which candidates are shown, and in which order. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from curation.desk.appraisal import Appraised
from portal.problems import N_
from portal.slugs import fold

ORDERS = {"score": N_("by score"), "day": N_("latest first")}
"""How the list may be sorted, and the words that say it."""


class Sought:
    """Finds candidates by words; the folded text of each is kept."""

    def __init__(self) -> None:
        self._texts: dict[Appraised, str] = {}

    def found(self, items: Iterable[Appraised], words: str) -> list[Appraised]:
        """Those that hold each of the words, or parts of words, whatever their case and accents."""
        sought = fold(words).split()
        return [item for item in items if all(word in self._text(item) for word in sought)]

    def _text(self, item: Appraised) -> str:
        candidate = item.candidate
        if item not in self._texts:
            about = (one.slug for one in (*item.proposals.skills, *item.proposals.communities))
            parts = (candidate.title, candidate.excerpt, *candidate.sources, *candidate.tags, *about)
            self._texts[item] = fold(" ".join(parts))
        return self._texts[item]


def in_order(items: Iterable[Appraised], order: str) -> list[Appraised]:
    """Sorted by one of `ORDERS`; what is equal there, by the other, then by id."""

    def place(item: Appraised) -> tuple[float, float, str]:
        day = -(item.candidate.published or date.min).toordinal()
        return (
            (-item.score.value, day, item.candidate.id)
            if order == "score"
            else (day, -item.score.value, item.candidate.id)
        )

    return sorted(items, key=place)
