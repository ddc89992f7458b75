"""Everything that a build makes, declared: its address, who may have it, and what it is made from.

The generator only runs these declarations; another generator would run the same ones. A declaration never reads
anything but the view of the content that it is given (and the view's own `now`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from portal.addresses import address_of, form_address, fragment_address, section_address
from portal.content import Content, without_tasks
from portal.formats.excerpt import excerpt
from portal.formats.form_words import INVITATIONS
from portal.formats.forms import names_of
from portal.formats.theme import stylesheet
from portal.language import Translator
from portal.markdown_links import image_sources
from portal.problems import N_
from portal.records import KINDS, Community, Person, Record, Story
from portal.records.places import CONTRIBUTE, form_page

SECTION_TITLES: Mapping[str, str] = {
    "people": N_("Directory"),
    "skills": N_("Skills and interests"),
    "communities": N_("Communities"),
    "territories": N_("Territories"),
    "events": N_("Agenda"),
    "stories": N_("Success stories"),
    "questions": N_("Questions"),
    "ideas": N_("Ideas"),
    "watch": N_("Watch"),
    "posts": N_("Posts"),
    "guides": N_("Guides"),
    "contribute": N_("Contribute"),
}

SECTION_SUMMARIES: Mapping[str, str] = {
    "people": N_("Find who can help, near you."),
    "skills": N_("What we can do, what we like to do, and who teaches it."),
    "communities": N_("People gathered around real work, and how to join them."),
    "territories": N_("Places where we meet in real life."),
    "events": N_("Meetings that are coming, and what came of the last ones."),
    "stories": N_("What we solved together, with figures."),
    "questions": N_("Ask a community: each promised to answer within a few days."),
    "ideas": N_("The idea box: what was proposed, what was decided and why."),
    "watch": N_("What our curators read outside, and why it matters to us."),
    "posts": N_("Short notes, and directors who speak."),
    "guides": N_("How to take part, step by step."),
    "contribute": N_(
        "No git, no account: a few lines in a form. Someone reads them with you, then they are published."
    ),
}


@dataclass(frozen=True)
class Output:
    """One file of the site. `address` is its path from the site's root; `audiences` begins each audience's name."""

    address: str
    audiences: tuple[str, ...] = ("internal", "external", "private")

    def is_for(self, audience: str) -> bool:
        """Whether the site of `audience` has it."""
        return audience.partition(":")[0] in self.audiences


@dataclass(frozen=True)
class PageOutput(Output):
    """A page: a template, filled with a record or a listing.

    `src_uri` is the path that Markdown links use; `body` is Markdown; `record` is None for a listing, and `form` the
    kind that a form proposes.
    """

    src_uri: str = ""
    template: str = ""
    title: str = ""
    description: str = ""
    body: str = ""
    section: str = ""
    record: Record | None = None
    form: str = ""


@dataclass(frozen=True)
class FragmentOutput(Output):
    """A piece of page that the browser puts into another one; its links are relative to its own address."""

    template: str = ""
    record: Record | None = None


@dataclass(frozen=True)
class DocumentOutput(Output):
    """A file that a pure function writes."""

    render: Callable[[Content], str | bytes] = lambda _: ""


@dataclass(frozen=True)
class MediaOutput(Output):
    """A file of the content, copied as it is; `path` is relative to the content folder."""

    path: str = ""


def declare(content: Content) -> tuple[Output, ...]:
    """Every output of one audience's site, in a stable order."""
    outputs = (
        *_listings(content),
        *_forms(content),
        *_records(content),
        *_fragments(content),
        *_documents(content),
        *_media(content),
    )
    return tuple(output for output in outputs if output.is_for(content.audience))


def _listings(content: Content) -> Iterator[PageOutput]:
    site = content.settings.site
    yield PageOutput(
        "index.html",
        src_uri="index.md",
        template="pages/home.html",
        title=site.name,
        description=site.tagline or "",
    )
    for model in KINDS.values():
        section = model.folder
        yield PageOutput(
            section_address(section, site.language) + "index.html",
            src_uri=f"{section}/index.md",
            template=f"pages/{section}.html",
            title=SECTION_TITLES[section],
            description=SECTION_SUMMARIES[section],
            section=section,
        )


_INSIDE = ("internal", "private")
"""The audiences that may contribute: the public site shows no way in."""


def _forms(content: Content) -> Iterator[PageOutput]:
    language = content.settings.site.language
    yield PageOutput(
        section_address(CONTRIBUTE, language) + "index.html",
        _INSIDE,
        src_uri=f"{CONTRIBUTE}/index.md",
        template="pages/contribute.html",
        title=SECTION_TITLES[CONTRIBUTE],
        description=SECTION_SUMMARIES[CONTRIBUTE],
        section=CONTRIBUTE,
    )
    for kind, invitation in INVITATIONS.items():
        yield PageOutput(
            form_address(kind, language) + "index.html",
            _INSIDE,
            src_uri=form_page(kind),
            template="pages/form.html",
            title=invitation.title,
            description=invitation.summary,
            section=CONTRIBUTE,
            form=kind,
        )


def _records(content: Content) -> Iterator[PageOutput]:
    for record in content.records:
        if isinstance(record, Person) and content.is_gone(record):
            continue
        yield PageOutput(
            address_of(record, content.settings.site.language) + "index.html",
            src_uri=record.path,
            template=f"pages/{record.kind}.html",
            title=record.label,
            description=describe(record),
            body=without_tasks(record.body) if isinstance(record, Community) else record.body,
            section=record.folder,
            record=record,
        )


def _fragments(content: Content) -> Iterator[FragmentOutput]:
    for territory in content.territories():
        yield FragmentOutput(
            fragment_address(territory, content.settings.site.language, "near"),
            template="fragments/near.html",
            record=territory,
        )


def _documents(content: Content) -> Iterator[DocumentOutput]:
    if logo := content.settings.logo:
        yield DocumentOutput(logo.address, render=lambda _: logo.content)
    yield DocumentOutput("assets/theme.css", render=lambda content: stylesheet(content.settings.site.colours))
    yield DocumentOutput("territories.json", render=territories_json)
    yield DocumentOutput("form-data.json", _INSIDE, render=form_data_json)


def territories_json(content: Content) -> str:
    """What the browser needs to sort by nearness: each territory's title, parent and fragment."""
    language = content.settings.site.language
    listed = {
        item.slug: {
            "title": item.title,
            "parent": item.parent,
            "url": address_of(item, language),
            "near": fragment_address(item, language, "near"),
        }
        for item in content.territories()
    }
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def form_data_json(content: Content) -> str:
    """What completes the names that are typed into forms: `names_of`, by list."""
    site = content.settings.site
    names = names_of(content, Translator(site.language, site.timezone))
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))


def _media(content: Content) -> Iterator[MediaOutput]:
    """Only the files that a visible record shows: a private record's pictures stay with it."""
    used = {path for record in content.records for path in media_of(record)}
    for path in sorted(used & content.media.keys()):
        yield MediaOutput(path, path=path)


def media_of(record: Record) -> Iterator[str]:
    """The paths, inside the content folder, of the files that a record shows or links."""
    sources = [source for prose in record.prose() for source in image_sources(prose.text)]
    if isinstance(record, Person) and record.photo:
        sources.append(record.photo)
    if isinstance(record, Story) and record.image:
        sources.append(record.image.src)
    for source in sources:
        if "://" not in source:
            yield normpath(join(dirname(record.path), source))


def describe(record: Record) -> str:
    """One sentence for search engines, cards and metadata."""
    for key in ("purpose", "summary", "why", "challenge", "job_title"):
        if text := getattr(record, key, None):
            return excerpt(str(text), 200)
    return excerpt(record.body, 200)
