"""What was chosen → the Markdown file that the communications team mends: its order, its titles, its words. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from curation.newsletter.selecting import Chosen, Wanted
from portal.formats.newsletter.cards import PART_TITLES
from portal.language import Translator
from portal.records import Record
from portal.slugs import MAX_SLUG_BYTES


@dataclass(frozen=True)
class Draft:
    """A letter that isn't written yet: the name of its file, and its text."""

    slug: str
    text: str


def slug_of(wanted: Wanted, language: str, site_language: str) -> str:
    """The name of a letter's file: its month, and for whom it is; the same for the same question."""
    first, last = wanted.since, wanted.until
    month = f"{last:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else f"{first}-{last}"
    for_whom = [record.slug for record in (wanted.territory, wanted.community) if record]
    tongue = [language] if language != site_language else []
    return "-".join([month, *for_whom, *tongue])[:MAX_SLUG_BYTES].rstrip("-")


def draft(
    slug: str, chosen: Sequence[Chosen], wanted: Wanted, say: Translator, audience: str = "internal"
) -> Draft:
    """The text of a letter's file, in the letter's own language."""
    lines = [
        "---",
        *_head(wanted, say, audience),
        *_parts(chosen, say),
        "---",
        "",
        *_greeting(chosen, wanted, say),
    ]
    return Draft(slug, "\n".join(lines) + "\n")


def _head(wanted: Wanted, say: Translator, audience: str) -> Iterator[str]:
    where = wanted.community or wanted.territory
    month = say.skeleton(wanted.until, "yMMMM")
    title = say.gettext("What we did in {month}").format(month=month)
    yield f"title: {_quoted(f'{where.label}{_colon(say)} {_lower(title)}' if where else title)}"
    yield f"published: {wanted.until}"
    yield f"lang: {say.language}"
    if wanted.territory:
        yield f"territory: {wanted.territory.slug}"
    if wanted.community:
        yield f"community: {wanted.community.slug}"
    if audience != "internal":
        yield f"audience: {audience}"


def _parts(chosen: Sequence[Chosen], say: Translator) -> Iterator[str]:
    yield "sections:" if chosen else "sections: []"
    left_out = say.gettext("Left out; take a “#” away to show one:")
    for one in sorted(chosen, key=lambda one: list(PART_TITLES).index(one.kind)):
        yield f"  - title: {_quoted(say.gettext(PART_TITLES[one.kind]))}"
        yield "    items:"
        for record in one.shown:
            yield f"      - {one.kind}: {record.slug}  # {_comment(record)}"
        if one.left:
            yield f"      # {left_out}"
        for record in one.left:
            yield f"      # - {one.kind}: {record.slug}  # {_comment(record)}"


def _greeting(chosen: Sequence[Chosen], wanted: Wanted, say: Translator) -> Iterator[str]:
    """A true sentence to begin with, which the team replaces by better ones."""
    yield say.gettext("Hello,")
    yield ""
    counts = [_counted(one, say) for one in chosen]
    if counts:
        since, listed = say.date(wanted.since), say.listed(counts)
        yield say.gettext("Since {day}: {things}. Enjoy the reading!").format(day=since, things=listed)


def _counted(one: Chosen, say: Translator) -> str:
    """« 3 histoires »."""
    count = len(one.shown)
    words = {
        "post": say.ngettext("%(num)s director’s word", "%(num)s directors’ words", count),
        "story": say.ngettext("%(num)s story", "%(num)s stories", count),
        "event": say.ngettext("%(num)s meeting to come", "%(num)s meetings to come", count),
        "question": say.ngettext("%(num)s question waits", "%(num)s questions wait", count),
        "idea": say.ngettext("%(num)s idea that came through", "%(num)s ideas that came through", count),
        "watch_item": say.ngettext("%(num)s reading", "%(num)s readings", count),
        "person": say.ngettext("%(num)s newcomer", "%(num)s newcomers", count),
    }
    return words[one.kind] % {"num": count}


def _colon(say: Translator) -> str:
    return " :" if say.language == "fr" else ":"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _quoted(text: str) -> str:
    """A YAML scalar between quotes, which JSON's are (YAML 1.2 § 1.3)."""
    return json.dumps(text, ensure_ascii=False)


def _comment(record: Record) -> str:
    return " ".join(record.label.split())


def today(moment: date, say: Translator) -> date:
    """The day of a moment in the portal's zone."""
    return date.fromisoformat(say.local(moment).isoformat()[:10])
