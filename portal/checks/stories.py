"""Rules about stories: a published one has its people, its figures and its day."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from portal.checks.case import Case, Finding, at
from portal.problems import N_, message
from portal.records import Story


def _told(case: Case) -> Iterator[Story]:
    """Stories that readers see, or will without anyone doing more."""
    return (item for item in case.content.stories() if item.status in {"published", "scheduled"})


def story_people(case: Case) -> Iterator[Finding]:
    """A published story names who made it."""
    what = N_("the story names nobody: name who made it under “people”, or write “status: draft”")
    for story in _told(case):
        if not story.people:
            yield at(story, ("people",), message(what))


def story_figures(case: Case) -> Iterator[Finding]:
    """A published story has a result with figures."""
    none = N_(
        "the story proves nothing yet: add a result with its figures under “results”, or write “status: draft”"
    )
    odd = N_("this figure isn’t a number that can be shown: write one such as 12.5")
    for story in _told(case):
        if not story.results:
            yield at(story, ("results",), message(none))
        for index, result in enumerate(story.results):
            for key in ("before", "after"):
                figure = getattr(result, key)
                if figure is not None and not isfinite(figure):
                    yield at(story, ("results", index, key), message(odd))


def story_date(case: Case) -> Iterator[Finding]:
    """A published or scheduled story has the day of its publication."""
    what = N_("the story is {status} without a day: add “published: {today}”, or write “status: draft”")
    for story in _told(case):
        if story.published is None:
            said = message(what, status=story.status, today=case.now.date())
            yield at(story, ("status",), said)
