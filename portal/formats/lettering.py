"""Text as pixels, with the typefaces that ship with the program: measured, broken into lines, drawn as a mask.

The typefaces are read as the catalogue of words is: they are part of the program, whatever the company.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Face = Literal["serif", "serif_bold", "sans", "sans_bold"]

_FILES: dict[Face, tuple[str, str]] = {
    "serif": ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    "serif_bold": ("font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
    "sans": ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    "sans_bold": ("font_source_sans_pro", "SourceSansPro-Semibold.otf"),
}

# Source Serif has no narrow no-break space: the wide one stands for it, and holds as well.
_DRAWN = str.maketrans({"\u202f": "\u00a0"})


@cache
def _bytes(face: Face) -> bytes:
    package, name = _FILES[face]
    return resources.files(package).joinpath("files", name).read_bytes()


@cache
def font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    """A typeface at `size` pixels; laid out without the system's libraries, so that all machines draw the same."""
    return ImageFont.truetype(BytesIO(_bytes(face)), size, layout_engine=ImageFont.Layout.BASIC)


def width(text: str, face: Face, size: int) -> float:
    """How wide a line is, in pixels."""
    return font(face, size).getlength(text.translate(_DRAWN))


def lines(text: str, face: Face, size: int, max_width: int, most: int) -> tuple[str, ...] | None:
    """The text in lines of at most `max_width` pixels, of about the same width; None when `most` aren't enough.

    Only ordinary spaces break: a no-break space keeps « : » beside its word.
    """
    words = [(word, width(word, face, size)) for word in text.split(" ") if word]
    space = width(" ", face, size)
    found = _filled(words, space, max_width)
    if len(found) > most or any(length > max_width for _, length in words):
        return None
    narrowest, widest = 0, max_width
    while widest - narrowest > 4:
        middle = (narrowest + widest) // 2
        tried = _filled(words, space, middle)
        if len(tried) > len(found) or any(length > middle for _, length in words):
            narrowest = middle
        else:
            widest = middle
    return _filled(words, space, widest)


def _filled(words: list[tuple[str, float]], space: float, max_width: float) -> tuple[str, ...]:
    found: list[list[str]] = []
    reached = 0.0
    for word, length in words:
        if found and reached + space + length <= max_width:
            found[-1].append(word)
            reached += space + length
        else:
            found.append([word])
            reached = length
    return tuple(" ".join(line) for line in found)


def fitted(text: str, face: Face, sizes: range, max_width: int, most: int) -> tuple[int, tuple[str, ...]]:
    """The first of `sizes` at which the text holds in `most` lines, and its lines; at the last it is cut, with “…”."""
    for size in sizes:
        if (found := lines(text, face, size, max_width, most)) is not None:
            return size, found
    size = sizes[-1]
    words = text.split(" ")
    while len(words) > 1:
        words.pop()
        if (found := lines(" ".join(words).rstrip(" ,;:.") + "…", face, size, max_width, most)) is not None:
            return size, found
    return size, (words[0],)


def mask(text: str, face: Face, size: int) -> tuple[Image.Image, int]:
    """A line as the coverage of its pixels (mode L), and where its baseline is below the mask's top."""
    drawn, used = text.translate(_DRAWN), font(face, size)
    ascent, descent = used.getmetrics()
    made = Image.new("L", (max(1, round(used.getlength(drawn)) + size // 8), ascent + descent))
    ImageDraw.Draw(made).text((0, 0), drawn, 255, used)
    return made, ascent
