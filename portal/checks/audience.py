"""Rules about who may read: private matters stay in one community, and nobody is shown outside unasked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from portal.checks.case import Case, Finding, Text, at
from portal.content import Content
from portal.problems import N_, Message, message
from portal.records import Community, Person, Record, Reference
from portal.records.story import BACKSTAGE
from portal.yaml12 import Location

_PRIVATE_TO = N_(
    "“{name}” is private to “{community}”: take this away, or move it to what that community alone reads"
)
_NAMED = re.compile(r"(?<![\w.])@([a-z0-9][a-z0-9-]{0,100})")


def private_home(case: Case) -> Iterator[Finding]:
    """What is private belongs to exactly one private community."""
    for record in case.content.records:
        owners = case.content.private_to(record)
        if len(owners) > 1:
            many = N_("nobody could read this: it belongs to several private communities ({names}): keep one")
            yield at(record, _key(record), message(many, names=tuple(sorted(owners))))
        elif record.audience == "private" and (what := _homeless(case.content, record, owners)):
            yield at(record, ("audience",), what)


def _homeless(content: Content, record: Record, owners: frozenset[str]) -> Message | None:
    """Why nobody could read a record that says that it is private."""
    if isinstance(record, Community):
        what = N_("nobody could read this: a community is made private by “visibility: private”")
        return None if record.visibility == "private" else message(what)
    if isinstance(record, Person) or not _key(record):
        return message(
            N_("this kind of record is never private: write “audience: internal”, or take the key away")
        )
    # A community that doesn't exist or can't be read is another rule's matter.
    if owners or any(content.community(reference.slug) is None for reference in _communities_of(record)):
        return None
    what = N_(
        "nobody could read this: name one private community under “{key}”, or write “audience: internal”"
    )
    return message(what, key=_key(record)[0])


def _key(record: Record) -> Location:
    """The key under which this kind of record names communities; empty for a kind that names none."""
    return tuple(key for key in ("community", "communities") if key in type(record).model_fields)


def mixed_audience(case: Case) -> Iterator[Finding]:
    """What names a private community is private."""
    mixed = N_(
        "all employees could read what belongs to the private community “{name}”: write “audience: private”, "
        "or take “{name}” away"
    )
    outside = N_("the private community “{name}” can’t be shown outside: write “audience: private”")
    for record in case.content.records:
        if isinstance(record, Person) or record.audience == "private":
            continue
        closed = sorted(_closed_among(case.content, record))
        owners = case.content.private_to(record)
        if closed and record.audience == "external":
            yield at(record, ("audience",), message(outside, name=closed[0]))
        elif closed and not owners:
            yield at(record, _key(record), message(mixed, name=closed[0]))


def _closed_among(content: Content, record: Record) -> set[str]:
    """The private communities that a record is, or names."""
    named = [content.get(reference.kind, reference.slug) for reference in _communities_of(record)]
    found = (item for item in [*named, record] if isinstance(item, Community))
    return {item.slug for item in found if item.visibility == "private"}


def _communities_of(record: Record) -> Iterator[Reference]:
    return (reference for reference in record.references() if reference.kind == Community.kind)


def doubtful_audience(case: Case) -> Iterator[Finding]:
    """What names a community that can’t be read waits, since that community may be private."""
    what = N_("the file of the community “{name}” can’t be read, and it may be private: mend that file first")
    for record in case.content.records:
        if isinstance(record, Person) or record.audience == "private":
            continue
        for reference in _communities_of(record):
            if (reference.kind, reference.slug) in case.loaded.unreadable:
                yield at(record, reference.location, message(what, name=reference.slug))


def private_leak(case: Case) -> Iterator[Finding]:
    """What is private is neither named nor linked outside its community."""
    for record in case.content.records:
        for reference in record.references():
            # Naming a private community is another rule's matter.
            found = case.content.get(reference.kind, reference.slug)
            if reference.kind != Community.kind and found and (what := _leak(case.content, record, found)):
                yield at(record, reference.location, what)
    for text in case.texts:
        for destination, found in case.linked(text):
            if what := _leak(case.content, text.record, found):
                yield text.finding(destination.offset, what)
        for destination in text.destinations:
            if what := _leaked_file(case.content, text.record, destination.path or ""):
                yield text.finding(destination.offset, what)


def _leak(content: Content, record: Record, found: Record) -> Message | None:
    """What is said when readers of `record` aren't all in the private community that `found` belongs to.

    It quotes slugs, which the author wrote, and no title, which the author may not know.
    """
    owners = content.private_to(found)
    # A record without one clear owner is withheld already.
    if len(owners) != 1 or content.private_to(record) == owners:
        return None
    if isinstance(found, Community):
        return message(N_("“{name}” is a private community: take this link away"), name=found.slug)
    return message(_PRIVATE_TO, name=found.slug, community=next(iter(owners)))


def _leaked_file(content: Content, record: Record, path: str) -> Message | None:
    """What is said of a picture or document of a private community's folder, shown to others."""
    folder, _, rest = path.partition("/")
    community = content.community(rest.partition("/")[0]) if folder == Community.folder else None
    if path not in content.media or community is None or community.visibility != "private":
        return None
    if content.private_to(record) == {community.slug}:
        return None
    return message(_PRIVATE_TO, name=path, community=community.slug)


def external_consent(case: Case) -> Iterator[Finding]:
    """A public page names only people who agreed to be seen outside."""
    what = N_(
        "“{name}” hasn’t agreed to be seen outside: ask for “audience: external” in {path}, or take the name away"
    )
    for record in case.content.records:
        if record.audience == "external":
            for reference in record.references():
                if reference.location[0] not in BACKSTAGE and _is_shy(
                    person := case.content.get(reference.kind, reference.slug)
                ):
                    yield at(record, reference.location, message(what, name=person.label, path=person.path))
    for text in case.texts:
        if text.record.audience == "external":
            for offset, person in _people_in(case, text):
                yield text.finding(offset, message(what, name=person.label, path=person.path))


def _is_shy(found: Record | None) -> TypeGuard[Person]:
    return isinstance(found, Person) and found.audience != "external"


def _people_in(case: Case, text: Text) -> Iterator[tuple[int, Person]]:
    """Who is linked, or named in a task (@awa-diop), without having agreed."""
    linked = ((destination.offset, found) for destination, found in case.linked(text))
    named = ((match.start(), case.content.person(match[1])) for match in _NAMED.finditer(text.bare))
    for offset, found in (*linked, *named):
        if _is_shy(found):
            yield offset, found
