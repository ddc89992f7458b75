"""What results may be narrowed by: the values of each page, the words for them, and the words of queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.content import Content
from portal.content.order import day_of
from portal.records import (
    KINDS,
    Community,
    Event,
    Newsletter,
    Person,
    Question,
    Record,
    Skill,
    Territory,
    WatchItem,
)
from portal.search.document import Labels
from portal.search.names import Names
from portal.search.pages import KIND as PAGE

_ENGLISH = {
    "skill": "skill", "place": "territory", "territory": "territory", "community": "community", "kind": "kind",
    "type": "kind", "language": "language", "year": "year",
}  # fmt: skip

FIELD_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": _ENGLISH,
    "fr": {
        "competence": "skill", "lieu": "territory", "territoire": "territory", "communaute": "community", "type": "kind",
        "langue": "language", "annee": "year", **_ENGLISH,
    },
}  # fmt: skip
"""What is typed before a colon, folded, and the facet that it means, by the site's language."""


def facets_of(record: Record, day: date | None, names: Names) -> Mapping[str, tuple[str, ...]]:
    """The values of a record, by the names of `FACETS`."""
    language = names.content.settings.site.language
    return {
        "territory": names.around.get(territory_of(record, names), ()),
        "skill": _skills(record),
        "community": _communities(record),
        "language": (record.lang if isinstance(record, WatchItem | Newsletter) else language,),
        "year": (f"{day.year}",) if day else (),
    }


def day_of_page(record: Record) -> date | None:
    """The day that dates a page: a meeting’s first, what `day_of` says of the others."""
    return record.starts_at.date() if isinstance(record, Event) else day_of(record)


def territory_of(record: Record, names: Names) -> str | None:
    """Where a record is: a question is where its author works."""
    if isinstance(record, Territory):
        return record.slug
    if isinstance(record, Question):
        asker = names.content.person(record.asked_by)
        return asker.territory if asker else None
    return getattr(record, "territory", None)


def _skills(record: Record) -> tuple[str, ...]:
    """What someone can do and likes to do; what anything else is about."""
    if isinstance(record, Skill):
        return (record.slug,)
    if isinstance(record, Person):
        slugs = [item.skill for item in record.skills] + [item.skill for item in record.interests]
        return tuple(dict.fromkeys(slugs))
    return getattr(record, "skills", ())


def _communities(record: Record) -> tuple[str, ...]:
    if isinstance(record, Community):
        return (record.slug,)
    if isinstance(record, Question | Newsletter):
        return (record.community,) if record.community else ()
    return getattr(record, "communities", ())


def facet_labels(content: Content) -> Labels:
    """The words for the values that pages of this view may have, and for their kinds."""
    names = Names(content)
    years = {day.year for record in content.records if (day := day_of_page(record))}
    written = {item.lang for item in content.watch_items()} | {item.lang for item in content.newsletters()}
    languages = written | {content.settings.site.language}
    return {
        "territory": names.territories,
        "skill": names.skills,
        "community": names.communities,
        "language": {code: names.language(code) for code in sorted(languages)},
        "year": {str(year): str(year) for year in sorted(years)},
        "kind": {kind: names.label("kind", kind) for kind in KINDS} | {PAGE: names.say.gettext("Page")},
    }
