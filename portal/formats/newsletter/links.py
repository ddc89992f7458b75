"""Where what a letter shows is read: whole addresses, since a mail stands nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath

from portal.addresses import address_of, az_address, form_address, section_address
from portal.content import Content
from portal.records import FOLDERS, Person, Record
from portal.records.places import CONTRIBUTE, CONTRIBUTED, SEARCH_PAGES, form_page


@dataclass(frozen=True)
class Links:
    """Addresses in one audience's site; `root` is where that site is read and ends with `/`."""

    content: Content
    root: str

    def record(self, record: Record) -> str:
        """The page of a record; the portal's first page for someone who left and has none."""
        if isinstance(record, Person) and self.content.is_gone(record):
            return self.root
        return self.root + address_of(record, self.content.settings.site.language)

    def section(self, section: str) -> str:
        """The page that lists a kind."""
        return self.root + section_address(section, self.content.settings.site.language)

    def file(self, path: str) -> str:
        """A picture or a document of the content folder."""
        return self.root + path

    def path(self, path: str) -> str | None:
        """What a text links to by a path inside the content folder; None for what this site doesn't have."""
        if record := self.content.by_path.get(path):
            gone = isinstance(record, Person) and self.content.is_gone(record)
            return None if gone else self.record(record)
        if path in self.content.media:
            return self.file(path)
        address = self._listings.get(path)
        return None if address is None else self.root + address

    @staticmethod
    def beside(source: str, target: str) -> str:
        """The path inside the content folder that a text of the file `source` means by a relative one."""
        return normpath(join(dirname(source), target))

    @cached_property
    def _listings(self) -> dict[str, str]:
        language = self.content.settings.site.language
        found = {f"{folder}/index.md": section_address(folder, language) for folder in FOLDERS}
        found |= {"index.md": "", SEARCH_PAGES[0]: section_address("search", language)}
        found[SEARCH_PAGES[1]] = az_address(language)
        if not self.content.is_public:
            found[f"{CONTRIBUTE}/index.md"] = section_address(CONTRIBUTE, language)
            found |= {form_page(model.kind): form_address(model.kind, language) for model in CONTRIBUTED}
        return found
