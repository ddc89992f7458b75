"""Figures and levels as people write them: « niveau 3 », « 4/5 », « Confirmé », « 41 000 m³ », « 12 → 8 »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from portal.labels import LABELS
from portal.language import LANGUAGES, Translator
from portal.slugs import fold_name

_LEVEL = re.compile(r"(?:(?:niveau|niv\.?|level)\s*:?\s*)?([1-5])(?:\s*(?:/|sur)\s*5)?", re.IGNORECASE)
_TAIL = re.compile(
    r"(?P<name>.+?)[\s:,;(–-]+(?:(?:niveau|niv\.?|level)\s*:?\s*)?(?P<level>[1-5])(?:\s*(?:/|sur)\s*5)?\s*\)?",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?P<number>[-+−]?\d[\d\s'’]*(?:[.,]\d+)?)\s*(?P<unit>.*)", re.DOTALL)
_MAX_DIGITS = 18
_ARROW = re.compile(r"(?P<before>.+?)\s*(?:→|->|=>)\s*(?P<after>.+)")

_SPOKEN: Mapping[str, int] = {
    "debutant": 1, "debutante": 1, "notions": 1, "intermediaire": 3, "moyen": 3, "avance": 4, "avancee": 4,
    "bon": 4, "bonne": 4, "expert": 5, "experte": 5, "beginner": 1, "intermediate": 3, "advanced": 4,
}  # fmt: skip
"""Words of other scales, by their place in ours."""


def read_level(text: str, scale: str) -> tuple[int, bool] | None:
    """A level from 1 to 5, and whether it is said in our own words; `scale` is a group of `LABELS`."""
    if found := _LEVEL.fullmatch(text.strip()):
        return int(found[1]), True
    word = fold_name(text)
    if level := _words(scale).get(word):
        return level, True
    return (spoken, False) if (spoken := _SPOKEN.get(word.removeprefix("niveau"))) else None


def split_level(text: str) -> tuple[str, str] | None:
    """A name and the level that ends it (`Python (3)`, `Python, niveau 3`)."""
    found = _TAIL.fullmatch(text)
    return (found["name"], found["level"]) if found else None


def read_figure(text: str) -> tuple[float, str] | None:
    """A number, and the unit behind it; spaces may part its thousands, a comma or a point its decimals."""
    found = _FIGURE.fullmatch(text.strip())
    if found is None:
        return None
    digits = re.sub(r"[\s'’]", "", found["number"]).replace("−", "-").replace(",", ".")
    return (float(digits), found["unit"].strip()) if len(digits) <= _MAX_DIGITS else None


def split_arrow(text: str) -> tuple[str, str] | None:
    """What stood before, and after (`12 → 8 fuites`)."""
    found = _ARROW.fullmatch(text)
    return (found["before"], found["after"]) if found else None


@cache
def _words(scale: str) -> Mapping[str, int]:
    labels = {int(level): label for level, label in LABELS[scale].items()}
    voices = [Translator(language) for language in LANGUAGES]
    return {fold_name(voice.gettext(label)): level for level, label in labels.items() for voice in voices}
