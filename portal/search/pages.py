"""The pages that stand for no record, as documents: the first one, the listings, what one may subscribe to and the forms."""

from __future__ import annotations

from collections.abc import Iterator

from portal.addresses import form_address, section_address
from portal.content import Content
from portal.language import Translator
from portal.page_words import INVITATIONS, SECTION_SUMMARIES, SECTION_TITLES
from portal.records import FOLDERS
from portal.records.places import CONTRIBUTE, SUBSCRIBE
from portal.search.document import Document, Passage

KIND = "page"
"""What stands for a record’s kind."""


def pages(content: Content) -> Iterator[Document]:
    """One document a page; the public sees no form, nor a listing of nothing."""
    site = content.settings.site
    say = Translator(site.language, site.timezone).gettext
    yield _page("", site.name, site.tagline or "")
    for section, model in FOLDERS.items():
        if content.of(model.kind) or not content.is_public:
            address = section_address(section, site.language)
            yield _page(address, say(SECTION_TITLES[section]), say(SECTION_SUMMARIES[section]))
    address = section_address(SUBSCRIBE, site.language)
    yield _page(address, say(SECTION_TITLES[SUBSCRIBE]), say(SECTION_SUMMARIES[SUBSCRIBE]))
    if content.is_public:
        return
    address = section_address(CONTRIBUTE, site.language)
    yield _page(address, say(SECTION_TITLES[CONTRIBUTE]), say(SECTION_SUMMARIES[CONTRIBUTE]))
    for kind, invitation in INVITATIONS.items():
        yield _page(form_address(kind, site.language), say(invitation.title), say(invitation.summary))


def _page(address: str, title: str, summary: str) -> Document:
    fields = {"title": title, "body": summary}
    return Document(KIND, address, title, fields=fields, passages=(Passage(summary),))
