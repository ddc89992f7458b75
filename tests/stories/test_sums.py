"""Sums are honest: what may be added is, what may not never is, and each one says from what it comes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from portal.content import Content
from portal.content.sums import adds, same_unit, sums_of
from portal.formats.sum_chart import draw_sum
from portal.language import Translator
from tests.conftest import NOW
from tests.stories.telling import company, result, story

ADD = [
    "m³",
    "m³/h",
    "MWh par an",
    "Nm³ par jour",
    "€",
    "tonnes",
    "appels par mois",
    "heures",
    "kg / an",
    "L per day",
    "phénols",
]
DONT = [
    "%", "% des abonnés prévenus", "‰", "°C", "µS/cm", "mg/L", "kWh/kg", "L/h/m²/bar", "ppm", "pH", "m³ par habitant",
    "par mois", "sur 20", "arrêts en huit mois", "indice", "/an",
]  # fmt: skip


@pytest.mark.parametrize("unit", ADD)
def test_quantities_and_flows_add(unit: str) -> None:
    assert adds(unit)


@pytest.mark.parametrize("unit", DONT)
def test_shares_contents_and_bare_numbers_do_not(unit: str) -> None:
    assert not adds(unit)


@pytest.mark.parametrize(
    ("one", "other"), [("m³", "m3"), ("MWh par an", "MWh/an"), ("MWh  per an", "MWh / an")]
)
def test_one_unit_has_several_spellings(one: str, other: str) -> None:
    assert same_unit(one) == same_unit(other)


@pytest.mark.parametrize(("one", "other"), [("MWh", "kWh"), ("MW", "mW"), ("m³", "m³/h"), ("m²", "m³")])
def test_nothing_is_converted(one: str, other: str) -> None:
    assert same_unit(one) != same_unit(other)


def test_only_marked_whole_figures_of_one_unit_and_direction_are_added() -> None:
    told = [
        story("a", results=(result(10, 4, "m³"), result(0, 100, "m³"), result(5, 1, "m³", adds_up=False))),
        story(
            "b",
            results=(result(0.3, 0.1, "m3"), result(None, 7, "m³"), result(50, 10, "%"), result(4, 4, "m³")),
        ),
    ]
    less, more = sums_of(told)
    assert (less.unit, less.is_less, less.total, len(less.stories)) == ("m³", True, 6.2, 2)
    assert (more.is_less, more.total, [addend.story.slug for addend in more.addends]) == (False, 100, ["a"])


def test_a_sum_is_told_by_territory_and_year() -> None:
    told = [
        story("a", territory="nord", published="2025-03-01", results=(result(9, 2, "MWh par an"),)),
        story("b", territory="sud", published="2026-03-01", results=(result(30, 2, "MWh par an"),)),
        story("c", territory="nord", published="2026-05-01", results=(result(3, 2, "MWh/an"),)),
        story("d", territory=None, published=None, results=(result(3, 2, "MWh/an"),)),
    ]
    (found,) = sums_of(told)
    assert found.years == (2025, 2026, None)
    assert [(line.territory, line.by_year, line.total) for line in found.lines] == [
        ("sud", (0, 28, 0), 28), ("nord", (7, 1, 0), 8), (None, (0, 0, 1), 1),
    ]  # fmt: skip
    assert found.total == sum(line.total for line in found.lines)


def test_its_drawing_says_in_words_what_it_shows(mini: Content) -> None:
    told = [
        story("a", territory="nord", published="2025-03-01", results=(result(9, 2, "<m³> & co"),)),
        story("b", territory="sud", results=(result(1500, 2, "<m³> & co"),)),
    ]
    view = company(mini, *told).view("internal", NOW)
    (found,) = view.sums()
    svg = ElementTree.fromstring(draw_sum(found, view, Translator("fr"), "s"))
    assert svg.attrib["role"] == "img"
    words = {element.tag: element.text for element in svg}
    assert words["title"] == "<m³> & co, par territoire"
    assert words["desc"] == "Sud 1\u202f498 et Nord 7"
    widths = [float(rect.attrib["width"]) for rect in svg.iter("rect")]
    assert len(widths) == 2
    assert max(widths) == 320
    assert min(widths) >= 1, "the smallest is still seen"
