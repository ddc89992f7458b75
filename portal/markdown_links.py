"""The links and images of a Markdown text, found without rendering it: for the rules and for what a page needs.

Code is left out as Python-Markdown and SuperFences would leave it out, and where they disagree about odd input, less
is taken for code. All of it takes a time in proportion to the text, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

# Never blank and no mark of Markdown: what stands in for code can't be read as something else.
_FILL = "¤"

_FENCE = re.compile(r"^(?P<indent>[ \t>]*+)(?P<mark>`{3,}+|~{3,}+)(?P<info>[^\n]*)$", re.MULTILINE)
_INFO = re.compile(
    r"[ \t]*+(?:\.?[\w#.+-]++)?+(?:[ \t]*+\{[^\n<>]*\}|(?:[ \t]++[a-zA-Z]\w*+(?:=\"[^\"<>]*\")?+)*+)"
)
_BLANK_LINE = re.compile(r"\n[ \t]*+(?=\n)")
_RAW_HTML = re.compile(r"\s*</?[a-zA-Z][a-zA-Z0-9-]*[\s/>]")
_BACKTICKS = re.compile(r"(\\?)(`+)")

_BRACKET = re.compile(r"\\[\[\]\\!]|!?\[|\]")
# As Python-Markdown has it: spaces may stand in a destination, and quotes after a space begin its title.
_DESTINATION = re.compile(
    r"\(\s{0,9}(?:<(?P<angled>[^<>\n]{1,2000}+)>"
    r"|(?P<bare>(?:[^\s()<>]++|\([^()\n]{0,200}\)|\s(?!\s{0,9}[\"')])){1,50}+))"
    r"(?:\s[^\n]{0,600}?)?\)"
)
_LABEL = re.compile(r" ?\[([^\[\]\n]{0,500})\]")
# `[^1]:` is a footnote.
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)([^\[\]\n]{1,500}+)\]:[ \t]{0,9}<?([^\s<>]{1,2000}+)>?[^\n]*$", re.MULTILINE
)


@dataclass(frozen=True)
class Link:
    """A destination in a text, as written: `start` and `end` are the whole link's, in characters.

    `words` holds the bounds of what stands between the brackets; `image` says that it is shown, not followed.
    """

    target: str
    start: int
    end: int
    words: tuple[int, int]
    image: bool = False

    @property
    def path(self) -> str:
        """The target without its query and anchor, decoded."""
        return path_of(self.target)


def path_of(target: str) -> str:
    """The path that a target names, without query and anchor, with entities and percent signs decoded."""
    return unquote(re.split(r"[?#]", unescape(target).strip(), maxsplit=1)[0])


def without_code(markdown: str) -> str:
    """The text with its code filled by a neutral sign, so that offsets and lines stay."""
    if "`" not in markdown and "~~~" not in markdown:
        return markdown
    return _filled(bare := _filled(markdown, _fences(markdown)), _inline_code(bare))


def _filled(text: str, spans: Iterator[tuple[int, int]]) -> str:
    pieces, end = [], 0
    for start, stop in spans:
        lines = text[start:stop].split("\n")
        pieces += [text[end:start], "\n".join(_FILL * len(line) for line in lines)]
        end = stop
    return "".join([*pieces, text[end:]])


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Fenced blocks that are closed, with the same indentation; an open one is only text to SuperFences."""
    closing: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    found = list(_FENCE.finditer(text))
    for fence in reversed(found):
        if not fence["info"].strip():
            closing[fence["indent"], fence["mark"]].append(fence)
    end = 0
    for fence in found:
        ends = closing[fence["indent"], fence["mark"]]
        while ends and ends[-1].start() <= fence.start():
            ends.pop()
        if fence.start() >= end and ends and _INFO.fullmatch(fence["info"].rstrip()):
            end = ends[-1].end()
            yield fence.start(), end


def _inline_code(text: str) -> Iterator[tuple[int, int]]:
    """Code between equal runs of backticks of one paragraph; raw HTML at its beginning leaves none."""
    if "`" not in text:
        return
    for paragraph in _paragraphs(text):
        if text.find("`", *paragraph) >= 0 and _RAW_HTML.match(text, *paragraph) is None:
            yield from _code_of(list(_BACKTICKS.finditer(text, *paragraph)))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield start, blank.start()
        start = blank.end()
    yield start, len(text)


def _code_of(runs: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for index, run in enumerate(runs):
        by_length[len(run[2])].append(index)
    lengths = sorted(by_length, reverse=True)
    end = 0
    for index, run in enumerate(runs):
        if index < end or run[1]:
            continue
        # Python-Markdown takes fewer backticks as the opening when no run closes them all.
        shorter = (by_length[length] for length in lengths if length <= len(run[2]))
        closer = next((found for indices in shorter if (found := _after(indices, index))), None)
        if closer is not None:
            yield run.start(2), runs[closer].end()
            end = closer + 1


def _after(indices: list[int], index: int) -> int | None:
    """The first of sorted indices that comes after one; never 0."""
    place = bisect_right(indices, index)
    return indices[place] if place < len(indices) else None


def links(markdown: str) -> Iterator[Link]:
    """Every link and image that is written inline or by reference, by their ends."""
    yield from links_of(without_code(markdown))


def links_of(bare: str) -> Iterator[Link]:
    """The links of a text whose code has been taken out."""
    if "](" not in bare and "]:" not in bare:
        return
    definitions = {_folded(match[1]): match for match in _DEFINITION.finditer(bare)}
    opened: list[re.Match[str]] = []
    end = 0
    for bracket in _BRACKET.finditer(bare):
        if bracket.start() < end or bracket.group().startswith("\\"):
            continue
        if bracket.group() != "]":
            opened.append(bracket)
        elif opened and (link := _link(bare, opened.pop(), bracket, definitions)):
            end = link.end
            yield link


def _link(
    bare: str, opening: re.Match[str], closing: re.Match[str], definitions: Mapping[str, re.Match[str]]
) -> Link | None:
    words, image = (opening.end(), closing.start()), opening.group() == "!["
    if found := _DESTINATION.match(bare, closing.end()):
        return Link(found["angled"] or found["bare"], opening.start(), found.end(), words, image)
    label = _LABEL.match(bare, closing.end())
    name = (label and label[1]) or bare[words[0] : min(words[1], words[0] + 500)]
    definition = definitions.get(_folded(name))
    if definition is None or definition.start(1) == words[0]:
        return None
    end = label.end() if label else closing.end()
    return Link(definition[2], opening.start(), end, words, image)


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def image_sources(markdown: str) -> list[str]:
    """The paths of images, and of linked documents."""
    return [link.path for link in links(markdown) if link.image or link.path.lower().endswith(".pdf")]


def without_links(markdown: str, is_kept: Callable[[str], bool]) -> str:
    """The text where links whose target isn't kept are replaced by their words, outside code; images vanish."""
    bare = without_code(markdown)
    cuts: list[tuple[int, int]] = []
    for link in links_of(bare):
        if is_kept(link.target):
            continue
        if link.image:
            cuts.append((link.start, link.end))
        else:
            cuts += [(link.start, link.words[0]), (link.words[1], link.end)]
    cuts += [match.span() for match in _DEFINITION.finditer(bare) if not is_kept(match[2])]
    pieces, end = [], 0
    for start, stop in sorted(cuts):
        pieces.append(markdown[end : max(start, end)])
        end = max(end, stop)
    return "".join([*pieces, markdown[end:]])
