"""One conversation with a mail server (SMTP, RFC 5321), stopped on purpose just before the dot that ends a mail."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from curation.intake.servers import one_line
from portal.mailing import Server

TIMEOUT_S = 60
ANSWER_TIMEOUT_S = 600
"""How long a server may think about a whole mail (RFC 5321 § 4.5.3.2.6)."""

_SERVICE_CLOSES = 421
_GOES_ON = 354
_LINE_STARTS_WITH_DOT = re.compile(rb"^\.", re.MULTILINE)


class Broken(Exception):  # noqa: N818 - what happened, not what is wrong here
    """The conversation ended before a mail was handed over: nobody got anything; `why` is one line."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why, self.for_good = why, for_good


class InDoubt(Exception):  # noqa: N818
    """The conversation ended after the dot and before the answer: the server may have taken the mail, or not."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Answer:
    """What a server says of one mail: its code (2xx taken, 4xx later, 5xx never) and its words."""

    code: int
    words: str

    @property
    def is_taken(self) -> bool:
        """Whether the server answers for the mail from now on."""
        return self.code // 100 == 2

    @property
    def is_refused(self) -> bool:
        """Whether it never will."""
        return self.code // 100 == 5


class Conversation:
    """Opened when it is first needed, and again after it broke."""

    def __init__(self, server: Server, password: str | None, sender: str) -> None:
        self._server, self._password, self._sender = server, password, sender
        self._smtp: smtplib.SMTP | None = None

    def hand(self, recipient: str, copy: bytes, before_the_dot: Callable[[], None]) -> Answer:
        """Give a whole mail; `before_the_dot` is called when only the dot is missing that makes it one.

        Raises:
            Broken: nothing was given; `for_good` when trying again makes no sense.
            InDoubt: only the server knows.
        """
        smtp = self._opened()
        try:
            early = self._until_data(smtp, recipient)
            if early is not None:
                return early
            text = _LINE_STARTS_WITH_DOT.sub(b"..", copy)
            smtp.send(text if text.endswith(b"\r\n") else text + b"\r\n")
        except (OSError, smtplib.SMTPException) as error:
            raise self._broken(error) from None
        before_the_dot()
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(ANSWER_TIMEOUT_S)
            smtp.send(b".\r\n")
            answer = _said(smtp.getreply())
            if smtp.sock is not None:
                smtp.sock.settimeout(TIMEOUT_S)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise InDoubt(one_line(error)) from None
        if answer.code == _SERVICE_CLOSES:
            self.close()
        return answer

    def close(self) -> None:
        """Say goodbye, where someone still listens."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None

    def _until_data(self, smtp: smtplib.SMTP, recipient: str) -> Answer | None:
        """Everything before the text; an answer when the server wants no more of this recipient."""
        sender = _said(smtp.mail(self._sender))
        if sender.code == _SERVICE_CLOSES:
            raise smtplib.SMTPServerDisconnected(sender.words)
        if sender.is_refused:
            self._drop()
            raise Broken(sender.words, for_good=True)  # it would refuse every one for the same reason
        if not sender.is_taken:
            self._drop()  # it may only want a new conversation
            return sender
        for answer in (_said(smtp.rcpt(recipient)), None):
            told = answer or _said(smtp.docmd("DATA"))
            if told.code == _SERVICE_CLOSES:
                raise smtplib.SMTPServerDisconnected(told.words)
            if not told.is_taken and told.code != _GOES_ON:
                smtp.rset()
                return told
        return None

    def _opened(self) -> smtplib.SMTP:
        if self._smtp is None:
            try:
                self._smtp = self._connected()
            except (OSError, smtplib.SMTPException) as error:
                raise self._broken(error) from None
        return self._smtp

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        host, port, us = self._server.host, self._server.port, self._sender.rpartition("@")[2]
        if self._server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, us, timeout=TIMEOUT_S, context=context)
        else:
            smtp = smtplib.SMTP(host, port, us, timeout=TIMEOUT_S)
        try:
            smtp.ehlo_or_helo_if_needed()
            if self._server.security == "starttls":
                smtp.starttls(context=context)  # a server that has none is left, never talked to in the clear
                smtp.ehlo()
            if self._server.user and self._password is not None:
                smtp.login(self._server.user, self._password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _broken(self, error: Exception) -> Broken:
        self._drop()
        hopeless = smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError | ssl.SSLError
        code = getattr(error, "smtp_code", 500)
        return Broken(one_line(error), for_good=isinstance(error, hopeless) and code // 100 == 5)

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _said(reply: tuple[int, bytes]) -> Answer:
    code, words = reply
    return Answer(code, f"{code} {' '.join(words.decode(errors='replace').split())}"[:300])
