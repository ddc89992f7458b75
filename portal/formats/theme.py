"""The company's colours as CSS custom properties, derived so that text stays readable in light and dark."""

from __future__ import annotations

import colorsys

from portal.settings import Colours, contrast

DARK_GROUND = "#161b1f"


def stylesheet(colours: Colours) -> str:
    """Custom properties for both schemes; `--v-primary` reads on white, `--v-primary-on-dark` on the dark ground."""
    on_dark = lightened(colours.primary, DARK_GROUND, 4.9)
    accent_text = darkened(colours.accent, "#ffffff", 4.6)
    accent_dark = lightened(colours.accent, DARK_GROUND, 4.9)
    return (
        ":root{"
        f"--v-primary:{colours.primary};--v-primary-on-dark:{on_dark};"
        f"--v-accent:{colours.accent};--v-accent-text:{accent_text};--v-accent-on-dark:{accent_dark}"
        "}\n"
    )


def lightened(colour: str, ground: str, ratio: float) -> str:
    """`colour` made lighter, in its own hue, until it reads on a dark `ground` with that contrast."""
    return _shifted(colour, ground, ratio, 0.02)


def darkened(colour: str, ground: str, ratio: float) -> str:
    """`colour` made darker, in its own hue, until it reads on a light `ground` with that contrast."""
    return _shifted(colour, ground, ratio, -0.02)


def _shifted(colour: str, ground: str, ratio: float, step: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    while contrast(colour, ground) < ratio and 0 <= lightness <= 1:
        lightness += step
        rgb = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in rgb)
    return colour
