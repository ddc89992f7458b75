"""An entry as its feed wrote it → a finding for the desk. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from curation.desk.finding import Finding
from curation.entries import ParsedEntry, ParsedFeed
from curation.judging.languages import language_of
from curation.judging.text import excerpt, plain_title
from curation.judging.urls import canonical
from portal.subscriptions import Subscription

_MAX_TAGS = 20


def finding_of(
    entry: ParsedEntry, name: str, feed: ParsedFeed, subscription: Subscription, *, is_own_page: bool
) -> Finding:
    """The facts of an entry; an entry without a title is named by its first words.

    Raises:
        ValidationError: something in it can't stand in a file.
    """
    text = excerpt(entry.html)
    url = canonical(entry.link) if entry.link else None
    hints = tuple(filter(None, (entry.language, feed.language, subscription.language)))
    return Finding(
        id=name,
        source=subscription.id,
        title=plain_title(entry.title or text, fallback=subscription.name),
        url=url,
        url_is_its_own=is_own_page or url is None,
        entry=entry.id or None,
        author=entry.author or None,
        published=_utc(entry.published) if entry.published else None,
        published_text=entry.published_text or None,
        tags=entry.tags[:_MAX_TAGS],
        lang=language_of(f"{entry.title}\n{text}", hints),
        excerpt=text or None,
    )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
