"""schema.org descriptions of people, events, stories and questions, for machines that read pages (JSON-LD 1.1)."""

from __future__ import annotations

from typing import Any

from portal.content import Content
from portal.formats.excerpt import excerpt, plain
from portal.records import Community, Event, Person, Question, Record, Story

_STATUS = {"confirmed": "EventScheduled", "tentative": "EventScheduled", "cancelled": "EventCancelled"}


def describe(record: Record, content: Content, url: str = "") -> dict[str, Any] | None:
    """The description of a record, or None for a kind that schema.org has no use for; `url` is its page's."""
    match record:
        case Person():
            found = _person(record, content)
        case Event():
            found = _event(record, content)
        case Story():
            found = _story(record, content)
        case Question():
            found = _question(record, content)
        case Community():
            found = {"@type": "Organization", "name": record.title, "description": record.purpose}
        case _:
            return None
    described = {"@context": "https://schema.org", **found, "url": url}
    return {key: value for key, value in described.items() if value not in (None, "", [], ())}


def _person(person: Person, content: Content) -> dict[str, Any]:
    territory = content.territory(person.territory)
    contact = person.contact
    return {
        "@type": "Person",
        "name": person.name,
        "jobTitle": person.job_title,
        "worksFor": {"@type": "Organization", "name": content.settings.site.company},
        "workLocation": {"@type": "Place", "name": territory.title} if territory else None,
        "email": contact.email if contact else None,
        "telephone": contact.phone if contact else None,
        "knowsAbout": [skill.title for item in person.skills if (skill := content.skill(item.skill))],
        "knowsLanguage": list(person.languages),
    }


def _event(event: Event, content: Content) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": event.title,
        "startDate": event.start if event.all_day else event.starts_at,
        "endDate": event.end if event.all_day else event.ends_at,
        "eventStatus": f"https://schema.org/{_STATUS[event.status]}",
        "location": {"@type": "Place", "name": event.location} if event.location else None,
        "organizer": [_named(slug, content) for slug in event.organizers if content.person(slug)],
        "description": excerpt(event.body, 300),
    }


def _story(story: Story, content: Content) -> dict[str, Any]:
    return {
        "@type": "Article",
        "headline": story.title,
        "datePublished": story.published,
        "description": story.challenge,
        "author": [_named(slug, content) for slug in story.people if content.person(slug)],
        "publisher": {"@type": "Organization", "name": content.settings.site.company},
    }


def _question(question: Question, content: Content) -> dict[str, Any]:
    answers = [
        {
            "@type": "Answer",
            "text": plain(answer.text or ""),
            "dateCreated": answer.on,
            "author": _named(answer.by, content),
        }
        for answer in question.answers
    ]
    accepted = [answer for answer, given in zip(answers, question.answers, strict=True) if given.accepted]
    return {
        "@type": "Question",
        "name": question.title,
        "text": plain(question.body),
        "dateCreated": question.asked_on,
        "answerCount": len(answers),
        "acceptedAnswer": accepted[0] if accepted else None,
        "suggestedAnswer": [answer for answer in answers if answer not in accepted],
    }


def _named(slug: str | None, content: Content) -> dict[str, Any]:
    person = content.person(slug)
    return {"@type": "Person", "name": person.name if person else ""}
