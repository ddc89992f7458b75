"""Where records are kept and looked up, and who may see them. The questions stand in the modules beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Self, TypeVar, cast
from zoneinfo import ZoneInfo

from portal.content.order import by_date
from portal.records import (
    KINDS,
    Community,
    Event,
    Guide,
    Idea,
    Newsletter,
    Person,
    Post,
    Question,
    Record,
    Skill,
    Story,
    Territory,
    WatchItem,
)
from portal.records.story import BACKSTAGE
from portal.settings import Settings

R = TypeVar("R", bound=Record)
Key = tuple[str, str]

INTERNAL = "internal"
EXTERNAL = "external"
_PRIVATE = "private:"

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif"})
DOCUMENTS = frozenset({".pdf"})
"""Suffixes of the files that may stand beside records."""


def private_audience(community: str) -> str:
    """The audience of a private community's own site."""
    return _PRIVATE + community


@dataclass(frozen=True)
class Media:
    """A file of the content that isn't Markdown.

    `path` is relative to the content folder; `size` is in bytes; `located` says that it carries GPS data; `image`
    that it is a picture that could be read.
    """

    path: str
    size: int
    image: bool = False
    located: bool = False


class Store:
    """Records by kind and slug, for one audience at one moment."""

    def __init__(
        self,
        records: Iterable[Record],
        settings: Settings | None = None,
        *,
        now: datetime = datetime(1970, 1, 1, tzinfo=UTC),
        audience: str = INTERNAL,
        media: Iterable[Media] = (),
    ) -> None:
        self.settings = settings or Settings()
        self.now = now
        self.audience = audience
        self.media: Mapping[str, Media] = {item.path: item for item in media}
        self._records: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        for record in sorted(records, key=lambda item: item.key):
            self._records[record.kind][record.slug] = record

    @cached_property
    def today(self) -> date:
        """The day in the company’s time zone: at half past midnight in Paris, UTC still says yesterday."""
        return self.day_at(self.now)

    def day_at(self, moment: datetime) -> date:
        """The day of a moment (aware) in the company’s time zone."""
        return moment.astimezone(ZoneInfo(self.settings.site.timezone)).date()

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record, by kind in the order of `KINDS`, then by slug."""
        return tuple(record for of_kind in self._records.values() for record in of_kind.values())

    def _of(self, model: type[R]) -> tuple[R, ...]:
        return tuple(record for record in self._records[model.kind].values() if isinstance(record, model))

    def of(self, kind: str) -> tuple[Record, ...]:
        """Every record of a kind, by slug."""
        return tuple(self._records[kind].values())

    def get(self, kind: str, slug: str | None) -> Record | None:
        """One record, or None where there is none (or none for this audience)."""
        return self._records[kind].get(slug) if slug is not None else None

    def _get(self, model: type[R], slug: str | None) -> R | None:
        record = self.get(model.kind, slug)
        return record if isinstance(record, model) else None

    def person(self, slug: str | None) -> Person | None:
        """One person, or None."""
        return self._get(Person, slug)

    def skill(self, slug: str | None) -> Skill | None:
        """One skill, or None."""
        return self._get(Skill, slug)

    def community(self, slug: str | None) -> Community | None:
        """One community, or None."""
        return self._get(Community, slug)

    def territory(self, slug: str | None) -> Territory | None:
        """One territory, or None."""
        return self._get(Territory, slug)

    def story(self, slug: str | None) -> Story | None:
        """One story, or None."""
        return self._get(Story, slug)

    def each(self, kind: str, slugs: Iterable[str]) -> tuple[Record, ...]:
        """The records of these slugs, in their order, those that exist for this audience."""
        return tuple(record for slug in slugs if (record := self.get(kind, slug)) is not None)

    @cached_property
    def by_path(self) -> Mapping[str, Record]:
        """Every record by its file's path inside the content folder."""
        return {record.path: record for record in self.records}

    @cached_property
    def _referring(self) -> Mapping[tuple[Key, str, str], tuple[Record, ...]]:
        found: dict[tuple[Key, str, str], dict[Key, Record]] = defaultdict(dict)
        for record in self.records:
            for reference in record.references():
                target = (reference.kind, reference.slug)
                found[target, record.kind, str(reference.location[0])][record.key] = record
        return {place: tuple(records.values()) for place, records in found.items()}

    def referring(self, record: Record, model: type[R], key: str) -> tuple[R, ...]:
        """The records of `model` that name `record` under their front-matter key `key`, by slug."""
        found = self._referring.get((record.key, model.kind, key), ())
        return tuple(item for item in found if isinstance(item, model))

    # --- who may see what -------------------------------------------------------------------------------------

    def private_to(self, record: Record) -> frozenset[str]:
        """The private communities that a record belongs to; empty for what is nobody's private matter.

        A record that only names private communities is private, even where its author forgot to say so.
        """
        if isinstance(record, Community):
            return frozenset({record.slug}) if self._is_private(record.slug) or record.audience == "private" else frozenset()
        if isinstance(record, Person):
            return frozenset()
        named = {reference.slug for reference in record.references() if reference.kind == "community"}
        closed = {slug for slug in named if self._is_private(slug)}
        if record.audience == "private" or (named and named == closed):
            return frozenset(closed)
        return frozenset()

    def _is_private(self, slug: str) -> bool:
        community = self.community(slug)
        return community is not None and community.visibility == "private"

    def _is_visible(self, record: Record, audience: str) -> bool:
        owners = self.private_to(record)
        if owners or record.audience == "private":
            return audience.startswith(_PRIVATE) and owners == {audience.removeprefix(_PRIVATE)}
        return record.audience == "external" or audience != EXTERNAL

    def audience_of(self, record: Record) -> str:
        """The narrowest audience whose site shows the record, as `view` takes it."""
        owners = self.private_to(record)
        if owners or record.audience == "private":
            return private_audience(",".join(sorted(owners)))
        return record.audience

    def _selected(self, keep: Callable[[Record], bool], audience: str, now: datetime) -> Self:
        kept = [record for record in self.records if keep(record)]
        hidden = frozenset(record.key for record in self.records) - frozenset(record.key for record in kept)
        shown = (_redacted(record.without(hidden), audience) for record in kept)
        return type(self)(shown, self.settings, now=now, audience=audience, media=self.media.values())

    def published(self, audience: str, now: datetime, wrong: Collection[str]) -> Self:
        """What one audience's site may show at `now`: its view, without what the `wrong` files (paths) hold."""
        broken = frozenset(record.key for path, record in self.by_path.items() if path in wrong)
        # The audience first: what names a withheld private community would no longer be known as private.
        return self.view(audience, now).without(broken, files=frozenset(wrong))

    def without(self, broken: frozenset[Key], files: frozenset[str] = frozenset()) -> Self:
        """The content without some records, any trace of them in the others, and some files (paths of media)."""
        kept = self._selected(lambda record: record.key not in broken, self.audience, self.now)
        kept.media = {path: item for path, item in kept.media.items() if path not in files}
        return kept

    def view(self, audience: str, now: datetime) -> Self:
        """What one audience may see at `now` (aware): its records only, without a trace of the others.

        Raises:
            ValueError: for an audience that doesn't exist.
        """
        if audience not in self.audiences:
            raise ValueError(f"unknown audience {audience!r}; known: {', '.join(self.audiences)}")
        today = self.day_at(now)
        return self._selected(
            lambda record: self._is_visible(record, audience) and is_out(record, today), audience, now
        )

    @property
    def is_public(self) -> bool:
        """Whether anyone outside the company may read this view."""
        return self.audience == EXTERNAL

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """Every audience that has a site of its own: internal, external, then each private community's."""
        closed = [community.slug for community in self._of(Community) if community.visibility == "private"]
        return (INTERNAL, EXTERNAL, *map(private_audience, closed))


def _redacted(record: R, audience: str) -> R:
    """A record without what its readers have no business with.

    Who agreed to appear in public agreed to be seen, not to be called: ways to reach people stay inside. How a story
    was made (who follows it, who reads it, who agreed when) stays in its file.
    """
    if isinstance(record, Story):
        emptied = {key: Story.model_fields[key].default for key in BACKSTAGE}
        return record.model_copy(update=emptied) if any(getattr(record, key) for key in BACKSTAGE) else record
    if audience == EXTERNAL and isinstance(record, Person):
        return record.model_copy(update={"contact": None, "handle": None})
    return record


def is_out(record: Record, today: date) -> bool:
    """Whether a record may be read on a day: stories wait for their status and their day, letters for theirs.

    An archived story stays at its address, if it ever came out: one that was given up before has no day.
    """
    if isinstance(record, Newsletter):
        return record.published <= today
    if not isinstance(record, Story):
        return True
    if record.published is None:
        return record.status == "published"
    return record.published <= today and record.status in {"published", "scheduled", "archived"}
