"""Rules about what a text may hold: nothing that runs, hides, includes files, or takes ages to render.

Whatever they miss, the build sanitises after Markdown: these rules exist to tell authors, with a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from portal.checks.case import MAX_FINDINGS, MAX_PROSE_CHARS, Case, Finding, Text, short
from portal.checks.tags import EXECUTABLE_SCHEMES, EXECUTABLE_TAGS, scheme_of
from portal.problems import N_, message
from portal.records.fields import UNSAFE_CHARS

MAX_BRACKETS = 100
MAX_LEVELS = 50

_MARK = re.compile(r"\\[\[\]()<>\\]|[\[\]()>]|<(?=[a-zA-Z/!?])|\n[ \t]*+(?=\n)")
_OPENING = {"]": "[", ")": "(", ">": "<"}
_LEVELS = re.compile(rf"^(?:[ \t]*+(>|(?:[-*+]|\d{{1,9}}[.)])(?=[ \t]))){{{MAX_LEVELS},}}+", re.MULTILINE)
_DEEP = re.compile(rf"^[ \t]{{{4 * MAX_LEVELS}}}[ \t]*+\S", re.MULTILINE)

_EVENT = re.compile(r"on[a-z]{3,40}")
_URL_ATTRIBUTES = (
    "href", "src", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href", "from", "to", "values",
)  # fmt: skip
_ADDRESS_BEGINS = re.compile(r"\]\(\s*+<?|\]:\s*+<?|<")
_WINDOW_CHARS = 300

_TEMPLATE = re.compile(r"\{\{|\{%")
_SNIPPET = re.compile(r"-{1,20}8<-{1,20}")
_HEADING = re.compile(r"^(?:> ?+)*+#(?!#)[^\n]{0,80}", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?![ \t]*(?:=|$))([^\n]++)\n=++[ \t]*$", re.MULTILINE)


def _each(
    case: Case, find: Callable[[Text], Iterator[tuple[int, str]]], what: str, key: str = "found"
) -> Iterator[Finding]:
    """What `find` finds in each text (offsets, and words to quote), said with one sentence."""
    for text in case.texts:
        for offset, words in islice(find(text), MAX_FINDINGS):
            yield text.finding(offset, message(what, **{key: short(words)}))


def _matches(pattern: re.Pattern[str]) -> Callable[[Text], Iterator[tuple[int, str]]]:
    return lambda text: ((match.start(), match.group()) for match in pattern.finditer(text.bare))


def text_too_long(case: Case) -> Iterator[Finding]:
    """A text has at most 100,000 characters."""
    what = N_("the text has {size} characters and at most {most} are allowed: cut it into several pages")
    for text in case.every_text:
        if (size := len(text.prose.text)) > MAX_PROSE_CHARS:
            yield text.finding(0, message(what, size=size, most=MAX_PROSE_CHARS))


def runaway_nesting(case: Case) -> Iterator[Finding]:
    """A text doesn’t open hundreds of brackets, quotes or lists inside each other."""
    what = N_("too many “{found}” are opened inside each other here: close them, or take them away")
    yield from _each(case, lambda text: islice(_runaways(text.bare), 1), what)


def _runaways(bare: str) -> Iterator[tuple[int, str]]:
    if any(bare.count(mark) > MAX_BRACKETS for mark in "[(<"):
        yield from _unclosed(bare)
    for match in _LEVELS.finditer(bare):
        yield match.start(), match[1]
    for match in _DEEP.finditer(bare):
        yield match.start(), match.group()[-1]


def _unclosed(bare: str) -> Iterator[tuple[int, str]]:
    depth: Counter[str] = Counter()
    for match in _MARK.finditer(bare):
        mark = match.group()
        if mark.startswith("\n"):
            depth.clear()  # Markdown never looks for a closing beyond a paragraph
        elif opening := _OPENING.get(mark):
            depth[opening] = max(0, depth[opening] - 1)
        elif len(mark) == 1:
            depth[mark] += 1
            if depth[mark] > MAX_BRACKETS:
                yield match.start(), mark


def invisible_character(case: Case) -> Iterator[Finding]:
    """A text holds no control character that hides or turns round what is written."""
    what = N_("an invisible control character ({found}) hides in the text: delete it")

    def find(text: Text) -> Iterator[tuple[int, str]]:
        # In code too: what a reader copies must be what they see.
        for match in UNSAFE_CHARS.finditer(text.prose.text):
            yield match.start(), f"U+{ord(match.group()):04X}"

    yield from _each(case, find, what)


def executable_html(case: Case) -> Iterator[Finding]:
    """A text holds no HTML that runs, embeds, restyles or asks."""
    what = N_("“{found}” isn’t published: say it in Markdown, or put it between backquotes to show it")

    def find(text: Text) -> Iterator[tuple[int, str]]:
        return ((tag.offset, f"<{tag.name}>") for tag in text.tags if tag.name in EXECUTABLE_TAGS)

    yield from _each(case, find, what)


def executable_attribute(case: Case) -> Iterator[Finding]:
    """No attribute runs a script."""
    what = N_("the attribute “{found}” could run a script: take it away")

    def find(text: Text) -> Iterator[tuple[int, str]]:
        for tag in text.tags:
            for name, _ in tag.attributes:
                if _EVENT.fullmatch(name) or name == "srcdoc":
                    yield tag.offset, name

    yield from _each(case, find, what)


def executable_link(case: Case) -> Iterator[Finding]:
    """No link runs a script."""
    what = N_("a link to “{found}:” could run a script: link to a page (https://…) or to a file")
    yield from _each(case, _executable_links, what)


def _executable_links(text: Text) -> Iterator[tuple[int, str]]:
    for match in _ADDRESS_BEGINS.finditer(text.bare):
        # Not the parsed link: what isn't a link to us may be one to Markdown.
        scheme = scheme_of(text.bare[match.end() : match.end() + _WINDOW_CHARS])
        if scheme in EXECUTABLE_SCHEMES:
            yield match.start(), scheme
    for tag in text.tags:
        for value in tag.values(*_URL_ATTRIBUTES):
            if (scheme := scheme_of(value)) in EXECUTABLE_SCHEMES:
                yield tag.offset, scheme


def template_syntax(case: Case) -> Iterator[Finding]:
    """A text isn’t a template."""
    what = N_("“{found}” does nothing here: take it away, or put it between backquotes to show it")
    yield from _each(case, _matches(_TEMPLATE), what)


def snippet_include(case: Case) -> Iterator[Finding]:
    """A text includes no other file."""
    what = N_("“{found}” includes nothing here: link to the file, or copy what is needed")
    yield from _each(case, _matches(_SNIPPET), what)


def first_level_heading(case: Case) -> Iterator[Finding]:
    """The title is the only heading of the first level."""
    what = N_("“{found}” is a heading of the first level, as the page’s title: write ##")

    def find(text: Text) -> Iterator[tuple[int, str]]:
        yield from _matches(_HEADING)(text)
        yield from ((match.start(), match[1]) for match in _UNDERLINED.finditer(text.bare))

    yield from _each(case, find, what)
