"""Texts as XML 1.0 may hold them."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# XML 1.0 § 2.2: nothing can stand for these, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(name: str, text: str = "", /, **attributes: str | None) -> str:
    """An element with a text; attributes without a value are left out, and `_` stands for `:` in their names."""
    written = "".join(
        f" {key.replace('_', ':')}={quoteattr(_FORBIDDEN.sub('', value))}"
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{escape(_FORBIDDEN.sub('', text))}</{name}>" if text else f"<{name}{written}/>"
