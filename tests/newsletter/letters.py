"""A miniature company with a letter and its list, and what a server on this machine was given of it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.conftest import company

SLUG = "2026-11"
LETTER = f"content/newsletters/{SLUG}.md"

TEXT = """---
title: Novembre, les cartes et le café
published: 2026-11-20
sections:
  - title: Ce que nous avons résolu
    items:
      - story: cartes
        words: "À lire « debout » : cinq minutes suffisent."
  - title: On vous attend
    items:
      - event: port
  - title: Qui sait ?
    items:
      - question: attente
  - title: Bonjour à
    items:
      - person: ben
---

Bonjour,

Voyez [la carte](../stories/cartes.md) & le reste.
"""


def with_letter(folder: Path, text: str = TEXT, *, settings: str = "") -> Path:
    """The miniature company with one letter, which is sent as fast as the server takes it."""
    folder.mkdir(exist_ok=True)
    company(folder)
    file = folder / LETTER
    file.parent.mkdir()
    file.write_text(text)
    fast = "from: lettre@mini.example\nper_minute: 6000\nretry_after_s: 0\n"
    (folder / "site_config" / "mailing.yml").write_text(fast + settings)
    return folder


def plain(text: str) -> str:
    """What was said, with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def addresses(count: int) -> list[str]:
    """So many people."""
    return [f"personne.{number:03}@mini.example" for number in range(count)]


def listed(folder: Path, *lines: str) -> Path:
    """A list beside the company."""
    folder.mkdir(exist_ok=True)
    file = folder / "liste.txt"
    file.write_text("\n".join(lines) + "\n")
    return file


def send_to(file: Path, port: int, *more: str) -> list[str]:
    """The command that sends the letter to a list through a server on this machine."""
    return ["newsletter", LETTER, "--to", str(file), "--send", "--smtp", f"smtp://127.0.0.1:{port}", *more]


@dataclass
class Mailroom:
    """What a server took, by recipient. It may be slow before it takes a mail, and slow to say so once it has."""

    mails: list[Envelope] = field(default_factory=list)
    chance: random.Random | None = None
    most_s: float = 0
    unknown: frozenset[str] = frozenset()
    later: dict[str, int] = field(default_factory=dict)
    """Who is put off, and how many times more."""

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 no such user here"
        if self.later.get(address, 0):
            self.later[address] -= 1
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self._think()
        self.mails.append(envelope)
        await self._think()
        return "250 2.0.0 taken"

    async def _think(self) -> None:
        if self.chance:
            await asyncio.sleep(self.chance.uniform(0, self.most_s))

    @property
    def copies(self) -> Counter[str]:
        """How many mails each recipient has."""
        return Counter(mail.rcpt_tos[0] for mail in self.mails)

    def parsed(self, recipient: str) -> EmailMessage:
        """The only mail of someone."""
        [mail] = [mail for mail in self.mails if mail.rcpt_tos == [recipient]]
        assert isinstance(mail.content, bytes)
        return message_from_bytes(mail.content, policy=default)  # type: ignore[return-value]
