"""How a source is: what it gives, and the alarms that its curator should hear. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from posixpath import dirname, join, normpath
from typing import Literal

from tld import get_fld

from curation.desk.decision import Decision
from curation.desk.finding import Finding
from curation.feeds.state import SourceState
from portal.content import Content
from portal.markdown_links import links
from portal.problems import N_, Message, message
from portal.subscriptions import Feeds, Subscription

Alarm = Literal["disabled", "gone", "failing", "moved", "silent", "language", "host"]
"""What may be wrong; a language or a host that isn't the one of the beginning may mean that the domain was taken over."""


@dataclass(frozen=True)
class Health:
    """One source: what is remembered of it (None before the first fetch), its yield and its alarms.

    `proposed` counts the entries that reached the desk, `kept` those that became watch items, `stories` the success
    stories that link to one of these.
    """

    subscription: Subscription
    state: SourceState | None
    proposed: int
    kept: int
    stories: int
    alarms: tuple[tuple[Alarm, Message], ...]

    @property
    def share_kept(self) -> float | None:
        """Kept ÷ proposed; None before anything was proposed."""
        return self.kept / self.proposed if self.proposed else None


def health(
    feeds: Feeds,
    states: Mapping[str, SourceState],
    waiting: Iterable[Finding],
    decided: Mapping[str, Decision],
    content: Content,
) -> tuple[Health, ...]:
    """Every source, in the order of `feeds.yml`, at the content's `now`."""
    source_of = {item.id: item.source for decision in decided.values() for item in decision.findings}
    kept = {name: decision for name, decision in decided.items() if decision.verdict == "keep"}
    proposed = Counter((source_of | {item.id: item.source for item in waiting}).values())
    kept_of = Counter(source_of[name] for name in kept)
    stories = _stories(
        content, {decision.item: source_of[name] for name, decision in kept.items() if decision.item}
    )
    return tuple(
        Health(
            item,
            state := states.get(item.id),
            proposed[item.id],
            kept_of[item.id],
            stories[item.id],
            tuple(_alarms(item, state, feeds, content.now)),
        )
        for item in feeds.sources
    )


def _stories(content: Content, items: Mapping[str, str]) -> Counter[str]:
    """How many success stories link to a watch item of each source; `items` gives the source of an item's file."""
    found: Counter[str] = Counter()
    for story in content.of("story"):
        targets = {
            normpath(join(dirname(story.path), link.path))
            for prose in story.prose()
            for link in links(prose.text)
        }
        found.update({items[target] for target in targets if target in items})
    return found


def _alarms(
    subscription: Subscription, state: SourceState | None, feeds: Feeds, now: datetime
) -> Iterator[tuple[Alarm, Message]]:
    if subscription.disabled is not None:
        yield "disabled", message(N_("disabled: {why}"), why=subscription.disabled)
        return
    if state is None or state.url != subscription.url:
        return
    if state.failure == "gone":
        yield "gone", message(N_("gone: its server says that it will not come back"))
    elif state.failures:
        yield "failing", _failing(state)
    if state.moved_to:
        yield "moved", message(N_("moved for good to {url}: change its address"), url=state.moved_to)
    if (last := state.newest or state.proposed) and now - last > timedelta(days=feeds.silent_after_days):
        yield "silent", message(N_("silent for {days} days"), days=(now - last).days)
    yield from _shifts(subscription, state)


def _failing(state: SourceState) -> Message:
    why = state.error or "?"
    if state.failures == 1:
        return message(N_("failed: {why}"), why=why)
    return message(N_("failing, {count} times in a row: {why}"), count=state.failures, why=why)


def _shifts(subscription: Subscription, state: SourceState) -> Iterator[tuple[Alarm, Message]]:
    before = subscription.language or state.language
    if before and state.language_now and before.partition("-")[0] != state.language_now.partition("-")[0]:
        what = N_("now in “{now}”, it was in “{before}”: has its domain been taken over?")
        yield "language", message(what, now=state.language_now, before=before)
    if state.host and state.host_now and not _same_site(state.host, state.host_now):
        what = N_("now leads to {now}, it led to {before}: has its domain been taken over?")
        yield "host", message(what, now=state.host_now, before=state.host)


def _same_site(one: str, other: str) -> bool:
    """Whether two hosts belong to one registered domain: `blog.` and `www.` of it are one site."""
    return one == other or (_domain(one) is not None and _domain(one) == _domain(other))


def _domain(host: str) -> str | None:
    """The domain that someone registered, by the public suffix list; None for an address or an unknown ending."""
    return get_fld(f"https://{host}/", fail_silently=True)
