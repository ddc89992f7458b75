"""The feeds of one site: each entry is written once for each length, and put in every feed that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from portal.addresses import absolute, atom_address, json_feed_address
from portal.content import Content
from portal.formats.following import Subject
from portal.formats.lasting import lasting_name
from portal.formats.syndication.atom import atom_entry, atom_feed
from portal.formats.syndication.entries import Entries
from portal.formats.syndication.entry import Author, Feed
from portal.formats.syndication.json_feed import json_feed, json_item
from portal.language import Translator
from portal.records import Record

_NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)

MOST = 50
"""At most so many entries in the feed of the portal or of a kind."""

MOST_OF_A_PLACE = 40
"""In that of a community or a territory."""

MOST_OF_A_SKILL = 20
"""In that of a skill, whose entries have no text: there are many skills, and each story would stand in several."""


class Newsroom:
    """Writes the feeds of one view; `published` tells the addresses of what entries link to."""

    def __init__(self, content: Content, published: Mapping[str, str]) -> None:
        self.content, self._site = content, content.settings.site
        self._url = self._site.url or ""
        self._say = Translator(self._site.language, self._site.timezone)
        self._entries = Entries(content, published, self._url)
        self._atom: dict[tuple[str, str, bool], str] = {}
        self._json: dict[tuple[str, str, bool], str] = {}

    def atom(self, subject: Subject) -> str:
        """The Atom feed of a subject."""
        records, is_brief = self._newest(subject), subject.is_skill
        return atom_feed(self._feed(subject, records), (self._atom_entry(item, is_brief) for item in records))

    def json(self, subject: Subject) -> str:
        """Its JSON Feed."""
        records, is_brief = self._newest(subject), subject.is_skill
        return json_feed(self._feed(subject, records), (self._json_item(item, is_brief) for item in records))

    def _newest(self, subject: Subject) -> list[Record]:
        """The records that changed last for their readers."""
        most = MOST_OF_A_SKILL if subject.is_skill else MOST_OF_A_PLACE if subject.record else MOST
        records = sorted(subject.news(self.content), key=lambda record: record.key)
        records.sort(key=self._entries.updated, reverse=True)
        return records[:most]

    def _feed(self, subject: Subject, records: list[Record]) -> Feed:
        page, site = subject.address(self.content), self._site
        icon = absolute("assets/images/veillee.svg", self._url)
        logo = self.content.settings.logo
        whole = not subject.record and not subject.section
        return Feed(
            id=lasting_name(site, "feed", self.content.audience, *subject.names),
            title=site.name if whole else f"{site.name} · {subject.title(self._say)}",
            summary=(site.tagline or "") if whole else subject.summary(self._say),
            page=absolute(page, self._url),
            atom=absolute(atom_address(page), self._url),
            json=absolute(json_feed_address(page), self._url),
            language=site.language,
            author=Author(site.company, absolute("", self._url)),
            icon=icon,
            logo=absolute(logo.address, self._url) if logo else icon,
            updated=max(map(self._entries.updated, records), default=_NOTHING_YET),
        )

    def _atom_entry(self, record: Record, is_brief: bool) -> str:
        key = (*record.key, is_brief)
        if key not in self._atom:
            entry = self._entries.brief(record) if is_brief else self._entries.full(record)
            self._atom[key] = atom_entry(entry)
        return self._atom[key]

    def _json_item(self, record: Record, is_brief: bool) -> str:
        key = (*record.key, is_brief)
        if key not in self._json:
            entry = self._entries.brief(record) if is_brief else self._entries.full(record)
            self._json[key] = json_item(entry)
        return self._json[key]
