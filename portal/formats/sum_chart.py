"""A sum of stories' figures as a small drawing: one bar a territory, its years side by side. SVG, without a script.

The drawing carries a title and a description for who can't see it; the same figures stand in a table beside.
"""

from __future__ import annotations

from html import escape

from portal.content import Content
from portal.content.sums import Sum
from portal.language import Translator
from portal.problems import N_

WIDTH, ROW, BAR = 320, 40, 14
"""Of the drawing, of a territory's row and of its bar, in the drawing's own units."""
TINTS = 4
"""Years beyond share the last tint."""


def draw_sum(found: Sum, content: Content, translator: Translator, name: str) -> str:
    """The drawing; `name` makes its ids unique in the page."""
    top = max(line.total for line in found.lines)
    rows, told = [], []
    for rank, line in enumerate(found.lines):
        territory = content.territory(line.territory)
        title = territory.title if territory else translator.gettext("Elsewhere")
        amount = translator.number(line.total)
        told.append(f"{title} {amount}")
        y, x = rank * ROW, 0.0
        rows.append(f'<text class="v-sum__place" x="0" y="{y + 13}">{escape(title)}</text>')
        for year, part in enumerate(line.by_year):
            width = round(WIDTH * part / top, 2)
            if width:
                tint = min(year, TINTS - 1) + 1
                rows.append(
                    f'<rect class="v-sum__bar v-sum__bar--{tint}" x="{round(x, 2)}" y="{y + 19}" width="{max(width, 1)}" '
                    f'height="{BAR}"/>'
                )
            x += width
    height = len(found.lines) * ROW
    title = translator.gettext(N_("{unit}, by territory")).format(unit=found.unit)
    ids = f'aria-labelledby="{name}-t {name}-d"'
    return (
        f'<svg class="v-sum__chart" viewBox="0 0 {WIDTH} {height}" role="img" {ids}>'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(translator.listed(told))}</desc>'
        f"{''.join(rows)}</svg>"
    )
