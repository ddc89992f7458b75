"""The documents of version 1, from the view of one audience. One function a kind: keys are written, never dumped."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from portal.addresses import absolute, address_of
from portal.content import Content
from portal.formats.calendar.zones import zone_id
from portal.formats.excerpt import excerpt, plain
from portal.formats.lasting import name_of
from portal.records import (
    Community,
    Event,
    Guide,
    Idea,
    Newsletter,
    Person,
    Post,
    Question,
    Record,
    Skill,
    Story,
    Territory,
    WatchItem,
)
from portal.records.story import is_archived

SUMMARY_CHARS = 280
NEXT_MEETINGS = 10

Item = dict[str, Any]


def document(name: str, content: Content) -> str:
    """One document, on one line."""
    records, write = DOCUMENTS[name]
    items = [{**_common(record, content), **write(record, content)} for record in records(content)]
    return _text({"version": 1, "kind": name, "count": len(items), "items": items})


def index(content: Content, folder: str) -> str:
    """What there is, and where."""
    site = content.settings.site
    documents = [
        {
            "kind": name,
            "address": f"{folder}/{name}.json",
            "schema": f"{folder}/schema/{name}.json",
            "count": len(records(content)),
        }
        for name, (records, _) in DOCUMENTS.items()
    ]
    portal = {
        "name": site.name,
        "company": site.company,
        "url": site.url,
        "language": site.language,
        "timezone": site.timezone,
    }
    generated = _moment(content.now)
    return _text(
        {
            "version": 1,
            "generated": generated,
            "portal": portal,
            "audience": content.audience,
            "documents": documents,
        }
    )


def _text(value: Item) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _common(record: Record, content: Content) -> Item:
    site = content.settings.site
    address = address_of(record, site.language)
    return {
        "id": name_of(record, site),
        "slug": record.slug,
        "address": address,
        "url": absolute(address, site.url) if site.url else None,
        "audience": record.audience,
    }


def _moment(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _slugs(records: tuple[Record, ...]) -> list[str]:
    return [record.slug for record in records]


def _person(person: Person, _: Content) -> Item:
    contact = person.contact
    return {
        "name": person.name,
        "job_title": person.job_title,
        "territory": person.territory,
        "skills": [
            {"skill": item.skill, "level": item.level, "offers": list(item.offers)} for item in person.skills
        ],
        "interests": [{"skill": item.skill, "level": item.level} for item in person.interests],
        "wants_to_learn": list(person.wants_to_learn),
        "languages": list(person.languages),
        "communities": list(person.communities),
        "contact": contact
        and {
            "email": contact.email,
            "phone": contact.phone,
            "chat": contact.chat,
            "office": contact.office,
        },
        "joined": _moment(person.joined),
    }


def _skill(skill: Skill, content: Content) -> Item:
    return {
        "title": skill.title,
        "aliases": list(skill.aliases),
        "broader": skill.broader,
        "same_as": list(skill.same_as),
        "holders": _slugs(content.holders(skill)),
        "learners": _slugs(content.learners(skill)),
    }


def _community(community: Community, content: Content) -> Item:
    return {
        "title": community.title,
        "purpose": community.purpose,
        "kind": community.community_kind,
        "visibility": community.visibility,
        "join": community.join,
        "phase": community.phase,
        "animators": list(community.animators),
        "sponsor": community.sponsor,
        "members": _slugs(content.members(community)),
        "opened": _moment(community.opened),
        "answer_within_days": community.answer_within_days,
        "channel": community.channel,
        "resources": [
            {"title": item.title, "url": item.url, "description": item.description}
            for item in community.resources
        ],
    }


def _territory(territory: Territory, _: Content) -> Item:
    geo = territory.geo
    return {
        "title": territory.title,
        "kind": territory.territory_kind,
        "parent": territory.parent,
        "phase": territory.phase,
        "lead": territory.lead,
        "ambassadors": list(territory.ambassadors),
        "headcount": territory.headcount,
        "geo": geo and {"lat": geo.lat, "lon": geo.lon},
    }


def _event(event: Event, content: Content) -> Item:
    def said(moment: datetime) -> str | None:
        return _moment(moment.date() if event.all_day else moment)

    return {
        "title": event.title,
        "start": said(event.starts_at),
        "end": said(event.ends_at),
        "all_day": event.all_day,
        "timezone": zone_id(event.zone),
        "rrule": event.rrule,
        "next": [
            {"start": said(start), "end": said(end), "location": event.location_at(start)}
            for start, end in event.occurrences(content.now, NEXT_MEETINGS)
        ],
        "location": event.location,
        "territory": event.territory,
        "communities": list(event.communities),
        "organizers": list(event.organizers),
        "skills": list(event.skills),
        "registration_url": event.registration_url,
        "status": event.status,
        "changes": [{"on": _moment(item.on), "what": item.what} for item in event.changes],
        "summary": excerpt(event.body, SUMMARY_CHARS),
    }


def _story(story: Story, _: Content) -> Item:
    return {
        "title": story.title,
        "published": _moment(story.published),
        "people": list(story.people),
        "territory": story.territory,
        "communities": list(story.communities),
        "skills": list(story.skills),
        "challenge": story.challenge,
        "solution": story.solution,
        "results": [
            {
                "label": item.label,
                "before": item.before,
                "after": item.after,
                "unit": item.unit,
                "evidence": item.evidence,
            }
            for item in story.results
        ],
        "series": story.series and {"title": story.series.title, "part": story.series.part},
        "sequel_of": story.sequel_of,
        "featured": story.featured,
        "archived": is_archived(story),
        "summary": excerpt(story.challenge or story.body, SUMMARY_CHARS),
    }


def _question(question: Question, _: Content) -> Item:
    return {
        "title": question.title,
        "asked_by": question.asked_by,
        "asked_on": _moment(question.asked_on),
        "community": question.community,
        "skills": list(question.skills),
        "status": question.status,
        "answers": [
            {"by": item.by, "on": _moment(item.on), "accepted": item.accepted, "text": plain(item.text or "")}
            for item in question.answers
        ],
        "summary": excerpt(question.body, SUMMARY_CHARS),
    }


def _idea(idea: Idea, _: Content) -> Item:
    return {
        "title": idea.title,
        "proposed_by": idea.proposed_by,
        "proposed_on": _moment(idea.proposed_on),
        "territory": idea.territory,
        "communities": list(idea.communities),
        "status": idea.status,
        "decision": idea.decision,
        "decided_on": _moment(idea.decided_on),
        "supporters": list(idea.supporters),
        "story": idea.story,
        "summary": excerpt(idea.body, SUMMARY_CHARS),
    }


def _watch_item(item: WatchItem, _: Content) -> Item:
    return {
        "title": item.title,
        "outside_url": item.url,
        "source": item.source,
        "published": _moment(item.published),
        "curated_by": item.curated_by,
        "curated_on": _moment(item.curated_on),
        "why": item.why,
        "communities": list(item.communities),
        "skills": list(item.skills),
        "language": item.lang,
    }


def _post(post: Post, _: Content) -> Item:
    return {
        "title": post.title,
        "author": post.author,
        "published": _moment(post.published),
        "kind": post.post_kind,
        "communities": list(post.communities),
        "territory": post.territory,
        "summary": excerpt(post.body, SUMMARY_CHARS),
    }


def _newsletter(letter: Newsletter, _: Content) -> Item:
    return {
        "title": letter.title,
        "published": _moment(letter.published),
        "language": letter.lang,
        "territory": letter.territory,
        "community": letter.community,
        "items": [{"kind": kind, "slug": slug} for kind, slug in (item.key for item in letter.items)],
        "summary": excerpt(letter.body, SUMMARY_CHARS),
    }


def _guide(guide: Guide, _: Content) -> Item:
    return {"title": guide.title, "summary": excerpt(guide.body, SUMMARY_CHARS)}


def _all(kind: str) -> Callable[[Content], tuple[Record, ...]]:
    return lambda content: content.of(kind)


def _present(content: Content) -> tuple[Record, ...]:
    """Those who have a page, by slug."""
    return tuple(sorted(content.people(), key=lambda person: person.slug))


Writing = Callable[[Any, Content], Item]

DOCUMENTS: Mapping[str, tuple[Callable[[Content], tuple[Record, ...]], Writing]] = {
    "people": (_present, _person),
    "skills": (_all(Skill.kind), _skill),
    "communities": (_all(Community.kind), _community),
    "territories": (_all(Territory.kind), _territory),
    "events": (_all(Event.kind), _event),
    "stories": (_all(Story.kind), _story),
    "questions": (_all(Question.kind), _question),
    "ideas": (_all(Idea.kind), _idea),
    "watch": (_all(WatchItem.kind), _watch_item),
    "posts": (_all(Post.kind), _post),
    "guides": (_all(Guide.kind), _guide),
    "newsletters": (_all(Newsletter.kind), _newsletter),
}
"""By name of document: its records, by slug, and what is said of each."""
