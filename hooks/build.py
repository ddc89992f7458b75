"""One build: the content of one audience, its declared outputs, and their life as MkDocs files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from posixpath import dirname, join, normpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from hooks.editor import editor_scripts, is_editor_script
from hooks.kept_cards import drawn
from hooks.previous import index_before
from hooks.scripts import finished
from portal.addresses import address_of, section_address
from portal.checks import check, rule_names
from portal.content import Content
from portal.language import Translator
from portal.loading import load_content, load_settings
from portal.markdown_links import without_links
from portal.outputs import (
    EDITOR_ADDRESS,
    SECTION_TITLES,
    CardOutput,
    DocumentOutput,
    FragmentOutput,
    MediaOutput,
    PageOutput,
    declare,
    index_of,
)
from portal.problems import Problem, Severity, in_order
from portal.records import FOLDERS, Record
from portal.records.story import is_archived
from portal.search.index import Index
from portal.settings import Settings


@dataclass(frozen=True)
class Build:
    """What one run makes: the view of one audience at `now` (aware), and every problem that was met.

    `cards` is the folder where drawn cards are kept from one build to the next.
    `editor` holds the files of the browser editor by their address; none where it isn't installed.
    """

    folder: Path
    content: Content
    problems: tuple[Problem, ...]
    before: Mapping[str, bytes] = field(default_factory=dict)
    cards: Path | None = None
    editor: Mapping[str, Path] = field(default_factory=dict)

    @classmethod
    def load(
        cls,
        content_folder: Path,
        config_folder: Path,
        audience: str,
        now: datetime,
        last_site: Path | None = None,
    ) -> Build:
        """Read, check, and keep only what is whole and meant for the audience.

        `last_site` is the folder of the site made before, whose index is kept one build more.
        """
        settings, settings_problems = load_settings(config_folder, rule_names())
        loaded = load_content(content_folder, settings)
        found = check(loaded, now)
        problems = tuple(in_order([*settings_problems, *loaded.problems, *found]))
        wrong = frozenset(
            problem.path.removeprefix(loaded.root + "/")
            for problem in problems
            if problem.severity is Severity.ERROR
        )
        view = loaded.content.published(audience, now, wrong)
        return cls(content_folder, view, problems, index_before(last_site, audience) if last_site else {})

    @property
    def settings(self) -> Settings:
        """What the company set."""
        return self.content.settings

    @property
    def translator(self) -> Translator:
        """The voice of this site."""
        return Translator(self.settings.site.language, self.settings.site.timezone)

    @cached_property
    def outputs(self) -> tuple[object, ...]:
        """Everything to make, in order."""
        return declare(self.content, self.index, with_editor=bool(self.editor))

    @cached_property
    def editor_address(self) -> str:
        """The address of the browser editor, from the site's root; empty where this site has none."""
        page = f"{EDITOR_ADDRESS}index.html"
        has_one = any(output.address == page for output in self.fragments)
        return EDITOR_ADDRESS if has_one else ""

    @cached_property
    def index(self) -> Index:
        """What this site is searched by."""
        return index_of(self.content)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        """Address → number of the page in the index."""
        return {document.address: number for number, document in enumerate(self.index.documents)}

    @cached_property
    def _by_address(self) -> Mapping[str, Record]:
        language = self.settings.site.language
        return {address_of(record, language): record for record in self.content.records}

    def close_to(self, record: Record, limit: int = 4) -> tuple[Record, ...]:
        """The records whose pages speak most of the same, besides those that share its skills (`related`)."""
        number = self._numbers.get(address_of(record, self.settings.site.language))
        if number is None:
            return ()
        shown = {record.key, *(item.key for item in self.content.related(record))}
        # Listings and forms are passed over: they lead everywhere.
        asked = limit + len(shown) + 8
        near = (self.index.documents[other] for other, _ in self.index.related(number, asked))
        found = (
            item
            for page in near
            if (item := self._by_address.get(page.address))
            and item.key not in shown
            and not is_archived(item)
        )
        return tuple(islice(found, limit))

    @cached_property
    def pages(self) -> dict[str, PageOutput]:
        """The pages to make, by the path that links use."""
        return {output.src_uri: output for output in self.outputs if isinstance(output, PageOutput)}

    @cached_property
    def published(self) -> frozenset[str]:
        """Every path of the content folder that a link may lead to in this site."""
        return frozenset(self.pages) | {
            output.path for output in self.outputs if isinstance(output, MediaOutput)
        }

    def nav(self) -> list[dict[str, str]]:
        """The menu: sections only. Pages of records stay out, or the build would be quadratic."""
        title = self.translator.gettext
        return [{title(SECTION_TITLES[section]): f"{section}/index.md"} for section in self.sections]

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The sections of the menu: those that the company chose; in public, those that have something to show."""
        chosen = self.settings.site.sections
        if not self.content.is_public:
            return chosen
        return tuple(section for section in chosen if self.content.of(FOLDERS[section].kind))

    def body(self, output: PageOutput) -> str:
        """A page's Markdown; links to what this audience can't see are left as words.

        It begins with an empty line: MkDocs would take a first line such as `Note: …` for metadata.
        """
        here = dirname(output.src_uri)

        def is_kept(target: str) -> bool:
            path = target.partition("#")[0]
            if not path.endswith((".md", ".pdf")) or "://" in path:
                return True
            return normpath(join(here, path)) in self.published

        return "\n" + without_links(output.body, is_kept)

    def files(self, theme: Files, config: MkDocsConfig) -> Files:
        """The theme's files and ours; what lies in the content folder is published only if declared."""
        kept = [
            finished(file, config)
            for file in theme
            if not _comes_from(file, config.docs_dir) and (self.editor_address or not is_editor_script(file))
        ]
        made = [*kept, *self._files(config)]
        if self.editor_address:
            made += editor_scripts(self.editor, config)
        taken = {file.dest_uri for file in made}
        old = [
            File.generated(config, address, content=data)
            for address, data in self.before.items()
            if address not in taken
        ]
        return Files([*made, *old])

    def _files(self, config: MkDocsConfig) -> Iterator[File]:
        menu = {f"{section}/index.md" for section in self.sections} | {"index.md"}
        for output in self.outputs:
            match output:
                case PageOutput():
                    level = InclusionLevel.INCLUDED if output.src_uri in menu else InclusionLevel.NOT_IN_NAV
                    file = File.generated(config, output.src_uri, content=self.body(output), inclusion=level)
                    file.dest_uri = output.address
                    yield file
                case CardOutput():
                    made = drawn(output, self.content, self.cards)
                    yield File.generated(config, output.address, content=made)
                case DocumentOutput():
                    yield File.generated(config, output.address, content=output.render(self.content))
                case MediaOutput():
                    yield File.generated(config, output.address, abs_src_path=str(self.folder / output.path))

    @property
    def fragments(self) -> tuple[FragmentOutput, ...]:
        """Pieces of pages, rendered once the templates are ready."""
        return tuple(output for output in self.outputs if isinstance(output, FragmentOutput))

    def address(self, path: str) -> str | None:
        """The address, from the site's root, of a path of the content folder; None when it isn't published."""
        if (page := self.pages.get(path)) is not None:
            return page.address.removesuffix("index.html")
        return path if path in self.published else None

    def edit_url(self, output: PageOutput) -> str | None:
        """Where the forge edits the file of a page's record; nothing in public, nor for a listing."""
        base = self.settings.site.repository.edit_url
        return base + output.record.path if base and output.record and not self.content.is_public else None

    def section_address(self, section: str) -> str:
        """The address of a listing."""
        return section_address(section, self.settings.site.language)


def _comes_from(file: File, docs_dir: str) -> bool:
    return file.src_dir is not None and Path(file.src_dir) == Path(docs_dir)
