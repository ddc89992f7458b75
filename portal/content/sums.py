"""What the figures of several stories add up to: differences of one unit in one direction, and nothing else.

Honest by construction: a figure is added only where someone said that it may be (`adds_up`), where it has a before and
an after, and where its unit is one that adds. What grew and what shrank are never balanced against each other, and no
unit is converted into another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum, isfinite

from portal.records import Story
from portal.records.story import Result

_PER = re.compile(r"\s*/\s*|\s+(?:par|per)\s+|\s+(?:en|in)\s+", re.IGNORECASE)
_SHARE = re.compile(r"[%‰°]|\bp[ph]m\b|\bppb\b|\bph\b|\bindi", re.IGNORECASE)
_TIME = frozenset(
    "s sec seconde second min mn minute h heure hour j jour day d semaine week mois month trimestre quarter semestre "
    "an année ann annee year".split()
)
"""Flows add up: a quantity *per time* is one. Any other ratio isn't."""

_OF_NOTHING = re.compile(r"(?:par|per|sur|out of|en|in)\b|/", re.IGNORECASE)
"""“par mois”, “sur 20”: of what, such a unit doesn't say."""


@dataclass(frozen=True)
class Addend:
    """One figure that is added: the story that tells it, and its difference, positive."""

    story: Story
    result: Result
    difference: float

    @property
    def year(self) -> int | None:
        """The year of the story's publication."""
        return self.story.published.year if self.story.published else None


@dataclass(frozen=True)
class Line:
    """One territory (a slug, or None for stories that name none): its total, and its part of each year of the sum."""

    territory: str | None
    by_year: tuple[float, ...]
    total: float


@dataclass(frozen=True)
class Sum:
    """The differences of one unit that went one way: `is_less` where the figures went down."""

    unit: str
    is_less: bool
    addends: tuple[Addend, ...]

    @cached_property
    def total(self) -> float:
        """All of it, positive."""
        return _rounded(addend.difference for addend in self.addends)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """The stories that it is taken from, each once."""
        return tuple({addend.story.slug: addend.story for addend in self.addends}.values())

    @cached_property
    def years(self) -> tuple[int | None, ...]:
        """The years of publication, in order; None, for stories without a day, comes last."""
        return tuple(sorted({addend.year for addend in self.addends}, key=lambda year: (year is None, year or 0)))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """One line a territory, the largest first."""
        places: dict[str | None, list[Addend]] = defaultdict(list)
        for addend in self.addends:
            places[addend.story.territory].append(addend)
        found = (self._line(place, addends) for place, addends in places.items())
        return tuple(sorted(found, key=lambda line: (-line.total, line.territory or "")))

    def _line(self, place: str | None, addends: list[Addend]) -> Line:
        by_year = tuple(
            _rounded(item.difference for item in addends if item.year == year) for year in self.years
        )
        return Line(place, by_year, _rounded(item.difference for item in addends))


def sums_of(stories: Iterable[Story]) -> tuple[Sum, ...]:
    """The sums of some stories: those of most stories first, then by unit."""
    found: dict[tuple[str, bool], list[Addend]] = defaultdict(list)
    for story in stories:
        for result in story.results:
            if result.adds_up and is_addable(result) and result.before is not None and result.unit:
                difference = result.after - result.before
                if difference:
                    added = Addend(story, result, abs(difference))
                    found[same_unit(result.unit), difference < 0].append(added)
    sums = (
        Sum(str(addends[0].result.unit), is_less, tuple(addends)) for (_, is_less), addends in found.items()
    )
    return tuple(sorted(sums, key=lambda one: (-len(one.stories), same_unit(one.unit), one.is_less)))


def is_addable(result: Result) -> bool:
    """Whether a figure may be added to others: a before, an after, and a unit that adds."""
    figures = (result.before, result.after)
    return result.unit is not None and adds(result.unit) and all(
        figure is not None and isfinite(figure) for figure in figures
    )


def adds(unit: str) -> bool:
    """Whether quantities of a unit may be added.

    Shares, degrees and indexes may not, nor may ratios (mg/L, kWh/kg, “par habitant”) unless they are per time: m³/h and
    “MWh par an” are flows, which add up. A unit that names no quantity (“par mois”, “sur 20”) may not either.
    """
    if _SHARE.search(unit) or _OF_NOTHING.match(unit):
        return False
    _, *below = _PER.split(unit.strip())
    return all(_singular(word) in _TIME for word in below)


def same_unit(unit: str) -> str:
    """One spelling for units that only differ by it: “MWh/an” and “MWh par  an”, “m3” and “m³”."""
    whole = unicodedata.normalize("NFKC", unit)
    return "/".join(" ".join(part.split()) for part in _PER.split(whole.strip()))


def _singular(word: str) -> str:
    word = word.strip().lower()
    return word if word in _TIME else word.removesuffix("s")


def _rounded(differences: Iterable[float]) -> float:
    """A sum without the dust of binary fractions: what was written has a few decimals at most."""
    return round(fsum(differences), 6)
