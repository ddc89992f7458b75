"""The map: nothing hides anything, far places have a frame of their own, and every point is a named link."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import combinations
from math import hypot

import pytest

from portal.content import Content
from portal.formats.territory_map import draw_map, lay_out
from portal.language import Translator
from portal.loading import load_content, load_settings
from portal.records import Source, Territory
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def demo() -> Content:
    settings, _ = load_settings(ROOT / "site_config")
    return load_content(ROOT / "content", settings).content.view(
        "internal", datetime(2026, 11, 21, tzinfo=UTC)
    )


@pytest.mark.parametrize("current", [None, "ile-de-france", "la-reunion"])
def test_no_label_covers_another_nor_a_point(demo: Content, current: str | None) -> None:
    drawing = lay_out(demo, current)
    labels = [mark.label for mark in drawing.marks if mark.label]
    assert not [pair for pair in combinations(labels, 2) if pair[0].box.overlaps(pair[1].box)]
    for mark in drawing.marks:
        for label in labels:
            assert not (
                label.box.left < mark.x < label.box.right and label.box.top < mark.y < label.box.bottom
            )
    for one, other in combinations(drawing.marks, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 18, (one.territory.slug, other.territory.slug)


def test_a_far_place_has_a_frame_at_the_lower_left(demo: Content) -> None:
    ((box, name),) = lay_out(demo).insets
    assert name == "La Réunion"
    (mark,) = (mark for mark in lay_out(demo).marks if mark.territory.slug == "la-reunion")
    assert box.left < mark.x < box.right
    assert box.top < mark.y < box.bottom
    assert box.right < 120
    assert box.bottom <= lay_out(demo).height


def test_every_point_is_a_link_with_its_name_and_its_step(demo: Content) -> None:
    links = {item.slug: f"../{item.slug}/?a=1&b=2" for item in demo.territories()}
    svg = draw_map(demo, links, Translator("en"))
    assert len(re.findall("<a ", svg)) == len(links)
    assert 'aria-label="Occitanie (Pilot)"' in svg
    assert "?a=1&amp;b=2" in svg
    assert "style=" not in svg


def test_around_one_territory_only_its_family_and_the_large_ones(demo: Content) -> None:
    shown = {mark.territory.slug for mark in lay_out(demo, "usine-des-trois-ponts").marks}
    assert {"ile-de-france", "deuxieme-etage-siege", "usine-des-trois-ponts", "la-reunion"} <= shown
    assert "station-des-grandes-iles" not in shown
    svg = draw_map(demo, dict.fromkeys(shown, "./"), Translator("en"), "usine-des-trois-ponts")
    assert svg.count('aria-current="page"') == 1


def test_no_place_no_map() -> None:
    nowhere = Territory.read(
        {"title": "<b>", "kind": "site", "phase": "study"}, Source("territories/b.md", "b")
    )
    assert draw_map(Content([nowhere]), {"b": "b/"}, Translator("fr")) == ""
    somewhere = Territory.read(
        {"title": "<b>", "kind": "site", "phase": "study", "geo": {"lat": 1.0, "lon": 2.0}},
        Source("territories/b.md", "b"),
    )
    svg = draw_map(Content([somewhere]), {"b": "b/"}, Translator("fr"))
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg
