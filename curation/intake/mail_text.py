"""The parts of a mail → its text: plain where there is plain text, else made from HTML. Other parts are only named."""

from __future__ import annotations

import re
from codecs import lookup
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Part

from curation.judging.text import plain
from curation.report import printable
from portal.formats.sheet.regions import HEADER

MAX_PARTS = 100
_SHEET_FILES = (".txt", ".md", ".markdown")
_SHOWN = frozenset({"text/plain", "text/html"})
_QUOTED_HTML = re.compile(
    r"<blockquote\b|<[^<>]*\b(?:gmail_quote|divRplyFwdMsg|moz-cite-prefix)", re.IGNORECASE
)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Codecs of Python that are no character sets; decoding a long text with some of them takes minutes."""


@dataclass(frozen=True)
class Texts:
    """The text of a mail, and the names of the parts that weren't read."""

    text: str = ""
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Leaf:
    part: Part
    name: str

    @property
    def is_plain(self) -> bool:
        return not self.name and self.part.get_content_type() == "text/plain"

    @property
    def is_html(self) -> bool:
        return not self.name and self.part.get_content_type() == "text/html"

    @property
    def is_sheet(self) -> bool:
        return self.name.lower().endswith(_SHEET_FILES) and self.part.get_content_maintype() == "text"


def texts_of(mail: Part) -> Texts:
    """The text that a person wrote; a sheet that is attached counts where the text itself is none."""
    leaves = [leaf for leaf, _ in zip(_leaves(mail), range(MAX_PARTS), strict=False)]
    written = "\n".join(_plain(leaf.part) for leaf in leaves if leaf.is_plain)
    if not written.strip():
        written = "\n".join(_from_html(leaf.part) for leaf in leaves if leaf.is_html)
    sheets = [leaf for leaf in leaves if leaf.is_sheet and _holds_sheet(_plain(leaf.part))]
    if sheets and not _holds_sheet(written):
        written, read = _plain(sheets[0].part), sheets[:1]
    else:
        read = []
    return Texts(written, tuple(leaf.name for leaf in leaves if leaf.name and leaf not in read))


def _holds_sheet(text: str) -> bool:
    return any(HEADER.fullmatch(line) for line in text.split("\n"))


def _leaves(part: Part) -> Iterator[_Leaf]:
    """The parts that hold something, in order; a mail inside a mail is an attachment."""
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        for inner in part.get_payload():
            if isinstance(inner, Part):
                yield from _leaves(inner)
        return
    yield _Leaf(part, _name(part))


def _name(part: Part) -> str:
    """The name of an attachment; empty for a part that is shown."""
    try:
        name = decoded(part.get_filename() or "")
    except (ValueError, TypeError, AttributeError, LookupError):
        name = "?"
    is_shown = part.get_content_type() in _SHOWN and part.get_content_disposition() != "attachment"
    return name[:120] or ("" if is_shown else part.get_content_type())


def decoded(header: str) -> str:
    """A header in words, on one line (RFC 2047); as it came where it can't be decoded."""
    with suppress(MessageError, LookupError, ValueError, TypeError):
        header = str(make_header(decode_header(header)))
    return printable(header)


def _plain(part: Part) -> str:
    text = _decoded(part)
    is_flowed = str(part.get_param("format", "")).lower() == "flowed"
    return _unflowed(text, str(part.get_param("delsp", "")).lower() == "yes") if is_flowed else text


def _decoded(part: Part) -> str:
    """The text of a part, whatever its character set claims: the one it names, UTF-8, or Windows’ Latin."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    for charset in (str(part.get_content_charset("utf-8")), "utf-8"):
        with suppress(LookupError, ValueError):
            if lookup(charset).name not in _NO_CHARSETS:
                return raw.decode(charset).replace("\r\n", "\n")
    return raw.decode("cp1252", "replace").replace("\r\n", "\n")


def _from_html(part: Part) -> str:
    """Lines and bullets as they are seen; what a mail program quoted stands after `>`."""
    html = _ITEM.sub(lambda found: f"{found.group()}- ", _decoded(part))
    quoted = _QUOTED_HTML.search(html)
    if quoted is None:
        return plain(html)
    below = plain(html[quoted.start() :])
    return "\n".join([plain(html[: quoted.start()]), *(f"> {line}" for line in below.split("\n"))])


def _unflowed(text: str, delete_space: bool) -> str:
    """Paragraphs whose lines a mail program parted (RFC 3676 § 4): a line that ends in a space goes on below."""
    lines: list[str] = []
    is_open = False
    depth = 0
    for raw in text.split("\n"):
        marks = len(raw) - len(raw.lstrip(">"))
        line = raw[marks:].removeprefix(" ")
        if is_open and marks == depth:
            lines[-1] += line
        else:
            lines.append(f"{'>' * marks}{' ' if marks else ''}{line}")
        depth, is_open = marks, line.endswith(" ") and line != "-- "
        if is_open and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
