"""The pages nearest to one: what templates may ask of a build."""

from __future__ import annotations

import pytest

from hooks.build import Build
from portal.records import Person
from tests.conftest import NOW, ROOT


@pytest.fixture(scope="module")
def demo() -> Build:
    return Build.load(ROOT / "content", ROOT / "site_config", "internal", NOW)


def test_pages_near_a_record_are_others_that_its_page_does_not_show_yet(demo: Build) -> None:
    for record in demo.content.records:
        close = demo.close_to(record)
        keys = [other.key for other in close]
        assert len(keys) == len(set(keys)) <= 4
        assert record.key not in keys
        assert not {other.key for other in demo.content.related(record)} & set(keys)
        assert all(demo.address(other.path) for other in close), "each has a page"


def test_what_is_near_speaks_of_the_same(demo: Build) -> None:
    story = demo.content.story("onze-ruches-et-un-captage")
    assert story is not None
    assert "recolte-de-miel-2026" in {other.slug for other in demo.close_to(story)}


def test_who_left_is_near_nothing(demo: Build) -> None:
    gone = [
        item for item in demo.content.of("person") if isinstance(item, Person) and demo.content.is_gone(item)
    ]
    assert gone
    assert demo.close_to(gone[0]) == ()
