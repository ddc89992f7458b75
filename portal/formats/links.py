"""The links and images of a Markdown text, found without rendering it: for checks and for what a page needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Bounded repetitions: a body of 20,000 brackets must not make these quadratic (CommonMark § 6.3, simplified).
_INLINE = re.compile(
    r"(!?)\[[^\[\]\n]{0,500}\]\(\s{0,9}<?([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,200})?)>?(?:\s+[\"'(][^\n]{0,300}?[\"')])?\s{0,9}\)"
)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,500}\]:\s{0,9}<?([^\s>]{1,2000})>?", re.MULTILINE)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]{1,2000})>")
_FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=mark)[`~]*\s*$|\Z)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,1000}?)\1(?!`)")


@dataclass(frozen=True)
class Link:
    """A destination in a text: `offset` is in characters; `image` when it is shown rather than followed."""

    target: str
    offset: int
    image: bool = False


def without_code(markdown: str) -> str:
    """The text with its code blanked, so that offsets and lines stay."""
    blanked = _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), markdown)
    return _CODE.sub(lambda match: " " * len(match.group()), blanked)


def links(markdown: str) -> Iterator[Link]:
    """Every link and image, in the text's order within each form."""
    text = without_code(markdown)
    for match in _INLINE.finditer(text):
        yield Link(match[2], match.start(), match[1] == "!")
    for match in _REFERENCE.finditer(text):
        yield Link(match[1], match.start())
    for match in _AUTOLINK.finditer(text):
        yield Link(match[1], match.start())


def image_sources(markdown: str) -> list[str]:
    """The destinations of images, and of links to documents of the content."""
    return [
        link.target.partition("#")[0]
        for link in links(markdown)
        if link.image or link.target.lower().endswith(".pdf")
    ]


def without_links(markdown: str, is_kept: Callable[[str], bool]) -> str:
    """The text where links whose destination isn't kept are replaced by their words, outside code."""
    bare = without_code(markdown)
    pieces, end = [], 0
    for match in _INLINE.finditer(bare):
        if not is_kept(match[2]):
            words = "" if match[1] else markdown[match.start() + 1 : match.start() + 1 + _words_length(match)]
            pieces += [markdown[end : match.start()], words]
            end = match.end()
    return "".join([*pieces, markdown[end:]])


def _words_length(match: re.Match[str]) -> int:
    return match.group().index("](") - 1
