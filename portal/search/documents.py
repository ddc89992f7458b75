"""Every page of one audience's site as a document to be found. Only the view is read: what it hasn't can't be found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from portal.addresses import address_of
from portal.content import Content
from portal.records import Person, Record, Skill
from portal.search.analysis import analyser
from portal.search.document import Document, Helper
from portal.search.facets import day_of_page, facets_of
from portal.search.markdown_words import Paragraph, paragraphs
from portal.search.names import Names, named
from portal.search.pages import pages
from portal.search.passages import cut, joined
from portal.search.synonyms import Synonyms, groups_of
from portal.search.telling import Told, tell

HELPERS_OF_A_PLACE = 2
"""Of a skill, so many people of each territory are listed: whoever searches finds some who are near."""


def documents(content: Content) -> tuple[Document, ...]:
    """One document a page of the view, by kind and address; the pages of the search itself are left out."""
    return tuple(sorted(each_document(content), key=lambda document: (document.kind, document.address)))


def each_document(content: Content) -> Iterator[Document]:
    """The same one by one, in the order of the records: all the texts of a large site needn't be held at once."""
    yield from _Making(content).records()
    yield from pages(content)


class _Making:
    """Makes the documents of one view."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.names = Names(content)
        self.language = content.settings.site.language
        self.synonyms = Synonyms(groups_of(content), analyser(self.language))

    def records(self) -> Iterator[Document]:
        """One document a record; someone who left has no page."""
        for record in self.content.records:
            if not (isinstance(record, Person) and self.content.is_gone(record)):
                yield self.document(record)

    def document(self, record: Record) -> Document:
        """The page of one record."""
        told, day = tell(record, self.names), day_of_page(record)
        facets = facets_of(record, day, self.names)
        parts = _parts(told)
        body = joined(parts)
        fields = {
            "title": record.label,
            "aliases": " · ".join(record.aliases) if isinstance(record, Skill) else "",
            "skills": " · ".join(self._skills(record, facets)),
            "headings": " ".join([part.text for part in parts if part.is_heading]),
            "tags": " · ".join(self._tags(record, told, facets)),
            "people": " · ".join(self._people(record)),
            "body": body,
        }
        fields["synonyms"] = self.synonyms.of(f"{record.label} · {fields['aliases']} · {body}")
        return Document(
            kind=record.kind,
            address=address_of(record, self.language),
            title=record.label,
            subtitle=" · ".join(filter(None, told.under)),
            date=day.isoformat() if day else "",
            fields=fields,
            passages=cut(parts, body),
            facets=facets,
            helpers=self._helpers(record) if isinstance(record, Skill) else (),
        )

    def _skills(self, record: Record, facets: Mapping[str, tuple[str, ...]]) -> list[str]:
        """The names of the skills that a record names; a skill's own are its title and aliases already."""
        if isinstance(record, Skill):
            return named(self.names.skills, [record.broader])
        return named(self.names.skill_words, facets["skill"])

    def _tags(self, record: Record, told: Told, facets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        """What a record is, where and for whom; its own title isn't said again."""
        if not isinstance(record, Person):
            yield self.names.label("kind", record.kind)
        yield from told.tags
        for names, kind in ((self.names.territories, "territory"), (self.names.communities, "community")):
            yield from named(names, (slug for slug in facets[kind] if (kind, slug) != record.key))

    def _people(self, record: Record) -> list[str]:
        """The names of the people in it; a profile has only its own, which is its title."""
        if isinstance(record, Person):
            return []
        slugs = (reference.slug for reference in record.references() if reference.kind == "person")
        return named(self.names.people, slugs)

    def _helpers(self, skill: Skill) -> tuple[Helper, ...]:
        """Who offers to teach or help, those who know best first, a few in each place."""
        here: Counter[str] = Counter()
        found: list[Helper] = []
        for person in self.content.holders(skill):
            place = person.territory or ""
            if here[place] == HELPERS_OF_A_PLACE:
                continue
            offers = tuple(
                offer for item in person.skills if item.skill == skill.slug for offer in item.offers
            )
            if not offers:
                break
            here[place] += 1
            address, level = address_of(person, self.language), person.level_in(skill.slug)
            found.append(Helper(person.name, address, place, level, offers, person.job_title))
        return tuple(found)


def _parts(told: Told) -> list[Paragraph]:
    """The paragraphs of a page; an id that stands twice leads to the first, whose text it is."""
    parts = [Paragraph(" ".join(text.split())) for text in told.words]
    ids: set[str] = set()
    for text in told.markdown:
        found = paragraphs(text)
        parts += (
            [part._replace(anchor="") if part.anchor in ids else part for part in found] if ids else found
        )
        ids.update(part.anchor for part in found)
    return parts
