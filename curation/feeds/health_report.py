"""The health of the sources → rows for people, or a document for programs. Nothing here prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from curation.feeds.health import Health
from curation.report import printable
from curation.terminal import Rows
from portal.language import Translator

JSON_VERSION = 1
"""Goes up when a reader of the JSON format would break."""


def as_document(found: Sequence[Health], say: Translator) -> dict[str, Any]:
    """What `veillee sources --json` prints."""
    return {"version": JSON_VERSION, "sources": [_facts(item, say) for item in found]}


def _facts(item: Health, say: Translator) -> dict[str, Any]:
    state = item.state
    return {
        "id": item.subscription.id,
        "name": item.subscription.name,
        "url": item.subscription.url,
        "tried": _iso(state.tried if state else None),
        "succeeded": _iso(state.succeeded if state else None),
        "newest": _iso(state.newest if state else None),
        "proposed": item.proposed,
        "kept": item.kept,
        "stories": item.stories,
        "alarms": [{"alarm": alarm, "message": say.say(what)} for alarm, what in item.alarms],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def table(found: Sequence[Health], say: Translator) -> Rows:
    """A row a source: its name, its last success and entry, its yield, what is wrong with it."""
    head = (
        say.gettext("Source"),
        say.gettext("Last answer"),
        say.gettext("Last entry"),
        say.gettext("Kept"),
        say.gettext("Stories"),
        say.gettext("To look at"),
    )
    return Rows(head, tuple(_row(item, say) for item in found))


def _row(item: Health, say: Translator) -> tuple[str, ...]:
    state = item.state
    kept = (
        say.gettext("{kept} of {proposed}").format(
            kept=say.number(item.kept), proposed=say.number(item.proposed)
        )
        if item.proposed
        else "–"
    )
    return (
        printable(f"{item.subscription.name} ({item.subscription.id})"),
        _day(state.succeeded if state else None, say),
        _day(state.newest if state else None, say),
        kept,
        say.number(item.stories) if item.stories else "–",
        printable(" · ".join(say.say(what) for _, what in item.alarms)) or "–",
    )


def _day(moment: datetime | None, say: Translator) -> str:
    return say.date(moment, "medium") if moment else "–"
