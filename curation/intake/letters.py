"""An answer → a mail ready to be sent (RFC 5322), marked as automatic so that no machine answers it (RFC 3834 § 3)."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from curation.intake.messages import Message

MARK = "veillee."
"""How the ids of our answers begin; the key of the message that they answer follows."""

_ANSWERED = re.compile(r"(re|ré|rép)\s*:", re.IGNORECASE)
_MAX_REFERENCES = 20


def letter(message: Message, text: str, *, key: str, sender: tuple[str, str], now: datetime) -> str:
    """The mail that answers a message, with Unix line ends.

    `sender` is our name and address; `key` makes the answer’s id, the same however often it is written again.
    """
    made = EmailMessage(policy=SMTP.clone(linesep="\n"))
    made["From"] = formataddr(sender, "utf-8")
    made["To"] = formataddr((_literal(message.sender.name), message.sender.address), "utf-8")
    subject = _literal(message.subject)
    made["Subject"] = subject if _ANSWERED.match(subject) else f"Re: {subject}".strip()
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{MARK}{key}@{sender[1].rpartition('@')[2]}>"
    if not message.id.startswith("sha256:"):
        made["In-Reply-To"] = f"<{message.id}>"
        references = [*message.references[-_MAX_REFERENCES:], message.id]
        made["References"] = " ".join(f"<{one}>" for one in dict.fromkeys(references))
    made["Auto-Submitted"] = "auto-replied"
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(text, cte="quoted-printable")
    return made.as_string()


def _literal(text: str) -> str:
    """A text in which nothing is taken for an encoded word (RFC 2047) and decoded a second time."""
    return text.replace("=?", "= ?")
