"""Rules about stories: their people agree, their figures are known, their day is set, their order makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from portal.checks.case import Case, Finding, at, short
from portal.content.checklist import Item, agreement_line, missing
from portal.content.sums import is_addable
from portal.problems import N_, message
from portal.records import Story
from portal.slugs import fold_name

_ADVICE: frozenset[Item] = frozenset({"evidence", "picture", "territory"})
"""What is only said: without the other things of the checklist, a rule of its own withholds the story."""


def _told(case: Case) -> Iterator[Story]:
    """Stories that readers see, or will without anyone doing more."""
    return (item for item in case.content.stories() if item.status in {"published", "scheduled"})


def _shown(case: Case) -> Iterator[Story]:
    """Those, and the stories that someone reads before, or still finds in the archives."""
    return (item for item in case.content.every_story() if item.status != "draft" and not _is_given_up(item))


def _is_given_up(story: Story) -> bool:
    """Whether it was archived without having come out."""
    return story.status == "archived" and story.published is None


def story_people(case: Case) -> Iterator[Finding]:
    """A story names who made it, from its review on."""
    what = N_("the story names nobody: name who made it under “people”, or write “status: draft”")
    for story in _shown(case):
        if not story.people:
            yield at(story, ("people",), message(what))


def story_figures(case: Case) -> Iterator[Finding]:
    """A story has a result with figures, from its review on."""
    none = N_(
        "the story proves nothing yet: add a result with its figures under “results”, or write “status: draft”"
    )
    odd = N_("this figure isn’t a number that can be shown: write one such as 12.5")
    for story in _shown(case):
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
            said = message(what, status=story.status, today=case.content.today)
            yield at(story, ("status",), said)


def story_agreement(case: Case) -> Iterator[Finding]:
    """Everyone who appears in a story agreed to it before it is scheduled."""
    what = N_(
        "{name} appears in the story without having agreed: ask, then write “{line}” under “agreements”, or take the name "
        "away"
    )
    for story in _shown(case):
        for slug in story.unasked if story.status != "review" else ():
            key = ("people", story.people.index(slug)) if slug in story.people else ("quote", "by")
            person = case.content.person(slug)
            line = agreement_line(slug, case.content.today)
            said = message(what, name=person.name if person else short(slug), line=short(line))
            yield at(story, key, said)


def odd_agreement(case: Case) -> Iterator[Finding]:
    """Agreements are those of people who appear, given by today."""
    absent = N_("“{slug}” doesn’t appear in the story any more: take this agreement away, it isn’t needed")
    early = N_("nobody has agreed on {day} yet, it is to come: write the day on which they did")
    for story in case.content.every_story():
        for rank, agreement in enumerate(story.agreements):
            if agreement.person not in story.appearing:
                yield at(story, ("agreements", rank, "person"), message(absent, slug=short(agreement.person)))
            if agreement.on > case.content.today:
                yield at(story, ("agreements", rank, "on"), message(early, day=agreement.on))


def story_checklist(case: Case) -> Iterator[Finding]:
    """A scheduled or published story has its whole checklist: evidence, a picture or why there is none, a place."""
    what = N_("the story isn’t whole: {missing}")
    for story in _told(case):
        for item in missing(story, case.content):
            if item.item in _ADVICE:
                yield at(story, item.location, message(what, missing=item.what))


def adding_up(case: Case) -> Iterator[Finding]:
    """Only figures with a before, an after and a unit that adds are added to those of other stories."""
    what = N_(
        "this figure can’t be added to others: it needs “before”, “after” and a unit that adds (m³, MWh par an), not a "
        "share, a mean or a content; correct it, or take “adds_up” away"
    )
    for story in case.content.every_story():
        for rank, result in enumerate(story.results):
            if result.adds_up and not is_addable(result):
                yield at(story, ("results", rank, "adds_up"), message(what))


def same_month(case: Case) -> Iterator[Finding]:
    """A month has one story of the month."""
    what = N_("{path} is the story of {month} already: choose one of them")
    chosen: dict[str, Story] = {}
    for story in _told(case):
        if story.featured:
            first = chosen.setdefault(story.featured, story)
            if first is not story:
                yield at(story, ("featured",), message(what, path=first.path, month=story.featured))


def same_part(case: Case) -> Iterator[Finding]:
    """Each story of a series has a place of its own."""
    what = N_("{path} is part {part} of this series already: number them in the order in which they are read")
    taken: dict[tuple[str, int], Story] = {}
    for story in case.content.every_story()[::-1]:
        if story.series:
            place = (fold_name(story.series.title), story.series.part)
            first = taken.setdefault(place, story)
            if first is not story:
                said = message(what, path=first.path, part=story.series.part)
                yield at(story, ("series", "part"), said)
