"""Records → entries, each made once a build and only when a feed holds it; its HTML is made safe like a page's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from html import escape
from posixpath import dirname, join, normpath, splitext
from zoneinfo import ZoneInfo

from markdown import Markdown

from portal.addresses import absolute, address_of, section_address
from portal.content import Content
from portal.content.order import day_of
from portal.formats.excerpt import excerpt, plain
from portal.formats.lasting import name_of
from portal.formats.prose import finish, resolve_links
from portal.formats.syndication.entry import Author, Category, Enclosure, Entry
from portal.language import Translator
from portal.markdown_links import without_links
from portal.problems import N_
from portal.records import Idea, Newsletter, Person, Post, Question, Record, Story, WatchItem
from portal.records.story import Result

SUMMARY_CHARS = 280
_MEDIA_TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".gif": "image/gif",
}  # fmt: skip


class Entries:
    """The entries of one view; `published` gives the address of every path of the content that its site has."""

    def __init__(self, content: Content, published: Mapping[str, str], site_url: str) -> None:
        self.content, self._published, self._site_url = content, published, site_url
        site = content.settings.site
        self._say = Translator(site.language, site.timezone)
        self._zone = ZoneInfo(site.timezone)
        self._markdown = Markdown(
            extensions=["admonition", "fenced_code", "footnotes", "sane_lists", "tables"]
        )
        self._made: dict[tuple[str, str], Entry] = {}

    def brief(self, record: Record) -> Entry:
        """The entry of a record without its text."""
        return replace(self._facts(record), html="")

    def full(self, record: Record) -> Entry:
        """The entry of a record with its whole text."""
        if record.key not in self._made:
            self._made[record.key] = replace(self._facts(record), html="".join(self._html(record)))
        return self._made[record.key]

    def updated(self, record: Record) -> datetime:
        """When something of it last changed for its readers: its publication, an answer or a decision."""
        days = [day_of(record)]
        if isinstance(record, Question):
            days += [answer.on for answer in record.answers]
        if isinstance(record, Idea):
            days.append(record.decided_on)
        return self._moment(max(day for day in days if day is not None))

    def _moment(self, day: date) -> datetime:
        """The beginning of a day in the portal's zone: records know no hour."""
        return datetime.combine(day, time.min, self._zone)

    def _facts(self, record: Record) -> Entry:
        published = self._moment(day_of(record) or date.min)
        return Entry(
            id=name_of(record, self.content.settings.site),
            url=self._page(record),
            title=record.label,
            published=published,
            updated=max(published, self.updated(record)),
            summary=excerpt(self._told(record), SUMMARY_CHARS),
            authors=tuple(self._authors(record)),
            categories=tuple(self._categories(record)),
            outside=record.url if isinstance(record, WatchItem) else "",
            enclosure=self._picture(record),
        )

    def _page(self, record: Record) -> str:
        return absolute(address_of(record, self.content.settings.site.language), self._site_url)

    def _told(self, record: Record) -> str:
        match record:
            case WatchItem():
                return record.why
            case Story() if record.challenge:
                return record.challenge
            case _:
                return record.body

    def _authors(self, record: Record) -> Iterator[Author]:
        match record:
            case Story():
                slugs: tuple[str, ...] = record.people
            case Question():
                slugs = (record.asked_by,)
            case Idea():
                slugs = (record.proposed_by,)
            case WatchItem():
                slugs = (record.curated_by,)
            case Post():
                slugs = (record.author,)
            case _:
                slugs = ()
        for person in self.content.each("person", slugs):
            if isinstance(person, Person):
                gone = self.content.is_gone(person)
                yield Author(person.name, "" if gone else self._page(person))

    def _categories(self, record: Record) -> Iterator[Category]:
        language = self.content.settings.site.language
        for reference in record.references():
            if reference.kind not in {"skill", "community", "territory"}:
                continue
            if found := self.content.get(reference.kind, reference.slug):
                scheme = absolute(section_address(found.folder, language), self._site_url)
                yield Category(found.slug, found.label, scheme)

    def _picture(self, record: Record) -> Enclosure | None:
        if not isinstance(record, Story) or record.image is None:
            return None
        path = normpath(join(dirname(record.path), record.image.src))
        address, media = self._published.get(path), self.content.media.get(path)
        media_type = _MEDIA_TYPES.get(splitext(path)[1].lower())
        if address is None or media is None or media_type is None:
            return None
        return Enclosure(absolute(address, self._site_url), media_type, media.size)

    # --- the whole text -----------------------------------------------------------------------------------------

    def _html(self, record: Record) -> Iterator[str]:
        """What a page says, in the order in which one reads it."""
        match record:
            case Story():
                yield from self._story(record)
            case WatchItem():
                yield self._words(record.why)
                source = self._say.gettext("Read it at {source}").format(source=record.source)
                yield f'<p><a href="{escape(record.url)}">{escape(source)}</a></p>'
                yield self._rich(record.body, record)
            case Question():
                yield self._rich(record.body, record)
                for answer in record.answers:
                    yield self._said_by(self._name(answer.by), answer.on)
                    yield f"<blockquote>{self._rich(answer.text or '', record)}</blockquote>"
            case Idea():
                yield self._rich(record.body, record)
                if record.decision:
                    yield f"<h2>{escape(self._say.gettext('What was decided'))}</h2>{self._words(record.decision)}"
            case Newsletter():
                yield self._rich(record.body, record)
                yield from self._letter(record)
            case _:
                yield self._rich(record.body, record)

    def _link(self, record: Record) -> str:
        name = escape(record.label)
        if isinstance(record, Person) and self.content.is_gone(record):
            return name
        return f'<a href="{escape(self._page(record))}">{name}</a>'

    def _letter(self, letter: Newsletter) -> Iterator[str]:
        for part in self.content.parts_of(letter):
            shown = "".join(f"<li>{self._link(one.record)}</li>" for one in part.shown)
            yield f"<h2>{escape(part.title)}</h2><ul>{shown}</ul>"

    def _story(self, story: Story) -> Iterator[str]:
        if (picture := self._picture(story)) and story.image:
            credit = f"<figcaption>{escape(story.image.credit)}</figcaption>" if story.image.credit else ""
            alt = escape(story.image.alt)
            yield f'<figure><img src="{escape(picture.url)}" alt="{alt}">{credit}</figure>'
        for title, text in (
            (N_("What was hard"), story.challenge),
            (N_("What was done"), story.solution),
        ):
            if text:
                yield f"<h2>{escape(self._say.gettext(title))}</h2>{self._words(text)}"
        if story.results:
            figures = "".join(f"<li>{self._figure(result)}</li>" for result in story.results)
            yield f"<h2>{escape(self._say.gettext('Figures'))}</h2><ul>{figures}</ul>"
        yield self._rich(story.body, story)
        if story.quote:
            name = escape(self._name(story.quote.by))
            yield f"<blockquote>{self._words(story.quote.text)}<p>{name}</p></blockquote>"

    def _figure(self, result: Result) -> str:
        unit = f" {result.unit}" if result.unit else ""
        after = f"{self._say.number(result.after)}{unit}"
        before = "" if result.before is None else f"{self._say.number(result.before)}{unit} → "
        said = self._say.gettext("{label}: {figure}").format(label=plain(result.label), figure=before + after)
        return finish(escape(said, quote=False), self._say.language)

    def _name(self, slug: str | None) -> str:
        person = self.content.person(slug)
        return person.name if person else self._say.gettext("Someone")

    def _said_by(self, name: str, day: date) -> str:
        said = self._say.gettext("{name}, on {day}:").format(name=name, day=self._say.date(day))
        return f"<p><strong>{escape(said)}</strong></p>"

    def _words(self, text: str) -> str:
        """Plain paragraphs."""
        paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
        html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs if part)
        return finish(html, self._say.language)

    def _rich(self, text: str, record: Record) -> str:
        """Markdown of a record as safe HTML, its links whole; those to what the view doesn't hold are only words."""
        if not text.strip():
            return ""

        def is_kept(target: str) -> bool:
            path = target.partition("#")[0]
            elsewhere = not path or "://" in path or path.startswith(("mailto:", "tel:"))
            return elsewhere or self._locate(record, path) is not None

        def locate(path: str) -> str | None:
            found = self._published.get(path)
            return None if found is None else absolute(found, self._site_url)

        self._markdown.reset()
        html = finish(self._markdown.convert(without_links(text, is_kept)), self._say.language)
        # Made whole once it is safe: the sanitiser would take our own pictures for another site's.
        whole = resolve_links(html, record.path, locate)
        return whole.replace('href="#', f'href="{escape(self._page(record))}#')

    def _locate(self, record: Record, path: str) -> str | None:
        return self._published.get(normpath(join(dirname(record.path), path)))
