"""When each source is asked again, and what is remembered of its answer. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from curation.entries import Failed, ParsedFeed, Request, Retrieved
from curation.feeds.decide import Decided
from curation.feeds.state import SourceState
from portal.subscriptions import Subscription

LONGEST_WAIT = timedelta(days=7)
"""However long a source has failed, it is tried again after that; however long it asks to wait, too."""

_NEW = frozenset({"candidate", "changed"})
_WAITING = frozenset({"candidate", "changed", "known"})


@dataclass(frozen=True)
class Turn:
    """A source's turn at `now` (aware), with what is remembered of it."""

    subscription: Subscription
    remembered: SourceState | None
    now: datetime

    @cached_property
    def state(self) -> SourceState:
        """What is remembered; nothing of it when the source has another address since."""
        if self.remembered is None or self.remembered.url != self.subscription.url:
            return SourceState(self.subscription.id, self.subscription.url)
        return self.remembered

    @property
    def is_due(self) -> bool:
        """Whether the source is to be asked now."""
        return self.state.next_try is None or self.state.next_try <= self.now

    def request(self, is_known: Callable[[str], bool]) -> Request:
        """What to ask; conditional only where everything that the last answer gave is still known.

        A working tree may be older than what this machine remembers, when a batch waits on a branch of its own.
        """
        if not all(map(is_known, self.state.waiting)):
            return Request(self.subscription.id, self.subscription.url)
        return Request(self.subscription.id, self.subscription.url, self.state.validators)

    @property
    def _rhythm(self) -> timedelta:
        return timedelta(hours=self.subscription.every_hours)

    def failed(self, failed: Failed) -> SourceState:
        """Each failure in a row doubles the wait, from the source's own rhythm up to a week; its wish is respected."""
        failures = self.state.failures + 1
        wait = min(self._rhythm * 2 ** min(failures - 1, 12), LONGEST_WAIT)
        if failed.retry_after_s is not None:
            wait = max(wait, min(timedelta(seconds=failed.retry_after_s), LONGEST_WAIT))
        return replace(
            self.state,
            tried=self.now,
            next_try=self.now + wait,
            failures=failures,
            failure=failed.kind,
            error=failed.reason,
        )

    def _answered(self, retrieved: Retrieved) -> SourceState:
        return replace(
            self.state,
            tried=self.now,
            succeeded=self.now,
            next_try=self.now + self._rhythm,
            failures=0,
            failure=None,
            error=None,
            moved_to=retrieved.moved_to,
        )

    def unchanged(self, retrieved: Retrieved) -> SourceState:
        """The server said that nothing changed: validators stay, new ones replace them (RFC 9110 § 15.4.5)."""
        state, given = self._answered(retrieved), retrieved.validators
        return replace(
            state, etag=given.etag or state.etag, last_modified=given.last_modified or state.last_modified
        )

    def read(self, retrieved: Retrieved, feed: ParsedFeed, decided: Sequence[Decided]) -> SourceState:
        """A whole feed was read: how it looks now stands beside how it looked first."""
        state = self._answered(retrieved)
        language, host = _language(decided) or state.language_now, _host(feed, retrieved)
        return replace(
            state,
            etag=retrieved.validators.etag,
            last_modified=retrieved.validators.last_modified,
            proposed=self.now if any(item.outcome in _NEW for item in decided) else state.proposed,
            newest=max((entry.published for entry in feed.entries if entry.published), default=state.newest),
            language=state.language or language,
            language_now=language,
            host=state.host or host,
            host_now=host,
            waiting=tuple(
                sorted({item.finding.id for item in decided if item.finding and item.outcome in _WAITING})
            ),
        )


def _language(decided: Sequence[Decided]) -> str | None:
    """The language of the entries, when two thirds of at least three have the same."""
    found = Counter(item.finding.lang for item in decided if item.finding and item.finding.lang)
    language, count = found.most_common(1)[0] if found else (None, 0)
    return language if count >= 3 and count * 3 >= found.total() * 2 else None


def _host(feed: ParsedFeed, retrieved: Retrieved) -> str | None:
    """The host that readers are sent to: that of most links, or else of the site, or else of the feed."""
    hosts = Counter(host for entry in feed.entries if entry.link and (host := urlsplit(entry.link).hostname))
    if hosts:
        return max(hosts, key=lambda host: (hosts[host], host))
    return urlsplit(feed.link or retrieved.url).hostname
