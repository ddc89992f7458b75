"""The text of an XML feed, mended and made harmless, as the bytes that feedparser is given.

feedparser would do some of this with patterns that take quadratic time on hostile input, and stops at others.
"""

from __future__ import annotations

import re
from itertools import islice

from curation.reading.decoding import Unreadable
from curation.reading.raw_text import MAX_ENTRIES
from portal.problems import N_, message

_FEED = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel)[\s/>]", re.IGNORECASE)
_PAGE = re.compile(r"<html[\s>]", re.IGNORECASE)
_ENDED = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:item|entry)(?=[\s/>])")
_ENDS = (
    (re.compile(r"<rdf:RDF[\s>]"), "</rdf:RDF>"),
    (re.compile(r"<rss[\s>]"), "</channel></rss>"),
    (re.compile(r"<feed[\s>]"), "</feed>"),
)

# An instruction that misses its question mark ends all the same.
_ASIDE = re.compile(r"<!--.*?-->|<\?(?:[^<]*?\?>|[^<>]*+>)", re.DOTALL)
_DOCTYPE = re.compile(
    r"""<!doctype\s+((?:[^\[<>"']|"[^"]*"|'[^']*')*+)(?:\[(.*?)\]\s*)?>""", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(r"<!ENTITY\s+([^%\s]\S*+)\s+(\"[^\"]*+\"|'[^']*+'|[^>]*+)", re.IGNORECASE)
_HARMLESS = re.compile(r"""(["'])(?:&#\w{1,8};|[^&%<>"']{0,100})\1""")
_NAMED = re.compile(r"&([A-Za-z_][\w.-]{0,40});")
_PREDEFINED = frozenset({"lt", "gt", "amp", "quot", "apos"})


def readable_xml(text: str) -> bytes:
    """`text` as UTF-8 that expat and feedparser read in linear time, as far as that is known.

    Characters that XML forbids are taken out, references to them replaced, entities that stand for a few characters
    written out, everything before the first element put aside, and what comes after 2,000 entries cut off.

    Raises:
        Unreadable: it is a web page, holds no feed, or declares entities that could grow.
    """
    doctype, rest = _parted(text)
    if _PAGE.match(rest) or (doctype and doctype[1].lower().startswith("html")):
        raise Unreadable(message(N_("it is a web page, not a feed: the feed has an address of its own")))
    if rest[:9].lower() == "<!doctype":
        raise Unreadable(message(N_("its document type can’t be read")))
    if not _FEED.search(rest):
        raise Unreadable(message(N_("there is no RSS, Atom or JSON Feed in it")))
    rest = _REFERENCE.sub(_character, _NO_XML.sub("", rest))
    if doctype:
        rest = _expanded(rest, _entities(doctype[2] or ""))
    # Netscape's RSS 0.91 is told from UserLand's by its document type alone.
    kind = '<!DOCTYPE rss PUBLIC "netscape" "">\n' if doctype and "netscape" in doctype[1].lower() else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{kind}{_first_entries(rest)}'.encode()


def is_cut_short(xml: bytes) -> bool:
    """Whether the end of the feed is missing, so that its last entry may be half there."""
    return not _ENDED.search(xml, max(xml.rfind(b"<item"), xml.rfind(b"<entry"), 0))


def _parted(text: str) -> tuple[re.Match[str] | None, str]:
    """The document type, and all from the first element on (XML 1.0 § 2.8), without white space or words before it."""
    doctype, start = None, 0
    while True:
        start = text.find("<", start)
        if start < 0:
            return doctype, ""
        found = _DOCTYPE.match(text, start)
        doctype = doctype or found
        found = found or _ASIDE.match(text, start)
        if not found:
            return doctype, text[start:]
        start = found.end()


def _entities(subset: str) -> dict[str, str]:
    """What a document type declares beside XML's own names: HTML's letters and signs, in some feeds."""
    declared = {name: value.strip() for name, value in _ENTITY.findall(subset) if name not in _PREDEFINED}
    for name, value in declared.items():
        if not _HARMLESS.fullmatch(value):
            what = N_(
                "it declares the entity “{name}”, which could make it grow without end or read other files"
            )
            raise Unreadable(message(what, name=name[:40]))
    return {name: value[1:-1] for name, value in declared.items()}


def _expanded(text: str, entities: dict[str, str]) -> str:
    return _NAMED.sub(lambda found: entities.get(found[1], found.group()), text) if entities else text


def _character(found: re.Match[str]) -> str:
    """A reference as it is, or the sign for a character that can't be one (XML 1.0 § 2.2)."""
    in_hex, in_decimal = found.groups()
    digits = (in_hex or in_decimal).lstrip("0")
    code = int(digits or "0", 16 if in_hex else 10) if len(digits) < 8 else 0
    is_xml = (
        code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    )
    return found.group() if is_xml else "\ufffd"


def _first_entries(text: str) -> str:
    after = next(islice(_ENTRY.finditer(text), MAX_ENTRIES, None), None)
    if not after:
        return text
    kept = text[: after.start()]
    return kept + next((end for root, end in _ENDS if root.search(kept)), "")
