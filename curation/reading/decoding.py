"""Bytes → text: which encoding a feed is really in. And `Unreadable`, what is raised when no feed can come of a body."""

from __future__ import annotations

import codecs
import re
from encodings.aliases import aliases

from portal.problems import N_, Message, message

_MARKS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
# The first bytes of “<?xm” where one byte isn't one ASCII letter (XML 1.0, appendix F).
_SHAPES = (
    (b"<\0\0\0", "utf_32_le"),
    (b"\0\0\0<", "utf_32_be"),
    (b"<\0", "utf_16_le"),
    (b"\0<", "utf_16_be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")

ENCODINGS = frozenset(
    [
        *("utf_8", "ascii", "latin_1", "iso2022_jp", "koi8_r", "koi8_u", "mac_roman", "tis_620"),
        *("big5", "big5hkscs", "cp932", "cp949", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "shift_jis"),
        *(f"iso8859_{part}" for part in range(2, 17) if part != 12),
        *(f"cp{page}" for page in range(1250, 1259)),
    ]
)
"""The encodings that a header or declaration may name, as Python's modules are called: those of the Encoding Standard
that feeds have been seen in. Python knows others that are none of text, and take quadratic time (`punycode`); and those
where `<` isn't one byte (UTF-16, EBCDIC) are seen in the first bytes, or were named wrongly."""
IN_USE = ENCODINGS | {name for _, name in (*_MARKS, *_SHAPES)}
"""All that a body can turn out to be in."""
_READ_AS = {"ascii": "cp1252", "latin_1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_LOOKS_LIKE_UTF_8 = "iso2022_jp"
"""Its bytes are all ASCII, whatever they stand for."""


class Unreadable(Exception):  # noqa: N818 - nothing is wrong with the program
    """Raised where no feed, list or page can come of a body; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a body.

    A byte order mark decides, then the header's charset, then the XML declaration (RFC 7303 § 3.3); but what is valid
    UTF-8 is UTF-8, because a server's default is often wrong about files that it merely passes on. Bytes that fit
    nothing are taken as UTF-8 with holes, or as Windows-1252 where that would be mostly holes.

    Raises:
        Unreadable: the body is compressed still, or empty.
    """
    if not body.strip():
        raise Unreadable(message(N_("it is empty")))
    if body.startswith(_COMPRESSED):
        raise Unreadable(message(N_("it is compressed in a way that its server didn’t tell")))
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    for shape, encoding in _SHAPES:
        if body.startswith(shape):
            return body.decode(encoding, "replace")
    return _unmarked(body, _announced(body, content_type))


def _announced(body: bytes, content_type: str) -> str:
    """What the header or the XML declaration calls the encoding, as Python names it; UTF-8 where they don't."""
    declared = _DECLARED.match(body)
    names = [found[1] for found in [_CHARSET.search(content_type)] if found]
    names += [declared[1].decode("ascii")] if declared else []
    for name in names:
        plain = name.lower().replace("-", "_")
        known = aliases.get(plain, plain)
        if known in ENCODINGS:
            return _READ_AS.get(known, known)
    return "utf_8"


def _unmarked(body: bytes, encoding: str) -> str:
    for attempt in (encoding, "utf_8") if encoding == _LOOKS_LIKE_UTF_8 else ("utf_8", encoding):
        try:
            return body.decode(attempt)
        except UnicodeDecodeError:
            continue
    text = body.decode("utf_8", "replace")
    others = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") * 2 <= others else body.decode("cp1252", "replace")
