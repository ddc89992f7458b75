"""HTML tags and lists of attributes in a Markdown text, read as generously as browsers read them.

The rules that use this tell authors what is refused; what is rendered is sanitised in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_MAX_TAG_CHARS = 4000

_TAG = re.compile(r"<([a-zA-Z][^\s/><]{0,50})")
# A stray quote is part of a name to browsers: it ends nothing (HTML § 13.2.5.33).
_ATTRIBUTE = re.compile(r"[\s/]*+([^\s<>/=]{1,100})(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
_TAG_END = re.compile(r"[\s/]*+>")
_ATTRIBUTE_LIST = re.compile(r"\{:?([^{}\n]{1,500}+)\}")

# Browsers drop tabs and line ends inside an address, and control characters before it (WHATWG URL § 4.4).
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+:|[/\\]{2}", re.IGNORECASE)

EXECUTABLE_TAGS = frozenset(
    {
        "script", "iframe", "object", "embed", "style", "svg", "math", "form", "meta", "base", "link", "applet", "frame",
        "frameset", "input", "button", "textarea", "select", "template", "noscript", "portal",
    }
)  # fmt: skip
EXECUTABLE_SCHEMES = frozenset({"javascript", "vbscript", "data"})


@dataclass(frozen=True)
class Tag:
    """A tag with the attributes that have a value, decoded; `name` is empty for a list `{: … }` of attributes."""

    name: str
    offset: int
    attributes: tuple[tuple[str, str], ...]

    def values(self, *names: str) -> list[str]:
        """The values of the attributes of these names."""
        return [value for name, value in self.attributes if name in names]


def tags_of(bare: str) -> Iterator[Tag]:
    """Every tag, then every list of attributes; a tag that is never closed has no attributes."""
    if "<" in bare:
        for match in _TAG.finditer(bare):
            end, attributes = _attributes(bare, match.end())
            is_closed = _TAG_END.match(bare, end)
            yield Tag(match[1].lower(), match.start(), attributes if is_closed else ())
    if "{" in bare:
        for match in _ATTRIBUTE_LIST.finditer(bare):
            yield Tag("", match.start(), _attributes(match[1], 0)[1])


def _attributes(text: str, start: int) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Where the attributes that begin at `start` end, and those that have a value, decoded."""
    found = []
    limit = min(len(text), start + _MAX_TAG_CHARS)
    while (match := _ATTRIBUTE.match(text, start, limit)) is not None:
        start = match.end()
        if match[2] is not None:
            found.append((match[1].lower(), unescape(match[2].strip("\"'"))))
    return start, tuple(found)


def scheme_of(address: str) -> str:
    """The scheme of an address as a browser would read it, in lower case: entities, spaces and case hide nothing."""
    plain = _DROPPED.sub("", unescape(address)).replace("\\", "")
    match = _SCHEME.match(plain)
    return match[1].lower() if match else ""


def is_remote(address: str) -> bool:
    """Whether an address leads to another server."""
    plain = _DROPPED.sub("", unescape(address))
    return _REMOTE.match(plain) is not None and scheme_of(address) not in EXECUTABLE_SCHEMES | {"file"}
