"""The lines around what one works on: what this is, above; the keys that may be typed, below; how it went."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

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
        """Each key stands out from its word."""
        line = Text(no_wrap=True)
        for key in self.keys:
            shown = Text.assemble((f" {key.key} ", "reverse"), " ", plain(key.label), " " * _GAP)
            if line.cell_len + shown.cell_len - _GAP > self.size.width:
                break
            line += shown
        return line
