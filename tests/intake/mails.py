"""Mails as people send them: built by hand where the bytes matter, by the library elsewhere."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

ANA = "Ana Lopès <ana@mini.example>"


def mail(
    text: str,
    *,
    sender: str = ANA,
    subject: str = "Contribution",
    message_id: str = "1@mini.example",
    **headers: str,
) -> bytes:
    """A mail in UTF-8; `X_Y` names the header `X-Y`."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, "bonjour@mini.example", subject
    made["Date"] = "Sat, 21 Nov 2026 08:00:00 +0100"
    made["Message-ID"] = f"<{message_id}>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def raw(head: str, body: bytes) -> bytes:
    """A mail of which every byte is given; `head` holds the headers that matter."""
    common = "From: Ana <ana@mini.example>\nSubject: Contribution\nMessage-ID: <raw@mini.example>\nMIME-Version: 1.0\n"
    return (common + head.strip() + "\n\n").encode("latin-1").replace(b"\n", b"\r\n") + body


def maildir(folder: Path, *mails: bytes) -> Path:
    """A Maildir with these mails, as a delivery agent leaves them."""
    for place in ("new", "cur", "tmp"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(mails):
        (folder / "new" / f"17637{number:05}.M{number}P1.host").write_bytes(content.replace(b"\r\n", b"\n"))
    return folder


IDEA = """Veillée · Idée

Titre : Une cafetière par quai
Territoire : L’usine du port
Texte :
Le café réunit mieux qu’une note de service.
"""
