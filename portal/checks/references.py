"""Rules about what records name: it exists, and it doesn't lead back to itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portal.checks.case import Case, Finding, at, short
from portal.problems import N_, Message, message
from portal.records import KINDS, Record, Skill, Story, Territory
from portal.records.places import path_of
from portal.validation import nearest

_LONGEST_GUESS = 100


def dangling_reference(case: Case) -> Iterator[Finding]:
    """Whatever a record names exists."""
    guesses: dict[tuple[str, str], str | None] = {}
    for record in case.content.records:
        for reference in record.references():
            target = (reference.kind, reference.slug)
            # A file that couldn't be read has a problem of its own: one mend is enough for both.
            if case.content.get(*target) is not None or target in case.loaded.unreadable:
                continue
            if target not in guesses:
                known = (item.slug for item in case.content.of(reference.kind))
                guesses[target] = nearest(reference.slug[:_LONGEST_GUESS], known)
            key = next(step for step in reversed(reference.location) if isinstance(step, str))
            yield at(record, reference.location, _dangling(key, *target, guesses[target]))


def _dangling(key: str, kind: str, slug: str, guess: str | None) -> Message:
    if guess:
        what = N_("“{key}” names “{slug}”, which doesn’t exist: did you mean “{proposal}”?")
        return message(what, key=key, slug=short(slug), proposal=guess)
    what = N_("“{key}” names “{slug}”, which doesn’t exist: create {path}, or take the name away")
    path = path_of(KINDS[kind], short(slug), "<year>")
    return message(what, key=key, slug=short(slug), path=path)


def loop(case: Case) -> Iterator[Finding]:
    """A skill’s broader skills, a territory’s parents and the stories before a story never lead back to it."""
    skills = {item.slug: item.broader for item in case.content.skills()}
    yield from _loops("broader", _of(case, Skill), skills)
    territories = {item.slug: item.parent for item in case.content.territories()}
    yield from _loops("parent", _of(case, Territory), territories)
    stories = {item.slug: item.sequel_of for item in case.content.every_story()}
    yield from _loops("sequel_of", _of(case, Story), stories)


def _of(case: Case, model: type[Record]) -> Mapping[str, Record]:
    return {item.slug: item for item in case.content.of(model.kind)}


def _loops(key: str, records: Mapping[str, Record], above: Mapping[str, str | None]) -> Iterator[Finding]:
    """Each loop once, on its first record by slug."""
    walked: set[str] = set()
    for slug in sorted(records):
        way: list[str] = []
        step: str | None = slug
        while step is not None and step in records and step not in walked:
            walked.add(step)
            way.append(step)
            step = above[step]
        if step in way:
            around = way[way.index(step) :]
            first = around.index(min(around))
            turned = [*around[first:], *around[: first + 1]]
            yield at(records[turned[0]], (key,), _looping(key, turned))


def _looping(key: str, around: Iterable[str]) -> Message:
    what = N_("“{key}” goes round in a loop ({loop}): take one of these “{key}” away")
    return message(what, key=key, loop=" → ".join(around))
