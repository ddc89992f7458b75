"""Stories for the tests: read as files are, around the miniature company."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from portal.content import Content
from portal.records import Source, Story
from portal.settings import Settings
from tests.conftest import NOW

WHOLE: dict[str, Any] = {
    "people": ("ana",),
    "territory": "usine",
    "results": ({"label": "Fuites", "before": 9.0, "after": 2.0, "unit": "m³/h", "evidence": "compteur"},),
    "without_image": "rien à montrer",
    "agreements": ({"person": "ana", "on": "2026-09-01"},),
    "published": "2026-09-10",
}
"""All that the checklist asks for."""


def story(slug: str, **keys: Any) -> Story:
    """A whole story, but for `keys`; None takes one away."""
    values = {"title": slug.capitalize(), **WHOLE, **keys}
    kept = {key: value for key, value in values.items() if value is not None}
    return Story.read(kept, Source(f"stories/{slug}.md", slug))


def result(before: float | None, after: float, unit: str | None, adds_up: bool = True) -> dict[str, Any]:
    """A figure as front matter gives it."""
    given = {
        "label": "Mesure",
        "before": before,
        "after": after,
        "unit": unit,
        "evidence": "vu",
        "adds_up": adds_up,
    }
    return {key: value for key, value in given.items() if value is not None}


def company(mini: Content, *stories: Story, now: datetime = NOW, settings: Settings | None = None) -> Content:
    """The miniature company with these stories and no other."""
    others = [record for record in mini.records if not isinstance(record, Story)]
    return Content([*others, *stories], settings or mini.settings, now=now)


def on(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)
