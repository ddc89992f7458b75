"""Markdown to safe HTML: links resolved, French spaces set, and nothing executable left, whatever was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath

import nh3

from portal.formats.typography import typeset_html

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "q", "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
_REMOTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_HREF = re.compile(r'(<(?:a|img)\b[^>]*?\s(?:href|src)=")([^"]*)(")')


def _kept_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Pictures are ours or nobody's: a remote one would tell its server who reads."""
    if tag == "img" and attribute == "src" and _REMOTE.match(value.strip()):
        return None
    return value


def sanitise(html: str) -> str:
    """Rendered Markdown without anything that could run or call another site; doing it twice changes nothing."""
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        attribute_filter=_kept_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )


def finish(html: str, language: str) -> str:
    """The last steps of every piece of prose: sanitised, then typeset in French."""
    clean = sanitise(html)
    return typeset_html(clean) if language == "fr" else clean


def resolve_links(html: str, source: str, locate: Callable[[str], str | None]) -> str:
    """Relative links of a text written in the file `source`, replaced by what `locate` says of their path.

    `locate` takes a path inside the content folder and gives an address relative to the page being made, or None.
    """

    def replace(match: re.Match[str]) -> str:
        target, mark, anchor = match[2].partition("#")
        if not target or _REMOTE.match(target) or target.startswith("/"):
            return match.group()
        found = locate(normpath(join(dirname(source), target)))
        return match.group() if found is None else f"{match[1]}{found}{mark}{anchor}{match[3]}"

    return _HREF.sub(replace, html)
