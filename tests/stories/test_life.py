"""A story comes out on its day, keeps its address when it is archived, and never says how it was made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.content import Content
from portal.content.sums import sums_of
from portal.settings import Settings, Site
from tests.conftest import NOW
from tests.stories.telling import company, result, story


def slugs(records: object) -> list[str]:
    return [record.slug for record in records]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("zone", "moment", "is_out"),
    [
        ("Europe/Paris", datetime(2026, 12, 2, 23, 30, tzinfo=UTC), True),
        ("Europe/Paris", datetime(2026, 12, 2, 22, 59, tzinfo=UTC), False),
        ("Indian/Reunion", datetime(2026, 12, 2, 20, 0, tzinfo=UTC), True),
        ("America/Martinique", datetime(2026, 12, 3, 3, 59, tzinfo=UTC), False),
        ("America/Martinique", datetime(2026, 12, 3, 4, 0, tzinfo=UTC), True),
    ],
)
def test_its_day_is_that_of_the_company(mini: Content, zone: str, moment: datetime, is_out: bool) -> None:
    settings = Settings(site=Site(timezone=zone))
    content = company(mini, story("neuve", status="scheduled", published="2026-12-03"), settings=settings)
    assert (content.view("internal", moment).story("neuve") is not None) is is_out


def test_a_summer_day_begins_an_hour_earlier_in_utc(mini: Content) -> None:
    content = company(mini, story("neuve", status="scheduled", published="2026-07-14"))
    assert content.view("internal", datetime(2026, 7, 13, 22, 0, tzinfo=UTC)).story("neuve")
    assert not content.view("internal", datetime(2026, 7, 13, 21, 59, tzinfo=UTC)).story("neuve")


def test_an_archived_story_is_read_at_its_address_and_listed_nowhere(mini: Content) -> None:
    old = story(
        "vieille", status="archived", archived_on="2026-10-01", featured="2026-11", communities=("donnees",),
        skills=("sig",), results=(result(9, 2, "m³/h"),),
    )  # fmt: skip
    new = story("neuve", communities=("donnees",), skills=("sig",), results=(result(9, 4, "m³/h"),))
    view = company(mini, old, new).view("internal", NOW)
    assert view.story("vieille") is not None
    donnees, ana, usine = view.community("donnees"), view.person("ana"), view.territory("usine")
    assert donnees
    assert ana
    assert usine
    for listed in (
        view.stories(), view.stories_from(donnees), view.stories_by(ana), view.stories_of(usine), view.chosen_stories(),
        view.related(new),
    ):  # fmt: skip
        assert "vieille" not in slugs(listed)
    assert [sum_.total for sum_ in view.sums()] == [5]
    assert slugs(view.every_story()) == ["neuve", "vieille"]
    sig = view.skill("sig")
    assert sig
    assert "vieille" in slugs(view.evidence(sig, ana).stories), "what it proves of people stays proven"


def test_a_story_that_was_given_up_has_no_page(mini: Content) -> None:
    content = company(mini, story("abandon", status="archived", published=None))
    assert content.view("internal", NOW).story("abandon") is None


def test_how_a_story_was_made_reaches_no_site(mini: Content) -> None:
    content = company(mini, story("neuve", editor="chloe", reviewers=("dan",)))
    for audience in content.audiences:
        shown = content.view(audience, NOW).story("neuve")
        assert shown is None or (shown.editor, shown.reviewers, shown.agreements) == (None, (), ())
    assert content.story("neuve").agreements, "the file keeps it"  # type: ignore[union-attr]


def test_the_story_of_the_month_waits_for_its_month_and_stays_until_the_next(mini: Content) -> None:
    content = company(
        mini,
        story("octobre", featured="2026-10"),
        story("novembre", featured="2026-11"),
        story("mars", featured="2027-03"),
    )

    def chosen(moment: datetime) -> list[str]:
        return slugs(content.view("internal", moment).chosen_stories())

    assert chosen(datetime(2026, 11, 21, tzinfo=UTC)) == ["novembre", "octobre"]
    assert chosen(datetime(2027, 2, 28, 22, 59, tzinfo=UTC)) == ["novembre", "octobre"]
    assert chosen(datetime(2027, 2, 28, 23, 0, tzinfo=UTC)) == ["mars", "novembre", "octobre"], (
        "March in Paris"
    )


def test_a_series_is_read_in_its_order_once_two_can_be_read(mini: Content) -> None:
    parts = [
        story("trois", series={"title": "Les nuits", "part": 3}, status="scheduled", published="2026-12-01"),
        story("une", series={"title": "Les nuits", "part": 1}),
        story("deux", series={"title": "les Nuits", "part": 2}),
        story("seule", series={"title": "Autre", "part": 1}),
    ]
    view = company(mini, *parts).view("internal", NOW)
    (series,) = view.series()
    assert (series.title, slugs(series.stories)) == ("Les nuits", ["une", "deux"])
    assert view.series_of(parts[3]) is None
    later = company(mini, *parts).view("internal", datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert slugs(later.series()[0].stories) == ["une", "deux", "trois"]


def test_a_sequel_is_known_from_both_sides_and_not_before_its_day(mini: Content) -> None:
    first = story("une")
    next_ = story("deux", sequel_of="une", status="scheduled", published="2026-12-01")
    content = company(mini, first, next_)
    assert content.view("internal", NOW).sequels(first) == ()
    view = content.view("internal", datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert slugs(view.sequels(first)) == ["deux"]
    hidden = content.without(frozenset({first.key})).story("deux")
    assert hidden
    assert hidden.sequel_of is None, "no trace of a story that can't be read"


def test_a_sum_of_nothing_is_nothing() -> None:
    assert sums_of([]) == ()
