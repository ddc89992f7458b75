"""The order in which dated records are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from portal.records import Event, Idea, Newsletter, Post, Question, Record, Story, WatchItem

R = TypeVar("R", bound=Record)


def by_date(records: Iterable[R]) -> tuple[R, ...]:
    """Records of a dated kind in the order of reading: the newest first, but events as they come."""
    return tuple(sorted(records, key=_reading_order))


def _reading_order(record: Record) -> tuple[float, str]:
    if isinstance(record, Event):
        return (record.starts_at.timestamp(), record.slug)
    return (-(day_of(record) or date.max).toordinal(), record.slug)


def day_of(record: Record) -> date | None:
    """The day that dates a record for its readers; None for kinds without one."""
    match record:
        case Story() | Post() | Newsletter():
            return record.published
        case WatchItem():
            return record.curated_on
        case Idea():
            return record.proposed_on
        case Question():
            return record.asked_on
        case _:
            return None
