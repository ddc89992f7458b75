"""Whoosh's BM25F over the same terms: what every score of ours is compared with."""

from collections import defaultdict
from collections.abc import Iterable
from math import log

from whoosh.analysis import Analyzer, Token
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index
from whoosh.scoring import BM25F

from portal.search.analysis import analyser
from portal.search.document import FIELDS, Document
from portal.search.scoring import steady


class Terms(Analyzer):
    """Gives Whoosh the terms of our own analyser."""

    def __call__(self, value, positions=False, chars=False, mode="", **_):
        for position, term in enumerate(analyser("fr").terms(value)):
            token = Token(positions=positions, mode=mode, text=term, boost=1.0, stopped=False)
            token.pos = position
            yield token


class SteadyBM25F(BM25F):
    """BM25F on rounded statistics."""

    def idf(self, searcher, fieldname, text):
        parent = searcher.get_parent()
        return log(steady(parent.doc_count_all()) / (parent.doc_frequency(fieldname, text) + 1)) + 1

    def scorer(self, searcher, fieldname, text, qf=1):
        made = super().scorer(searcher, fieldname, text, qf)
        made.avgfl = steady(made.avgfl)
        return made


def whoosh_index(documents: Iterable[Document]) -> Index:
    fields = {
        name: TEXT(analyzer=Terms(), phrase=False, field_boost=weight) for name, weight in FIELDS.items()
    }
    index = RamStorage().create_index(Schema(**fields))
    writer = index.writer()
    for document in documents:
        writer.add_document(**{name: text for name, text in document.fields.items() if text})
    writer.commit()
    return index


def whoosh_scores(index: Index, weighting: BM25F) -> dict[str, dict[int, float]]:
    """Term → document number → score, of every term and document."""
    made: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    with index.searcher(weighting=weighting) as searcher:
        for name in FIELDS:
            for term in searcher.reader().lexicon(name):
                matcher = searcher.postings(name, term)
                while matcher.is_active():
                    made[term.decode()][matcher.id()] += matcher.score()
                    matcher.next()
    return made
