"""The territories on a map, drawn as inline SVG: no tile, no request. Far places get insets of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from portal.content import Content
from portal.formats.map_geometry import Box, Frame, Point, Ring, clusters, path_of
from portal.formats.map_labels import Label, Mark, first_mark, labelled, short_title, spread
from portal.labels import LABELS
from portal.language import Translator
from portal.problems import N_
from portal.records import Territory

WIDTH = 460.0
"""The drawing's width in its own units; its height follows the land."""

_MARGIN = 28.0
_LAND = 372.0
_INSET = 108.0
_MAX_OTHERS = 40

_TITLE = N_("Map of the territories")
_DESCRIPTION = N_("Each point is a territory; the same territories are listed beside the map.")


@dataclass(frozen=True)
class Drawing:
    """What the map shows, laid out: land, marks, and the boxes of far places with their names."""

    height: float
    land: tuple[str, ...]
    marks: tuple[Mark, ...]
    insets: tuple[tuple[Box, str], ...]


def draw_map(
    content: Content, links: Mapping[str, str], translator: Translator, current: str | None = None
) -> str:
    """One SVG element; `links` gives each territory's address, `current` is the slug that stands out.

    With a `current` territory only its own family and the largest others are drawn. Empty when no territory has a
    place.
    """
    drawing = lay_out(content, current)
    if drawing is None:
        return ""
    title, description = translator.gettext(_TITLE), translator.gettext(_DESCRIPTION)
    rings = "".join(f'<path d="{path}"/>' for path in drawing.land)
    insets = "".join(_inset(box, words) for box, words in drawing.insets)
    leads = "".join(map(_lead, drawing.marks))
    marks = "".join(_mark(mark, links, translator, current) for mark in drawing.marks)
    kind = "v-map v-map--one" if current else "v-map"
    return (
        f'<svg class="{kind}" viewBox="0 0 {WIDTH:.0f} {drawing.height:.0f}" role="group" aria-label="{escape(title)}">'
        f"<desc>{escape(description)}</desc>"
        f'<g class="v-map__insets">{insets}</g>'
        f'<g class="v-map__land" aria-hidden="true">{rings}</g><g class="v-map__points">{leads}{marks}</g></svg>'
    )


def lay_out(content: Content, current: str | None = None) -> Drawing | None:
    """Where everything goes; None when no territory has a place."""
    placed = list(_shown(content, current))
    if not placed:
        return None
    outline: Sequence[Ring] = content.settings.outline
    groups = [
        (rings, [placed[index] for index in members])
        for rings, members in clusters([_point(item) for item in placed], outline)
    ]
    (rings, home), away = groups[0], groups[1:]
    room = _INSET + 2 if away else 0.0
    box = Box(_MARGIN + room * 0.45, _MARGIN, WIDTH - _MARGIN, _MARGIN + _LAND)
    frame, tall = Frame.fit([*(p for ring in rings for p in ring), *map(_point, home)], box)
    height = max(tall + 2 * _MARGIN, len(away) * (_INSET + 8) + 8)
    marks = [first_mark(item, frame.place(_point(item))) for item in home]
    land = [path_of(ring, frame) for ring in rings]
    insets: list[tuple[Box, str]] = []
    for index, (shapes, items) in enumerate(away):
        top = height - (index + 1) * (_INSET + 8)
        inset = Box(4, top, 4 + _INSET, top + _INSET)
        inner = Box(inset.left + 18, inset.top + 14, inset.right - 18, inset.bottom - 32)
        far, _ = Frame.fit([*(p for ring in shapes for p in ring), *map(_point, items)], inner)
        land += [path_of(ring, far) for ring in shapes]
        marks += [first_mark(item, far.place(_point(item))) for item in items]
        insets.append((inset, short_title(items[0])))
    named = frozenset(items[0].slug for _, items in away)
    canvas = Box(2, 2, WIDTH - 2, height - 2)
    return Drawing(
        height,
        tuple(land),
        labelled(spread(marks), canvas, [box for box, _ in insets], named, current),
        tuple(insets),
    )


def _shown(content: Content, current: str | None) -> Iterator[Territory]:
    """Territories with a place, the largest first; around one of them, its family and the largest others only."""
    placed = [item for item in content.territories() if item.geo is not None]
    placed.sort(
        key=lambda item: (content.territory(item.parent) is not None, -(item.headcount or 0), item.slug)
    )
    here = content.territory(current)
    if here is None:
        yield from placed
        return
    top = [here, *content.ancestors(here)][-1]
    others = 0
    for item in placed:
        if content.is_inside(item.slug, top):
            yield item
        elif content.territory(item.parent) is None and others < _MAX_OTHERS:
            others += 1
            yield item


def _point(territory: Territory) -> Point:
    if territory.geo is None:
        raise ValueError(territory.slug)
    return (territory.geo.lon, territory.geo.lat)


def _mark(mark: Mark, links: Mapping[str, str], translator: Translator, current: str | None) -> str:
    territory = mark.territory
    state = ' aria-current="page"' if territory.slug == current else ""
    phase = translator.gettext(LABELS["accompaniment"][territory.phase])
    classes = f"v-map__point v-map__point--{territory.territory_kind} v-map__point--{territory.phase}"
    at = f'cx="{mark.x:.1f}" cy="{mark.y:.1f}"'
    return (
        f'<a href="{escape(links[territory.slug])}" class="{classes}"{state} '
        f'aria-label="{escape(territory.title)} ({escape(phase)})">'
        f"<title>{escape(territory.title)} ({escape(phase)})</title>"
        f'<circle class="v-map__hit" {at} r="13"/><circle class="v-map__dot" {at} r="{mark.radius}"/>'
        f"{_words(mark.label) if mark.label else ''}</a>"
    )


def _lead(mark: Mark) -> str:
    """A line from a point that was moved to its true place."""
    if not mark.is_moved:
        return ""
    return f'<path class="v-map__lead" d="M{mark.true[0]:.1f} {mark.true[1]:.1f}L{mark.x:.1f} {mark.y:.1f}"/>'


def _words(label: Label) -> str:
    lines = "".join(
        f'<tspan x="{label.x:.1f}" y="{label.y + index * label.size * 1.15:.1f}">{escape(line)}</tspan>'
        for index, line in enumerate(label.lines)
    )
    return f'<text font-size="{label.size:.0f}" text-anchor="{label.anchor}">{lines}</text>'


def _inset(box: Box, words: str) -> str:
    """A frame of its own for a place far from the others, with its name at the foot."""
    wide, tall = box.right - box.left, box.bottom - box.top
    return (
        f'<rect class="v-map__inset" x="{box.left:.1f}" y="{box.top:.1f}" width="{wide:.0f}" height="{tall:.0f}" rx="12"/>'
        f'<text class="v-map__name" aria-hidden="true" font-size="15" text-anchor="middle" '
        f'x="{(box.left + box.right) / 2:.1f}" y="{box.bottom - 11:.1f}">{escape(words)}</text>'
    )
