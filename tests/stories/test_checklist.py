"""The checklist of a story: what it lacks, in order, and which of it keeps the story from its readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from portal.checks import check
from portal.content import Content, Loaded
from portal.content.checklist import ITEMS, SHORT, missing
from portal.problems import Severity
from portal.settings import Checks, Settings
from tests.conftest import NOW
from tests.stories.telling import company, result, story

QUOTE = {"text": "Enfin.", "by": "ben"}
LACKS: Mapping[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({}, []),
    "people": ({"people": None}, ["people"]),
    "an agreement": ({"agreements": None}, ["agreements"]),
    "that of who is quoted": ({"quote": QUOTE}, ["agreements"]),
    "each agreement": ({"people": ("ana", "ben", "dan")}, ["agreements", "agreements"]),
    "figures": ({"results": None}, ["figures"]),
    "evidence": ({"results": ({"label": "Fuites", "after": 2.0},)}, ["evidence"]),
    "a picture": ({"without_image": None}, ["picture"]),
    "its credit": ({"without_image": None, "image": {"src": "a.png", "alt": "A"}}, ["picture"]),
    "a territory": ({"territory": None}, ["territory"]),
    "a day": ({"published": None}, ["day"]),
}


@pytest.mark.parametrize("lack", LACKS)
def test_what_lacks_is_named_in_order(mini: Content, lack: str) -> None:
    keys, items = LACKS[lack]
    assert [item.item for item in missing(story("neuve", **keys), mini)] == items


def test_every_item_has_its_words() -> None:
    assert ITEMS.keys() == SHORT.keys()
    assert {item for _, items in LACKS.values() for item in items} == ITEMS.keys()


def found(mini: Content, *stories: Any, checks: Checks | None = None) -> dict[str, Severity]:
    """The rules that speak of stories, with their severities."""
    content = company(mini, *stories, settings=Settings(checks=checks or Checks()))
    problems = check(Loaded(content, (), frozenset(), "content"), NOW)
    return {
        problem.rule: problem.severity for problem in problems if problem.path.startswith("content/stories/")
    }


def test_a_story_without_agreements_is_withheld_once_someone_could_read_it(mini: Content) -> None:
    for status in ("scheduled", "published", "archived"):
        assert found(mini, story("neuve", agreements=None, status=status)) == {
            "story-agreement": Severity.ERROR
        }
    for status in ("draft", "review"):
        assert found(mini, story("neuve", agreements=None, status=status)) == {}
    assert found(mini, story("abandon", agreements=None, status="archived", published=None)) == {}


def test_the_rest_of_the_checklist_warns(mini: Content) -> None:
    for keys in (
        {"without_image": None},
        {"territory": None},
        {"results": ({"label": "Fuites", "after": 2.0},)},
    ):
        assert found(mini, story("neuve", **keys)) == {"story-checklist": Severity.WARNING}
        assert found(mini, story("neuve", **keys, status="review")) == {}


def test_a_review_has_something_to_read_about(mini: Content) -> None:
    assert found(mini, story("neuve", people=None, agreements=None, status="review")) == {
        "story-people": Severity.ERROR
    }
    assert found(mini, story("neuve", results=None, status="review")) == {"story-figures": Severity.ERROR}
    assert found(mini, story("neuve", results=None, people=None, agreements=None, status="draft")) == {}


def test_a_company_may_take_its_time(mini: Content) -> None:
    checks = Checks(severity={"story-agreement": "warning"})
    assert found(mini, story("neuve", agreements=None), checks=checks) == {
        "story-agreement": Severity.WARNING
    }


def test_figures_that_cannot_be_added_are_refused(mini: Content) -> None:
    for figure in (result(9, 2, "%"), result(None, 2, "m³"), result(9, 2, None)):
        assert found(mini, story("neuve", results=(figure,))) == {"adding-up": Severity.ERROR}
    assert found(mini, story("neuve", results=(result(9, 2, "m³"), result(9, 2, "%", adds_up=False)))) == {}


def test_who_follows_and_reads_a_public_story_needs_no_public_profile(mini: Content) -> None:
    content = [person for person in mini.people() if person.audience == "external"]
    inside = [person for person in mini.people() if person.audience != "external"]
    assert inside
    seen = story(
        "neuve", audience="external", people=tuple(person.slug for person in content) or None, agreements=None,
        status="review", territory=None, editor=inside[0].slug, reviewers=(inside[0].slug,),
    )  # fmt: skip
    assert "external-consent" not in found(mini, seen)
