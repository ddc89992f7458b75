"""The introduction of a letter: Markdown → HTML that is safe in a mail, or → plain text; addresses become whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import markdown
import nh3
from markupsafe import Markup

from portal.formats.newsletter.links import Links
from portal.formats.typography import typeset_html
from portal.markdown_links import path_of, without_links

_TAGS = {
    "a", "b", "blockquote", "br", "em", "h2", "h3", "i", "img", "li", "ol", "p", "s", "strong", "sub", "sup", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}}
_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
# nh3 puts every value between double quotes; only there may a ">" stand inside a tag.
_HREF = re.compile(r'(<a\b(?:[^>"]|"[^"]*")*?\shref=")([^"]*)(")')
_IMG = re.compile(r'<img\b(?:[^>"]|"[^"]*")*>')
_SRC = re.compile(r'\ssrc="([^"]*)"')
_ALT = re.compile(r'\salt="([^"]*)"')
_LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_BREAK = re.compile(r"<br ?/?>\s*|(?<=</li>)\s*|(?<=</p>)\s*")
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</(?:p|h2|h3|ul|ol|blockquote)>")
_MAX_IMAGE_PX = 536


def introduction(
    text: str, source: str, links: Links, sizes: Mapping[str, tuple[int, int]], language: str
) -> Markup:
    """The HTML of a text that stands in the file `source`. Links to what readers can't see are left as words."""

    def is_kept(target: str) -> bool:
        if _SCHEME.match(target):
            return True
        path = links.beside(source, path_of(target))
        return path in sizes or links.path(path) is not None

    rendered = markdown.markdown(without_links(text, is_kept), extensions=["sane_lists"])
    clean = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags={"script", "style"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    whole = _HREF.sub(lambda match: f"{match[1]}{_whole(match[2], source, links)}{match[3]}", clean)
    whole = _IMG.sub(lambda match: _image(match, source, links, sizes), whole)
    return Markup(typeset_html(whole) if language == "fr" else whole)  # noqa: S704 - sanitised above


def _whole(target: str, source: str, links: Links) -> str:
    if _SCHEME.match(target):
        return target
    _, mark, anchor = target.partition("#")
    return f"{links.path(links.beside(source, path_of(target))) or links.root}{mark}{anchor}"


def _image(match: re.Match[str], source: str, links: Links, sizes: Mapping[str, tuple[int, int]]) -> str:
    found = _SRC.search(match.group())
    path = links.beside(source, path_of(found[1])) if found and not _SCHEME.match(found[1]) else ""
    if path not in sizes:
        return ""  # a remote one would tell its server who reads
    width, height = sizes[path]
    shown = min(width, _MAX_IMAGE_PX)
    alt = found[1] if (found := _ALT.search(match.group())) else ""
    return (
        f'<img src="{links.file(path)}" alt="{alt}" width="{shown}" height="{round(height * shown / width)}">'
    )


def plain_introduction(html: str) -> list[str]:
    """The paragraphs of an introduction's HTML as plain text, each link with its address, each item on its line."""
    text = _LINK.sub(lambda match: _told(match[2], match[1]), html)
    text = _IMG.sub(lambda match: found[1] if (found := _ALT.search(match.group())) else "", text)
    found = []
    for block in _BLOCK.split(text):
        items = [part for part in re.split(r"<li>|<br ?/?>", block) if _bare(part)]
        is_list = "<li>" in block
        found += [f"- {_bare(part)}" if is_list else _bare(part) for part in items]
    return found


def _told(words: str, address: str) -> str:
    address = address.removeprefix("mailto:")
    return words if _bare(words) == unescape(address) else f"{words} ({address})"


def _bare(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split(" ")).replace("\n", " ").strip(" ")
