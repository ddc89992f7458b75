"""What a feed's HTML says, as plain text; and plain text as Markdown that shows exactly that text and does nothing.

The HTML is read tag by tag, never made into a tree: trees of hostile HTML take a time and a memory that grow with the
square of its length, and nothing of the tree would be kept.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from curation.judging.words import composed
from portal.records.fields import MAX_TITLE_CHARS, UNSAFE_CHARS

MAX_HTML_CHARS = 200_000
EXCERPT_CHARS = 600

# A tag ends where browsers say so: a quote counts only after an equals sign; what isn't closed lasts to the end.
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<!\[CDATA\[|\]\]>|<[!?][^>]*+(?:>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?)*+(?:>|\Z)""",
    re.DOTALL,
)
_UNSHOWN = {
    name: re.compile(rf"</{name}\b[^>]*+(?:>|\Z)|\Z", re.IGNORECASE)
    for name in (
        "audio", "button", "canvas", "iframe", "math", "nav", "noembed", "noframes", "noscript", "object", "script",
        "select", "style", "svg", "template", "textarea", "title", "video",
    )
}  # fmt: skip
_BREAKS = dict.fromkeys(("br", "dd", "dt", "li", "tr"), "\n") | dict.fromkeys(("td", "th"), " ")
_BLOCK_NAMES = (
    "address article aside blockquote body caption center details div dl fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr html legend main ol p pre section summary table tbody tfoot thead ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())

# Python refuses to read a number of thousands of digits, and no character has one of eight.
_ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,30});")
# Soft hyphens, joiners, annotations, tags: nobody sees them, and they make equal words differ.
_INVISIBLE = re.compile(r"[\u00ad\u2060-\u2064\u206a-\u206f\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s{2,}|[^\S\u00a0\u202f]")

# What blogs add to each entry: it says nothing, and it makes different entries alike.
_ADDED = re.compile(
    r"^(?:L[’']article|Cet article) .{1,300}? est apparu en premier sur .{1,200}$"
    r"|^The post .{1,300}? (?:appeared first|first appeared) on .{1,200}$"
    r"|^(?:Lire la suite|Continuer la lecture|Read more|Continue reading)\b.{0,200}$"
)
_SENTENCE_END = re.compile(r"(?:(?<=\w{3})\.|[!?…])[”\"’)\]]*(?:[\s]?»)?(?=\n|\s+[«“\"(]|\s+[^\W\d_a-zà-ÿ])")


def plain(html: str) -> str:
    """The text of `html` in paragraphs, with an empty line between two; items and rows are lines.

    Entities are decoded once. What isn't shown as text is left out: scripts, styles, drawings, players, buttons. At
    most the first 200,000 characters are read, in a time in proportion to them.
    """
    html = html[:MAX_HTML_CHARS]
    pieces, position = [], 0
    while tag := _TAG.search(html, position):
        name = (tag["name"] or "").lower()
        pieces += [_text(html[position : tag.start()]), "\n\n" if name in _BLOCKS else _break(tag, name)]
        position = tag.end()
        if name in _UNSHOWN and not tag["end"] and not tag.group().endswith("/>"):
            hidden = _UNSHOWN[name].search(html, position)
            position = hidden.end() if hidden else len(html)
    return _in_paragraphs("".join([*pieces, _text(html[position:])]))


def _break(tag: re.Match[str], name: str) -> str:
    return "" if tag["end"] else _BREAKS.get(name, "")


def _text(piece: str) -> str:
    """Text between two tags, decoded, where a line end is a space."""
    if "&" in piece:
        piece = unescape(_ENDLESS_REFERENCE.sub("\ufffd", piece))
    return _SPACES.sub(" ", _visible(piece))


def _visible(text: str) -> str:
    """Text that any file can hold and any reader sees, its accents composed; nothing controls, turns or hides."""
    text = UNSAFE_CHARS.sub(lambda match: " " if match.group().isspace() else "", text)
    return composed(_SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text)))


def _in_paragraphs(text: str) -> str:
    paragraphs: list[list[str]] = [[]]
    for raw in text.split("\n"):
        line = _SPACES.sub(" ", raw).strip()
        if _ADDED.match(line):
            continue
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines)


def excerpt(html: str, max_chars: int = EXCERPT_CHARS) -> str:
    """The beginning of an entry as plain text in paragraphs, at most `max_chars` long.

    When cut, it ends with an ellipsis: after a sentence when one ends in its second half, else between two words.
    """
    text = plain(html)
    if len(text) <= max_chars:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, max_chars - 1)]
    if ends and ends[-1] >= max_chars // 2:
        return text[: ends[-1]] + "\u00a0…"
    return _cut(text, max_chars)


def _cut(text: str, max_chars: int) -> str:
    """The words that fit, and an ellipsis; a single endless word is cut within."""
    kept = text[: max_chars - 1]
    words = kept if text[max_chars - 1].isspace() else kept.rsplit(None, 1)[0]
    return (words if len(words) >= max_chars // 2 else kept).rstrip(" \n\u00a0\u202f,;:.–—-(«") + "…"


def plain_title(text: str, fallback: str) -> str:
    """Any text as a title: one line of at most 200 characters that can be seen; `fallback` where nothing can.

    Character references that are left were escaped once too often: nobody writes them. Doing it twice changes nothing.
    """
    decoded, text = _visible(text[: 10 * MAX_TITLE_CHARS]), ""
    while decoded != text:
        text, decoded = decoded, _visible(_REFERENCE.sub(lambda match: unescape(match.group()), decoded))
    line = _SPACES.sub(" ", text).strip()
    if all(unicodedata.category(char)[0] in "CMZ" for char in line):
        return fallback
    return line if len(line) <= MAX_TITLE_CHARS else _cut(line, MAX_TITLE_CHARS)


# Characters that a backslash makes literal wherever they stand, in Python-Markdown as in CommonMark.
_ACTIVE = re.compile(r"[\\`*_\[\]]")
# These have no backslash in one of the two, or are judged before it counts: tags, lists of attributes, tables,
# extensions that a company may turn on, addresses.
_NUMBERED = re.compile(
    r"[<&|~^{}]|(?<=\])[(:]|(?<=\{)[%#]|(?<==)=|=(?==)|(?<=\+)\+|\+(?=\+)|(?<=[a-zA-Z]):(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)",
    re.IGNORECASE,
)
# At the beginning of a line, marks open a heading, a list, a quote, an admonition, a definition, an underline.
_OPENING = re.compile(r"[#+\->!]|\d{1,9}(?=[.)])")
_OPENING_NUMBERED = frozenset("=:?")


def as_markdown_quote(excerpt: str, attribution: str) -> str:
    """Plain text as a quote in Markdown, each of its lines a paragraph, signed with `attribution` when there is one.

    Whatever the text, it is shown as it is: nothing of it becomes markup, a link, a footnote or a template.
    """
    lines = [line for raw in excerpt.splitlines() if (line := _literal(raw))]
    if not lines:
        return ""
    signature = _literal(attribution)
    return "\n>\n".join(f"> {line}" for line in [*lines, *([f"— {signature}"] if signature else [])])


def _literal(line: str) -> str:
    line = _SPACES.sub(" ", _visible(line)).strip()
    line = _NUMBERED.sub(lambda match: f"&#{ord(match.group())};", _ACTIVE.sub(r"\\\g<0>", line))
    if opening := _OPENING.match(line):
        mark = opening.group()
        return f"{mark}\\{line[len(mark) :]}" if mark[0].isdigit() else f"\\{line}"
    return f"&#{ord(line[0])};{line[1:]}" if line[:1] in _OPENING_NUMBERED else line
