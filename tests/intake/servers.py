"""Real mail servers on this machine, each for one test: IMAP (pymap, over a Maildir), SMTP (aiosmtpd)."""

from __future__ import annotations

import imaplib
import mailbox
import socket
import socketserver
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pysasl.hashing import BuiltinHash

USER, PASSWORD = "contributions", "mot de passe"


@dataclass(frozen=True)
class Account:
    """One mailbox of a server, a folder “Traité” beside it; `box` is the Maildir behind its INBOX."""

    name: str
    port: int
    box: mailbox.Maildir

    @property
    def address(self) -> str:
        return f"imap://{self.name}@127.0.0.1:{self.port}"

    def deliver(self, content: bytes) -> None:
        self.box.add(content)

    def moved(self) -> int:
        """How many messages the folder “Traité” holds, under whichever name it stands on the disk."""
        return sum(file.is_file() for file in Path(self.box._path).glob(".T*/[cn]*/*"))  # type: ignore[attr-defined]

    def flags(self) -> list[str]:
        """The flags of every message; `a` is the first keyword."""
        return sorted(item.get_flags() for item in self.box)


@dataclass
class ImapServer:
    """A server whose accounts are made while it runs."""

    folder: Path
    port: int

    def account(self, *, keywords: bool = True) -> Account:
        name = f"{USER}{len(list(self.folder.glob('box-*')))}"
        with (self.folder / "pymap-etc-passwd").open("a") as passwords:
            passwords.write(f"{name}:x::::box-{name}:\n")
        with (self.folder / "pymap-etc-shadow").open("a") as passwords:
            passwords.write(f"{name}:{BuiltinHash(rounds=1).hash(PASSWORD)}:::::::\n")
        place = self.folder / f"box-{name}"
        box = mailbox.Maildir(place)
        if keywords:
            (place / "dovecot-keywords").write_text("0 VeilleeDone\n")
        with imaplib.IMAP4("127.0.0.1", self.port) as connection:
            if "STARTTLS" in connection.capabilities:
                connection.starttls(ssl._create_unverified_context())
            connection.login(name, PASSWORD)
            connection.create('"Trait&AOk-"')
        return Account(name, self.port, box)


@contextmanager
def imap_server(folder: Path, certificate: tuple[Path, Path] | None = None) -> Iterator[ImapServer]:
    """A server in a process of its own."""
    port = free_port()
    tls = ["--cert", str(certificate[0]), "--key", str(certificate[1])] if certificate else ["--no-tls"]
    options = ["--host", "127.0.0.1", "--port", str(port), *tls, "maildir", str(folder)]
    command = [sys.executable, "-c", "from pymap.main import main; main()", *options]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port, server)
            yield ImapServer(folder, port)
        finally:
            server.kill()


@dataclass
class Postman:
    """What an SMTP server was given; addresses in `unknown` are refused, and everything while it is `busy`."""

    mails: list[Envelope] = field(default_factory=list)
    unknown: frozenset[str] = frozenset()
    busy: bool = False

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 no such user here"
        if self.busy:
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(envelope)
        return "250 OK"


@contextmanager
def smtp_server(
    postman: Postman, certificate: tuple[Path, Path] | None = None, *, by_starttls: bool = False
) -> Iterator[int]:
    """An SMTP server, and its port. Behind `STARTTLS` it asks for the password, as servers for submission do."""
    context, options = None, {}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
    if by_starttls:
        context, options = (
            None,
            {
                "tls_context": context,
                "require_starttls": True,
                "authenticator": only_us,
                "auth_required": True,
            },
        )
    controller = Controller(postman, "127.0.0.1", free_port(), ssl_context=context, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class _Front(socketserver.ThreadingTCPServer):
    """Speaks TLS to clients and passes what they say to a server behind it."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, behind: int, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.behind, self.context = behind, context


class _Passing(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Front)
        try:
            ours = self.server.context.wrap_socket(self.request, server_side=True)
        except OSError:
            return
        with ours, socket.create_connection(("127.0.0.1", self.server.behind)) as theirs:
            threading.Thread(target=_copy, args=(theirs, ours), daemon=True).start()
            _copy(ours, theirs)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while read := source.recv(65536):
            target.sendall(read)


@contextmanager
def tls_front(behind: int, certificate: tuple[Path, Path]) -> Iterator[int]:
    """A port on which a server is spoken to in TLS from the first byte."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    with _Front(behind, context) as front:
        threading.Thread(target=front.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield int(front.server_address[1])
        finally:
            front.shutdown()


def only_us(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    """Lets in who knows the password."""
    return AuthResult(
        success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False
    )


def certificate_at(folder: Path) -> tuple[Path, Path]:
    """A certificate of our own for this machine, and its key."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server listens."""
    while server.poll() is None:
        with socket.socket() as tried:
            tried.settimeout(0.2)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server didn’t start")


def mail_in(envelope: Envelope) -> EmailMessage:
    from email import message_from_bytes
    from email.policy import default

    made = message_from_bytes(envelope.content or b"", policy=default)
    assert isinstance(made, EmailMessage)
    return made
