"""What a letter says of each thing that it shows: one card, whatever the kind, as plain and typeset words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from posixpath import dirname, join, normpath
from typing import Any

from portal.content import Content, Shown
from portal.formats.excerpt import excerpt
from portal.formats.newsletter.hours import days_of, hours_of
from portal.formats.newsletter.links import Links
from portal.formats.typography import typeset
from portal.labels import LABELS
from portal.language import Translator
from portal.problems import N_
from portal.records import Event, Idea, Person, Post, Question, Story, WatchItem

SHORT, LONG = 180, 320
"""Characters of an excerpt: of most cards, and of a director’s word."""


@dataclass(frozen=True)
class Picture:
    """A picture of the site: its whole address, what it shows, its size in pixels, and who made it."""

    url: str
    alt: str
    width: int
    height: int
    credit: str = ""


@dataclass(frozen=True)
class Figure:
    """A result: what it was, what it is, its unit, and what is measured."""

    before: str
    after: str
    unit: str
    label: str


@dataclass(frozen=True)
class Card:
    """One thing shown. `facts` are short lines under the title; `action` is what its link says; `day` dates a meeting.

    `words` is the team's own sentence; `lang` the language of the title and the text when it isn't the letter's;
    `other` a second link: its words and its whole address.
    """

    kind: str
    title: str
    url: str
    action: str
    eyebrow: str = ""
    facts: tuple[str, ...] = ()
    text: str = ""
    words: str = ""
    lang: str = ""
    day: date | None = None
    initials: str = ""
    figure: Figure | None = None
    picture: Picture | None = None
    other: tuple[str, str] | None = None


@dataclass(frozen=True)
class Teller:
    """Makes cards from what one audience may see.

    `moment` (aware) is when the letter leaves; `sizes` gives the width and height in pixels of pictures by their path
    inside the content folder.
    """

    content: Content
    links: Links
    say: Translator
    moment: datetime
    sizes: Mapping[str, tuple[int, int]]

    def card(self, shown: Shown) -> Card:
        """The card of what a letter shows, with the words of the team."""
        made = _CARDS[shown.record.kind](self, shown.record, shown)
        return replace(made, words=self.set(shown.item.words or ""))

    def set(self, text: str) -> str:
        """A text of the letter's language with the spaces that it asks for."""
        return typeset(text) if self.say.language == "fr" else text

    def name(self, kind: str, slug: str | None) -> str:
        """What a record is called, or nothing."""
        found = self.content.get(kind, slug)
        return self.set(found.label) if found else ""

    def label(self, group: str, value: str) -> str:
        """The words for a value of front matter."""
        return self.say.gettext(LABELS[group][value])


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)


def _story(teller: Teller, story: Story, _: Shown) -> Card:
    say = teller.say
    people = [person.label for person in teller.content.each("person", story.people)]
    return Card(
        "story",
        teller.set(story.title),
        teller.links.record(story),
        say.gettext("Read the story"),
        eyebrow=teller.name("territory", story.territory),
        facts=(teller.set(say.gettext("With {people}").format(people=say.listed(people))),) if people else (),
        text=teller.set(excerpt(story.challenge or story.body, SHORT)),
        figure=_figure(teller, story),
        picture=picture_of(story, teller),
    )


def _figure(teller: Teller, story: Story) -> Figure | None:
    if not story.results:
        return None
    result = story.results[0]
    before = "" if result.before is None else teller.say.number(result.before)
    unit, label = teller.set(result.unit or ""), teller.set(result.label)
    return Figure(before, teller.say.number(result.after), unit, label)


def picture_path(story: Story) -> str | None:
    """Where a story's picture is inside the content folder."""
    return normpath(join(dirname(story.path), story.image.src)) if story.image else None


def picture_of(story: Story, teller: Teller) -> Picture | None:
    """The picture of a story, when its size is known."""
    path = picture_path(story)
    if story.image is None or path is None or path not in teller.sizes:
        return None
    credit = teller.set(story.image.credit or "")
    return Picture(teller.links.file(path), teller.set(story.image.alt), *teller.sizes[path], credit)


def _event(teller: Teller, event: Event, shown: Shown) -> Card:
    say = teller.say
    start, end = shown.start or event.starts_at, shown.end or event.ends_at
    state = teller.label("event_status", event.status) if event.status != "confirmed" else ""
    is_over = end < teller.moment
    place = event.location or teller.name("territory", event.territory)
    communities = [teller.set(item.label) for item in teller.content.each("community", event.communities)]
    return Card(
        "event",
        teller.set(event.title),
        teller.links.record(event),
        say.gettext("See the meeting"),
        eyebrow=_joined(state, *communities),
        facts=(
            teller.set(f"{days_of(event, start, end, say)}, {hours_of(event, start, end, say)}")
            if not event.all_day
            else teller.set(days_of(event, start, end, say)),
            *((teller.set(place),) if place else ()),
        ),
        text=teller.set(excerpt(event.outcome, SHORT)) if is_over and event.outcome else "",
        day=start.date(),
        other=(say.gettext("Register"), event.registration_url)
        if event.registration_url and event.status != "cancelled" and not is_over
        else None,
    )


def _watch_item(teller: Teller, item: WatchItem, _: Shown) -> Card:
    say, is_foreign = teller.say, item.lang != teller.say.language
    curator = teller.content.person(item.curated_by)
    chosen = say.gettext("chosen by %(person)s") % {"person": curator.label} if curator else ""
    return Card(
        "watch_item",
        item.title if is_foreign else teller.set(item.title),
        teller.links.record(item),
        say.gettext("Why we chose it"),
        eyebrow=_joined(teller.set(item.source), say.language_name(item.lang) if is_foreign else ""),
        facts=(chosen,) if chosen else (),
        text=teller.set(excerpt(item.why, SHORT)),
        lang=item.lang if is_foreign else "",
        other=(say.gettext("Read it there"), item.url),
    )


def _question(teller: Teller, question: Question, _: Shown) -> Card:
    say = teller.say
    asker, community = teller.content.person(question.asked_by), teller.name("community", question.community)
    due = teller.content.due(question)
    facts = []
    if asker and community:
        asked = {"person": asker.label, "community": community}
        facts.append(say.gettext("%(person)s asks %(community)s") % asked)
    if question.waits and due is not None:
        facts.append(say.gettext("An answer was promised by {day}").format(day=say.date(due)))
    return Card(
        "question",
        teller.set(question.title),
        teller.links.record(question),
        say.gettext("Answer it") if question.waits else say.gettext("Read the answers"),
        facts=tuple(teller.set(fact) for fact in facts),
        text=teller.set(excerpt(question.body, SHORT)),
    )


def _idea(teller: Teller, idea: Idea, _: Shown) -> Card:
    author = teller.content.person(idea.proposed_by)
    by = teller.say.gettext("proposed by {person}").format(person=author.label) if author else ""
    return Card(
        "idea",
        teller.set(idea.title),
        teller.links.record(idea),
        teller.say.gettext("See what was decided") if idea.decision else teller.say.gettext("See the idea"),
        eyebrow=_joined(teller.label("idea_status", idea.status), teller.name("territory", idea.territory)),
        facts=(by,) if by else (),
        text=teller.set(excerpt(idea.decision or idea.body, SHORT)),
    )


def _post(teller: Teller, post: Post, _: Shown) -> Card:
    author = teller.content.person(post.author)
    is_word = post.post_kind == "leadership"
    return Card(
        "post",
        teller.set(post.title),
        teller.links.record(post),
        teller.say.gettext("Read on"),
        eyebrow=teller.label("post_kind", "leadership") if is_word else "",
        facts=(_joined(author.label, teller.set(author.job_title)),) if author else (),
        text=teller.set(excerpt(post.body, LONG if is_word else SHORT)),
    )


def _person(teller: Teller, person: Person, _: Shown) -> Card:
    say = teller.say
    offered = [item.skill for item in person.skills if item.offers]
    skills = [teller.set(skill.label) for skill in teller.content.each("skill", offered)][:3]
    since = (
        say.gettext("since %(day)s") % {"day": say.skeleton(person.joined, "MMMMd")} if person.joined else ""
    )
    return Card(
        "person",
        person.name,
        teller.links.record(person),
        say.gettext("Say hello"),
        facts=(_joined(teller.set(person.job_title), teller.name("territory", person.territory), since),),
        text=teller.set(say.gettext("Offers to help with {skills}.").format(skills=say.listed(skills)))
        if skills
        else "",
        initials=person.initials,
    )


_CARDS: Mapping[str, Callable[[Teller, Any, Shown], Card]] = {
    "story": _story, "event": _event, "watch_item": _watch_item, "question": _question, "idea": _idea, "post": _post,
    "person": _person,
}  # fmt: skip

PART_TITLES: Mapping[str, str] = {
    "post": N_("A director’s word"),
    "story": N_("What we solved"),
    "event": N_("Next meetings"),
    "question": N_("They wait for an answer"),
    "idea": N_("Ideas that came through"),
    "watch_item": N_("Read outside for you"),
    "person": N_("They just arrived"),
}
"""What a part that shows one kind is called in a new letter, in the order of its parts."""
