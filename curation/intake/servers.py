"""The address of a mail server: `imaps://user@host/folder`, `smtp://user@host:587`. Passwords stand in the environment."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from curation.errors import Stopped
from curation.report import printable
from portal.problems import N_, message

_PORTS = {"imap": 143, "imaps": 993, "smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Server:
    """Where a mail server is, who we are there, and the mailbox that the address names (`INBOX` without one)."""

    scheme: str
    host: str
    port: int
    user: str = ""
    folder: str = "INBOX"

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection is so from its first byte."""
        return self.scheme.endswith("s")

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine: only there may a connection stay in the clear."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def shown(self) -> str:
        """How it is called in messages."""
        return f"{self.host}:{self.port}"


def one_line(error: Exception) -> str:
    """What a server or the system says, shortened."""
    said = error.args[-1] if error.args else ""
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return printable(text)[:300] or type(error).__name__


def server_at(address: str, *schemes: str) -> Server:
    """The server at an address.

    Raises:
        Stopped: it can’t be read, isn’t of these schemes, or holds a password.
    """
    example = f"{schemes[-1]}://user@mail.example"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in schemes or not host:
        what = N_("an address such as {example} is expected, not “{value}”")
        raise Stopped(message(what, example=example, value=address))
    if parts.password:
        what = N_("take the password out of the address: it belongs in the environment ({variables})")
        raise Stopped(message(what, variables="VEILLEE_IMAP_PASSWORD, VEILLEE_SMTP_PASSWORD"))
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return Server(parts.scheme, host, port or _PORTS[parts.scheme], unquote(parts.username or ""), folder)
