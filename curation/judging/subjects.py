"""Which words speak of each skill and community, learnt from the company's own content.

Names alone aren't enough: few articles on leak detection write “leak detection”. So each word is given the subjects in
whose records it stands far more often than in the others.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from curation.judging.words import COUNTING, STOP_WORDS, folded, form, words
from portal.content import Content
from portal.formats.excerpt import plain
from portal.records import Community, Person, Record, Skill, Territory

TEXTS = ("purpose", "why", "challenge", "solution", "decision")
"""Keys of records whose plain text says what they are about, beside their title and their Markdown."""
SMOOTHING = 0.5
MIN_RECORDS = 2
"""A word counts for a subject from so many of its records on; a subject is learnt from so many on."""
MIN_WEIGHT = 1.0
"""The logarithm of how many times as often a word stands in a subject's records as in the others."""
MIN_SURE = 2.0
"""That weight in standard deviations (Monroe and others, “Fightin’ Words”, 2008): below, it may be chance."""
NAME_FACTOR = 1.5

Key = tuple[str, str]
Said = Mapping[Key, frozenset[str]]
"""The forms of the words of each record."""
Weights = Mapping[str, Mapping[str, float]]
"""The subjects that a form of a word speaks of, and how much."""


def said_in(content: Content) -> Said:
    """What each record says; the names of people and places say nothing of its subject."""
    named = [record for record in content.records if isinstance(record, Person | Territory)]
    names = {form(word) for record in named for word in words(record.label)}
    others = (record for record in content.records if not isinstance(record, Person | Territory))
    return {record.key: frozenset(_forms(_texts(record), names)) for record in others}


def _texts(record: Record) -> Iterator[str]:
    yield record.label
    yield from (text for key in TEXTS if isinstance(text := getattr(record, key, None), str))
    yield from (plain(prose.text) for prose in record.prose())


def _forms(texts: Iterable[str], without: Collection[str] = ()) -> Iterator[str]:
    for word in (word for text in texts for word in words(text)):
        plain_word = folded(word)
        if len(word) <= 2 or word.isdigit() or plain_word in STOP_WORDS or plain_word in COUNTING:
            continue
        if (found := form(word)) not in without:
            yield found


def weights_of(subjects: Iterable[Skill | Community], content: Content, said: Said, own_page: int) -> Weights:
    """How much each word speaks of each subject. The page of a subject itself counts for `own_page` records.

    The logarithm of a word's odds in the records that name the subject, over its odds in the others.
    """
    everywhere = Counter(word for forms in said.values() for word in forms)
    naming = _naming(content, said)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for subject in subjects:
        records = naming[subject.key] | {subject.key}
        if len(records) <= MIN_RECORDS:
            continue
        names = set(_forms((subject.title, *getattr(subject, "aliases", ()))))
        for word, count in Counter(word for key in sorted(records) for word in said[key]).items():
            counted = count + (own_page - 1 if word in said[subject.key] else 0)
            weight = _weight(count, len(records), everywhere[word] - count, len(said) - len(records))
            if weight >= MIN_WEIGHT and (word in names or counted >= MIN_RECORDS):
                found[word][subject.slug] = weight * (NAME_FACTOR if word in names else 1)
    return found


def _weight(inside: int, of_inside: int, outside: int, of_outside: int) -> float:
    """The logarithm of a word's odds inside over its odds outside; 0 where chance alone may make it so large."""
    here = (inside + SMOOTHING) / (of_inside + 2 * SMOOTHING)
    elsewhere = (outside + SMOOTHING) / (of_outside + 2 * SMOOTHING)
    weight = math.log(here / elsewhere)
    deviation = math.sqrt(1 / (inside + SMOOTHING) + 1 / (outside + SMOOTHING))
    return weight if weight >= MIN_SURE * deviation else 0.0


def _naming(content: Content, said: Said) -> Mapping[Key, set[Key]]:
    """The records that name each record."""
    naming: dict[Key, set[Key]] = defaultdict(set)
    for record in content.records:
        for reference in record.references():
            if record.key in said:
                naming[reference.kind, reference.slug].add(record.key)
    return naming
