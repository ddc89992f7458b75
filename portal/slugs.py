"""Slugs (file names and addresses) and the folded forms that names are compared by."""

from __future__ import annotations

import re
import unicodedata

MAX_SLUG_BYTES = 100

# Windows refuses these names for files, whatever their extension; `index` is the address of a listing.
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "index", "readme", "new", "page"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l"}
)
_SYMBOLS = {"+": " plus ", "#": " sharp ", "&": " et ", "@": " a ", "€": " euro "}


def is_slug(text: str) -> bool:
    """Whether `text` can name a record: lower-case ASCII words and hyphens, ≤ 100 bytes, not reserved."""
    return len(text) <= MAX_SLUG_BYTES and _SLUG.fullmatch(text) is not None and text not in RESERVED


def fold(text: str) -> str:
    """`text` without accents, case or ligatures, to compare names (« Électricité » = « electricite »)."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def fold_name(text: str) -> str:
    """A name without spaces or punctuation: `Node.js` and `node-js` are one; `C`, `C#`, `C++` are three."""
    folded = fold(text)
    for symbol in "+#":
        folded = folded.replace(symbol, _SYMBOLS[symbol].strip())
    return "".join(char for char in folded if char.isalnum())


def slugify(text: str, fallback: str = "sans-titre") -> str:
    """A valid slug for any `text` at all; `fallback` when nothing of it can be written in ASCII."""
    folded = fold(text)
    for symbol, word in _SYMBOLS.items():
        folded = folded.replace(symbol, word)
    words = re.findall(r"[a-z0-9]+", folded.replace("'", " ").replace("’", " "))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_SLUG_BYTES]
        if len(longer) > MAX_SLUG_BYTES:
            break
        slug = longer
    if not slug:
        return fallback
    return f"{slug}-1" if slug in RESERVED else slug
