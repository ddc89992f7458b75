"""The twelve kinds of record, one module each, and the table of them all."""

from __future__ import annotations

from portal.records.base import Audience, Model, Prose, Record, Reference, Source
from portal.records.community import Community
from portal.records.event import Event
from portal.records.guide import Guide
from portal.records.idea import Idea
from portal.records.newsletter import Newsletter
from portal.records.person import Person
from portal.records.post import Post
from portal.records.question import Question
from portal.records.skill import Skill
from portal.records.story import Story
from portal.records.territory import Territory
from portal.records.watch_item import WatchItem

_MODELS: tuple[type[Record], ...] = (
    Person, Skill, Community, Territory, Event, Story, Question, Idea, WatchItem, Post, Guide, Newsletter,
)  # fmt: skip

KINDS: dict[str, type[Record]] = {model.kind: model for model in _MODELS}
"""Every kind by its name, in the order of the documentation."""

FOLDERS: dict[str, type[Record]] = {model.folder: model for model in KINDS.values()}
"""Every kind by its folder of the content."""

__all__ = [
    "FOLDERS", "KINDS", "Audience", "Community", "Event", "Guide", "Idea", "Model", "Newsletter", "Person", "Post", "Prose",
    "Question", "Record", "Reference", "Skill", "Source", "Story", "Territory", "WatchItem",
]  # fmt: skip
