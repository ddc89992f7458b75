"""What a word that no page holds may have meant: the terms that the fewest slips turn into it, or words like it."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from curation.finding.index import Index
from portal.validation import nearest

MOST_MEANT = 3


def slips_allowed(term: str) -> int:
    """How many letters may be missing, added, wrong or exchanged with their neighbour."""
    return 0 if len(term) < 4 else 1 if len(term) < 8 else 2


def meant(term: str, index: Index) -> list[tuple[str, int]]:
    """The nearest terms, the most common first, and how many slips away they are; all are as near."""
    allowed = slips_allowed(term)
    if not allowed:
        return []
    found = process.extract(term, index.terms, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    least = min((slips for _, slips, _ in found), default=0)
    near = [other for other, slips, _ in found if slips == least]
    common = {other: len(index.scores(other)).bit_length() for other in near}
    return [(other, least) for other in sorted(near, key=lambda other: (-common[other], other))[:MOST_MEANT]]


def proposal(term: str, index: Index) -> str | None:
    """A term that is like it, when none is near enough to be searched instead."""
    return nearest(term, index.terms)
