"""What people subscribe to: feeds, calendars, cards, lists of feeds, the JSON interface, and the page that lists them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from portal.addresses import (
    absolute,
    atom_address,
    calendar_address,
    event_file_address,
    feeds_list_address,
    json_feed_address,
    section_address,
    sources_address,
    vcard_address,
)
from portal.content import Content
from portal.formats.api_v1 import DOCUMENTS, FOLDER, SCHEMAS, document, index
from portal.formats.calendar.agenda import Agenda, Calendar
from portal.formats.following import Subject, subjects, watched_sources
from portal.formats.lasting import lasting_name
from portal.formats.opml import Listed, sources_listed, write_opml
from portal.formats.vcard import community_card, person_card
from portal.language import Translator
from portal.outputs.output import INSIDE, DocumentOutput, MediaOutput, Output, PageOutput
from portal.outputs.syndication import Newsroom
from portal.page_words import SECTION_SUMMARIES, SECTION_TITLES
from portal.records.places import SUBSCRIBE, SUBSCRIBE_PAGE


def subscribe_page(content: Content) -> Iterator[PageOutput]:
    """The page that lists what one may subscribe to."""
    yield PageOutput(
        section_address(SUBSCRIBE, content.settings.site.language) + "index.html",
        src_uri=SUBSCRIBE_PAGE,
        template="pages/subscribe.html",
        title=SECTION_TITLES[SUBSCRIBE],
        description=SECTION_SUMMARIES[SUBSCRIBE],
        section=SUBSCRIBE,
    )


def subscription_files(content: Content, others: Iterable[Output]) -> Iterator[DocumentOutput]:
    """Every document that one subscribes to; `others` are the site's pages and media, which entries link to.

    Feeds need whole addresses: without `url` in `site.yml` there is none. The rest does without.
    """
    followed = subjects(content)
    if content.settings.site.url:
        yield from _feeds(content, followed, others)
    yield from _calendars(content, followed)
    yield from _cards(content)
    yield from _lists(content, followed)
    yield from _interface(content)


def _feeds(
    content: Content, followed: Iterable[Subject], others: Iterable[Output]
) -> Iterator[DocumentOutput]:
    newsroom = Newsroom(content, _published(others))
    for subject in followed:
        if subject.has_feed:
            page = subject.address(content)
            yield DocumentOutput(atom_address(page), render=_later(newsroom.atom, subject))
            yield DocumentOutput(json_feed_address(page), render=_later(newsroom.json, subject))


def _published(others: Iterable[Output]) -> dict[str, str]:
    """Path inside the content folder → address, of everything that a text may link to."""
    pages = {
        output.src_uri: output.address.removesuffix("index.html")
        for output in others
        if isinstance(output, PageOutput)
    }
    return pages | {output.path: output.address for output in others if isinstance(output, MediaOutput)}


def _calendars(content: Content, followed: Iterable[Subject]) -> Iterator[DocumentOutput]:
    site, agenda = content.settings.site, Agenda(content)
    say = Translator(site.language, site.timezone)

    def calendar(subject: Subject) -> str:
        page = subject.address(content)
        name = f"{site.name} · {say.gettext('Agenda')}"
        head = Calendar(
            id=lasting_name(site, "calendar", content.audience, *subject.names),
            name=f"{name} · {subject.record.label}" if subject.record else name,
            summary=say.gettext("Meetings to come, and those of the last twelve months."),
            language=site.language,
            page=absolute(page, site.url) if site.url else "",
            address=absolute(calendar_address(page), site.url) if site.url else "",
        )
        return agenda.calendar(head, subject.events(content))

    for subject in followed:
        if subject.has_calendar:
            yield DocumentOutput(calendar_address(subject.address(content)), render=_later(calendar, subject))
    for event in content.events():
        made = partial(agenda.single, event, site.language)
        yield DocumentOutput(event_file_address(event, site.language), render=_later(made))


def _cards(content: Content) -> Iterator[DocumentOutput]:
    language = content.settings.site.language
    for person in content.people():
        yield DocumentOutput(vcard_address(person, language), render=partial(person_card, person))
    for community in content.communities():
        yield DocumentOutput(vcard_address(community, language), render=partial(community_card, community))


def _lists(content: Content, followed: Iterable[Subject]) -> Iterator[DocumentOutput]:
    site = content.settings.site
    say = Translator(site.language, site.timezone)
    sources = write_opml(sources_listed(watched_sources(content)), f"{site.name} · {say.gettext('Watch')}")
    yield DocumentOutput(sources_address(site.language), INSIDE, render=lambda _: sources)
    if site.url is None:
        return
    base = site.url
    listed = [
        Listed(
            name=f"{site.name} · {subject.title(say)}",
            url=absolute(atom_address(page), base),
            page=absolute(page, base),
            language=site.language,
        )
        for subject in followed
        if subject.has_feed
        for page in (subject.address(content),)
    ]
    feeds = write_opml(listed, site.name)
    yield DocumentOutput(feeds_list_address(site.language), render=lambda _: feeds)


def _interface(content: Content) -> Iterator[DocumentOutput]:
    yield DocumentOutput(f"{FOLDER}/index.json", render=partial(index, folder=FOLDER))
    for name in DOCUMENTS:
        yield DocumentOutput(f"{FOLDER}/{name}.json", render=partial(document, name))
    for name, schema in SCHEMAS.items():
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        yield DocumentOutput(f"{FOLDER}/schema/{name}.json", render=_later(lambda text=text: text))


def _later(make: Callable[..., str], *arguments: object) -> Callable[[Content], str]:
    """What renders a document from what it was declared with: the content that it is given is the same view."""
    return lambda _: make(*arguments)
