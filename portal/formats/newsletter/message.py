"""The two parts of a letter → a message (RFC 5322), the same bytes for the same input; then one a recipient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

_KEY_CHARS = 24


@dataclass(frozen=True)
class Envelope:
    """What stands at the head of every copy. `sender` is a name and an address; `slug` names the letter, for its ids.

    `date` (aware) is when it leaves; `unsubscribe` an address of mail or nothing; `page` the letter's archive.
    """

    slug: str
    subject: str
    sender: tuple[str, str]
    date: datetime
    page: str
    reply_to: str = ""
    unsubscribe: str = ""
    language: str = "fr"

    @property
    def domain(self) -> str:
        """The sender's, where ids come from."""
        return self.sender[1].rpartition("@")[2]

    def id_for(self, recipient: str) -> str:
        """The id of one person's copy: always the same, so that a server that sees it twice may know it."""
        told = sha256(f"{self.slug}\n{recipient.lower()}".encode()).hexdigest()[:_KEY_CHARS]
        return f"<veillee.{self.slug}.{told}@{self.domain}>"


def message(envelope: Envelope, html: str, text: str) -> bytes:
    """The message without `To` and `Message-ID`, which `addressed` gives to each copy; lines end with CR LF."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(envelope.sender[0], addr_spec=envelope.sender[1])
    made["Subject"] = envelope.subject
    made["Date"] = format_datetime(envelope.date)
    if envelope.reply_to:
        made["Reply-To"] = envelope.reply_to
    # RFC 2369 and RFC 2919: how to stop, and which list this is.
    made["List-Id"] = f"<lettre.{envelope.domain}>"
    made["List-Archive"] = f"<{envelope.page}>"
    if envelope.unsubscribe:
        made["List-Unsubscribe"] = f"<mailto:{envelope.unsubscribe}?subject=stop>"
    # RFC 3834: robots don't answer it.
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    made["Precedence"] = "bulk"
    made["Content-Language"] = envelope.language
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    made.set_boundary("=_" + sha256(f"{text}\0{html}".encode()).hexdigest()[:_KEY_CHARS])
    return made.as_bytes()


def addressed(whole: bytes, recipient: str, message_id: str) -> bytes:
    """One person's copy."""
    return f"To: {recipient}\r\nMessage-ID: {message_id}\r\n".encode("ascii") + whole
