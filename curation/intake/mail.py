"""The bytes of a mail → a message (RFC 5322, RFC 2045). Bounded and forgiving: nothing in a mail can stop a run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message as Part
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from curation.intake.mail_text import Texts, decoded, texts_of
from curation.intake.messages import MAX_MESSAGE_BYTES, MAX_TEXT_CHARS, Message, Sender
from portal.problems import N_, message
from portal.problems import Message as Sentence

MAX_BOUNDARIES = 100
_HEAD_BYTES = 128 * 1024
_MAX_HEADER_CHARS = 2_000
_MAX_REFERENCES = 50

_ADDRESS = re.compile(r"[^@\s<>\"',;:()\x00-\x1f]{1,64}@[^@\s<>\"',;:()\x00-\x1f]{1,190}")
_ID = re.compile(r"<([^<>\s]{1,300})>")
_ROBOT = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre|bounces?)([+@-].*)?@.*", re.IGNORECASE
)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_NESTED = re.compile(rb"boundary|message/(?:rfc822|partial|global)", re.IGNORECASE)


def read_mail(raw: bytes, *, is_cut: bool = False) -> Message:
    """The message in the bytes of one mail; what is wrong with it as a whole is its `trouble`.

    `is_cut` tells that only its beginning is given, because it is too large.
    """
    trouble = _too_much(raw, is_cut)
    try:
        part = message_from_bytes(_HEAD_END.split(raw[:_HEAD_BYTES])[0] if trouble else raw)
        texts = Texts() if trouble else texts_of(part)
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # The library's own slips on hostile mails: what can't be taken apart is said to be so.
        part, texts, trouble = Part(), Texts(), message(N_("this message can’t be taken apart"))
    if len(texts.text) > MAX_TEXT_CHARS:
        trouble = message(N_("the text is longer than {limit} characters"), limit=MAX_TEXT_CHARS)
    sender, subject, date = _sender(part), _header(part, "Subject"), _date(part)
    ids = _ID.findall(_header(part, "Message-ID"))
    digest = sha256(repr((sender, subject, date, texts.text or raw)).encode(errors="replace")).hexdigest()
    references = _ID.findall(f"{_header(part, 'References')} {_header(part, 'In-Reply-To')}")
    return Message(
        ids[0] if ids else f"sha256:{digest}",
        sender,
        subject,
        date,
        "" if trouble else texts.text,
        texts.ignored,
        tuple(references[-_MAX_REFERENCES:]),
        trouble=trouble,
        automatic=_automatic(part, sender),
        bulk=any(part.get(name) for name in ("List-Id", "List-Unsubscribe")),
    )


def _too_much(raw: bytes, is_cut: bool) -> Sentence | None:
    """Why a mail isn't taken apart: its size, or pieces in pieces whose reading would never end."""
    if is_cut or len(raw) > MAX_MESSAGE_BYTES:
        limit = MAX_MESSAGE_BYTES // (1024 * 1024)
        return message(N_("the message is larger than {limit} MiB"), limit=limit)
    if sum(1 for _ in _NESTED.finditer(raw)) > MAX_BOUNDARIES:
        return message(N_("the message is made of too many pieces"))
    return None


def _header(part: Part, name: str) -> str:
    return decoded(str(part.get(name) or "")[:_MAX_HEADER_CHARS])


def _sender(part: Part) -> Sender:
    """Who `From` names first; an address that can't be written to is left out."""
    raw = str(part.get("From") or "")[:_MAX_HEADER_CHARS]
    try:
        name, address = getaddresses([raw])[0]
    except (ValueError, TypeError, IndexError):
        return Sender()
    return Sender(decoded(name)[:200], address if address.isascii() and _ADDRESS.fullmatch(address) else "")


def _date(part: Part) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(part, "Date"))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _automatic(part: Part, sender: Sender) -> Sentence | None:
    """Why a mail comes from no person (RFC 3834 § 2, § 5; RFC 3464); such mails are never answered."""
    for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "Precedence"):
        value = _header(part, name).casefold()
        if value and _says_automatic(name, value):
            return message(N_("it says that it is automatic ({header})"), header=f"{name}: {value}"[:100])
    if (
        "".join(str(part.get("Return-Path", "?")).split()) == "<>"
        or part.get_content_type() == "multipart/report"
    ):
        return message(N_("it is a report of the mail system"))
    if _ROBOT.fullmatch(sender.address):
        return message(N_("{address} isn’t the address of a person"), address=sender.address)
    return None


def _says_automatic(name: str, value: str) -> bool:
    if name == "Auto-Submitted":
        return not value.startswith("no")
    if name == "Precedence":
        return value in {"bulk", "junk", "auto_reply"}
    return any(word.strip() in {"all", "autoreply", "oof"} for word in value.split(","))
