"""A few plain words of a Markdown text, for descriptions and cards."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"^(```.*?^```|~~~.*?^~~~|#{1,6} .*?$|!!! .*?$|\|.*?$)", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_TAG = re.compile(r"<[^>]*>")
_LIST = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+(?:\[[ xX]\]\s+)?", re.MULTILINE)
_MARKS = re.compile(r"(\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`|^>\s?)", re.MULTILINE)


def plain(markdown: str) -> str:
    """Markdown without its marks, on one line; headings, code and tables are left out."""
    text = _DROPPED.sub(" ", markdown[:20_000])
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _MARKS.sub("", _LIST.sub("", _TAG.sub("", text)))
    return " ".join(text.split())


def excerpt(markdown: str, max_chars: int = 200) -> str:
    """The beginning of a text in plain words, cut between two words, with an ellipsis when cut."""
    text = plain(markdown)
    if len(text) <= max_chars:
        return text
    cut = text[: max_chars - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–—-(«")
    return f"{cut}…"
