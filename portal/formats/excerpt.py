"""A few plain words of a Markdown text, for descriptions and cards."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"^(```.*?^```|~~~.*?^~~~|#{1,6} .*?$|!!! .*?$|\|.*?$)", re.MULTILINE | re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_TAG = re.compile(r"<[^>]*>")
_LIST = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+(?:\[[ xX]\]\s+)?", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+(?!\s|$|[»”\")])[^.!?…]*)*[.!?…]+[ \u00a0\u202f]?[»”\")]*")
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


def sentences(markdown: str, max_chars: int = 200) -> str:
    """The first whole sentences of a text in plain words, or its beginning as `excerpt` cuts it when the first is longer."""
    text = plain(markdown)
    if len(text) <= max_chars:
        return text
    end = 0
    for found in _SENTENCE.finditer(text):
        if found.end() > max_chars:
            break
        end = found.end()
    return text[:end].strip() if end >= max_chars // 3 else excerpt(text, max_chars)
