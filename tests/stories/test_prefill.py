"""The door's address: it names keys that the form asks for, by slugs or names that the form understands."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from portal.content import Content
from portal.formats.prefill import ABOUT, story_query
from portal.formats.sheet import Names, asked
from portal.records import Guide, Person, Source
from tests.conftest import NOW
from tests.stories.telling import company, story


def pairs(record: object, content: Content) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(story_query(record, Names(content))).query)  # type: ignore[arg-type]


def test_each_record_that_it_speaks_of_gives_what_the_form_asks(internal: Content) -> None:
    keys = {item.name for item in asked("story")} | {"from"}
    seen = set()
    for record in internal.records:
        found = pairs(record, internal)
        assert {name for name, _ in found} <= keys
        assert bool(found) == (record.kind in ABOUT), record.path
        assert all(value for _, value in found), "nothing is given empty"
        seen.add(record.kind)
    assert ABOUT.keys() <= seen


def test_names_are_those_that_the_form_understands(internal: Content) -> None:
    for record in internal.records:
        for name, value in pairs(record, internal):
            kind = {
                "people": "person",
                "skills": "skill",
                "communities": "community",
                "territory": "territory",
            }.get(name)
            if kind:
                assert Names(internal).meant(kind, value).slug is not None


def test_of_two_people_of_one_name_the_slug_is_given(internal: Content) -> None:
    ana = internal.person("ana")
    assert ana
    twin = Person.read(
        {"name": ana.name, "job_title": "Autre", "territory": "sud"}, Source("people/ana-2.md", "ana-2")
    )
    both = Content([*internal.records, twin], internal.settings, now=NOW)
    assert pairs(twin, both) == [("people", "ana-2")]


def test_what_is_written_in_a_title_stays_in_it(mini: Content) -> None:
    told = story("suite", title="A & b=c#d?e", territory=None)
    content = company(mini, told)
    assert pairs(told, content) == [("sequel_of", "suite")]
    event = content.of("event")[0].model_copy(update={"title": "A & b=c#d?e"})
    assert dict(pairs(event, content))["title"] == "A & b=c#d?e"


def test_a_page_without_a_subject_gives_nothing(internal: Content) -> None:
    (guide,) = [record for record in internal.records if isinstance(record, Guide)][:1]
    assert story_query(guide, Names(internal)) == story_query(None, Names(internal)) == ""
