"""Rules about questions: the promise to answer, and what is asked twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from portal.checks.case import Case, Finding, at, short
from portal.problems import N_, message
from portal.records import Question

ALIKE = 0.45
"""Titles whose words are so alike ask the same: a cosine, where rare words weigh more."""

_TOO_COMMON = 100
"""A word that more titles hold than this tells nothing, and would make the search quadratic."""


def late_answer(case: Case) -> Iterator[Finding]:
    """A question gets its first answer within the days that its community promised."""
    what = N_(
        "“{community}” promised an answer within {days} days, and nobody has answered (days late: {late}): "
        "answer, or ask someone who can"
    )
    for question in case.content.questions():
        community = case.content.community(question.community)
        if not question.waits or community is None or community.answer_within_days is None:
            continue
        days = community.answer_within_days
        # Counted as a difference: a sum of days could leave the calendar.
        late = (case.now.date() - question.asked_on).days - days
        if late > 0:
            said = message(what, community=short(community.title), days=days, late=late)
            yield at(question, ("asked_on",), said)


def answered_without_answer(case: Case) -> Iterator[Finding]:
    """A question that is answered has an answer."""
    what = N_(
        "the question is said to be answered, without an answer: add it under “answers”, or write “status: open”"
    )
    for question in case.content.questions():
        if question.status == "answered" and not question.answers:
            yield at(question, ("status",), message(what))


def same_question(case: Case) -> Iterator[Finding]:
    """A question is asked once, or links to the one that asks much the same."""
    what = N_(
        "this asks much the same as “{title}” ({path}): keep one question with the answers of both, or link one to the other"
    )
    questions = sorted(case.content.questions(), key=lambda item: (item.asked_on, item.slug))
    linked = {
        (text.record.key, other.key)
        for text in case.texts
        if isinstance(text.record, Question)
        for _, other in case.linked(text)
    }
    told: set[int] = set()
    for first, later in _asking_the_same(case, questions):
        one, other = questions[first], questions[later]
        is_linked = {(one.key, other.key), (other.key, one.key)} & linked
        if (
            later not in told
            and not is_linked
            and case.content.audience_of(one) == case.content.audience_of(other)
        ):
            told.add(later)
            yield at(other, ("title",), message(what, title=short(one.title), path=one.path))


def _asking_the_same(case: Case, questions: Sequence[Question]) -> list[tuple[int, int]]:
    """Pairs of places of questions, the earlier first in each; the most alike pairs come first."""
    # Their arrays take time to load, which commands that check nothing must not pay.
    from portal.search.analysis import analyser
    from portal.search.likeness import alike

    terms = analyser(case.content.settings.site.language).terms
    titles = [terms(question.title) for question in questions]
    held = Counter(term for title in titles for term in set(title))
    texts = [([term for term in title if held[term] <= _TOO_COMMON], ()) for title in titles]
    pairs = sorted((-likeness, first, later) for first, later, likeness in alike(texts, ALIKE))
    return [(first, later) for _, first, later in pairs]
