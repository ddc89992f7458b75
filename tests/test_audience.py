"""The audience filter stands at the source: a view holds no record, reference or file of another audience."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.content import Content, Media
from portal.outputs import DocumentOutput, MediaOutput, PageOutput
from portal.records import Event, Person, Question, Source
from portal.search.documents import documents
from tests.conftest import NOW
from tests.site import declared

SECRET_WORDS = ("cercle", "zephyr", "Zéphyr", "secret")


def addresses(content: Content) -> set[str]:
    return {output.address for output in declared(content)}


def everything_said(content: Content) -> str:
    written = [
        str(output.render(content)) for output in declared(content) if isinstance(output, DocumentOutput)
    ]
    records = [repr(record) + record.body + record.path for record in content.records]
    found = [repr(document) for document in documents(content)]
    return " ".join([*written, *found, *records, *addresses(content)])


@pytest.mark.parametrize("audience", ["internal", "external"])
def test_no_trace_of_a_private_community_in_the_other_sites(mini: Content, audience: str) -> None:
    said = everything_said(mini.view(audience, NOW))
    assert [word for word in SECRET_WORDS if word in said] == []


def test_a_private_community_has_a_site_with_its_records(mini: Content) -> None:
    found = addresses(mini.view("private:cercle", NOW))
    assert {
        "communautes/cercle/index.html",
        "agenda/reunion-zephyr/index.html",
        "questions/zephyr/index.html",
    } <= found
    assert "annuaire/ana/index.html" in found, "its members keep the whole portal around them"


def test_the_public_site_has_only_what_is_marked_for_it(mini: Content) -> None:
    external = mini.view("external", NOW)
    assert [record.key for record in external.records] == [
        ("person", "ana"), ("skill", "python"), ("territory", "nord"), ("guide", "debuter"),
    ]  # fmt: skip
    ana = external.person("ana")
    assert (ana.territory, ana.communities, ana.wants_to_learn) == (None, (), ())
    assert [item.skill for item in ana.skills] == ["python"]
    assert (ana.contact, ana.handle) == (None, None), "who agreed to be seen didn't agree to be called"
    assert mini.view("internal", NOW).person("ana").contact is not None


def test_an_unknown_audience_is_refused(mini: Content) -> None:
    for audience in ("", "public", "private", "private:", "private:donnees", "private:../x", "INTERNAL"):
        with pytest.raises(ValueError, match="unknown audience"):
            mini.view(audience, NOW)


def test_what_only_names_a_private_community_is_private_even_if_its_author_forgot(mini: Content) -> None:
    forgotten = Question.read(
        {"title": "Oubli", "asked_by": "chloe", "asked_on": "2026-11-01", "community": "cercle"},
        Source("questions/oubli.md", "oubli"),
    )
    content = Content([*mini.records, forgotten], mini.settings)
    assert content.view("internal", NOW).get("question", "oubli") is None
    assert content.view("private:cercle", NOW).get("question", "oubli") is not None


def test_private_without_a_private_community_is_shown_nowhere(mini: Content) -> None:
    values = {
        "title": "Nulle part",
        "start": "2026-12-01",
        "location": "Ici",
        "audience": "private",
        "communities": ["donnees"],
    }
    event = Event.read({**values, "communities": ("donnees",)}, Source("events/nulle-part.md", "nulle-part"))
    content = Content([*mini.records, event], mini.settings)
    assert all(
        content.view(audience, NOW).get("event", "nulle-part") is None for audience in content.audiences
    )


def test_withholding_a_broken_record_takes_every_trace_of_it(mini: Content) -> None:
    content = mini.without(frozenset({("person", "ana")}))
    assert "ana" not in " ".join(repr(record) for record in content.records if not isinstance(record, Person))


def test_a_picture_is_published_only_beside_a_record_that_shows_it(mini: Content) -> None:
    secret = Event.read(
        {
            "title": "Plan",
            "start": "2026-12-01",
            "location": "Ici",
            "audience": "private",
            "communities": ("cercle",),
        },
        Source("events/plan.md", "plan", "![Le plan](plan.png)"),
    )
    shown = Event.read(
        {"title": "Affiche", "start": "2026-12-01", "location": "Ici"},
        Source("events/affiche.md", "affiche", "![L’affiche](affiche.png)"),
    )
    files = [Media(f"events/{name}.png", 10, image=True) for name in ("plan", "affiche", "oubliee")]
    content = Content([*mini.records, secret, shown], mini.settings, media=files)

    def pictures(audience: str) -> list[str]:
        return [
            output.path for output in declared(content.view(audience, NOW)) if isinstance(output, MediaOutput)
        ]

    assert pictures("internal") == ["events/affiche.png"]
    assert pictures("private:cercle") == ["events/affiche.png", "events/plan.png"]
    assert pictures("external") == []


def test_drafts_wait_and_people_who_left_have_no_page(internal: Content) -> None:
    pages = {output.src_uri for output in declared(internal) if isinstance(output, PageOutput)}
    assert "stories/cartes.md" in pages
    assert "stories/brouillon.md" not in pages
    assert "people/dan.md" not in pages


def test_no_two_outputs_share_an_address(mini: Content) -> None:
    for audience in mini.audiences:
        found = [output.address for output in declared(mini.view(audience, NOW))]
        assert len(found) == len(set(found))


def test_a_story_comes_out_on_its_day_and_not_before(mini: Content) -> None:
    story = mini.story("cartes")

    def is_out(**changes: object) -> bool:
        changed = story.model_copy(update=changes)
        others = [record for record in mini.records if record.key != story.key]
        return Content([*others, changed], mini.settings).view("internal", NOW).story("cartes") is not None

    assert is_out(status="scheduled", published=NOW.date())
    assert not is_out(status="scheduled", published=NOW.date() + timedelta(days=1))
    assert not is_out(status="scheduled", published=None)
    assert not is_out(status="published", published=NOW.date() + timedelta(days=1))
    assert not is_out(status="review")
    assert is_out(status="archived"), "an archived story keeps its address"
    assert not is_out(status="archived", published=None), "one that was given up never had one"
