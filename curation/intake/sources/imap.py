"""A mailbox on a server (IMAP4rev1, RFC 3501): read without marking anything, then marked message by message."""

from __future__ import annotations

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from curation.errors import FAILED, Stopped
from curation.intake.mail import read_mail
from curation.intake.messages import MAX_MESSAGE_BYTES
from curation.intake.outcome import Verdict
from curation.intake.servers import Server, one_line
from curation.intake.sources.source import Held
from portal.problems import N_, message

TIMEOUT_S = 60
DONE = "VeilleeDone"
"""The keyword of messages that were dealt with; people’s own marks are left alone."""

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]+|&")


@contextmanager
def mailbox_at(
    server: Server, password: str | None, *, read_only: bool, move_to: str | None = None
) -> Iterator[Imap]:
    """The mailbox that an address names, while the connection lasts; encrypted, unless it stays on this machine.

    Raises:
        Stopped: it can’t be reached or opened, or the connection breaks.
    """
    try:
        with _connected(server) as connection:
            connection.login(server.user, password or "")
            _answered(connection.select(_quoted(server.folder), readonly=read_only))
            yield Imap(connection, _keeps_keywords(connection), move_to)
    except (OSError, imaplib.IMAP4.error) as error:
        if isinstance(error, OSError) and error.filename:
            raise  # a file of ours, not the server
        what = N_("the mailbox {folder} of {server} can’t be read: {why}")
        raise Stopped(
            message(what, folder=server.folder, server=server.shown, why=one_line(error)), FAILED
        ) from None


def _connected(server: Server) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if server.is_encrypted:
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=TIMEOUT_S)
    connection = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT_S)
    try:
        if not server.is_local or "STARTTLS" in connection.capabilities:
            connection.starttls(context)
    except (OSError, imaplib.IMAP4.error):
        with suppress(OSError):
            connection.shutdown()
        raise
    return connection


@dataclass(frozen=True)
class Imap:
    """An open mailbox. Where the server keeps no keywords, what was seen counts as done."""

    connection: imaplib.IMAP4
    keywords: bool
    move_to: str | None = None

    def waiting(self) -> Iterator[Held]:
        """By the order of their arrival. What is too large isn’t fetched: only its header is."""
        unmarked = ("UNKEYWORD", DONE) if self.keywords else ("UNSEEN",)
        found = _answered(self.connection.uid("SEARCH", *unmarked, "UNDELETED"))
        for name in (found[0] or b"").split():
            uid = name.decode()
            size = _SIZE.search(b" ".join(_parts(self._fetch(uid, "(RFC822.SIZE)"))))
            is_large = size is not None and int(size[1]) > MAX_MESSAGE_BYTES
            if raw := self._literal(uid, "(BODY.PEEK[HEADER])" if is_large else "(BODY.PEEK[])"):
                yield Held(uid, read_mail(raw, is_cut=is_large))

    def answer(self, held: Held, text: str) -> bool:
        """By mail."""
        return False

    def done(self, held: Held, verdict: Verdict) -> None:
        """Mark it, and move it where asked; what is left for someone to read isn’t marked as seen."""
        is_left = verdict == "left"
        marks = " ".join([*([DONE] if self.keywords else []), *([] if is_left else [r"\Seen"])])
        if marks:
            _answered(self.connection.uid("STORE", held.name, "+FLAGS.SILENT", f"({marks})"))
        if self.move_to and not is_left:
            self._move(held.name, _quoted(self.move_to))

    def _move(self, uid: str, folder: str) -> None:
        """RFC 6851, or a copy first and then a mark to delete, where the server has no such command."""
        if "MOVE" in self.connection.capabilities:
            _answered(self.connection.uid("MOVE", uid, folder))
            return
        _answered(self.connection.uid("COPY", uid, folder))
        _answered(self.connection.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))
        self.connection.expunge()

    def _literal(self, uid: str, what: str) -> bytes:
        return next((item[1] for item in self._fetch(uid, what) if isinstance(item, tuple)), b"")

    def _fetch(self, uid: str, what: str) -> list[Any]:
        return _answered(self.connection.uid("FETCH", uid, what))


def _parts(answer: list[Any]) -> Iterator[bytes]:
    for item in answer:
        yield from (
            part for part in (item if isinstance(item, tuple) else (item,)) if isinstance(part, bytes)
        )


def _answered(answer: tuple[str, list[Any]]) -> list[Any]:
    status, found = answer
    if status != "OK":
        raise imaplib.IMAP4.error(found[0] if found else status)
    return found


def _keeps_keywords(connection: imaplib.IMAP4) -> bool:
    """Whether the mailbox takes keywords of ours (RFC 3501 § 7.1, PERMANENTFLAGS)."""
    _, found = connection.response("PERMANENTFLAGS")
    flags = b" ".join(item for item in found or () if isinstance(item, bytes)).strip(b"()").split()
    return rb"\*" in flags or DONE.encode() in flags


def _quoted(folder: str) -> str:
    """The name of a mailbox as the protocol writes it (RFC 3501 § 5.1.3, modified UTF-7)."""

    def shifted(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        coded = b64encode(found[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{coded}-"

    name = _NOT_ASCII.sub(shifted, folder).replace("\\", r"\\").replace('"', r"\"")
    return f'"{name}"'
