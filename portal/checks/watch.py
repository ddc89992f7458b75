"""Rules about the watch: its sources are known, and no page is chosen twice."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.case import Case, Finding, at, short
from portal.problems import N_, Message, message
from portal.records import Community, WatchItem
from portal.validation import nearest


def unknown_source(case: Case) -> Iterator[Finding]:
    """Whatever a community watches is a source of `feeds.yml`."""
    known = [source.id for source in case.content.settings.feeds.sources]
    for community in case.content.of("community"):
        if not isinstance(community, Community):
            continue
        for index, name in enumerate(community.feeds):
            if name not in known:
                yield at(community, ("feeds", index), _unknown(short(name), nearest(name, known)))


def _unknown(source: str, proposal: str | None) -> Message:
    if proposal:
        what = N_("“{source}” isn’t a source of feeds.yml: did you mean “{proposal}”?")
        return message(what, source=source, proposal=proposal)
    return message(
        N_("“{source}” isn’t a source of feeds.yml: add it there, or take the name away"), source=source
    )


def same_page(case: Case) -> Iterator[Finding]:
    """Each page of the outside is in the watch once."""
    first: dict[str, WatchItem] = {}
    for item in case.content.of("watch_item"):
        if not isinstance(item, WatchItem):
            continue
        found = first.setdefault(item.url.rstrip("/"), item)
        if found is not item:
            what = N_(
                "this page is in the watch already: keep the better reason here or in {path}, and delete the other"
            )
            yield at(item, ("url",), message(what, path=found.path))
