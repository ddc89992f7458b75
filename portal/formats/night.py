"""The night ground and its lights as plain colours, for what understands no `color-mix`: cards, posters, PDF."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TypeAlias

from portal.formats.theme import DARK_GROUND, darkened, lightened
from portal.settings import Colours

Lab: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True)
class Night:
    """The colours of the night, as `#rrggbb`: those of `--v-night…`, the ember on paper, the corner that the fire lights."""

    ground: str
    deep: str
    ink: str
    soft: str
    glow: str
    ember: str
    corner: str


def night(colours: Colours) -> Night:
    """The night that a company's colours make."""
    glow = mixed(lightened(colours.accent, DARK_GROUND, 4.9), 0.72, "#ffe3bd")
    deep = mixed(colours.primary, 0.26, "#090e11")
    return Night(
        ground=mixed(colours.primary, 0.46, "#0a1013"),
        deep=deep,
        ink="#f7f1e5",
        soft="#d3d2c8",
        glow=glow,
        ember=mixed(darkened(colours.accent, "#ffffff", 4.6), 0.88, "#000000"),
        corner=mixed(glow, 0.32, deep),
    )


def night_stylesheet(colours: Colours) -> str:
    """The night as CSS custom properties."""
    values = asdict(night(colours)).items()
    return ":root{" + ";".join(f"--v-n-{name}:{value}" for name, value in values) + "}\n"


def mixed(one: str, share: float, other: str) -> str:
    """`color-mix(in oklab, one share, other)` of CSS Color 5 § 3, for opaque `#rrggbb`; `share` is 0–1."""
    mix = [a * share + b * (1 - share) for a, b in zip(_lab(one), _lab(other), strict=True)]
    return _hexadecimal((mix[0], mix[1], mix[2]))


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, 0–255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _lab(colour: str) -> Lab:
    """Oklab of an sRGB colour (CSS Color 4 § 18, sample code)."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hexadecimal(lab: Lab) -> str:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * min(max(_encoded(channel), 0), 1)):02x}" for channel in linear)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)
