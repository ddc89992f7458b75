"""The small files beside the postings: facets, who can help with a skill, the words that a typing error may mean."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from portal.search.document import FACETS, Document, Labels
from portal.search.encoding import deflated, front_coded, gap_bytes, varint
from portal.search.heads import Heads
from portal.search.occurrences import Occurrences


def compact(value: object) -> bytes:
    """JSON without a space, its keys sorted."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class SideFiles:
    """Facets and helpers, gathered as documents come."""

    def __init__(self) -> None:
        self.holding: dict[str, dict[str, array[int]]] = {
            name: defaultdict(lambda: array("i")) for name in FACETS
        }
        self.helpers: dict[int, bytes] = {}
        self.documents = 0

    def add(self, document: Document) -> None:
        """Note what one document is filed under, and who helps with a skill: nobody is an answer, too."""
        for name, values in document.facets.items():
            for value in dict.fromkeys(values):
                self.holding[name][value].append(self.documents)
        if document.kind == "skill":
            self.helpers[self.documents] = compact(
                [
                    [one.name, one.address, one.territory, one.level, " ".join(one.offers), one.job_title]
                    for one in document.helpers
                ]
            )
        self.documents += 1

    def files(self, numbers: NDArray[np.int32], labels: Labels) -> Iterator[tuple[str, bytes]]:
        """Names and contents; `numbers` has the number of each document, in the order in which they came."""
        for name, values in self.holding.items():
            if values:
                held = {value: np.sort(numbers[np.array(came, np.int32)]) for value, came in values.items()}
                yield f"facet-{name}.bin", facet(held, labels.get(name, {}))
        for came, content in self.helpers.items():
            yield f"helpers-{numbers[came]}.json", content


def facet(values: Mapping[str, NDArray[np.int32]], labels: Mapping[str, str]) -> bytes:
    """One facet: values are sorted; each has its words and the documents that have it."""
    heads, numbers = [varint(len(values))], []
    for value in sorted(values):
        said = f"{value}\t{' '.join(labels.get(value, value).split())}".encode()
        heads.append(varint(len(said)) + said + varint(len(values[value])))
        numbers.append(gap_bytes(values[value]))
    return deflated(b"".join(heads + numbers))


def named_terms(occurrences: Occurrences) -> NDArray[np.bool_]:
    """For each term, whether it stands in a title or an alias."""
    named = np.zeros(len(occurrences.terms), bool)
    for name in ("title", "aliases"):
        named[occurrences.fields[name].ranks] = True
    return named


def words(held: Heads, named: NDArray[np.bool_]) -> bytes:
    """The terms that a word with a typing error may have meant, and how common each is (bits of its documents)."""
    holding = held.holding()
    kept = np.flatnonzero((holding > 1) | named)
    common = bytes(count.bit_length() for count in holding[kept].tolist())
    return deflated(front_coded([held.terms[rank] for rank in kept.tolist()]) + common)
