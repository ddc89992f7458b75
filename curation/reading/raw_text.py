"""What feeds write in their fields → lines, addresses and codes that are bounded and hide nothing."""

from __future__ import annotations

import hashlib
import html
import re
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

from portal.characters import UNSAFE_CHARS

MAX_TITLE_CHARS = 500
MAX_AUTHOR_CHARS = 200
MAX_TAGS = 30
MAX_TAG_CHARS = 100
MAX_DATE_CHARS = 100
MAX_ID_CHARS = 500
MAX_URL_CHARS = 2000
MAX_HTML_CHARS = 200_000
MAX_ENTRIES = 2000

# A no-break space is typography, in French above all; the others only separate words.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_HALVES = re.compile(r"[\ud800-\udfff]")
_NEVER_IN_URLS = re.compile(rf'[\s<>"\\`{{}}|^]|{UNSAFE_CHARS.pattern}')
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?", re.IGNORECASE)
# Python refuses to read numbers of thousands of digits, with an error; no character has eight.
_ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")


def clean(text: str) -> str:
    """`text` without control, directional and invisible characters, nor halves of surrogate pairs; lines are kept."""
    return _HALVES.sub("\ufffd", UNSAFE_CHARS.sub("", text))


def one_line(text: str, limit: int) -> str:
    """`text` on one line of at most `limit` characters."""
    return clean(_SPACES.sub(" ", text[: limit * 20])).strip()[:limit].rstrip()


def without_references(text: str) -> str:
    """`text` with its character references read once; one that is no character of Unicode is a replacement mark."""
    return html.unescape(_ENDLESS_REFERENCE.sub("\ufffd", text))


class _Words(HTMLParser):
    """Collects what a browser would show of a line of HTML."""

    _hidden = frozenset({"script", "style", "template"})
    _inline = frozenset(
        "a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp small span strong sub sup tt u var wbr".split()  # noqa: SIM905
    )

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unshown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unshown += tag in self._hidden
        if tag not in self._inline:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unshown -= tag in self._hidden and self._unshown > 0
        if tag not in self._inline:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            self.pieces.append(data)


def parsable(markup: str) -> str:
    """HTML that html.parser takes whatever it holds.

    It raises at marked sections, which are only XML's and SGML's, and at endless character references.
    """
    return _ENDLESS_REFERENCE.sub("\ufffd", markup.replace("<![CDATA[", "").replace("<![", "<!"))


def text_of_html(markup: str, limit: int) -> str:
    """The words of a short piece of HTML, as one line."""
    words = _Words()
    words.feed(parsable(markup[: limit * 20]))
    words.close()
    return one_line("".join(words.pieces), limit)


def html_of_text(text: str) -> str:
    """Plain text as HTML that shows the same, in paragraphs."""
    paragraphs = (part.strip() for part in _PARAGRAPHS.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)


def bounded_html(markup: str) -> str:
    """HTML of at most 200,000 characters, never cut inside a tag."""
    kept = clean(markup[:MAX_HTML_CHARS])
    return (
        kept[: kept.rfind("<")]
        if len(markup) > MAX_HTML_CHARS and kept.rfind("<") > kept.rfind(">")
        else kept
    )


def web_address(written: str | None, base: str) -> str | None:
    """The absolute http(s) address that is meant, relative to `base`; None for any other.

    What an address may not hold (RFC 3986 § 2) is percent-encoded, letters with accents excepted.
    """
    trimmed = re.sub(r"[\t\r\n]", "", (written or "")[: 2 * MAX_URL_CHARS]).strip()
    if not trimmed:
        return None
    try:
        url = urljoin(base, trimmed)
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or _NEVER_IN_URLS.search(parts.netloc):
        return None
    url = _NEVER_IN_URLS.sub(lambda found: quote(found.group(), safe=""), _HALVES.sub("\ufffd", url))
    return url if len(url) <= MAX_URL_CHARS else None


def identifier(written: object) -> str | None:
    """What a feed calls an entry, on one line; one that is longer than 500 characters is named by its SHA-256."""
    text = clean(_SPACES.sub(" ", str(written or ""))).strip()
    if len(text) > MAX_ID_CHARS:
        return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    return text or None


def language_code(written: object) -> str | None:
    """`fr`, `fr-CA`, `sr-Latn-RS`, from any case and with hyphens or underscores (BCP 47); None for the rest."""
    found = _LANGUAGE.match(written.strip()[:40]) if isinstance(written, str) else None
    if not found or not re.match(r"(?:[-_]|$)", found.string[found.end() :]):
        return None
    language, script, region = found.groups()
    parts = (language.lower(), script and script.title(), region and region.upper())
    return "-".join(part for part in parts if part)


def distinct_lines(written: list[str], limit: int = MAX_TAG_CHARS, most: int = MAX_TAGS) -> tuple[str, ...]:
    """Each line once, in order, without the empty ones."""
    lines = dict.fromkeys(one_line(text, limit) for text in written[: 10 * most])
    return tuple(line for line in lines if line)[:most]
