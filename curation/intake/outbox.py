"""Answers that wait to be sent, one file a mail; and their way out, by SMTP (RFC 5321)."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

from curation.errors import FAILED, Stopped
from curation.files import write_new
from curation.intake.servers import Server, one_line
from portal.problems import N_, Message, message

TIMEOUT_S = 30
SENT, REFUSED = "sent", "refused"


@dataclass(frozen=True)
class Sent:
    """One answer that left, or was refused for good with the server’s reason."""

    name: str
    to: str
    refusal: Message | None = None


@dataclass(frozen=True)
class Outbox:
    """A folder of `.eml` files; those that left stand in `sent/`, those that no server takes in `refused/`."""

    folder: Path

    def put(self, key: str, mail: str) -> None:
        """Keep an answer; one that is there, or left already, isn’t written again."""
        if not any((self.folder / place / f"{key}.eml").exists() for place in ("", SENT, REFUSED)):
            with suppress(FileExistsError):
                write_new(self.folder / f"{key}.eml", mail)

    def waiting(self) -> tuple[Path, ...]:
        """The answers that have not left, by name."""
        return tuple(sorted(self.folder.glob("*.eml")))

    def send(self, server: Server, password: str | None) -> Iterator[Sent]:
        """Send what waits, one after the other; each leaves the folder once the server has taken it.

        A run that is killed in between sends one answer again, under the same id.

        Raises:
            Stopped: the server can’t be reached, doesn’t know us, or breaks off.
        """
        files = self.waiting()
        if not files:
            return
        with _connected(server, password) as connection:
            for file in files:
                yield self._send(connection, file)

    def _send(self, connection: smtplib.SMTP, file: Path) -> Sent:
        mail = message_from_bytes(file.read_bytes(), policy=SMTP)
        to, refusal = str(mail["To"]), None
        try:
            connection.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code, why = next(iter(refused.recipients.values()))
            if code < 500:
                raise Stopped(_said(why), FAILED) from None
            refusal = _said(why)
        except smtplib.SMTPDataError as refused:
            if refused.smtp_code < 500:
                raise Stopped(_said(refused.smtp_error), FAILED) from None
            refusal = _said(refused.smtp_error)
        place = self.folder / (REFUSED if refusal else SENT)
        place.mkdir(exist_ok=True)
        os.replace(file, place / file.name)
        return Sent(file.name, to, refusal)


@contextmanager
def _connected(server: Server, password: str | None) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted, unless it stays on this machine."""
    context = ssl.create_default_context()
    try:
        with _opened(server, context) as connection:
            connection.ehlo()
            if not server.is_encrypted and (not server.is_local or connection.has_extn("starttls")):
                connection.starttls(context=context)
            if server.user and password is not None:
                connection.login(server.user, password)
            yield connection
    except (OSError, smtplib.SMTPException) as error:
        if isinstance(error, OSError) and error.filename:
            raise  # a file of ours, not the server
        what = N_("the mail server {server} doesn’t take our answers: {why}")
        raise Stopped(message(what, server=server.shown, why=one_line(error)), FAILED) from None


def _opened(server: Server, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.is_encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)


def _said(words: bytes | str) -> Message:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return message(N_("the mail server refuses it: {why}"), why=" ".join(text.split())[:300])
