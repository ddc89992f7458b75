"""Texts from elsewhere → Markdown that reads the same on every forge and does nothing there. Pure.

Forges look for names and numbers in what Markdown became, so that no escape of Markdown's own stops them: a space of
no width after the sign does. Without it a title of a feed could call people (`@ana`), mention or close an issue
(`fixes #12`, `!12`, `&12`, an address), or run a table out of its columns.
"""

from __future__ import annotations

import re

from curation.report import printable

_APART = "\N{ZERO WIDTH SPACE}"
_REFERENCE = re.compile(r"[@#!&%$~^](?=[\w\"/.-])|\bGH-(?=\d)", re.IGNORECASE)
_AUTOLINK = re.compile(r":(?=//)|\bwww(?=\.)|\b(?:mailto|xmpp):", re.IGNORECASE)
_SYNTAX = re.compile(r"([\\`*_{}\[\]()|~$])")
_OF_A_FORGE = re.compile(
    r"/(?:issues|pull|pulls|merge_requests|work_items|discussions|commit|epics)/[^/]+/?$"
)


def quiet(text: str) -> str:
    """A text on one line that names nobody and nothing to a forge: for titles and commits, which are no Markdown."""
    return _AUTOLINK.sub(_set_apart, _REFERENCE.sub(_set_apart, printable(text)))


def _set_apart(sign: re.Match[str]) -> str:
    return sign[0] + _APART


def inert(text: str, max_chars: int = 300) -> str:
    """A text on one line, cut when it is too long."""
    line = printable(text)
    if len(line) > max_chars:
        line = f"{line[: max_chars - 1]}…"
    escaped = quiet(line).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SYNTAX.sub(r"\\\1", escaped).replace(_APART, "&#8203;")


def link(text: str, url: str | None) -> str:
    """A linked text; without an address, or with one of an issue somewhere (it would be told there), the text alone."""
    if url is None or _OF_A_FORGE.search(url.partition("?")[0].partition("#")[0]):
        return inert(text)
    target = re.sub(r"[()|<>]", lambda found: f"%{ord(found[0]):02X}", url).replace("&", "&amp;")
    return f"[{inert(text)}](<{target}>)"


def code(text: str) -> str:
    """A name of ours: what isn't in it is taken away, since a code span can hide nothing."""
    return f"`{re.sub(r'[^0-9A-Za-z_./:-]', '?', text)}`"


def row(*cells: str) -> str:
    """A line of a table; the cells are Markdown already."""
    return f"| {' | '.join(cells)} |"
