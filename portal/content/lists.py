"""Plain lists of dated records and guides, in the order in which people read them."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from portal.content.order import by_date
from portal.content.store import R, Store
from portal.records import Event, Guide, Idea, Newsletter, Post, Question, Record, Story, WatchItem
from portal.records.story import is_archived


class Lists(Store):
    """Every record of a kind, sorted once."""

    def guides(self) -> tuple[Guide, ...]:
        """Guides by their rank."""
        return tuple(sorted(self._of(Guide), key=lambda guide: (guide.order, guide.title)))

    def posts(self) -> tuple[Post, ...]:
        """Posts, the newest first."""
        return self._sorted(Post)

    def newsletters(self) -> tuple[Newsletter, ...]:
        """Letters that left, the newest first."""
        return self._sorted(Newsletter)

    def stories(self) -> tuple[Story, ...]:
        """Stories, the newest first, without those that were archived: they keep their address, and leave the lists."""
        return self._unarchived

    @cached_property
    def _unarchived(self) -> tuple[Story, ...]:
        return tuple(story for story in self._sorted(Story) if not is_archived(story))

    def every_story(self) -> tuple[Story, ...]:
        """The archived ones too, the newest first."""
        return self._sorted(Story)

    def watch_items(self) -> tuple[WatchItem, ...]:
        """Items of the watch, the last chosen first."""
        return self._sorted(WatchItem)

    def ideas(self) -> tuple[Idea, ...]:
        """Ideas, the newest first."""
        return self._sorted(Idea)

    def questions(self) -> tuple[Question, ...]:
        """Questions, the newest first."""
        return self._sorted(Question)

    def events(self) -> tuple[Event, ...]:
        """Events by their first beginning."""
        return self._sorted(Event)

    def _sorted(self, model: type[R]) -> tuple[R, ...]:
        """All records of a dated kind in reading order, sorted once."""
        if model.kind not in self._in_order:
            self._in_order[model.kind] = by_date(self._of(model))
        return cast("tuple[R, ...]", self._in_order[model.kind])  # filled on the line above, from that model

    @cached_property
    def _in_order(self) -> dict[str, tuple[Record, ...]]:
        return {}
