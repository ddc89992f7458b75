"""Characters that make a text be read as something else than it is."""

from __future__ import annotations

import re

# Unicode's explicit directional controls and invisible separators can make a title read as something else (UTS 39).
UNSAFE_CHARS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
