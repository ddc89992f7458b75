"""A letter and the view of its audience → all that the mail says, part by part, ready to be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.content import Content
from portal.formats.excerpt import excerpt
from portal.formats.newsletter.cards import Card, Teller, picture_path
from portal.formats.newsletter.links import Links
from portal.language import Translator
from portal.markdown_links import image_sources
from portal.records import Newsletter, Story
from portal.settings import Colours

PREVIEW_CHARS = 120
"""About what mailboxes show beside a subject."""


@dataclass(frozen=True)
class Part:
    """A part of the letter with what it shows, in order."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Edition:
    """All that a mail says. Texts are plain and typeset, `introduction` is Markdown, addresses are whole.

    `day` is the letter's in words, `audience` whom it is written for, `page` its archive; `path` is its file's inside
    the content folder; `unsubscribe` an address of mail, or nothing.
    """

    language: str
    title: str
    preview: str
    day: str
    audience: str
    introduction: str
    path: str
    parts: tuple[Part, ...]
    page: str
    links: Links
    portal: str
    company: str
    unsubscribe: str
    colours: Colours
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def say(self) -> Translator:
        """The voice of the letter."""
        return Translator(self.language)


def edition(
    letter: Newsletter, content: Content, root: str, sizes: Mapping[str, tuple[int, int]] | None = None
) -> Edition:
    """What the mail of a letter says.

    `content` is the view of those who receive it; `root` is where their site is read; `sizes` gives the width and
    height of pictures, in pixels, by their path: those of unknown size are left out.
    """
    site, mailing = content.settings.site, content.settings.mailing
    say = Translator(letter.lang, site.timezone)
    links = Links(content, root.rstrip("/") + "/")
    teller = Teller(content, links, say, content.leaves_at(letter), sizes or {})
    parts = (
        Part(teller.set(part.title), tuple(teller.card(shown) for shown in part.shown))
        for part in content.parts_of(letter)
    )
    return Edition(
        language=letter.lang,
        title=teller.set(letter.title),
        preview=teller.set(letter.preview or excerpt(letter.body, PREVIEW_CHARS)),
        day=say.date(letter.published),
        audience=teller.name("community", letter.community) or teller.name("territory", letter.territory),
        introduction=letter.body,
        path=letter.path,
        parts=tuple(parts),
        page=links.record(letter),
        links=links,
        portal=teller.set(site.name),
        company=teller.set(site.company),
        unsubscribe=mailing.unsubscribe or mailing.reply_to or mailing.sender or site.contact or "",
        colours=site.colours,
        sizes=sizes or {},
    )


def pictures_of(letter: Newsletter, content: Content) -> tuple[str, ...]:
    """The pictures that the mail of a letter may show, by their paths inside the content folder."""
    links = Links(content, "")
    shown = (content.get(*item.key) for item in letter.items)
    stories = (picture_path(record) for record in shown if isinstance(record, Story))
    written = (links.beside(letter.path, source) for source in image_sources(letter.body))
    found = dict.fromkeys(path for path in (*stories, *written) if path)
    return tuple(path for path in found if path in content.media and content.media[path].image)
