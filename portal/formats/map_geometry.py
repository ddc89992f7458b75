"""The geometry of the map: degrees projected onto a drawing, and which places are near enough to share one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

_FAR_DEGREES = 4.0

Point = tuple[float, float]
"""(longitude, latitude) in degrees, or (x, y) in the drawing."""

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
class Frame:
    """A projection of degrees onto a box of the drawing (equirectangular, true at its middle latitude)."""

    lon: float
    lat: float
    scale: float
    shrink: float
    left: float
    top: float

    @classmethod
    def fit(cls, points: Iterable[Point], box: Box) -> tuple[Frame, float]:
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


def clusters(points: Sequence[Point], outline: Sequence[Ring]) -> list[tuple[list[Ring], list[int]]]:
    """The land with most points first, then each group far from it: rings of the outline, and the points' indexes."""
    lands = [_bounds(ring) for ring in outline]
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
        ([outline[ring] for ring in sorted(rings)], group)
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


def path_of(ring: Ring, frame: Frame) -> str:
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
