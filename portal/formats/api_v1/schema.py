"""The shape of each document of version 1, as JSON Schema 2020-12. Never edit it once published: write version 2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _text(description: str, **more: Any) -> Schema:
    return {"type": "string", "description": description, **more}


def _whole(description: str, **more: Any) -> Schema:
    return {"type": "integer", "description": description, **more}


def _yes_or_no(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _word(description: str, *words: str) -> Schema:
    return {"enum": list(words), "description": description}


def _maybe(schema: Schema) -> Schema:
    described = {key: value for key, value in schema.items() if key != "description"}
    return {"description": schema.get("description", ""), "anyOf": [described, {"type": "null"}]}


def _many(description: str, items: Schema) -> Schema:
    return {"type": "array", "description": description, "items": items}


def _group(description: str, /, **keys: Schema) -> Schema:
    """An object with exactly these keys, all of them always."""
    return {
        "type": "object",
        "description": description,
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }


_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$",
}


def _slugs(kind: str) -> Schema:
    return _many(f"Slugs of items of {kind}.json.", {"type": "string"})


def _slug(kind: str, description: str) -> Schema:
    return _maybe(_text(f"{description}: the slug of an item of {kind}.json, or null."))


def _day(description: str) -> Schema:
    return {**_DAY, "description": description}


def _moment(description: str) -> Schema:
    return {**_MOMENT, "description": f"{description}: a day, or a time with its offset (RFC 3339)."}


_COMMON: dict[str, Schema] = {
    "id": _text("A name that never changes (urn:uuid:), whatever the title or the address."),
    "slug": _text("The name that other items use."),
    "address": _text("The page, from the root of the site."),
    "url": _maybe(_text("The whole address of the page; null when the portal doesn't know its own.")),
    "audience": _word("Who may read it.", "internal", "external", "private"),
}

_LEVEL = _whole("1 to 5.", minimum=1, maximum=5)

_ITEMS: dict[str, Schema] = {
    "people": _group(
        "Someone who works here.",
        **_COMMON,
        name=_text("First name and family name, as the person writes them."),
        job_title=_text("The job title."),
        territory=_slug("territories", "Where the person works"),
        skills=_many(
            "What the person can do.",
            _group(
                "A skill.",
                skill=_text("A slug of skills.json."),
                level=_LEVEL,
                offers=_many("What the person offers with it.", _word("An offer.", "teach", "help")),
            ),
        ),
        interests=_many(
            "What the person likes to do.",
            _group("A taste.", skill=_text("A slug of skills.json."), level=_LEVEL),
        ),
        wants_to_learn=_slugs("skills"),
        languages=_many("Spoken languages (BCP 47).", {"type": "string"}),
        communities=_slugs("communities"),
        contact=_maybe(
            _group(
                "The ways to reach the person; null outside the company.",
                email=_maybe(_text("The address at work.")),
                phone=_maybe(_text("The number at work.")),
                chat=_maybe(_text("The name on the company's chat.")),
                office=_maybe(_text("Where to knock.")),
            )
        ),
        joined=_maybe(_day("First day in the company.")),
    ),
    "skills": _group(
        "A word of the shared vocabulary.",
        **_COMMON,
        title=_text("The preferred name."),
        aliases=_many("Other names.", {"type": "string"}),
        broader=_slug("skills", "The wider skill"),
        same_as=_many("The same concept elsewhere.", {"type": "string"}),
        holders=_slugs("people"),
        learners=_slugs("people"),
    ),
    "communities": _group(
        "People around real work.",
        **_COMMON,
        title=_text("Its name."),
        purpose=_maybe(_text("Why it exists.")),
        kind=_word("What it gathers around.", "practice", "interest", "project"),
        visibility=_word("Who sees it.", "open", "private"),
        join=_word("How one becomes a member.", "free", "request", "invite"),
        phase=_word("Its state of life.", "pilot", "active", "quiet", "closed"),
        animators=_slugs("people"),
        sponsor=_slug("people", "Who supports it"),
        members=_slugs("people"),
        opened=_maybe(_day("The day it began.")),
        answer_within_days=_maybe(_whole("Its promise: a first answer within so many days.", minimum=1)),
        channel=_maybe(_text("Where its members talk.")),
        resources=_many(
            "What it keeps at hand.",
            _group(
                "A resource.",
                title=_text("Its name."),
                url=_text("Its address."),
                description=_maybe(_text("What one finds there.")),
            ),
        ),
    ),
    "territories": _group(
        "A place where people meet in real life.",
        **_COMMON,
        title=_text("Its name."),
        kind=_word("What it is.", "region", "subsidiary", "site", "floor"),
        parent=_slug("territories", "The territory around it"),
        phase=_word("How far the portal has come there.", "study", "pilot", "launch", "active"),
        lead=_slug("people", "Who answers for it"),
        ambassadors=_slugs("people"),
        headcount=_maybe(_whole("How many people work there.", minimum=0)),
        geo=_maybe(
            _group(
                "A point, in degrees (WGS 84).",
                lat={"type": "number", "description": "Latitude."},
                lon={"type": "number", "description": "Longitude."},
            )
        ),
    ),
    "events": _group(
        "A meeting, or a series of them.",
        **_COMMON,
        title=_text("What it is called."),
        start=_moment("When it first begins"),
        end=_moment("When it first ends (for whole days, the last day)"),
        all_day=_yes_or_no("Whether it is given in days."),
        timezone=_text("Its zone, by its name in the tz database or its offset."),
        rrule=_maybe(_text("Its recurrence (RFC 5545), counted in its zone.")),
        next=_many(
            "The next meetings, at most ten, without those that were skipped, with those that were moved.",
            _group(
                "A meeting.",
                start=_moment("When it begins"),
                end=_moment("When it ends"),
                location=_maybe(_text("Where.")),
            ),
        ),
        location=_maybe(_text("Where people meet.")),
        territory=_slug("territories", "The territory that hosts it"),
        communities=_slugs("communities"),
        organizers=_slugs("people"),
        skills=_slugs("skills"),
        registration_url=_maybe(_text("Where to sign up.")),
        status=_word("Its status.", "confirmed", "tentative", "cancelled"),
        changes=_many(
            "What changed since it was announced, oldest first.",
            _group("A change.", on=_day("When it was changed."), what=_text("What changed.")),
        ),
        summary=_text("A sentence or two, in plain text."),
    ),
    "stories": _group(
        "How people solved something together.",
        **_COMMON,
        title=_text("What it is called."),
        published=_maybe(_day("The day it was published.")),
        people=_slugs("people"),
        territory=_slug("territories", "Where it happened"),
        communities=_slugs("communities"),
        skills=_slugs("skills"),
        challenge=_maybe(_text("What was hard.")),
        solution=_maybe(_text("What was done.")),
        results=_many(
            "Its figures.",
            _group(
                "A figure.",
                label=_text("What is measured."),
                before=_maybe({"type": "number", "description": "The figure to begin with."}),
                after={"type": "number", "description": "The figure afterwards."},
                unit=_maybe(_text("Its unit.")),
                evidence=_maybe(_text("How it is known.")),
            ),
        ),
        series=_maybe(
            _group(
                "The series that it belongs to.",
                title=_text("What the series is called."),
                part=_whole("Its place in it.", minimum=1),
            )
        ),
        sequel_of=_slug("stories", "The story that it continues"),
        featured=_maybe(_text("The month of which it is the story, such as 2026-11.")),
        archived=_yes_or_no("Whether it left the lists; its page stays."),
        summary=_text("A sentence or two, in plain text."),
    ),
    "questions": _group(
        "A question asked to a community.",
        **_COMMON,
        title=_text("The question in one line."),
        asked_by=_slug("people", "Who asks"),
        asked_on=_day("The day it was asked."),
        community=_slug("communities", "The community that promised to answer"),
        skills=_slugs("skills"),
        status=_word("Its status.", "open", "answered", "closed"),
        answers=_many(
            "The answers, oldest first.",
            _group(
                "An answer.",
                by=_slug("people", "Who answers"),
                on=_day("When."),
                accepted=_yes_or_no("Whether it solved the question."),
                text=_text("The answer in plain text."),
            ),
        ),
        summary=_text("A sentence or two, in plain text."),
    ),
    "ideas": _group(
        "An idea, and what was decided.",
        **_COMMON,
        title=_text("The idea in one line."),
        proposed_by=_slug("people", "Who had it"),
        proposed_on=_day("When."),
        territory=_slug("territories", "Where it would be tried"),
        communities=_slugs("communities"),
        status=_word("How far it has come.", "proposed", "studied", "adopted", "declined", "done"),
        decision=_maybe(_text("The reason for the decision.")),
        decided_on=_maybe(_day("The day of the decision.")),
        supporters=_slugs("people"),
        story=_slug("stories", "What it became"),
        summary=_text("A sentence or two, in plain text."),
    ),
    "watch": _group(
        "A page of the outside world, chosen by a curator.",
        **_COMMON,
        title=_text("The title of the page."),
        outside_url=_text("Its address."),
        source=_text("Who published it."),
        published=_day("The day it was published there."),
        curated_by=_slug("people", "Who chose it"),
        curated_on=_day("The day it was chosen."),
        why=_text("Why it matters to us."),
        communities=_slugs("communities"),
        skills=_slugs("skills"),
        language=_text("Its language (BCP 47)."),
    ),
    "posts": _group(
        "A signed note.",
        **_COMMON,
        title=_text("What it is called."),
        author=_slug("people", "Who speaks"),
        published=_day("When."),
        kind=_word("A note, or a director's word.", "note", "leadership"),
        communities=_slugs("communities"),
        territory=_slug("territories", "The territory that it concerns"),
        summary=_text("A sentence or two, in plain text."),
    ),
    "guides": _group(
        "How to take part.",
        **_COMMON,
        title=_text("What it is called."),
        summary=_text("A sentence or two, in plain text."),
    ),
    "newsletters": _group(
        "A letter, as it left.",
        **_COMMON,
        title=_text("The subject of the mail."),
        published=_day("The day it left."),
        language=_text("The language of its words (BCP 47)."),
        territory=_slug("territories", "The territory that it was written for"),
        community=_slug("communities", "The community that it was written for"),
        items=_many(
            "What it shows, in its order.",
            _group(
                "A record.",
                kind=_word("Its kind.", "story", "event", "watch_item", "question", "idea", "post", "person"),
                slug=_text("Its slug."),
            ),
        ),
        summary=_text("A sentence or two, in plain text."),
    ),
}


def _document(name: str, item: Schema) -> Schema:
    return {
        "$schema": _DIALECT,
        "title": f"Veillée, JSON interface, version 1: {name}.json",
        **_group(
            "Every item of a kind that the readers of this site may see, by slug.",
            version={"const": 1, "description": "The version of this shape."},
            kind={"const": name, "description": "What the items are."},
            count=_whole("How many items there are.", minimum=0),
            items=_many("The items, by slug.", item),
        ),
    }


_INDEX = {
    "$schema": _DIALECT,
    "title": "Veillée, JSON interface, version 1: index.json",
    **_group(
        "What there is, and where.",
        version={"const": 1, "description": "The version of this shape."},
        generated=_text("The moment of the build (RFC 3339)."),
        portal=_group(
            "The portal.",
            name=_text("Its name."),
            company=_text("The company."),
            url=_maybe(_text("Where it is read.")),
            language=_text("Its language (BCP 47)."),
            timezone=_text("Its time zone."),
        ),
        audience=_text("Whose site it is: internal, external, or private: and a community."),
        documents=_many(
            "One a kind.",
            _group(
                "A document.",
                kind=_text("What its items are."),
                address=_text("Its address, from the root of the site."),
                schema=_text("The address of its JSON Schema, from the root of the site."),
                count=_whole("How many items it has.", minimum=0),
            ),
        ),
    ),
}

SCHEMAS: Mapping[str, Schema] = {
    "index": _INDEX,
    **{name: _document(name, item) for name, item in _ITEMS.items()},
}
"""By name of document."""
