"""A newsletter: what the communications team chose to show, in its order, with its words; a mail and its archive."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from portal.problems import N_, message
from portal.records.base import Model, Record
from portal.records.fields import (
    CommunityRef,
    Date,
    EventRef,
    IdeaRef,
    Line,
    PersonRef,
    PostRef,
    QuestionRef,
    SiteLanguage,
    StoryRef,
    TerritoryRef,
    Text,
    Title,
    WatchItemRef,
    refusal,
)

SHOWN = ("story", "event", "watch_item", "question", "idea", "post", "person")
"""The kinds that a letter shows; each is a key of `Item`."""


class Item(Model):
    """One thing that the letter shows: exactly one of its keys names it, and `words` may say why."""

    story: StoryRef | None = None
    """A story."""
    event: EventRef | None = None
    """A meeting."""
    watch_item: WatchItemRef | None = None
    """An item of the watch."""
    question: QuestionRef | None = None
    """A question, such as one that waits for an answer."""
    idea: IdeaRef | None = None
    """An idea, such as one that was adopted."""
    post: PostRef | None = None
    """A post, such as a director’s word."""
    person: PersonRef | None = None
    """Someone to greet."""
    words: Text | None = None
    """A sentence of the team about it, if they wish."""

    @property
    def key(self) -> tuple[str, str]:
        """Kind and slug of the record that it shows."""
        return next((kind, slug) for kind in SHOWN if (slug := getattr(self, kind)) is not None)


def _one_thing(item: Item) -> Item:
    named = [kind for kind in SHOWN if getattr(item, kind) is not None]
    if len(named) != 1:
        raise refusal(message(N_("an item shows one thing: write exactly one of {keys}"), keys=SHOWN))
    return item


OneThing = Annotated[Item, AfterValidator(_one_thing)]


class Section(Model):
    """A part of the letter: its title, and what it shows in its order."""

    title: Title
    """What the part is called."""
    items: Annotated[tuple[OneThing, ...], Field(max_length=20)] = ()
    """What it shows, in this order."""


class Newsletter(Record):
    """A letter, mailed once and kept as a page; its text is the introduction."""

    kind: ClassVar[str] = "newsletter"
    folder: ClassVar[str] = "newsletters"

    title: Title
    """The subject of the mail."""
    published: Date
    """The day it leaves; the portal shows it from that day on."""
    preview: Line | None = None
    """What mailboxes show beside the subject; the beginning of the introduction when absent."""
    lang: SiteLanguage = "fr"
    """The language of its words."""
    territory: TerritoryRef | None = None
    """The territory that it is written for; everyone when absent."""
    community: CommunityRef | None = None
    """The community that it is written for."""
    sections: Annotated[tuple[Section, ...], Field(max_length=20)] = ()
    """Its parts, in their order."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that it shows, in order."""
        return tuple(item for section in self.sections for item in section.items)
