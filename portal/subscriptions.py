"""The sources that a company watches: `site_config/feeds.yml`. What is said here; how it is fetched is curation's."""

from __future__ import annotations

import re
from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from portal.problems import N_, message
from portal.records.base import Model
from portal.records.fields import CommunityRef, Language, Line, PersonRef, SkillRef, Title, Url, refusal
from portal.slugs import is_slug, slugify
from portal.yaml12 import Document

_ALLOWED = re.compile(r"(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?")


def _source_id(value: str) -> str:
    if not is_slug(value):
        raise refusal(
            message(
                N_("the name of a source is in a–z, 0–9 and hyphens: “{proposal}”, for instance"),
                proposal=slugify(value, "source"),
            )
        )
    return value


def _allowed(value: str) -> str:
    if not _ALLOWED.fullmatch(value):
        raise refusal(
            message(
                N_("a host such as intranet.example, or host:port, is expected, not “{value}”"), value=value
            )
        )
    return value.lower()


class Subscription(Model):
    """One source, and what is done with what it publishes."""

    id: Annotated[str, AfterValidator(_source_id)]
    """Its name in files and commands; it never changes."""
    name: Title
    """What readers call it."""
    url: Url
    """The address of its feed."""
    communities: tuple[CommunityRef, ...] = ()
    """Who reads what is kept of it, unless its curator says otherwise."""
    skills: tuple[SkillRef, ...] = ()
    """What it is about."""
    language: Language | None = None
    """The language it is written in; entries in another one are named."""
    take: Literal["all", "filtered"] = "all"
    """Propose every entry, or only those that hold one of the `words` or `tags`."""
    words: tuple[Line, ...] = ()
    """Words or phrases sought in titles and texts; case and accents don't count."""
    tags: tuple[Line, ...] = ()
    """Tags of the feed's own."""
    every_hours: Annotated[int, Field(ge=1, le=24 * 31)] = 20
    """How often it is fetched, at most."""
    owner: PersonRef | None = None
    """Who looks after it when it falls silent or moves."""
    disabled: Line | None = None
    """Why it is no longer fetched; what it gave is kept."""

    @model_validator(mode="after")
    def _has_a_filter(self) -> Subscription:
        if self.take == "filtered" and not (self.words or self.tags):
            raise refusal(message(N_("“take: filtered” needs “words” or “tags”")))
        return self


class Feeds(Model):
    """`site_config/feeds.yml`."""

    sources: tuple[Subscription, ...] = ()
    """Everything that is watched."""
    allow: tuple[Annotated[str, AfterValidator(_allowed)], ...] = ()
    """Hosts of your own network that may be fetched (`intranet.example`, `127.0.0.1:8765`); all others must be public."""
    silent_after_days: Annotated[int, Field(ge=1, le=3650)] = 90
    """A source without anything new for so long is named as silent."""

    @model_validator(mode="after")
    def _names_are_unique(self) -> Feeds:
        counted = Counter(source.id for source in self.sources)
        for name in (name for name, count in counted.items() if count > 1):
            raise refusal(message(N_("two sources are named “{name}”"), name=name))
        return self

    _front: Document = PrivateAttr(default_factory=lambda: Document({}))

    def read_from(self, front: Document) -> Self:
        """The same, which knows the lines of the file that it was read from."""
        self._front = front
        return self

    def line_of(self, *location: str | int) -> int:
        """The line of a key in the file."""
        return self._front.line_of(location)

    def get(self, source: str) -> Subscription | None:
        """The subscription of that name."""
        return next((item for item in self.sources if item.id == source), None)
