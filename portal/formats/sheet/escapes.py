r"""Lines of a text that would be read as something else, and the backslash that keeps them text.

`\Territoire : nord` is the text « Territoire : nord »; a backslash before anything else is a backslash.
"""

from __future__ import annotations

import re

from portal.formats.sheet.words import folded, reserved

BEGINS_OTHERWISE = re.compile(
    r"[>\s*_#]*veill[ée]e\W|--|_{10}|(envoyé de|sent from|télécharger outlook)|.{0,300}(a écrit|wrote)\s{0,3}:?\s{0,3}$",
    re.IGNORECASE,
)
"""How a header, a signature or a quoted mail begins."""

_SLASHES = re.compile(r"(\s*)(\\*)(.*)", re.DOTALL)
_BOX = re.compile(r"\\*\[")


def protect(kind: str, line: str) -> str:
    """A line of text as a sheet of that kind holds it."""
    space, slashes, rest = _cut(line)
    return f"{space}\\{slashes}{rest}" if _reads_otherwise(kind, rest) else line


def is_protected(kind: str, line: str) -> bool:
    """Whether a line of a sheet begins with a backslash of ours."""
    _, slashes, rest = _cut(line)
    return bool(slashes) and _reads_otherwise(kind, rest)


def unprotect(line: str) -> str:
    """The text of a protected line."""
    return line.replace("\\", "", 1)


def protect_item(text: str) -> str:
    """An item of a list as a sheet holds it: one that begins with a bracket isn't a box to tick."""
    return f"\\{text}" if _BOX.match(text) else text


def unprotect_item(text: str) -> str:
    """The item that stands after a bullet."""
    return text[1:] if text.startswith("\\") and _BOX.match(text) else text


def _reads_otherwise(kind: str, text: str) -> bool:
    label, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon and folded(label) in reserved(kind)) or bool(BEGINS_OTHERWISE.match(text))


def _cut(line: str) -> tuple[str, str, str]:
    found = _SLASHES.fullmatch(line)
    return (found[1], found[2], found[3]) if found else ("", "", line)
