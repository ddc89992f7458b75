"""The questions asked of what is read: before and after, close by, by month, and until when a promise holds."""

from __future__ import annotations

from datetime import date

from portal.content import Content
from portal.records import (
    Community,
    Guide,
    Idea,
    Person,
    Post,
    Question,
    Record,
    Skill,
    Source,
    Story,
    Territory,
)
from tests.conftest import NOW


def made(model: type[Record], slug: str, **values: object) -> Record:
    return model.read(values, Source(f"{model.folder}/{slug}.md", slug))


def told(slug: str, day: str, *skills: str) -> Record:
    return made(Story, slug, title=slug, published=date.fromisoformat(day), skills=skills, people=("ana",))


RECORDS = [
    made(Territory, "sud", title="Sud", kind="site", phase="active"),
    made(Person, "ana", name="Ana", job_title="Cheffe", territory="sud"),
    *(made(Skill, slug, title=slug) for slug in ("sig", "python", "lecture")),
    told("premiere", "2026-01-05", "sig", "python"),
    told("seconde", "2026-01-20", "python"),
    told("troisieme", "2026-03-01", "sig", "python"),
    told("a-part", "2026-03-02", "lecture"),
    made(Guide, "debuter", title="Débuter", summary="Un", order=1),
    made(Guide, "animer", title="Animer", summary="Deux", order=2),
    made(Post, "mot", title="Mot", author="ana", published=date(2026, 2, 1)),
    made(
        Idea,
        "ruche",
        title="Ruche",
        proposed_by="ana",
        proposed_on=date(2026, 1, 1),
        status="done",
        story="premiere",
    ),
    made(Community, "promise", title="Promise", purpose="p", kind="practice", answer_within_days=3),
    made(Community, "libre", title="Libre", purpose="p", kind="practice"),
    made(Question, "une", title="Une ?", asked_by="ana", asked_on=date(2026, 11, 20), community="promise"),
    made(Question, "autre", title="Autre ?", asked_by="ana", asked_on=date(2026, 11, 20), community="libre"),
]
CONTENT = Content(RECORDS, now=NOW)


def slugs(records: object) -> list[str]:
    return [record.slug for record in records]  # type: ignore[attr-defined]


def test_a_series_knows_what_comes_before_and_after() -> None:
    middle = CONTENT.beside(CONTENT.story("seconde"))
    assert (middle.earlier.slug, middle.later.slug) == ("premiere", "troisieme")
    first = CONTENT.beside(CONTENT.story("premiere"))
    assert (first.earlier, first.later.slug) == (None, "seconde")
    assert CONTENT.beside(CONTENT.get("guide", "debuter")).later.slug == "animer", "guides follow their rank"
    assert CONTENT.beside(CONTENT.get("question", "une")) == type(middle)(), "questions stand in no series"


def test_related_records_share_most_skills_first_then_the_newest() -> None:
    assert slugs(CONTENT.related(CONTENT.story("premiere"))) == ["troisieme", "seconde"]
    assert CONTENT.related(CONTENT.story("a-part")) == ()
    assert slugs(CONTENT.related(CONTENT.story("premiere"), limit=1)) == ["troisieme"]
    assert CONTENT.related(CONTENT.person("ana")) == (), "kinds without related skills have no relatives"


def test_what_a_list_may_be_narrowed_by() -> None:
    assert slugs(CONTENT.named_in(CONTENT.stories(), "skill")) == ["lecture", "python", "sig"]
    assert CONTENT.named_in(CONTENT.stories(), "community") == ()


def test_months_keep_the_order_in_which_records_are_read() -> None:
    months = CONTENT.months(CONTENT.stories())
    assert [(month.first, slugs(month.records)) for month in months] == [
        (date(2026, 3, 1), ["a-part", "troisieme"]),
        (date(2026, 1, 1), ["seconde", "premiere"]),
    ]


def test_a_promise_ends_on_a_day() -> None:
    question = CONTENT.get("question", "une")
    assert (CONTENT.due(question), CONTENT.days_left(question)) == (date(2026, 11, 23), 2)
    other = CONTENT.get("question", "autre")
    assert (CONTENT.due(other), CONTENT.days_left(other)) == (None, None)


def test_ideas_are_gathered_by_status() -> None:
    assert {status: slugs(ideas) for status, ideas in CONTENT.ideas_by_status.items()} == {"done": ["ruche"]}


def test_who_wrote_and_what_a_story_grew_from() -> None:
    assert slugs(CONTENT.posts_by(CONTENT.person("ana"))) == ["mot"]
    assert slugs(CONTENT.ideas_behind(CONTENT.story("premiere"))) == ["ruche"]
