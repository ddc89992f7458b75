"""The list of candidates: one or two lines each, in the width that there is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.events import Resize
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from curation.desk.appraisal import Appraised
from curation.desk.desk import Desk
from curation.desk.listing import source_names
from curation.review.preview import score_style
from curation.review.prose import cut, outside, plain
from portal.language import Translator

_SCORE, _DAY, _GAP = 3, 8, 2
_BESIDE = 72
"""From this width on, a list of one line a candidate holds the source and the day too."""


class Candidates(OptionList):
    """What waits, as it is sorted and sought; two lines each where the candidate is shown beside the list."""

    def __init__(self, say: Translator) -> None:
        super().__init__(id="list", markup=False, compact=True)
        self._say = say
        self._desk: Desk | None = None
        self.items: list[Appraised] = []
        self._shape: tuple[object, int] | None = None
        self._rows: dict[Appraised, Option] = {}

    @property
    def current(self) -> Appraised | None:
        """The one under the cursor."""
        place = self.highlighted
        return self.items[place] if place is not None and place < len(self.items) else None

    def fill(self, items: Sequence[Appraised], desk: Desk, place: int) -> None:
        """Show these, with the cursor on one of them."""
        self.items, self._desk = list(items), desk
        self._draw(place)

    def render_line(self, y: int) -> Strip:
        """One line; the candidate under the cursor is reversed, which terminals without colours show too."""
        strip = super().render_line(y)
        drawn = next(iter(strip), None)
        if drawn is None or drawn.style is None or drawn.style.meta.get("option") != self.highlighted:
            return strip
        return Strip([Segment(strip.text, Style(reverse=True, dim=not self.has_focus))], strip.cell_length)

    def on_resize(self, event: Resize) -> None:
        """Draw again for another width."""
        self._draw(self.highlighted or 0)

    def _draw(self, place: int) -> None:
        self.clear_options()
        if self._desk is None or not self.items:
            return
        drawn = two_lines if self.screen.has_class("-wide") else one_line
        shape = drawn, self.scrollable_content_region.width
        if shape != self._shape:
            self._shape, self._rows = shape, {}
        for item in self.items:
            if item not in self._rows:
                row = drawn(item, self._desk, self._say, shape[1])
                self._rows[item] = Option(row, item.candidate.id)
        self.add_options(self._rows[item] for item in self.items)
        self.highlighted = min(place, len(self.items) - 1)


def two_lines(item: Appraised, desk: Desk, say: Translator, width: int) -> Text:
    """Score and title, then day and source below."""
    room = width - _SCORE - _GAP
    below = " · ".join(filter(None, (_day(item, say), _sources(item, desk))))
    return Text.assemble(
        (f"{item.score.value:{_SCORE}}", score_style(item.score.value)),
        " " * _GAP,
        (cut(outside(item.candidate.title), room), "bold"),
        "\n",
        " " * (_SCORE + _GAP),
        (cut(below, room), "dim"),
        no_wrap=True,
    )


def one_line(item: Appraised, desk: Desk, say: Translator, width: int) -> Text:
    """Score and title; source and day at the end where there is room."""
    source = width // 5 if width >= _BESIDE else 0
    beside = (_GAP + source + _GAP + _DAY) if source else 0
    room = width - _SCORE - _GAP - beside
    parts: list[str | tuple[str, str]] = [
        (f"{item.score.value:{_SCORE}}", score_style(item.score.value)),
        " " * _GAP,
        cut(outside(item.candidate.title), room),
    ]
    if source:
        gap = " " * _GAP
        parts.append((gap + cut(_sources(item, desk), source) + gap + _day(item, say).rjust(_DAY), "dim"))
    return Text.assemble(*parts, no_wrap=True)


def _sources(item: Appraised, desk: Desk) -> str:
    return outside(", ".join(source_names(item.candidate.sources, desk)))


def _day(item: Appraised, say: Translator) -> str:
    published = item.candidate.published
    return plain(say.skeleton(published, "MMMd")) if published else ""
