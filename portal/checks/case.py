"""What every rule gets, and what it gives back. The rules stand in the modules beside, their list in `run`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from posixpath import dirname, join, normpath

from portal.checks.tags import Tag, is_remote, scheme_of, tags_of
from portal.content import Content, Loaded
from portal.markdown_links import Link, links_of, path_of, without_code
from portal.problems import Message, Problem, Severity
from portal.records import FOLDERS, Record
from portal.records.base import Prose
from portal.records.places import CONTRIBUTE, CONTRIBUTED, SEARCH_PAGES, SUBSCRIBE_PAGE, form_page

MAX_PROSE_CHARS = 100_000
"""Longer texts are refused by `text-too-long` and read by no other rule."""

MAX_FINDINGS = 20
"""How often one rule speaks of one text: a hostile one could hold a mistake at each character."""


@dataclass(frozen=True)
class Change:
    """A proposed change: its author's name on the forge, and the paths of the content folder that it adds.

    `before` holds, by path, the bytes of the files that it changes, as they were.
    """

    author: str
    added: frozenset[str]
    before: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found: where, by a path inside the content folder, and what is wrong."""

    path: str
    line: int
    message: Message


@dataclass(frozen=True)
class Destination:
    """Where a link or a picture of a text leads: `path` is inside the content folder, None for other places."""

    target: str
    offset: int
    image: bool
    html: bool
    path: str | None


@dataclass(frozen=True)
class Text:
    """One piece of Markdown of a record, read once for all rules."""

    record: Record
    prose: Prose

    @cached_property
    def bare(self) -> str:
        """The text with its code filled by a neutral sign; offsets stay."""
        return without_code(self.prose.text)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links and images written in Markdown."""
        return tuple(links_of(self.bare))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """HTML tags, and lists of attributes between braces."""
        return tuple(tags_of(self.bare))

    @cached_property
    def destinations(self) -> tuple[Destination, ...]:
        """Every link and image, in Markdown and in HTML."""
        written = [(link.target, link.start, link.image, False) for link in self.links]
        for tag in self.tags:
            if tag.name in {"a", "img"}:
                written += [
                    (value, tag.offset, tag.name == "img", True) for value in tag.values("href", "src")
                ]
        return tuple(Destination(*item, self._inside(item[0])) for item in written)

    def _inside(self, target: str) -> str | None:
        path = path_of(target)
        if not path or scheme_of(target) or is_remote(target) or path.startswith(("/", "\\")):
            return None
        return normpath(join(dirname(self.record.path), path))

    def line_at(self, offset: int) -> int:
        """The line of the file for an offset in the body; the key's line for a text of the front matter."""
        if self.prose.location:
            return self.prose.line
        return self.prose.line + self.prose.text.count("\n", 0, offset)

    def finding(self, offset: int, what: Message) -> Finding:
        """Something found at an offset."""
        return Finding(self.record.path, self.line_at(offset), what)


@dataclass(frozen=True)
class Case:
    """What the rules judge: the content at `now`, for every audience, and maybe the change that is proposed."""

    loaded: Loaded
    now: datetime
    change: Change | None = None

    @cached_property
    def content(self) -> Content:
        """Every record that could be read."""
        found = self.loaded.content
        return Content(found.records, found.settings, now=self.now, media=found.media.values())

    @cached_property
    def every_text(self) -> tuple[Text, ...]:
        """Every piece of Markdown, too long ones as well."""
        return tuple(Text(record, prose) for record in self.content.records for prose in record.prose())

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every piece of Markdown that isn't too long to be judged."""
        return tuple(text for text in self.every_text if len(text.prose.text) <= MAX_PROSE_CHARS)

    @cached_property
    def pages(self) -> frozenset[str]:
        """Every path that a link may lead to: records, pictures, documents, listings, forms, files with problems."""
        listings = {"index.md", *(f"{folder}/index.md" for folder in (*FOLDERS, CONTRIBUTE))}
        listings |= {*SEARCH_PAGES, SUBSCRIBE_PAGE} | {form_page(model.kind) for model in CONTRIBUTED}
        troubled = {problem.path.removeprefix(f"{self.loaded.root}/") for problem in self.loaded.problems}
        return frozenset(listings | troubled | self.content.by_path.keys() | self.content.media.keys())

    def linked(self, text: Text) -> Iterator[tuple[Destination, Record]]:
        """The records that a text links to."""
        for destination in text.destinations:
            if destination.path and (found := self.content.by_path.get(destination.path)):
                yield destination, found


def at(record: Record, location: tuple[str | int, ...], what: Message) -> Finding:
    """Something found at a key of a record; `()` is its first line."""
    return Finding(record.path, record.line_of(*location), what)


def short(text: str, max_chars: int = 60) -> str:
    """A text as a message may quote it: on one line, cut when it is long."""
    line = " ".join(text[: 10 * max_chars].split())
    return line if len(line) <= max_chars else f"{line[:max_chars]}…"


RuleFunction = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule: its function, and its severity where the company sets none. Its docstring is the function's."""

    function: RuleFunction
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        object.__setattr__(self, "__doc__", inspect.getdoc(self.function))

    @property
    def name(self) -> str:
        """The name that `checks.yml` and reports use: the function's, with hyphens."""
        return self.function.__name__.replace("_", "-")

    @property
    def sentence(self) -> Message:
        """The rule as a curator reads it: the first sentence of its docstring, which is the catalogue's id."""
        first, _, _ = (self.__doc__ or "").partition("\n\n")
        return Message(" ".join(first.split()))

    def problems(self, case: Case) -> Iterator[Problem]:
        """What the rule finds, with the severity that the company chose; nothing where it turned the rule off."""
        severity = case.content.settings.checks.severity_of(self.name, self.severity)
        if severity is None:
            return
        for found in self.function(case):
            yield Problem(f"{case.loaded.root}/{found.path}", found.line, self.name, found.message, severity)
