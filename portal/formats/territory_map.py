"""The territories on a map, drawn as inline SVG: no tile, no request. Far places get insets of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise, product
from math import atan2, cos, hypot, pi, radians, sin

from portal.content import Content
from portal.labels import LABELS
from portal.language import Translator
from portal.problems import N_
from portal.records import Territory

WIDTH = 460.0
"""The drawing's width in its own units; its height follows the land."""

_MARGIN = 28.0
_LAND = 372.0
_FAR_DEGREES = 4.0
_INSET = 108.0
_APART = 19.0
_MAX_OTHERS = 40
_MAX_LABELS = 60

_TITLE = N_("Map of the territories")
_DESCRIPTION = N_("Each point is a territory; the same territories are listed beside the map.")

Point = tuple[float, float]
Ring = Sequence[Point]


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether both cover a common area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether `other` lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True)
class Label:
    """Words beside a point: lines of text, where the first begins, and the room that they take."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    size: float
    box: Box


@dataclass(frozen=True)
class Mark:
    """A territory on the drawing: where its point is, where it should have been, and its words if they fit."""

    territory: Territory
    x: float
    y: float
    true: Point
    radius: float
    label: Label | None = None


@dataclass(frozen=True)
class _Frame:
    """A projection of degrees onto a box of the drawing (equirectangular, true at its middle latitude)."""

    lon: float
    lat: float
    scale: float
    shrink: float
    left: float
    top: float

    @classmethod
    def fit(cls, points: Iterable[Point], box: Box) -> tuple[_Frame, float]:
        """The projection that centres `points` in the width of `box`, and the height that they take."""
        points = list(points)
        lons, lats = [point[0] for point in points], [point[1] for point in points]
        shrink = cos(radians((min(lats) + max(lats)) / 2))
        wide, tall = max((max(lons) - min(lons)) * shrink, 0.3), max(max(lats) - min(lats), 0.3)
        scale = min((box.right - box.left) / wide, (box.bottom - box.top) / tall)
        left = box.left + (box.right - box.left - (max(lons) - min(lons)) * shrink * scale) / 2
        return cls(min(lons), max(lats), scale, shrink, left, box.top), (max(lats) - min(lats)) * scale

    def place(self, point: Point) -> Point:
        """(longitude, latitude) → (x, y) in the drawing."""
        return (
            self.left + (point[0] - self.lon) * self.shrink * self.scale,
            self.top + (self.lat - point[1]) * self.scale,
        )


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
    clusters = _clusters(placed, outline)
    (rings, home), away = clusters[0], clusters[1:]
    room = _INSET + 2 if away else 0.0
    box = Box(_MARGIN + room * 0.45, _MARGIN, WIDTH - _MARGIN, _MARGIN + _LAND)
    frame, tall = _Frame.fit([*(p for ring in rings for p in ring), *map(_point, home)], box)
    height = max(tall + 2 * _MARGIN, len(away) * (_INSET + 8) + 8)
    marks = [_first_mark(item, frame.place(_point(item))) for item in home]
    land = [_path(ring, frame) for ring in rings]
    insets: list[tuple[Box, str]] = []
    for index, (shapes, items) in enumerate(away):
        top = height - (index + 1) * (_INSET + 8)
        inset = Box(4, top, 4 + _INSET, top + _INSET)
        inner = Box(inset.left + 18, inset.top + 14, inset.right - 18, inset.bottom - 32)
        far, _ = _Frame.fit([*(p for ring in shapes for p in ring), *map(_point, items)], inner)
        land += [_path(ring, far) for ring in shapes]
        marks += [_first_mark(item, far.place(_point(item))) for item in items]
        insets.append((inset, _short(items[0].title)))
    named = frozenset(items[0].slug for _, items in away)
    canvas = Box(2, 2, WIDTH - 2, height - 2)
    spread = _spread(marks)
    return Drawing(
        height,
        tuple(land),
        _labelled(spread, canvas, [box for box, _ in insets], named, current),
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


def _clusters(
    placed: Sequence[Territory], outline: Sequence[Ring]
) -> list[tuple[list[Ring], list[Territory]]]:
    """The land with most territories first, then each place far from it, with the rings of the outline near it."""
    lands = [_bounds(ring) for ring in outline]
    points = [_point(item) for item in placed]
    groups: list[list[int]] = []
    for here, point in enumerate(points):
        near = [any(_close(point, points[there], lands) for there in group) for group in groups]
        joined = sorted(
            [
                here,
                *(index for group, is_near in zip(groups, near, strict=True) if is_near for index in group),
            ]
        )
        groups = [group for group, is_near in zip(groups, near, strict=True) if not is_near] + [joined]
    groups.sort(key=len, reverse=True)
    far = [
        {ring for ring, land in enumerate(lands) if any(_touches(land, points[i]) for i in group)}
        for group in groups[1:]
    ]
    home = set(range(len(outline))) - {ring for rings in far for ring in rings}
    return [
        ([outline[ring] for ring in sorted(rings)], [placed[index] for index in group])
        for rings, group in zip([home, *far], groups, strict=True)
    ]


def _bounds(ring: Ring) -> Box:
    """A ring's extent, west to east and south to north."""
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    return Box(min(lons), min(lats), max(lons), max(lats))


def _touches(land: Box, point: Point) -> bool:
    return (
        land.left - _FAR_DEGREES <= point[0] <= land.right + _FAR_DEGREES
        and land.top - _FAR_DEGREES <= point[1] <= land.bottom + _FAR_DEGREES
    )


def _close(one: Point, other: Point, lands: Sequence[Box]) -> bool:
    """Whether two places belong to one drawing: on the same land, or a few degrees apart."""
    if hypot(one[0] - other[0], one[1] - other[1]) <= 2 * _FAR_DEGREES:
        return True
    return any(_touches(land, one) and _touches(land, other) for land in lands)


def _point(territory: Territory) -> Point:
    if territory.geo is None:
        raise ValueError(territory.slug)
    return (territory.geo.lon, territory.geo.lat)


def _path(ring: Ring, frame: _Frame) -> str:
    """A closed curve through the middles of a ring's sides: a coast drawn with few points stays soft."""
    corners = [frame.place(point) for point in ring]
    if corners[0] == corners[-1]:
        corners.pop()
    middles = [
        ((x + next_x) / 2, (y + next_y) / 2) for (x, y), (next_x, next_y) in pairwise([*corners, corners[0]])
    ]
    bends = (
        f"Q{x:.1f} {y:.1f} {to_x:.1f} {to_y:.1f}"
        for (x, y), (to_x, to_y) in zip(corners, middles, strict=True)
    )
    return f"M{middles[-1][0]:.1f} {middles[-1][1]:.1f}{''.join(bends)}Z"


def _short(title: str) -> str:
    return title.partition(" (")[0]


# --- points that would hide each other are moved apart -------------------------------------------------------------


def _first_mark(territory: Territory, at: Point) -> Mark:
    return Mark(territory, at[0], at[1], at, 5.0 if territory.parent else 7.5)


def _spread(marks: Sequence[Mark]) -> list[Mark]:
    """The marks in their order, each pushed onto a small orbit when an earlier one stands too near."""
    done: list[Mark] = []
    for mark in marks:
        crowded = [other for other in done if hypot(other.x - mark.x, other.y - mark.y) < _APART]
        done.append(_orbit(mark, crowded[0], done) if crowded else mark)
    return done


def _orbit(mark: Mark, around: Mark, done: Sequence[Mark]) -> Mark:
    """The nearest free place around another point, in the direction of the true place if it can be."""
    bearing = atan2(mark.true[1] - around.true[1], mark.true[0] - around.true[0])
    turns = [turn * pi / 6 * side for turn in range(7) for side in (1, -1)]
    for radius, turn in product((_APART + 1, 1.7 * _APART), turns):
        x, y = around.x + radius * cos(bearing + turn), around.y + radius * sin(bearing + turn)
        if all(hypot(other.x - x, other.y - y) >= _APART for other in done):
            return replace(mark, x=x, y=y)
    return mark


# --- labels that would cover something are turned around their point, or left out -----------------------------------


def _labelled(
    marks: Sequence[Mark], canvas: Box, insets: Sequence[Box], named: frozenset[str], current: str | None
) -> tuple[Mark, ...]:
    """The marks with the words that fit: the current one's first, then the largest places'."""
    taken = [*insets, *(_around(mark) for mark in marks)]
    size = 21.0 if current else 15.0
    order = sorted(range(len(marks)), key=lambda index: marks[index].territory.slug != current)
    found = list(marks)
    for index in order[:_MAX_LABELS]:
        mark = marks[index]
        is_wanted = mark.territory.slug == current if current else True
        if mark.territory.slug in named or not is_wanted:
            continue
        label = _label(mark, size if not mark.territory.parent or current else size - 2, canvas, taken)
        if label is not None:
            taken.append(label.box)
            found[index] = replace(mark, label=label)
    return tuple(found)


def _around(mark: Mark) -> Box:
    reach = mark.radius + 1
    return Box(mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach)


def _label(mark: Mark, size: float, canvas: Box, taken: Sequence[Box]) -> Label | None:
    for lines in _wrapped(_short(mark.territory.title)):
        for label in _places(mark, lines, size):
            if canvas.holds(label.box) and not any(label.box.overlaps(box) for box in taken):
                return label
    return None


def _wrapped(title: str) -> list[tuple[str, ...]]:
    """The title on one line, and on two lines of nearly the same length; the long ones rather on two."""
    words = title.split(" ")
    ways = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    if not ways:
        return [(title,)]
    best = min(ways, key=lambda lines: max(map(len, lines)))
    return [best, (title,)] if len(title) > 16 else [(title,), best]


def _places(mark: Mark, lines: tuple[str, ...], size: float) -> Iterator[Label]:
    """Where the words could stand, the best place first."""
    wide = max(map(len, lines)) * size * 0.53
    tall = len(lines) * size * 1.15
    gap = mark.radius + 5
    right, left = (mark.x + gap, "start", mark.x + gap), (mark.x - gap, "end", mark.x - gap - wide)
    middle = (mark.x, "middle", mark.x - wide / 2)
    sides = (left, right) if mark.x > WIDTH * 0.62 else (right, left)
    beside, above, below = mark.y - tall / 2, mark.y - gap - tall, mark.y + gap
    spots = [
        *product(sides, (beside,)),
        *product((middle,), (above, below)),
        *product(sides, (above + gap, below - gap)),
        *product(sides, (above + gap / 2, below - gap / 2)),
    ]
    for (x, anchor, edge), top in spots:
        box = Box(edge - 1, top, edge + wide + 1, top + tall)
        yield Label(lines, x, top + size * 0.92, anchor, size, box)


# --- SVG ------------------------------------------------------------------------------------------------------------


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
    if hypot(mark.x - mark.true[0], mark.y - mark.true[1]) <= _APART / 2:
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
