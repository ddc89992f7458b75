"""A person: what they can do, like to do and want to learn (schema.org `Person`, h-card, FOAF)."""

from __future__ import annotations

from typing import ClassVar, Literal

from portal.records.base import Model, Record
from portal.records.fields import (
    CommunityRef,
    Date,
    Email,
    Language,
    Level,
    Line,
    SkillRef,
    TerritoryRef,
    Title,
)

Offer = Literal["teach", "help"]
Role = Literal["animator", "curator", "communications", "director", "ambassador", "community_creator"]


class SkillLevel(Model):
    """A skill that someone has, how well (1 discovers – 5 is the reference), and what they offer with it."""

    skill: SkillRef
    """Which skill."""
    level: Level
    """How well: 1 discovers, 2 practises with help, 3 autonomous, 4 confirmed, 5 is the reference."""
    offers: tuple[Offer, ...] = ()
    """What the person offers with it."""


class Interest(Model):
    """What someone likes to do, and how much (1 curious – 5 passionate)."""

    skill: SkillRef
    """Which skill or interest."""
    level: Level = 3
    """How much: 1 curious, 2 interested, 3 likes it, 4 loves it, 5 passionate."""


class Contact(Model):
    """The ways to reach someone."""

    email: Email | None = None
    """The address at work."""
    phone: Line | None = None
    """The number at work, between quotes."""
    chat: Line | None = None
    """The name on the company's chat."""
    office: Line | None = None
    """Where to knock."""


class Person(Record):
    """An employee's profile."""

    kind: ClassVar[str] = "person"
    folder: ClassVar[str] = "people"

    name: Title
    """First name and family name, as the person writes them."""
    job_title: Title
    """What it says on the door."""
    territory: TerritoryRef
    """Where the person works."""
    skills: tuple[SkillLevel, ...] = ()
    """Compétences: what the person can do."""
    interests: tuple[Interest, ...] = ()
    """Appétences: what the person likes to do."""
    wants_to_learn: tuple[SkillRef, ...] = ()
    """Skills that the person would like to be taught."""
    languages: tuple[Language, ...] = ()
    """Spoken languages (BCP 47)."""
    communities: tuple[CommunityRef, ...] = ()
    """Communities that the person is a member of; the lists of members are computed from here."""
    contact: Contact | None = None
    """How to reach the person; never shown outside the company."""
    roles: tuple[Role, ...] = ()
    """What the person does for the portal."""
    handle: Line | None = None
    """The person's name on the forge, to know who proposes a change."""
    photo: Line | None = None
    """A picture beside the file, 400 × 400 px; without one, initials are drawn."""
    joined: Date | None = None
    """First day in the company."""
    left: Date | None = None
    """Last day, for someone who left: the profile leaves the directory."""

    @property
    def label(self) -> str:
        """The person's name."""
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for the avatar: first and last name's."""
        words = [word for word in self.name.replace("-", " ").split() if word[0].isalpha()]
        return (
            "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"
        )

    def level_in(self, skill: str) -> int:
        """The level in a skill, 0 without it."""
        return next((item.level for item in self.skills if item.skill == skill), 0)

    def interest_in(self, skill: str) -> int:
        """How much the person likes a skill, 0 when they don't say."""
        return next((item.level for item in self.interests if item.skill == skill), 0)

    def teaches(self, skill: str) -> bool:
        """Whether the person offers to teach it."""
        return any(item.skill == skill and "teach" in item.offers for item in self.skills)

    @property
    def offers_help(self) -> bool:
        """Whether the person offers to help or teach in anything."""
        return any(item.offers for item in self.skills)
