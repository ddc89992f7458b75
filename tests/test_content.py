"""The questions asked of the content: relations are computed, never typed twice."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.content import Content, without_tasks
from portal.records import Community, Event, Source
from portal.records.event import recurrences
from tests.conftest import NOW


def slugs(records: object) -> list[str]:
    return [record.slug for record in records]  # type: ignore[attr-defined]


def test_members_are_computed_from_profiles_and_animators(internal: Content) -> None:
    community = internal.community("donnees")
    assert slugs(internal.members(community)) == ["ana", "ben"], "who left is no member any more"
    groups = internal.members_by_territory(community)
    assert [(place.slug, slugs(people)) for place, people in groups] == [("sud", ["ana"]), ("usine", ["ben"])]


def test_holders_are_sorted_by_offer_then_level(internal: Content) -> None:
    assert slugs(internal.holders(internal.skill("python"))) == ["chloe", "ana", "ben"]
    assert internal.is_rare(internal.skill("sig"))
    assert not internal.is_rare(internal.skill("python"))


def test_evidence_gathers_stories_answers_and_meetings(internal: Content) -> None:
    sig, ben = internal.skill("sig"), internal.person("ben")
    evidence = internal.evidence(sig, ben)
    assert (slugs(evidence.stories), slugs(evidence.answers), slugs(evidence.events)) == (
        ["cartes"],
        ["carte"],
        ["port"],
    )
    assert len(internal.evidence(sig, internal.person("ana"))) == 1, "Ana asked, she didn't answer"
    assert [skill.slug for skill, _ in internal.proofs(ben)] == ["sig"]


def test_who_teaches_what_someone_wants_to_learn(internal: Content) -> None:
    (teacher,) = internal.teachers_for(internal.person("ben"))
    assert teacher.skill.slug == "python"
    assert slugs(teacher.people) == ["ana"], "Chloé helps but doesn't teach"


def test_neighbours_say_why(internal: Content) -> None:
    (neighbour,) = internal.neighbours(internal.person("ben"))
    assert neighbour.person.slug == "ana"
    assert slugs(neighbour.likes) == ["apiculture"]
    assert slugs(neighbour.teaches) == ["python"]
    assert slugs(neighbour.learns) == ["sig"]


def test_near_means_same_place_then_around_then_far(internal: Content) -> None:
    ben = internal.person("ben")
    assert slugs(internal.people_near(ben)) == ["ana", "chloe"]
    assert internal.distance("usine", "usine") == 0
    assert (
        internal.distance("usine", "sud")
        < internal.distance("usine", "nord")
        < internal.distance("usine", None)
    )
    assert slugs(internal.people_of(internal.territory("sud"))) == ["ana", "ben"]


def test_newcomers_joined_in_the_last_three_months(internal: Content) -> None:
    assert slugs(internal.newcomers()) == ["ben"]


def test_completeness_names_what_would_help(internal: Content) -> None:
    assert internal.completeness(internal.person("ana")).missing == ()
    missing = internal.completeness(internal.person("chloe"))
    assert missing.missing == ("interests", "what you want to learn", "communities", "the day you joined")
    assert missing.share == pytest.approx(4 / 8), (
        "her only community is private: this site doesn't know of it"
    )


def test_promise_counts_what_was_kept_and_what_waits(internal: Content) -> None:
    promise = internal.promise(internal.community("donnees"))
    assert (promise.answered, promise.kept, promise.waiting, promise.late) == (1, 1, 1, 0)
    assert promise.share == 1
    (waiting,) = internal.waiting()
    assert (waiting.question.slug, waiting.days_left) == ("attente", 1)


def test_tasks_have_who_and_when(internal: Content) -> None:
    tasks = internal.tasks(internal.community("donnees"))
    shown = [(task.text, task.done, task.who.slug if task.who else None, task.due) for task in tasks]
    assert shown == [
        ("Relire la carte", False, "ben", date(2026, 12, 5)),
        ("Nommer les tables", True, "ana", date(2026, 9, 1)),
    ]


def test_check_boxes_leave_the_text_that_the_page_shows(internal: Content) -> None:
    assert without_tasks(internal.community("donnees").body) == "Nous nous voyons souvent."
    body = (
        "# Vide\n\n## Avant\n\nUn mot.\n\n### À faire\n\n- [ ] Ranger — @ana,\n  2026-12-05\n  - [x] Le haut\n\n"
        "## Après\n\n- Un café\n* [X] Balayer"
    )
    assert " ".join(without_tasks(body).split()) == "# Vide ## Avant Un mot. ## Après - Un café", (
        "a heading goes when only boxes stood under it, and with it their wrapped lines"
    )
    assert without_tasks("## Reste vide\n") == "## Reste vide", "what was empty before isn't ours to judge"


def test_a_task_may_run_over_several_lines(internal: Content) -> None:
    values, body = {"title": "Données"}, "- [ ] Relire la carte\n  du port — @ben,\n  2026-12-05\n"
    (task,) = internal.tasks(Community.read(values, Source("communities/x/index.md", "x", body)))
    assert (task.text, task.who.slug, task.due) == ("Relire la carte du port", "ben", date(2026, 12, 5))


def test_what_people_of_a_territory_can_do_ask_and_belong_to(internal: Content) -> None:
    south = internal.territory("sud")
    assert [(item.skill.slug, slugs(item.people), item.helpers) for item in internal.skills_in(south)] == [
        ("python", ["ana", "ben"], 1),
        ("sig", ["ben"], 1),
    ]
    assert [(item.slug, slugs(people)) for item, people in internal.communities_in(south)] == [
        ("donnees", ["ana", "ben"])
    ]
    assert slugs(internal.questions_from(south)) == ["attente", "carte"]
    assert slugs(internal.newcomers(territory=internal.territory("usine"))) == ["ben"]
    assert internal.newcomers(territory=internal.territory("nord")) == ()


def test_next_meeting_and_past(internal: Content) -> None:
    meeting = internal.next_meeting(internal.community("donnees"))
    assert (meeting.event.slug, meeting.start.date()) == ("port", date(2026, 12, 3))
    assert internal.next_meeting(internal.territory("nord")) is None
    assert slugs(internal.past()) == ["atelier"]


def test_a_recurring_meeting_keeps_its_hour_across_the_change_of_hour() -> None:
    values = {
        "title": "Point", "start": "2026-10-19T10:00", "end": "2026-10-19T11:00", "timezone": "Europe/Paris",
        "rrule": "FREQ=WEEKLY;COUNT=3", "location": "Lyon",
    }  # fmt: skip
    event = Event.read(values, Source("events/point.md", "point"))
    starts = [start for start, _ in event.occurrences(datetime(2026, 10, 1, tzinfo=ZoneInfo("UTC")))]
    assert [start.hour for start in starts] == [10, 10, 10]
    assert [start.utcoffset().total_seconds() / 3600 for start in starts] == [2, 1, 1]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "freq=hourly;COUNT=3", "FREQ=DAILY;INTERVAL=0", "NONSENSE", "FREQ=WEEKLY;BYDAY=XX", ""],
)
def test_an_unreadable_or_too_frequent_recurrence_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=rule or "^$"):
        recurrences(rule, datetime(2026, 1, 1))


def test_a_recurrence_until_a_utc_moment_is_read() -> None:
    found = list(recurrences("FREQ=DAILY;UNTIL=20260103T235959Z", datetime(2026, 1, 1, 8)))
    assert [moment.day for moment in found] == [1, 2, 3]


def test_questions_of_a_view_never_change_it(internal: Content) -> None:
    before = internal.records
    for person in internal.people():
        internal.neighbours(person)
        internal.proofs(person)
    assert internal.records == before
    assert dataclasses.is_dataclass(internal.completeness(internal.people()[0]))


def test_a_loop_of_territories_ends(mini: Content) -> None:
    sud = mini.territory("sud").model_copy(update={"parent": "usine"})
    looped = Content([sud, mini.territory("usine")], mini.settings, now=NOW)
    assert slugs(looped.ancestors(sud)) == ["usine"]
    assert looped.distance("sud", "usine") > 0
