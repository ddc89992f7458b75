"""A newsletter as a mail: the edition (values), its HTML, its plain text, and the message that holds both. Pure."""

from portal.formats.newsletter.edition import Edition, edition, pictures_of
from portal.formats.newsletter.html import MAX_BYTES, html
from portal.formats.newsletter.message import Envelope, addressed, message
from portal.formats.newsletter.plain_text import plain_text

__all__ = [
    "MAX_BYTES", "Edition", "Envelope", "addressed", "edition", "html", "message", "pictures_of", "plain_text",
]  # fmt: skip
