"""What relates to a record, computed as the site computes it: one function a kind, and for every kind who names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from portal.content import Content, Evidence, Neighbour
from portal.language import Translator
from portal.records import Community, Event, Person, Record, Skill, Story, Territory

Row = tuple[str, str]
"""A label and what is known under it."""

MAX_NAMED = 12


def named_by(record: Record, content: Content) -> Iterator[Row]:
    """Every place that names a record, by path: `path:line` inside the content folder, and the key."""
    for other in sorted(content.records, key=lambda item: item.path):
        for reference in other.references():
            if (reference.kind, reference.slug) == record.key:
                key = ".".join(str(step) for step in reference.location if isinstance(step, str))
                yield f"{other.path}:{other.line_of(*reference.location)}", key


@singledispatch
def related(record: Record, content: Content, say: Translator) -> Iterator[Row]:
    """What is computed for a kind, as rows; nothing for kinds without questions of their own."""
    yield from ()


@related.register
def _(record: Person, content: Content, say: Translator) -> Iterator[Row]:
    complete = content.completeness(record)
    missing = say.listed(say.gettext(label) for label in complete.missing)
    share = say.percent(complete.share)
    lacking = say.gettext("{share}, without {missing}").format(share=share, missing=missing)
    yield say.gettext("profile written"), lacking if complete.missing else share
    yield say.gettext("communities"), _names(content.communities_of(record), say)
    for skill, evidence in content.proofs(record):
        yield say.gettext("proof of {skill}").format(skill=skill.title), _evidence(evidence, say)
    for neighbour in content.neighbours(record):
        reasons = _reasons(neighbour, say)
        yield (
            say.gettext("neighbour"),
            f"{neighbour.person.label}: {reasons}" if reasons else neighbour.person.label,
        )


@related.register
def _(record: Skill, content: Content, say: Translator) -> Iterator[Row]:
    yield say.gettext("can do it"), _names(content.holders(record), say)
    yield say.gettext("like it"), _names(content.fans(record), say)
    yield say.gettext("want to learn it"), _names(content.learners(record), say)
    yield say.gettext("below it"), _names(content.narrower(record), say)
    yield say.gettext("evidence"), _evidence(content.evidence(record), say)
    yield say.gettext("communities"), _names(content.communities_about(record), say)


@related.register
def _(record: Community, content: Content, say: Translator) -> Iterator[Row]:
    yield say.gettext("members"), _names(content.members(record), say)
    yield say.gettext("animators"), _names(content.each("person", record.animators), say)
    yield say.gettext("next meeting"), _next_meeting(record, content, say)
    if (promise := content.promise(record)) is not None:
        sentence = say.ngettext(
            "answer within {days} day: {kept} kept of {answered} answered, {waiting} waiting, {late} late",
            "answer within {days} days: {kept} kept of {answered} answered, {waiting} waiting, {late} late",
            promise.days,
        )
        counted = {
            "kept": promise.kept,
            "answered": promise.answered,
            "waiting": promise.waiting,
            "late": promise.late,
        }
        yield say.gettext("promise"), sentence.format(days=promise.days, **counted)
    open_tasks = [task.text for task in content.tasks(record) if not task.done]
    yield say.gettext("open tasks"), _some(open_tasks, say)


@related.register
def _(record: Territory, content: Content, say: Translator) -> Iterator[Row]:
    yield say.gettext("inside"), _names(content.ancestors(record), say)
    yield say.gettext("holds"), _names(content.children(record), say)
    yield say.gettext("people"), _names(content.people_of(record), say)
    yield say.gettext("next meeting"), _next_meeting(record, content, say)


@related.register
def _(record: Event, content: Content, say: Translator) -> Iterator[Row]:
    meetings = [f"{say.date(start)}, {say.time(start)}" for start, _ in record.occurrences(content.now, 3)]
    yield say.gettext("next meetings"), "; ".join(meetings)


@related.register
def _(record: Story, content: Content, say: Translator) -> Iterator[Row]:
    shown = content.story(record.slug)
    if shown is None:
        return
    if (series := content.series_of(shown)) is not None:
        yield say.gettext("series"), f"{series.title} ({_names(series.stories, say)})"
    yield (
        say.gettext("continues"),
        _names(content.each("story", [shown.sequel_of] if shown.sequel_of else []), say),
    )
    yield say.gettext("continued by"), _names(content.sequels(shown), say)


def _next_meeting(record: Community | Territory, content: Content, say: Translator) -> str:
    meeting = content.next_meeting(record)
    return f"{say.date(meeting.start)}, {say.time(meeting.start)}: {meeting.event.label}" if meeting else ""


def _evidence(evidence: Evidence, say: Translator) -> str:
    stories, answers, events = len(evidence.stories), len(evidence.answers), len(evidence.events)
    counted = (
        say.ngettext("{count} story", "{count} stories", stories).format(count=stories) if stories else "",
        say.ngettext("{count} answer", "{count} answers", answers).format(count=answers) if answers else "",
        say.ngettext("{count} meeting", "{count} meetings", events).format(count=events) if events else "",
    )
    return say.listed(filter(None, counted))


def _reasons(neighbour: Neighbour, say: Translator) -> str:
    likes, teaches, learns = (
        _names(skills, say) for skills in (neighbour.likes, neighbour.teaches, neighbour.learns)
    )
    reasons = (
        say.gettext("likes {skills} too").format(skills=likes) if likes else "",
        say.gettext("teaches {skills}").format(skills=teaches) if teaches else "",
        say.gettext("wants to learn {skills}").format(skills=learns) if learns else "",
    )
    return "; ".join(filter(None, reasons))


def _names(records: Iterable[Record], say: Translator) -> str:
    return _some([record.label for record in records], say)


def _some(words: list[str], say: Translator) -> str:
    """The first words of a list, and how many more there are."""
    if len(words) <= MAX_NAMED:
        return say.listed(words)
    more = len(words) - MAX_NAMED
    return f"{', '.join(words[:MAX_NAMED])} " + say.ngettext(
        "and {count} more", "and {count} more", more
    ).format(count=more)
