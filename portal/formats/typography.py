"""French typography on rendered HTML: no-break spaces before high punctuation and inside guillemets.

Rules of the Imprimerie nationale: a narrow no-break space before ; ! ? and a no-break space before : and inside « ».
Only the spaces that an author typed are replaced; nothing is added, so that `12:30` or a code stay as they are.
"""

from __future__ import annotations

import re

_SKIPPED = re.compile(
    r"(<(?:pre|code|script|style|textarea)\b.*?</(?:pre|code|script|style|textarea)>|<[^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_NARROW = re.compile(r"(?<=\S) (?=[;!?]+(?:\s|$|[»)\]<]))")
_WIDE = re.compile(r"(?<=\S) (?=[:»])|(?<=«) (?=\S)")
_UNITS = re.compile(
    r"(?<=\d) (?=(?:%|€|k€|M€|m³|mg|µg|ng|kWh|MWh|km|m|h|bar|L|ans?|jours?)(?:\b|/|\s|$|[.,;)]))"
)
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))")


def typeset(text: str) -> str:
    """Plain text (not HTML) with French no-break spaces."""
    text = _NARROW.sub("\u202f", text)
    text = _WIDE.sub("\u00a0", text)
    return _THOUSANDS.sub("\u202f", _UNITS.sub("\u00a0", text))


def typeset_html(html: str) -> str:
    """Rendered HTML with French no-break spaces in its text, tags and code untouched."""
    parts = _SKIPPED.split(html)
    parts[::2] = [typeset(part) for part in parts[::2]]
    return "".join(parts)
