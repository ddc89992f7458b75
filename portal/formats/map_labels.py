"""Points and words on the map: none hides another. Points move apart, words turn around them or are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import atan2, cos, hypot, pi, sin

from portal.formats.map_geometry import Box, Point
from portal.records import Territory

_APART = 19.0
_MAX_LABELS = 60


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

    @property
    def is_moved(self) -> bool:
        """Whether it stands away from its true place."""
        return hypot(self.x - self.true[0], self.y - self.true[1]) > _APART / 2


def first_mark(territory: Territory, at: Point) -> Mark:
    """A territory at its true place: a small point inside another one, a larger one by itself."""
    return Mark(territory, at[0], at[1], at, 5.0 if territory.parent else 7.5)


def spread(marks: Sequence[Mark]) -> list[Mark]:
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


def labelled(
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


def short_title(territory: Territory) -> str:
    """A territory's title without what stands between brackets."""
    return territory.title.partition(" (")[0]


def _label(mark: Mark, size: float, canvas: Box, taken: Sequence[Box]) -> Label | None:
    for lines in _wrapped(short_title(mark.territory)):
        for label in _places(mark, lines, size, canvas):
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


def _places(mark: Mark, lines: tuple[str, ...], size: float, canvas: Box) -> Iterator[Label]:
    """Where the words could stand, the best place first."""
    wide = max(map(len, lines)) * size * 0.53
    tall = len(lines) * size * 1.15
    gap = mark.radius + 5
    right, left = (mark.x + gap, "start", mark.x + gap), (mark.x - gap, "end", mark.x - gap - wide)
    middle = (mark.x, "middle", mark.x - wide / 2)
    sides = (left, right) if mark.x > canvas.right * 0.62 else (right, left)
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
