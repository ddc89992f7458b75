"""The lines around what one works on: what this is, above; the keys that may be typed, below; one to type in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from curation.review.keys import Key
from curation.review.prose import cut, plain

_GAP = 2


class Heading(Widget):
    """One line: what this is at the left; at the right, where there is room, what goes with it."""

    left: reactive[str] = reactive("")
    more: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def render(self) -> Text:
        """As much of it as the width holds, the right going first."""
        left, more, right = plain(self.left), plain(self.more), plain(self.right)
        room = self.size.width - cell_len(left) - _GAP
        beside = right if cell_len(more) + _GAP + cell_len(right) <= room else ""
        between = cut(more, max(0, room - cell_len(beside)))
        return Text.assemble((left, "bold"), " " * _GAP, between, (beside, "dim"), no_wrap=True)


class KeyLine(Widget):
    """The keys and what they do, as many as the width holds, the first being the most needed."""

    keys: reactive[Sequence[Key]] = reactive(())

    def render(self) -> Text:
        """Each key stands out from its word; they stand closer where one more fits so."""
        spaced, close = self._line(_GAP), self._line(1)
        return close[1] if close[0] > spaced[0] else spaced[1]

    def _line(self, gap: int) -> tuple[int, Text]:
        """How many keys fit with so much between them, and these."""
        line = Text(no_wrap=True)
        for count, key in enumerate(self.keys):
            shown = Text.assemble(
                " " * gap if count else "", (f" {key.key} ", "reverse"), " ", plain(key.label)
            )
            if line.cell_len + shown.cell_len > self.size.width:
                return count, line
            line += shown
        return len(self.keys), line


class Line(Input):
    """A line to type in; its cursor stands still, as nothing should move by itself over a slow connection."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, compact=True, **options)
        self.cursor_blink = False
