"""Lists of feeds in OPML (opml.org/spec2.opml), which every reader of feeds exports: bytes in, feeds out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import name2codepoint
from urllib.parse import urlsplit
from xml.parsers import expat

from curation.errors import FAILED, Stopped
from curation.reading.decoding import Unreadable, decoded
from curation.reading.raw_text import one_line, web_address
from portal.problems import N_, message
from portal.records.fields import MAX_TITLE_CHARS

MAX_OPML_BYTES = 1024 * 1024
MAX_DEPTH = 100

_AMPERSAND = re.compile(r"&(?:#\w{1,10};|([A-Za-z]\w{0,40});)?")
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Outline:
    """One feed of a list: its absolute address, its page, and the folders it is in, outermost first."""

    title: str
    url: str
    page: str | None = None
    folders: tuple[str, ...] = ()


class _Outlines:
    """Collects the feeds while expat reads; names of attributes are compared without case, as lists in the wild ask."""

    def __init__(self) -> None:
        self.found: dict[str, Outline] = {}
        self.is_opml = False
        self._open: list[str | None] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.is_opml = self.is_opml or name.lower() == "opml"
        if len(self._open) >= MAX_DEPTH:
            raise Unreadable(message(N_("its lists are nested too deep")))
        values = {key.lower(): value for key, value in attributes.items()}
        is_outline = name.lower() == "outline"
        title = one_line(values.get("title") or values.get("text") or "", MAX_TITLE_CHARS)
        url = _address(values.get("xmlurl", "")) if is_outline else None
        if url:
            folders = tuple(folder for folder in self._open if folder)
            page = web_address(values.get("htmlurl"), "")
            self.found.setdefault(url, Outline(title or urlsplit(url).hostname or url, url, page, folders))
        self._open.append(title if is_outline and not url else None)

    def end(self, _: str) -> None:
        self._open.pop()


def read_opml(document: bytes, name: str) -> tuple[Outline, ...]:
    """The feeds of a list called `name`, each address once, in its order; entries without an http(s) address are not.

    Raises:
        Stopped: it is larger than 1 MiB, or no list of feeds can be read in it.
    """
    try:
        if len(document) > MAX_OPML_BYTES:
            raise Unreadable(message(N_("it is larger than 1 MiB")))
        return _read(decoded(document))
    except Unreadable as unreadable:
        what = message(N_("“{name}” is no list of feeds: {why}"), name=name, why=unreadable.message)
        raise Stopped(what, FAILED) from None


def _read(text: str) -> tuple[Outline, ...]:
    """The time that expat takes grows with the text's length alone, once nothing may be declared in it."""
    outlines, parser = _Outlines(), expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = outlines.start, outlines.end
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(_AMPERSAND.sub(_mended, text[max(text.find("<"), 0) :]).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise Unreadable(
            message(
                N_("it isn’t sound XML at line {line}, column {column}"),
                line=error.lineno,
                column=error.offset + 1,
            )
        ) from None
    if not outlines.is_opml:
        raise Unreadable(message(N_("it isn’t OPML")))
    return tuple(outlines.found.values())


def _refuse(*_: object) -> None:
    raise Unreadable(message(N_("it declares entities")))


def _mended(found: re.Match[str]) -> str:
    """An ampersand that some exports leave bare, or HTML's name of a character, as XML has them."""
    name = found[1]
    if name in {"amp", "lt", "gt", "quot", "apos"} or (found.group() != "&" and not name):
        return found.group()
    return chr(name2codepoint[name]) if name in name2codepoint else f"&amp;{found.group()[1:]}"


def _address(written: str) -> str | None:
    """An address, without the scheme `feed:` that browsers were once told to subscribe with."""
    bare = _FEED_SCHEME.sub("", written.strip(), count=1)
    return web_address(bare if "://" in bare or bare == written.strip() else f"http://{bare}", "")
