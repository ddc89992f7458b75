"""Rules about questions: the promise to answer."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.case import Case, Finding, at, short
from portal.problems import N_, message


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
