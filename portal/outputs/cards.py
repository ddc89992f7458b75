"""The cards that messages and social networks show beside a link: one a story, an event, a community and a post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import PIL

from portal.content import Content
from portal.formats import social_card
from portal.formats.excerpt import excerpt
from portal.formats.night import night
from portal.formats.social_card import Card, Style
from portal.formats.typography import typeset
from portal.labels import LABELS
from portal.language import Translator
from portal.outputs.output import DocumentOutput
from portal.records import Community, Event, Person, Post, Record, Story

FOLDER = "assets/cards"
"""Where a site has its cards."""

SHARED = (Story, Event, Community, Post)
"""The kinds that have a card of their own; other pages show the site's."""


@dataclass(frozen=True)
class CardOutput(DocumentOutput):
    """A card; `fingerprint` is that of all that it is drawn from: the same one means the same bytes."""

    fingerprint: str = ""


def card_files(content: Content) -> Iterator[CardOutput]:
    """The cards of one audience's site; none when the site doesn't know its address: cards are named by it."""
    if not content.settings.site.url:
        return
    style = style_of(content)
    yield _output(f"{FOLDER}/site.png", site_card(content), style)
    for record in content.records:
        if isinstance(record, SHARED):
            yield _output(card_address(record), card_of(record, content), style)


def card_address(record: Record | None) -> str:
    """Where the card of a page is, from the site's root: the record's own, or the site's."""
    return f"{FOLDER}/{record.kind}-{record.slug}.png" if isinstance(record, SHARED) else f"{FOLDER}/site.png"


def style_of(content: Content) -> Style:
    """What all cards of a site share; a logo that isn't a PNG can't be drawn: the portal's name stands for it."""
    settings = content.settings
    logo = settings.logo.content if settings.logo and settings.logo.suffix == ".png" else b""
    return Style(night(settings.site.colours), settings.site.name, logo)


def _output(address: str, card: Card, style: Style) -> CardOutput:
    made_from = repr((card, style, social_card.DESIGN, PIL.__version__))
    return CardOutput(
        address,
        render=lambda _: social_card.draw(card, style),
        fingerprint=sha256(made_from.encode()).hexdigest(),
    )


def site_card(content: Content) -> Card:
    """What stands for every page without a card of its own."""
    site, set_ = content.settings.site, _typesetting(content)
    company = "" if site.company == site.name else site.company
    return Card(company, site.name, lead=set_(site.tagline or ""))


def card_of(record: Record, content: Content) -> Card:
    """What the card of a record says, in the portal's language."""
    say, set_ = (
        Translator(content.settings.site.language, content.settings.site.timezone),
        _typesetting(content),
    )
    kind = _word("kind", record.kind, say)
    title = set_(record.label)
    match record:
        case Story():
            return _story(record, say, content)
        case Event():
            return _event(record, say, content)
        case Community():
            members = len(content.members(record))
            note = say.ngettext("%(num)s member", "%(num)s members", members) % {"num": say.number(members)}
            label = _word("community_kind", record.community_kind, say)
            return Card(label, title, lead=set_(excerpt(record.purpose or "", 150)), note=note)
        case Post():
            author = content.person(record.author)
            label = _word("post_kind", record.post_kind, say)
            signed = _joined(author.name, set_(author.job_title)) if author else ""
            return Card(_joined(label, say.date(record.published)), title, note=signed)
        case _:
            return Card(kind, title)


def _story(story: Story, say: Translator, content: Content) -> Card:
    set_ = _typesetting(content)
    day = say.date(story.published) if story.published else ""
    above = _joined(_word("kind", story.kind, say), set_(_place(story.territory, content)), day)
    if not story.results:
        people = (
            person.name for person in content.each("person", story.people)[:3] if isinstance(person, Person)
        )
        return Card(above, set_(story.title), note=_joined(*people))
    first = story.results[0]
    before = f"{say.number(first.before)} → " if first.before is not None else ""
    figure = f"{before}{say.number(first.after)}"
    return Card(above, set_(story.title), figure=figure, unit=set_(first.unit or ""), note=set_(first.label))


def _event(event: Event, say: Translator, content: Content) -> Card:
    """A meeting by its next day, or by its first one when all is over."""
    set_ = _typesetting(content)
    start, end = next(iter(event.occurrences(content.now, 1)), (event.starts_at, event.ends_at))
    day = start.date()
    weekday = say.date(day, "full").replace(",", " ").split()[0]
    status = _word("event_status", event.status, say) if event.status != "confirmed" else ""
    return Card(
        _joined(say.gettext("Meeting"), status, set_(_place(event.territory, content))),
        set_(event.title),
        lead=set_(excerpt(event.location or "", 90)),
        note="" if event.all_day else _hours(start, end, say),
        day=(weekday, say.skeleton(day, "d"), say.skeleton(day, "yMMMM")),
    )


def _hours(start: datetime, end: datetime, say: Translator) -> str:
    first, last = say.time(start.time()), say.time(end.time())
    return (
        say.gettext("%(start)s to %(end)s") % {"start": first, "end": last}
        if start.date() == end.date()
        else first
    )


def _word(group: str, value: str, say: Translator) -> str:
    word = LABELS[group][value]
    return say.gettext(word)


def _place(slug: str | None, content: Content) -> str:
    territory = content.territory(slug)
    return territory.title if territory else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _typesetting(content: Content) -> Callable[[str], str]:
    return typeset if content.settings.site.language == "fr" else str
