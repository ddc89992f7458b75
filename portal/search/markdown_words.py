"""Markdown → plain paragraphs, with the id that each heading has in the page. Nothing is rendered: it must be fast.

Python-Markdown is followed where it matters: what is a heading, what is code, and how ids are made and kept apart.
A heading inside a list or a quotation is plain text here: its place in the page would be a guess.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from markdown.extensions.toc import slugify, unique

from portal.markdown_links import without_code

# A text of as many headings is hostile: telling their ids apart takes the square of their number.
_MAX_IDS = 300

# What most texts have nothing of: signs that may be marks, and lines that begin as a list, a quote or a ruler do.
_SIGNS = ("<", "[", "`", "~", "|", "_", "\\", "&", "#", "*", "\x01", "\x02", "\r", "!!!", "???")
_SHAPED = re.compile(r"\n[ \t]*(?:[-+=>:]|\d+\.)|\n[ \t]+\n")

# They stand around a heading while the marks are taken out; no text may hold them (`invisible-character`).
_OPEN, _CLOSE = "\x01", "\x02"
_KEPT_OUT = _OPEN + _CLOSE + "\r"

_HASHED = re.compile(r"\n(#{1,6})((?:\\.|[^\\\n#]|#+(?=[^#\n]))*)#*(?=\n)")
_UNDERLINED = re.compile(r"(?<=\n\n)[ ]{0,3}(\S[^\n]*)\n(=+|-+) *(?=\n)")
# A picture and a bare address make an id that isn't made from the words that are kept here.
_UNLIKE = re.compile(r"!\[|<[a-z]+:")

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])")
_DEFINITION = re.compile(r"\n {0,3}\[(?!\^)[^\[\]\n]+\]:[^\n]*")
_NOTE = re.compile(r"\[\^[^\[\]\n]+\]:?")
_FENCE = re.compile(r"\n[ \t>]*(?:`{3,}|~{3,})[^\n]*")
_RULER = re.compile(r"\n[ \t]*[-=|:*_][-=|:*_ \t]+(?=\n)")
_ADMONITION = re.compile(r'\n[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w \t-]*(?:"([^"\n]*)")?[^\n]*')
_QUOTED = re.compile(r"\n[ \t]*>[> \t]*")
_ITEM = re.compile(r"\n[ \t]*(?:[-+*]|\d{1,9}\.)[ \t]+(?:\[[ xX]\][ \t]+)?")
_NESTED = re.compile(r"\n([ \t·]*)#{1,6}[ \t]+")
_UNDERSCORES = re.compile(r"(?<!\w)_+|(?<!_)_++(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_ENDED = re.compile(r"[\w)»”%]\Z")


class Paragraph(NamedTuple):
    """A paragraph on one line; `anchor` is its id in the page when it is a heading that can be linked to."""

    text: str
    anchor: str = ""
    is_heading: bool = False


def paragraphs(markdown: str) -> list[Paragraph]:
    """The paragraphs of a Markdown text, in order."""
    if not any(map(markdown.__contains__, _SIGNS)) and not _SHAPED.search(f"\n{markdown}"):
        return _plain(markdown.split("\n\n"))
    text = f"\n\n{markdown}\n\n"
    for sign in _KEPT_OUT:
        text = text.replace(sign, "")
    linked: list[bool] = []
    if "\n#" in text or "\n=" in text or "\n-" in text:
        text = _marked_headings(text, linked)
    text = _without_marks(text)
    if not linked:
        return _plain(_BLANK.split(text))
    return _told(text, linked)


def _plain(parts: list[str]) -> list[Paragraph]:
    return [Paragraph(line) for part in parts if (line := " ".join(part.split()))]


def _marked_headings(text: str, linked: list[bool]) -> str:
    """The text where headings stand between marks, as paragraphs of their own; `linked` gets whether each has an id."""
    # Code is filled by a sign that is as long: what is found in one is at the same place in the other.
    bare = without_code(text)
    found = [(match.start(), match.end(), match.span(2), len(match[1])) for match in _HASHED.finditer(bare)]
    found += [
        (match.start(), match.end(), match.span(1), 1 if match[2][0] == "=" else 2)
        for match in _UNDERLINED.finditer(bare)
    ]
    pieces, end = [], 0
    for start, stop, (first, last), level in sorted(found):
        if start >= end:
            title = text[first:last].strip()
            pieces += [text[end:start], "\n\n", _OPEN, title, _CLOSE, "\n\n"]
            # Titles of pages are the template's: one of the first level loses its id when prose is made safe.
            linked.append(level > 1 and not _UNLIKE.search(title))
            end = stop
    return "".join([*pieces, text[end:]])


def _without_marks(text: str) -> str:
    """The text without what only shapes it; each step is taken only where its sign stands."""
    if "<" in text:
        text = _TAG.sub(" ", _without_comments(text))
    if "[" in text:
        text = _NOTE.sub("", text)
        text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text)) if "](" in text or "][" in text else text
        text = _DEFINITION.sub("", text) if "]:" in text else text
    if "``" in text or "~~~" in text:
        text = _FENCE.sub("\n", text)
    if "!!!" in text or "???" in text:
        text = _ADMONITION.sub(r"\n\n\1\n\n", text)
    text = _RULER.sub("\n", text)
    if "\n>" in text:
        text = _QUOTED.sub("\n", text)
    text = _ITEM.sub("\n· ", text)
    if "#" in text:
        text = _NESTED.sub(r"\n\1", text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    text = text.replace("*", "").replace("`", "")
    if "|" in text:
        text = text.replace("|", " ")
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    return unescape(text) if "&" in text else text


def _without_comments(text: str) -> str:
    """The text without its HTML comments; one that is never closed stays."""
    first, *others = text.split("<!--")
    parts = (part.partition("-->") for part in others)
    return "".join([first, *(f" {after}" if closed else f"<!--{before}" for before, closed, after in parts)])


def _told(text: str, linked: list[bool]) -> list[Paragraph]:
    """The paragraphs of a text where headings stand between marks, with their ids."""
    found: list[Paragraph] = []
    taken: set[str] = set()
    has_id = iter(linked)
    for part in _BLANK.split(text):
        line = " ".join(part.split())
        if line.startswith(_OPEN):
            line = line.strip(_OPEN + _CLOSE + " ")
            anchor = unique(slugify(line, "-"), taken) if len(taken) < _MAX_IDS else ""
            link = anchor if next(has_id) else ""
            if line:
                found.append(Paragraph(f"{line}." if _ENDED.search(line) else line, link, is_heading=True))
        elif line:
            found.append(Paragraph(line))
    return found
