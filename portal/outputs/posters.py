"""Posters: a sheet of A4 for each story and each meeting, to print or to make a PDF of."""

from __future__ import annotations

from collections.abc import Iterator

from portal.addresses import poster_address
from portal.content import Content
from portal.outputs.output import SheetOutput
from portal.records import Event, Story

POSTED = (Story, Event)
"""The kinds that have a poster."""


def poster_sheets(content: Content) -> Iterator[SheetOutput]:
    """One poster a story and an event."""
    language = content.settings.site.language
    for record in content.records:
        if isinstance(record, POSTED):
            yield SheetOutput(
                poster_address(record, language) + "index.html",
                template=f"supports/poster_{record.kind}.html",
                record=record,
                title=record.label,
            )
