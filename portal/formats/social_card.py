"""The picture that a message or a social network shows beside a link: words on the night ground, in the company's colours.

PNG of 1200 × 630 pixels, the same bytes for the same words: nothing is fetched, nothing depends on the machine.
A card is drawn in the numbers of one palette from the first stroke: no picture of 16 million colours is made and
reduced, which took six times as long. Measures: docs/supports.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import chain
from struct import pack
from typing import Literal
from zlib import crc32

from deflate import zlib_compress
from PIL import Image, UnidentifiedImageError

from portal.formats.lettering import Face, fitted, mask, width
from portal.formats.night import Night, channels, mixed

WIDTH, HEIGHT = 1200, 630

DESIGN = 1
"""Changes when the drawing does: cards kept from before are then drawn again."""

Tone = Literal["ink", "soft", "glow"]

_MARGIN = 72
_TOP = 142
_BOTTOM = HEIGHT - 62
_SHADES = 20
_GROUND_COLOURS = 120
_LOGO_COLOURS = 56
_LOGO_HEIGHT = 44
_SEEN = [255 if coverage > 8 else 0 for coverage in range(256)]


@dataclass(frozen=True)
class Card:
    """What a card says, typeset: a line above, a title and its lead; a figure or a date large; a line below."""

    eyebrow: str
    title: str
    lead: str = ""
    figure: str = ""
    unit: str = ""
    note: str = ""
    day: tuple[str, str, str] | None = None
    """Weekday, day of the month, month."""


@dataclass(frozen=True)
class Style:
    """What all cards of a site share: its colours, its name and, as the bytes of a PNG file, its logo."""

    night: Night
    name: str
    logo: bytes = b""


def draw(card: Card, style: Style) -> bytes:
    """The card as a PNG file."""
    sheet = _Sheet(style)
    left = _MARGIN
    if card.day:
        left = _day(sheet, card.day)
    sheet.write(card.eyebrow, Pen("sans_bold", 27, "glow"), (left, 106), WIDTH - left - _MARGIN)
    room = WIDTH - left - _MARGIN
    size, title = fitted(card.title, "serif", range(74, 43, -3), room, 2 if card.lead else 3)
    lead = fitted(card.lead, "sans", range(34, 33, -1), room - 60, 3)[1] if card.lead else ()
    step = round(size * 1.16)
    high = step * len(title) + (30 + 46 * len(lead) if lead else 0)
    free = _BOTTOM - (160 if card.figure else 64) - _TOP - high
    at = _TOP + round(size * 0.86) + max(0, free) // 2
    for line in title:
        sheet.write(line, Pen("serif", size, "ink"), (left, at))
        at += step
    for number, line in enumerate(lead):
        sheet.write(line, Pen("sans", 34, "soft"), (left, at + 8 + 46 * number))
    if card.figure:
        _figure(sheet, card, left)
    elif card.note:
        _note(sheet, card.note, left)
    _name(sheet, style)
    return sheet.png()


def _day(sheet: _Sheet, day: tuple[str, str, str]) -> int:
    """A date as a leaf of a calendar, at the left; gives where the words begin."""
    weekday, number, month = day
    wide, top = 236, 214
    centre = _MARGIN + wide // 2
    sheet.centre(weekday, Pen("sans_bold", 30, "soft"), (centre, top))
    sheet.centre(number, Pen("serif", 190, "glow"), (centre, top + 158))
    sheet.centre(month, Pen("sans_bold", 30, "soft"), (centre, top + 216))
    sheet.rule(_MARGIN + wide + 26, 96, _BOTTOM - 96)
    return _MARGIN + wide + 66


def _figure(sheet: _Sheet, card: Card, left: int) -> None:
    room = WIDTH - 2 * _MARGIN - 330
    size = next((size for size in range(92, 51, -4) if width(card.figure, "serif", size) <= room), 52)
    end = sheet.write(card.figure, Pen("serif", size, "glow"), (left, _BOTTOM - 52), room)
    if card.unit:
        sheet.write(
            card.unit, Pen("sans_bold", 30, "soft"), (end + 14, _BOTTOM - 52), WIDTH - _MARGIN - end - 14
        )
    _note(sheet, card.note, left)


def _note(sheet: _Sheet, text: str, left: int) -> None:
    sheet.write(text, Pen("sans", 28, "soft"), (left, _BOTTOM), WIDTH - left - _MARGIN - 280)


def _name(sheet: _Sheet, style: Style) -> None:
    """The company's logo where it is a picture that can be drawn, or else the portal's name."""
    logo = _logo(style.logo)
    if logo is not None:
        sheet.show(logo, WIDTH - _MARGIN - logo.width, _BOTTOM + 8 - logo.height)
        return
    size = 34
    while width(style.name, "serif", size) > 250 and size > 18:
        size -= 2
    at = WIDTH - _MARGIN - min(round(width(style.name, "serif", size)), 260)
    sheet.write(style.name, Pen("serif", size, "ink"), (at, _BOTTOM), 262)


@dataclass(frozen=True)
class Pen:
    """How a line is written: its typeface, its size in pixels, its tone."""

    face: Face
    size: int
    tone: Tone


class _Sheet:
    """The card being drawn: numbers of the palette, one byte a pixel."""

    def __init__(self, style: Style) -> None:
        ground, palette = _ground(style.night)
        self._pixels = ground.copy()
        self._palette = list(palette)
        self._first = {
            "ink": _GROUND_COLOURS,
            "soft": _GROUND_COLOURS + _SHADES,
            "glow": _GROUND_COLOURS + 2 * _SHADES,
        }

    def write(self, text: str, pen: Pen, at: tuple[int, int], room: int = WIDTH) -> int:
        """One line from `at` (x, baseline), cut with “…” when it is wider than `room`; gives where it ends."""
        if width(text, pen.face, pen.size) > room:
            text = fitted(text, pen.face, range(pen.size, pen.size - 1, -1), room, 1)[1][0]
        made, ascent = mask(text, pen.face, pen.size)
        first, last = self._first[pen.tone], _SHADES - 1
        shades = made.point([first + round(coverage * last / 255) for coverage in range(256)])
        self._pixels.paste(shades, (at[0], at[1] - ascent), made.point(_SEEN))
        return at[0] + round(width(text, pen.face, pen.size))

    def centre(self, text: str, pen: Pen, at: tuple[int, int]) -> None:
        """One line, its middle at `at`."""
        self.write(text, pen, (at[0] - round(width(text, pen.face, pen.size) / 2), at[1]))

    def rule(self, x: int, top: int, bottom: int) -> None:
        """A thin upright line."""
        self._pixels.paste(self._first["glow"] + _SHADES // 3, (x, top, x + 2, bottom))

    def show(self, logo: Image.Image, x: int, y: int) -> None:
        """A picture with its transparency, in colours of its own."""
        on = Image.new("RGB", logo.size, tuple(self._palette[self._first["ink"] * 3 :][:3]))
        on.paste(logo, mask=logo.getchannel("A"))
        small = on.quantize(_LOGO_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        first = _GROUND_COLOURS + 3 * _SHADES
        self._palette[first * 3 :] = small.getpalette() or []
        numbers = Image.frombytes("L", small.size, bytes(first + number for number in small.tobytes()))
        self._pixels.paste(numbers, (x, y), logo.getchannel("A").point(_SEEN))

    def png(self) -> bytes:
        """The file (PNG, W3C 2025 § 11): one byte a pixel, rows as they are, no date and no text inside."""
        raw = self._pixels.tobytes()
        rows = b"".join(b"\0" + raw[at : at + WIDTH] for at in range(0, len(raw), WIDTH))
        head = pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
        parts = {
            b"IHDR": head,
            b"PLTE": bytes(self._palette[:768]),
            b"IDAT": bytes(zlib_compress(rows, 6)),
            b"IEND": b"",
        }
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))
            for kind, data in parts.items()
        )


@lru_cache(maxsize=4)
def _ground(night: Night) -> tuple[Image.Image, tuple[int, ...]]:
    """The night with the fire's light from the corner, as numbers; the palette: its colours, then each tone's shades."""
    upright = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    made = Image.composite(
        Image.new("RGB", (WIDTH, HEIGHT), night.deep),
        Image.new("RGB", (WIDTH, HEIGHT), night.ground),
        upright,
    )
    light = Image.radial_gradient("L").point([max(0, round(112 - value * 0.62)) for value in range(256)])
    halo = Image.new("L", (WIDTH, HEIGHT))
    halo.paste(light.resize((1120, 860)), (WIDTH - 480, HEIGHT - 380))
    made.paste(
        Image.new("RGB", (WIDTH, HEIGHT), night.glow), mask=halo.point([round(v * 0.85) for v in range(256)])
    )
    reduced = made.quantize(_GROUND_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colours = (reduced.getpalette() or [])[: _GROUND_COLOURS * 3]
    colours += [0] * (_GROUND_COLOURS * 3 - len(colours))
    under = channels(mixed(night.ground, 0.5, night.deep))
    for tone in (night.ink, night.soft, night.glow):
        colours += chain.from_iterable(_shades(under, channels(tone)))
    return Image.frombytes("L", reduced.size, reduced.tobytes()), tuple(colours)


def _shades(one: tuple[int, ...], other: tuple[int, ...]) -> list[tuple[int, ...]]:
    last = _SHADES - 1
    return [
        tuple(round(a + (b - a) * step / last) for a, b in zip(one, other, strict=True))
        for step in range(_SHADES)
    ]


@lru_cache(maxsize=4)
def _logo(content: bytes) -> Image.Image | None:
    """The logo at its height on a card; None where there is none, or none that Pillow reads."""
    if not content:
        return None
    try:
        with Image.open(BytesIO(content)) as found:
            made = found.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    wide = min(240, max(1, round(made.width * _LOGO_HEIGHT / made.height)))
    return made.resize((wide, max(1, round(wide * made.height / made.width))), Image.Resampling.LANCZOS)
