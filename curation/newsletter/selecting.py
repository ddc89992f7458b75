"""What is new for some readers between two days: what a letter shows first, and what it leaves out. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.content import Content
from portal.records import Community, Event, Idea, Person, Post, Question, Record, Story, Territory, WatchItem

MOST = {"post": 1, "story": 4, "event": 6, "question": 4, "idea": 3, "watch_item": 4, "person": 6}
"""At most so many of each kind: a letter that is read to its end."""

COMING_DAYS = 45
"""Meetings are announced so many days ahead."""


@dataclass(frozen=True)
class Wanted:
    """What a letter is about: from one day to another, both included; for whom, where that is narrower than everyone."""

    since: date
    until: date
    territory: Territory | None = None
    community: Community | None = None

    def holds(self, day: date | None) -> bool:
        """Whether something of that day is new."""
        return day is not None and self.since <= day <= self.until


@dataclass(frozen=True)
class Chosen:
    """What was found of one kind: what the letter shows, and what is left out, in order."""

    kind: str
    shown: tuple[Record, ...]
    left: tuple[Record, ...] = ()


def select(content: Content, wanted: Wanted) -> tuple[Chosen, ...]:
    """What is new in the view of some readers, by kind in the order of a letter; kinds without anything are left out.

    The view's own moment is that of the letter: meetings that are over then aren't announced.
    """
    found: dict[str, Iterable[Record]] = {
        "post": _posts(content, wanted),
        "story": _stories(content, wanted),
        "event": _events(content, wanted),
        "question": _questions(content, wanted),
        "idea": _ideas(content, wanted),
        "watch_item": _watch(content, wanted),
        "person": _newcomers(content, wanted),
    }
    whole = {kind: tuple(records) for kind, records in found.items()}
    chosen = (Chosen(kind, records[: MOST[kind]], records[MOST[kind] :]) for kind, records in whole.items())
    return tuple(one for one in chosen if one.shown)


def _posts(content: Content, wanted: Wanted) -> Iterable[Post]:
    """Directors' words."""
    posts = content.posts()
    if wanted.territory:
        posts = content.posts_of(wanted.territory)
    if wanted.community:
        posts = tuple(post for post in posts if wanted.community.slug in post.communities)
    return (post for post in posts if post.post_kind == "leadership" and wanted.holds(post.published))


def _stories(content: Content, wanted: Wanted) -> Iterable[Story]:
    """Featured ones first, then the newest."""
    stories = content.stories_of(wanted.territory) if wanted.territory else content.stories()
    if wanted.community:
        stories = tuple(story for story in stories if wanted.community.slug in story.communities)
    new = (story for story in stories if wanted.holds(story.published))
    return sorted(new, key=lambda story: not story.featured)


def _events(content: Content, wanted: Wanted) -> Iterable[Event]:
    """Meetings to come; for a territory, its own first, then those that are held nowhere in particular."""
    end = content.now + timedelta(days=COMING_DAYS)
    coming = [item for item in content.coming() if item.start <= end and item.event.status != "cancelled"]
    events = [item.event for item in coming]
    if wanted.community:
        events = [event for event in events if wanted.community.slug in event.communities]
    if wanted.territory is None:
        return events
    there = [event for event in events if content.is_inside(event.territory, wanted.territory)]
    return [*there, *(event for event in events if event.territory is None)]


def _questions(content: Content, wanted: Wanted) -> Iterable[Question]:
    """Those that wait, the most urgent first; for a territory, those that its people asked or may answer."""
    waiting = [item.question for item in content.waiting()]
    if wanted.community:
        waiting = [question for question in waiting if question.community == wanted.community.slug]
    if wanted.territory is None:
        return waiting
    asked = {question.slug for question in content.questions_from(wanted.territory)}
    near = _communities_near(content, wanted.territory)
    theirs = [question for question in waiting if question.slug in asked]
    return [*theirs, *(item for item in waiting if item.slug not in asked and item.community in near)]


def _ideas(content: Content, wanted: Wanted) -> Iterable[Idea]:
    """Those that were adopted, or done."""
    ideas = content.ideas_of(wanted.territory) if wanted.territory else content.ideas()
    if wanted.community:
        ideas = tuple(idea for idea in ideas if wanted.community.slug in idea.communities)
    return (idea for idea in ideas if idea.status in {"adopted", "done"} and wanted.holds(idea.decided_on))


def _watch(content: Content, wanted: Wanted) -> Iterable[WatchItem]:
    """What was chosen lately; for a territory, what the communities of its people should read."""
    items = content.watch_of(wanted.community) if wanted.community else content.watch_items()
    new = [item for item in items if wanted.holds(item.curated_on)]
    if wanted.territory is None:
        return new
    near = _communities_near(content, wanted.territory)
    return [item for item in new if near & set(item.communities)]


def _newcomers(content: Content, wanted: Wanted) -> Iterable[Person]:
    """Who arrived, the latest first."""
    days = (content.now.date() - wanted.since).days
    people = content.newcomers(max(days, 0), wanted.territory)
    if wanted.community:
        members = {person.slug for person in content.members(wanted.community)}
        people = tuple(person for person in people if person.slug in members)
    return (person for person in people if wanted.holds(person.joined))


def _communities_near(content: Content, territory: Territory) -> set[str]:
    return {community.slug for community, _ in content.communities_in(territory)}
