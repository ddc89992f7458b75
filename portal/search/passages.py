"""A page's text, cut into the passages in which excerpts are shown and phrases are checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil

from portal.search.document import MAX_PASSAGES, Anchor, Passage
from portal.search.markdown_words import Paragraph, paragraphs

LEAST_CHARS, MOST_CHARS = 500, 1400
"""How long a passage is: the least where a page is short enough, the most where it is long."""

# A cut may stand this share of a passage before or after its place, to fall between two paragraphs or sentences.
_LEEWAY = 1 / 6

_SENTENCE_END = re.compile(r"[.!?…][\s»”)]*\s(?=\S)")


def passages(markdown: str) -> tuple[Passage, ...]:
    """The passages of a Markdown text, at least one: see `cut`."""
    return cut(paragraphs(markdown))


def joined(parts: Sequence[Paragraph]) -> str:
    """The whole text of a page."""
    return " ".join([part.text for part in parts])


def cut(parts: Sequence[Paragraph], text: str | None = None) -> tuple[Passage, ...]:
    """The passages of a page's paragraphs: of much the same length, at most `MAX_PASSAGES`, at least one.

    Joined by spaces they are the beginning of the page's text, all of it unless it is very long. A passage knows the
    headings inside it, and first, at its offset 0, the one that it goes on from. `text` is that of the paragraphs,
    joined by spaces, for who has it already.
    """
    text = joined(parts) if text is None else text
    if len(text) <= LEAST_CHARS and not any(part.is_heading for part in parts):
        return (Passage(text),)
    starts = [0, *accumulate(len(part.text) + 1 for part in parts)][: len(parts)]
    anchors = [(start, part.anchor) for start, part in zip(starts, parts, strict=True) if part.anchor]
    # A heading is never the last thing of a passage.
    openings = [start for index, start in enumerate(starts) if index and not parts[index - 1].is_heading]
    bounds = _bounds(text, openings)
    return tuple(_passage(text, first, last, anchors) for first, last in pairwise(bounds))


def _bounds(text: str, openings: Sequence[int]) -> list[int]:
    """Where each passage begins and the last one ends; `openings` is where paragraphs begin that may open one."""
    longest = min(max(ceil(len(text) / MAX_PASSAGES), LEAST_CHARS), MOST_CHARS)
    number = max(1, min(ceil(len(text) / longest), MAX_PASSAGES))
    size = min(ceil(len(text) / number), MOST_CHARS)
    places = [size * index for index in range(1, number + 1)]
    leeway = int(size * _LEEWAY)
    found = [len(text) if place >= len(text) else _bound(text, place, leeway, openings) for place in places]
    return [0, *found]


def _bound(text: str, place: int, leeway: int, openings: Sequence[int]) -> int:
    """Where to cut near a place: before a paragraph, else after a sentence, else between two words."""
    least, most = place - leeway, min(place + leeway, len(text))
    near = [opening for opening in openings if least <= opening <= most]
    if not near:
        near = [match.end() for match in _SENTENCE_END.finditer(text, least, most)]
    if near:
        return min(near, key=lambda found: (abs(found - place), found))
    space = text.rfind(" ", least, place + 1)
    return space + 1 if space >= 0 else place


def _passage(text: str, first: int, last: int, anchors: Sequence[tuple[int, str]]) -> Passage:
    inside = [Anchor(start - first, name) for start, name in anchors if first <= start < last]
    before = [name for start, name in anchors if start < first]
    if before and (not inside or inside[0].offset):
        inside.insert(0, Anchor(0, before[-1]))
    return Passage(text[first:last].rstrip(" "), tuple(inside))
