"""What one may follow, all of it or a part: the portal, a kind, a community, a territory, a skill; and what is new there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.addresses import (
    address_of,
    atom_address,
    calendar_address,
    json_feed_address,
    section_address,
    vcard_address,
)
from portal.content import Content
from portal.language import Translator
from portal.page_words import SECTION_SUMMARIES, SECTION_TITLES
from portal.problems import N_
from portal.records import (
    Community,
    Event,
    Idea,
    Newsletter,
    Post,
    Question,
    Record,
    Skill,
    Story,
    Territory,
    WatchItem,
)
from portal.records.story import is_archived
from portal.subscriptions import Subscription

NEWS: tuple[type[Record], ...] = (Story, Question, Idea, WatchItem, Post, Newsletter)
"""The kinds that are published on a day. Meetings are followed in an agenda; the other kinds have no day."""


@dataclass(frozen=True)
class Subject:
    """The whole portal, a `section` of it, or a `record`: a community, a territory or a skill."""

    section: str = ""
    record: Record | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What its feed is named from: nothing that changes with a title, an order or an address."""
        return self.record.key if self.record else ("section", self.section) if self.section else ("all",)

    @property
    def has_feed(self) -> bool:
        """Whether one reads its news."""
        return self.section != Event.folder

    @property
    def has_calendar(self) -> bool:
        """Whether one sees its meetings in an agenda."""
        return self.section == Event.folder or isinstance(self.record, Community | Territory)

    @property
    def is_skill(self) -> bool:
        """Whether it is one of the many skills."""
        return isinstance(self.record, Skill)

    def address(self, content: Content) -> str:
        """The address of its page, beside which its feeds stand."""
        language = content.settings.site.language
        if self.record:
            return address_of(self.record, language)
        return section_address(self.section, language) if self.section else ""

    def title(self, say: Translator) -> str:
        """What people call it."""
        if self.record:
            return self.record.label
        return say.gettext(SECTION_TITLES[self.section] if self.section else N_("The whole portal"))

    def summary(self, say: Translator) -> str:
        """What its feed brings, in a sentence."""
        if isinstance(self.record, Skill):
            return say.gettext("Stories, questions and readings about {title}.").format(
                title=self.record.label
            )
        if self.record:
            said = say.gettext("Stories, questions, ideas, readings and posts of {title}.")
            return said.format(title=self.record.label)
        return say.gettext(
            SECTION_SUMMARIES[self.section] if self.section else N_("Everything new, whatever it is.")
        )

    def news(self, content: Content) -> tuple[Record, ...]:
        """Everything that its feed may hold, in no order that matters; what was archived left the lists, feeds too."""
        return tuple(record for record in self._news(content) if not is_archived(record))

    def _news(self, content: Content) -> tuple[Record, ...]:
        match self.record:
            case Community() as community:
                return (
                    *content.stories_from(community),
                    *content.questions_of(community),
                    *content.ideas_for(community),
                    *content.watch_of(community),
                    *content.posts_to(community),
                )
            case Territory() as territory:
                return (
                    *content.stories_of(territory),
                    *content.questions_from(territory),
                    *content.ideas_of(territory),
                    *content.posts_of(territory),
                )
            case Skill() as skill:
                return tuple(_about(skill, content))
            case _:
                kinds = [model.kind for model in NEWS if self.section in {"", model.folder}]
                return tuple(record for kind in kinds for record in content.of(kind))

    def events(self, content: Content) -> tuple[Event, ...]:
        """The meetings of its calendar."""
        match self.record:
            case Community() as community:
                return content.meetings_of(community)
            case Territory() as territory:
                return content.events_of(territory)
            case _:
                return content.events()


@dataclass(frozen=True)
class Ways:
    """The addresses, from the site's root, by which one follows a subject; empty where there is no such way."""

    atom: str = ""
    json: str = ""
    calendar: str = ""
    card: str = ""


def ways(subject: Subject, content: Content) -> Ways:
    """How one follows a subject: feeds need the portal's own address, calendars and cards don't."""
    page, site = subject.address(content), content.settings.site
    has_feed = subject.has_feed and site.url is not None
    is_group = isinstance(subject.record, Community)
    return Ways(
        atom=atom_address(page) if has_feed else "",
        json=json_feed_address(page) if has_feed else "",
        calendar=calendar_address(page) if subject.has_calendar else "",
        card=vcard_address(subject.record, site.language) if subject.record and is_group else "",
    )


def subjects(content: Content) -> tuple[Subject, ...]:
    """Everything that the readers of a view may follow, as the page « Subscribe » lists it."""
    sections = (Event.folder, *(model.folder for model in NEWS))
    records = (*content.communities(), *content.territories(), *content.skills())
    return (Subject(), *map(Subject, sections), *(Subject(record=record) for record in records))


def subject_of(section: str, record: Record | None, is_home: bool = False) -> Subject | None:
    """What the readers of a page may follow; None where its page has nothing of its own to follow."""
    if is_home:
        return Subject()
    if record is not None:
        return Subject(record=record) if isinstance(record, Community | Territory | Skill) else None
    return (
        Subject(section) if section == Event.folder or section in {model.folder for model in NEWS} else None
    )


def watched_sources(content: Content) -> tuple[Subscription, ...]:
    """The sources that a view may name: those of everyone, and those of communities that it holds."""
    found = []
    for source in content.settings.feeds.sources:
        known = tuple(slug for slug in source.communities if content.community(slug))
        if source.disabled is None and (known or not source.communities):
            found.append(source.model_copy(update={"communities": known}))
    return tuple(found)


def _about(skill: Skill, content: Content) -> Iterator[Record]:
    """What names a skill or one inside it, each once; a loop of skills is cut."""
    found: dict[tuple[str, str], Record] = {}
    seen, waiting = {skill.slug}, [skill]
    while waiting:
        current = waiting.pop()
        for model in (Story, Question, WatchItem):
            found.update((record.key, record) for record in content.referring(current, model, "skills"))
        inside = [item for item in content.referring(current, Skill, "broader") if item.slug not in seen]
        seen.update(item.slug for item in inside)
        waiting += inside
    yield from found.values()
