"""The JSON interface, version 1: frozen. Another shape, even a key more, is another version beside this one.

It is a language of its own: what the content's models become tomorrow must be said in these words, or in version 2.
"""

from __future__ import annotations

from portal.formats.api_v1.documents import DOCUMENTS, document, index
from portal.formats.api_v1.schema import SCHEMAS

VERSION = 1
FOLDER = "api/v1"

__all__ = ["DOCUMENTS", "FOLDER", "SCHEMAS", "VERSION", "document", "index"]
