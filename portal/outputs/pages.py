"""The pages: the first one, the listings, the forms, and one a record with its fragments."""

from __future__ import annotations

from collections.abc import Iterator

from portal.addresses import address_of, form_address, fragment_address, section_address
from portal.content import Content, without_tasks
from portal.formats.excerpt import excerpt
from portal.outputs.output import INSIDE, FragmentOutput, PageOutput
from portal.page_words import INVITATIONS, SECTION_SUMMARIES, SECTION_TITLES
from portal.records import KINDS, Community, Person, Record
from portal.records.places import CONTRIBUTE, form_page


def listings(content: Content) -> Iterator[PageOutput]:
    """The first page, then one listing a kind."""
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


def forms(content: Content) -> Iterator[PageOutput]:
    """The ways in: the page that lists them, then one form a kind."""
    language = content.settings.site.language
    yield PageOutput(
        section_address(CONTRIBUTE, language) + "index.html",
        INSIDE,
        src_uri=f"{CONTRIBUTE}/index.md",
        template="pages/contribute.html",
        title=SECTION_TITLES[CONTRIBUTE],
        description=SECTION_SUMMARIES[CONTRIBUTE],
        section=CONTRIBUTE,
    )
    for kind, invitation in INVITATIONS.items():
        yield PageOutput(
            form_address(kind, language) + "index.html",
            INSIDE,
            src_uri=form_page(kind),
            template="pages/form.html",
            title=invitation.title,
            description=invitation.summary,
            section=CONTRIBUTE,
            form=kind,
        )


def record_pages(content: Content) -> Iterator[PageOutput]:
    """One page a record; people who left have none."""
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


def fragments(content: Content) -> Iterator[FragmentOutput]:
    """What is near each territory, which the browser puts into other pages."""
    for territory in content.territories():
        yield FragmentOutput(
            fragment_address(territory, content.settings.site.language, "near"),
            template="fragments/near.html",
            record=territory,
        )


def describe(record: Record) -> str:
    """One sentence for search engines, cards and metadata."""
    for key in ("purpose", "summary", "why", "challenge", "job_title"):
        if text := getattr(record, key, None):
            return excerpt(str(text), 200)
    return excerpt(record.body, 200)
