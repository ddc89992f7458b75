"""Words that mean the same: a page that holds one of them is found by the others.

They are a company's own (`site_config/synonyms.yml`) and the names of each skill. They are added to what is indexed,
not to what is asked: a query stays as short as it was typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from portal.content import Content
from portal.search.analysis import Analyser, plain

_MAX_REMEMBERED = 300_000


def groups_of(content: Content) -> tuple[tuple[str, ...], ...]:
    """The groups of words of a site: those of its settings, then the names of each skill that has several."""
    skills = ((skill.title, *skill.aliases) for skill in content.skills() if skill.aliases)
    return (*content.settings.synonyms.groups, *skills)


class Synonyms:
    """Finds which groups a text speaks of, whatever the inflections of their words."""

    def __init__(self, groups: Iterable[Sequence[str]], analyser: Analyser) -> None:
        self._groups = tuple(groups)
        self._analyser = analyser
        # A member: its terms, its group, its rank there.
        self._members: dict[str, list[tuple[list[str], int, int]]] = defaultdict(list)
        for number, group in enumerate(self._groups):
            for rank, member in enumerate(group):
                if terms := analyser.terms(member):
                    self._members[terms[0]].append((terms, number, rank))
        wanted = {term for members in self._members.values() for terms, _, _ in members for term in terms}
        self._spelled = _Spelled(analyser, wanted)

    def of(self, text: str) -> str:
        """The other words of each group of which the text holds one."""
        if not self._members:
            return ""
        present = self._spelled.among(text)
        if not present:
            return ""
        found: dict[int, set[int]] = defaultdict(set)
        read: list[str] = []
        for first in present & self._members.keys():
            for terms, number, rank in self._members[first]:
                if len(terms) > 1:
                    if not present.issuperset(terms):
                        continue
                    read = read or self._analyser.terms(text)
                    if not _stands(terms, read):
                        continue
                found[number].add(rank)
        return " · ".join(
            member
            for number in sorted(found)
            for rank, member in enumerate(self._groups[number])
            if rank not in found[number]
        )


class _Spelled(dict[bytes, tuple[str, ...]]):
    """Piece of text (`plain`) → the wanted terms in it; each piece is read once for all texts."""

    def __init__(self, analyser: Analyser, wanted: set[str]) -> None:
        super().__init__()
        self._analyser = analyser
        self._wanted = wanted

    def __missing__(self, piece: bytes) -> tuple[str, ...]:
        terms = self._analyser.terms(piece.decode())
        found = self[piece] = tuple([term for term in terms if term in self._wanted])
        return found

    def among(self, text: str) -> set[str]:
        """The wanted terms of a text."""
        if len(self) > _MAX_REMEMBERED:
            self.clear()
        return set(chain.from_iterable(filter(None, map(self.__getitem__, plain(text).split()))))


def _stands(terms: list[str], read: list[str]) -> bool:
    """Whether the terms stand one after the other."""
    at = -1
    for _ in range(read.count(terms[0])):
        at = read.index(terms[0], at + 1)
        if read[at : at + len(terms)] == terms:
            return True
    return False
