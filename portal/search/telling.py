"""What the page of each kind of record says beyond its title: the line under it, its words and its Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.content import without_tasks
from portal.problems import N_
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
from portal.records.story import Result, is_archived
from portal.search.names import Names, named


@dataclass(frozen=True, slots=True)
class Told:
    """What one page says.

    `under` are the parts of the line under its title; `words` are plain texts that come before the body, `markdown`
    the texts in the order of the page; `tags` say what it is without being its text.
    """

    under: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    markdown: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def tell(record: Record, names: Names) -> Told:
    """What the page of a record says."""
    return _TELLERS[record.kind](record, names)


def _person(person: Person, names: Names) -> Told:
    skills = names.skills
    lists = (
        (N_("Can do"), [skills[item.skill] for item in person.skills if item.skill in skills]),
        (N_("Likes to do"), [skills[item.skill] for item in person.interests if item.skill in skills]),
        (N_("Wants to learn"), [skills[slug] for slug in person.wants_to_learn if slug in skills]),
        (N_("Speaks"), [names.language(code) for code in person.languages]),
    )
    return Told(
        under=(person.job_title, *named(names.territories, [person.territory])),
        words=tuple(names.listed(label, found) for label, found in lists if found),
        markdown=(person.body,),
        tags=(person.job_title, *(names.label("role", role) for role in person.roles)),
    )


def _skill(skill: Skill, names: Names) -> Told:
    holders = len(names.content.holders(skill))
    people = (
        names.say.ngettext("%(num)s person", "%(num)s people", holders) % {"num": holders} if holders else ""
    )
    # Its other names first: whoever typed one of them sees why it is found, and who can help is proposed.
    under = (", ".join(skill.aliases), *named(names.skills, [skill.broader]), people)
    return Told(under=under, markdown=(skill.body,))


def _community(community: Community, names: Names) -> Told:
    # Its check boxes are shown beside its text, without their marks.
    tasks = [_ended(task.text) for task in names.content.tasks(community)]
    kept = [_ended(text) for item in community.resources for text in _texts(item.title, item.description)]
    return Told(
        under=(names.label("community_kind", community.community_kind), *_closed(community, names)),
        words=_texts(community.purpose),
        markdown=(without_tasks(community.body), *tasks, *kept),
    )


def _closed(community: Community, names: Names) -> tuple[str, ...]:
    return (names.label("life", community.phase),) if community.phase in {"quiet", "closed"} else ()


def _territory(territory: Territory, names: Names) -> Told:
    kind = names.label("territory_kind", territory.territory_kind)
    return Told(
        under=(kind, *named(names.territories, [territory.parent])),
        words=tuple(_ended(trait) for trait in territory.traits),
        markdown=(territory.body,),
        tags=(kind,),
    )


def _event(event: Event, names: Names) -> Told:
    place = named(names.territories, [event.territory])
    return Told(
        under=_texts(event.location, *place),
        words=(_ended(event.location),) if event.location else (),
        markdown=_texts(event.body, event.outcome),
    )


def _story(story: Story, names: Names) -> Told:
    said = [story.quote.text] if story.quote else []
    picture = [story.image.alt] if story.image else []
    return Told(
        under=(
            *([names.label("story_status", story.status)] if is_archived(story) else []),
            *named(names.territories, [story.territory]),
            *named(names.communities, story.communities),
        ),
        words=_texts(
            _ended(story.series.title) if story.series else None,
            story.challenge,
            story.solution,
            *(_figure(result, names) for result in story.results),
        ),
        markdown=(story.body, *said, *picture),
    )


def _figure(result: Result, names: Names) -> str:
    """A figure in words: “label: before → after unit (evidence)”."""
    figures = " → ".join(names.number(value) for value in (result.before, result.after) if value is not None)
    proof = f" ({result.evidence})" if result.evidence else ""
    return f"{result.label}{names.colon} {figures} {result.unit or ''}".rstrip() + f"{proof}."


def _question(question: Question, names: Names) -> Told:
    return Told(
        under=(
            *named(names.communities, [question.community]),
            names.label("question_status", question.status),
        ),
        markdown=_texts(question.body, *(answer.text for answer in question.answers)),
    )


def _idea(idea: Idea, names: Names) -> Told:
    return Told(
        under=(names.label("idea_status", idea.status), *named(names.territories, [idea.territory])),
        words=_texts(idea.decision),
        markdown=(idea.body,),
    )


def _watch_item(item: WatchItem, names: Names) -> Told:
    language = names.content.settings.site.language
    foreign = [names.language(item.lang)] if item.lang != language else []
    return Told(
        under=(item.source, *foreign), words=_texts(item.why), markdown=(item.body,), tags=(item.source,)
    )


def _post(post: Post, names: Names) -> Told:
    kind = [names.label("post_kind", "leadership")] if post.post_kind == "leadership" else []
    return Told(under=(*kind, *named(names.people, [post.author])), markdown=(post.body,), tags=tuple(kind))


def _guide(guide: Guide, names: Names) -> Told:
    readers = [names.label("reader", reader) for reader in guide.readers if reader != "everyone"]
    return Told(under=tuple(readers), words=_texts(guide.summary), markdown=(guide.body,))


def _newsletter(letter: Newsletter, names: Names) -> Told:
    shown = [found.label for item in letter.items if (found := names.content.get(*item.key))]
    said = [item.words for item in letter.items if item.words]
    return Told(
        under=(
            *named(names.territories, [letter.territory]),
            *named(names.communities, [letter.community]),
        ),
        words=tuple(_ended(text) for text in (*said, *shown)),
        markdown=(letter.body,),
    )


def _texts(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _ended(text: str) -> str:
    """A line as a sentence, so that two of them don't run into one another."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


_TELLERS: Mapping[str, Callable[[Any, Names], Told]] = {
    "person": _person, "skill": _skill, "community": _community, "territory": _territory, "event": _event,
    "story": _story, "question": _question, "idea": _idea, "watch_item": _watch_item, "post": _post, "guide": _guide,
    "newsletter": _newsletter,
}  # fmt: skip
