"""Text for a terminal: lines that break at plain spaces only, as French typography wants, and nothing it would obey."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from curation.report import printable

_NARROW, _NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
# Where French wants a no-break space, and many a feed has a plain one.
_LOOSE = re.compile(r"(?<=«) | (?=[»;:!?%€])")
_WORD = re.compile(r"[^ ]+ *| +")


def plain(text: str) -> str:
    """A sentence of ours: all its spaces are of one width, since many terminals' fonts lack the narrow one."""
    return text.replace(_NARROW, _NO_BREAK)


def outside(text: str) -> str:
    """A text from elsewhere on one line, without anything that a terminal would obey, its spaces as French has them."""
    whole = _NO_BREAK.join(printable(part) for part in plain(text).split(_NO_BREAK))
    return _LOOSE.sub(_NO_BREAK, whole)


def cut(text: str, width: int) -> str:
    """A text in exactly `width` cells; one that is too long ends with “…”."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(f"{set_cell_size(text, max(0, width - 1)).rstrip()}…", max(0, width))


class Prose:
    """One styled paragraph that breaks its lines at plain spaces; all but the first begin `hanging` cells later."""

    def __init__(self, *parts: str | tuple[str, str], style: str = "", hanging: int = 0) -> None:
        self.text = Text.assemble(*parts, style=style)
        self._hanging = hanging

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(self._hanging + 1, options.max_width)
        for number, line in enumerate(self.text.divide(breaks(self.text.plain, width, self._hanging))):
            line.rstrip()
            shown = Text.assemble(" " * self._hanging, line) if number else line
            shown.no_wrap, shown.overflow = True, "crop"
            yield shown


def breaks(text: str, width: int, hanging: int = 0) -> list[int]:
    """Where the lines after the first begin, in characters; a word that is longer than a line is cut."""
    found: list[int] = []
    used, room = 0, width
    for match in _WORD.finditer(text):
        length = cell_len(match.group().rstrip(" "))
        if used and used + length > room:
            found.append(match.start())
            used, room = 0, width - hanging
        if length <= room:
            used += cell_len(match.group())
            continue
        for place, char in enumerate(match.group(), match.start()):
            if used + cell_len(char) > room:
                found.append(place)
                used, room = 0, width - hanging
            used += cell_len(char)
    return found
