"""The territories on a map, drawn as inline SVG: no tile, no request. Far places get insets of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

from portal.content import Content
from portal.language import Translator
from portal.problems import N_
from portal.records import Territory

WIDTH = 420.0
_MARGIN = 26.0
_FAR_DEGREES = 12.0
_INSET = 84.0

_TITLE = N_("Map of the territories")
_DESCRIPTION = N_("Each point is a territory; the same territories are listed beside the map.")

Point = tuple[float, float]


@dataclass(frozen=True)
class _Frame:
    """A projection of degrees onto a box of the drawing (equirectangular, true at its middle latitude)."""

    lon: float
    lat: float
    scale: float
    shrink: float

    def place(self, point: Point) -> Point:
        """(longitude, latitude) → (x, y) in the drawing."""
        return (
            _MARGIN + (point[0] - self.lon) * self.shrink * self.scale,
            _MARGIN + (self.lat - point[1]) * self.scale,
        )


def draw_map(
    content: Content, links: Mapping[str, str], translator: Translator, current: str | None = None
) -> str:
    """One SVG element; `links` gives each territory's address, `current` is the slug that stands out.

    Empty when no territory has a place.
    """
    placed = [item for item in content.territories() if item.geo is not None]
    if not placed:
        return ""
    outline = content.settings.outline
    home = [item for item in placed if not outline or _is_near(item, outline)] or placed
    away = [item for item in placed if item not in home]
    frame, height = _frame([point for ring in outline for point in ring] or [_point(item) for item in home])
    height = max(height, _MARGIN + len(away) * (_INSET + 8))
    title, description = translator.gettext(_TITLE), translator.gettext(_DESCRIPTION)
    rings = "".join(f'<path d="{_path(ring, frame)}"/>' for ring in outline)
    points = "".join(_mark(item, frame.place(_point(item)), links, current) for item in home)
    insets = "".join(_inset(item, index, height, links, current) for index, item in enumerate(away))
    return (
        f'<svg class="v-map" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="group" aria-label="{escape(title)}">'
        f"<desc>{escape(description)}</desc>"
        f'<g class="v-map__land">{rings}</g><g class="v-map__points">{points}{insets}</g></svg>'
    )


def _point(territory: Territory) -> Point:
    if territory.geo is None:
        raise ValueError(territory.slug)
    return (territory.geo.lon, territory.geo.lat)


def _is_near(territory: Territory, outline: Sequence[Sequence[Point]]) -> bool:
    lon, lat = _point(territory)
    lons = [point[0] for ring in outline for point in ring]
    lats = [point[1] for ring in outline for point in ring]
    return (
        min(lons) - _FAR_DEGREES <= lon <= max(lons) + _FAR_DEGREES
        and min(lats) - _FAR_DEGREES <= lat <= max(lats) + _FAR_DEGREES
    )


def _frame(points: Sequence[Point]) -> tuple[_Frame, float]:
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    shrink = cos(radians((min(lats) + max(lats)) / 2))
    wide, tall = max((max(lons) - min(lons)) * shrink, 0.5), max(max(lats) - min(lats), 0.5)
    scale = min((WIDTH - 2 * _MARGIN) / wide, 460 / tall)
    lon = min(lons) - ((WIDTH - 2 * _MARGIN) / scale - wide) / 2 / shrink
    return _Frame(lon, max(lats), scale, shrink), tall * scale + 2 * _MARGIN


def _path(ring: Sequence[Point], frame: _Frame) -> str:
    steps = [f"{x:.1f} {y:.1f}" for x, y in map(frame.place, ring)]
    return "M" + "L".join(steps) + "Z"


def _mark(territory: Territory, at: Point, links: Mapping[str, str], current: str | None) -> str:
    x, y = at
    kind = "v-map__point v-map__point--" + territory.territory_kind
    state = ' aria-current="page"' if territory.slug == current else ""
    anchor, shift = ("end", -11) if x > WIDTH * 0.72 else ("start", 11)
    # Places inside another one are points without words, or labels would cover each other; the link names them.
    words = (
        ""
        if territory.parent
        else f'<text x="{x + shift:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">{escape(_short(territory.title))}</text>'
    )
    radius = 4.5 if territory.parent else 7
    return (
        f'<a href="{escape(links[territory.slug])}" class="{kind}"{state} aria-label="{escape(territory.title)}">'
        f"<title>{escape(territory.title)}</title>"
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>{words}</a>'
    )


def _short(title: str) -> str:
    return title.partition(" (")[0]


def _inset(
    territory: Territory, index: int, height: float, links: Mapping[str, str], current: str | None
) -> str:
    """A box of its own for a place far from the others, at the drawing's lower left."""
    top = height - (index + 1) * (_INSET + 8)
    box = f'<rect class="v-map__inset" x="6" y="{top:.1f}" width="{_INSET + 30:.0f}" height="{_INSET:.0f}" rx="8"/>'
    return box + _mark(territory, (30.0, top + _INSET / 2), links, current)
