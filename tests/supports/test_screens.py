"""Which slides a screen shows: what is near first, the whole company's where nothing is, never an empty screen."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from portal.content import Content
from portal.loading import load_content
from portal.outputs import SheetOutput
from portal.outputs.screens import EVENTS_READY, slides_of
from portal.records import Event
from portal.settings import Settings
from tests.conftest import NOW, ROOT
from tests.site import declared


@pytest.fixture(scope="module")
def demo() -> Content:
    return load_content(ROOT / "content", Settings()).content.view("internal", NOW)


def test_there_is_one_screen_for_all_and_one_for_each_territory(internal: Content) -> None:
    addresses = {output.address for output in declared(internal) if isinstance(output, SheetOutput)}
    wanted = {"ecran/index.html", *(f"ecran/{item.slug}/index.html" for item in internal.territories())}
    assert wanted <= addresses
    assert {address for address in addresses if address.startswith("ecran/")} == wanted


def test_every_story_and_meeting_has_its_poster(internal: Content) -> None:
    addresses = {output.address for output in declared(internal) if isinstance(output, SheetOutput)}
    stories = {f"histoires/{item.slug}/affiche/index.html" for item in internal.stories()}
    meetings = {f"agenda/{item.slug}/affiche/index.html" for item in internal.events()}
    assert stories | meetings == {address for address in addresses if "/affiche/" in address}


def test_an_empty_company_still_has_its_welcome() -> None:
    assert [slide.kind for slide in slides_of(Content([], now=NOW), None)] == ["welcome"]


def test_what_is_near_comes_first_and_the_company_fills_up(demo: Content) -> None:
    place = demo.territory("la-reunion")
    assert place
    stories = [slide.records[0] for slide in slides_of(demo, place) if slide.kind == "story"]
    near = list(demo.stories_of(place))
    assert near
    assert set(stories[: len(near)]) == set(near)
    assert len(stories) == 5


def test_a_territory_with_nothing_new_shows_what_the_company_has(demo: Content) -> None:
    empty = next(
        item for item in demo.territories() if not demo.stories_of(item) and not demo.questions_from(item)
    )
    kinds = Counter(slide.kind for slide in slides_of(demo, empty))
    assert kinds["story"] == 5
    assert kinds["question"] == 3
    assert kinds["event"] > 0
    assert kinds["word"] == kinds["welcome"] == 1


def test_kinds_take_turns_and_the_welcome_is_last(demo: Content) -> None:
    kinds = [slide.kind for slide in slides_of(demo, None)]
    assert kinds[0] == "story"
    assert kinds[-1] == "welcome"
    turns = kinds[:8]
    assert all(one != other for one, other in pairwise(turns))


def test_cancelled_meetings_are_not_announced_and_recurring_ones_wait_for_their_turn(demo: Content) -> None:
    slides = [slide for slide in slides_of(demo, None) if slide.kind == "event"]
    events = [slide.records[0] for slide in slides]
    assert all(isinstance(event, Event) and event.status != "cancelled" for event in events)
    assert len(events) == EVENTS_READY
    assert len({event.slug for event in events[:3]}) == 3


def test_a_screen_shows_only_what_its_audience_sees(mini: Content) -> None:
    for audience in ("internal", "external"):
        view = mini.view(audience, NOW)
        for territory in (None, *view.territories()):
            shown = repr(slides_of(view, territory))
            assert "cercle" not in shown.lower()
            assert "phyr" not in shown


def test_meetings_that_are_over_at_the_build_are_not_there(demo: Content) -> None:
    late = Content(demo.records, now=NOW + timedelta(days=4000))
    assert not [
        slide for slide in slides_of(late, None) if slide.kind in {"event", "agenda"} and not slide.records
    ]
