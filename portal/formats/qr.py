"""An address as a QR code (ISO/IEC 18004), drawn in SVG: black modules, with the quiet margin that readers need."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import segno

QUIET_MODULES = 4
"""The white margin that the standard asks for, in modules."""


def qr_svg(text: str, words: str) -> str:
    """The code of `text` as an SVG element without colours of its own but black; `words` tell what it opens.

    Level M: 15 % of the code may be hidden or dirty, and more where it costs no larger code.
    """
    side, path = _drawn(text)
    return (
        f'<svg class="v-qr" viewBox="0 0 {side} {side}" role="img" aria-label="{escape(words)}" '
        f'shape-rendering="crispEdges" focusable="false"><path d="{path}"/></svg>'
    )


@lru_cache(maxsize=1024)
def _drawn(text: str) -> tuple[int, str]:
    """The side in modules, margin included, and one path of all black runs."""
    rows = list(segno.make(text, error="m", micro=False).matrix)
    runs: list[str] = []
    for y, row in enumerate(rows, QUIET_MODULES):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append(f"M{x + QUIET_MODULES} {y}h{length}v1h-{length}z")
            x += length or 1
    return len(rows) + 2 * QUIET_MODULES, "".join(runs)
