"""A skill or an interest of the company's vocabulary (a SKOS concept; `same_as` leads to ESCO or ROME)."""

from __future__ import annotations

from typing import ClassVar

from portal.records.base import Record
from portal.records.fields import SkillRef, Title, Url


class Skill(Record):
    """A word of the shared vocabulary: people can do it, like it, or want to learn it."""

    kind: ClassVar[str] = "skill"
    folder: ClassVar[str] = "skills"

    title: Title
    """The preferred name (`skos:prefLabel`)."""
    aliases: tuple[Title, ...] = ()
    """Other names that people use (`skos:altLabel`)."""
    broader: SkillRef | None = None
    """The wider skill (`skos:broader`); a skill without one is a family."""
    same_as: tuple[Url, ...] = ()
    """The same concept in public vocabularies."""
