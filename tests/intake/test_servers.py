"""Messages from a real IMAP server, answers through a real SMTP server: marked, moved, sent, refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from curation.intake.options import IMAP_PASSWORD, SMTP_PASSWORD
from tests.commands import added, run
from tests.intake.mails import IDEA, mail
from tests.intake.servers import (
    PASSWORD,
    USER,
    ImapServer,
    Postman,
    certificate_at,
    free_port,
    imap_server,
    mail_in,
    smtp_server,
    tls_front,
)
from tests.intake.test_intake import STATE, answers, plain

LETTERS = {IMAP_PASSWORD: PASSWORD}
WAITING = STATE / "outbox"


@pytest.fixture(scope="module")
def imap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImapServer]:
    with imap_server(tmp_path_factory.mktemp("imap")) as server:
        yield server


@pytest.fixture(scope="module")
def imaps(tmp_path_factory: pytest.TempPathFactory, certificate: tuple[Path, Path]) -> Iterator[ImapServer]:
    with imap_server(tmp_path_factory.mktemp("imaps"), certificate) as server:
        yield server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate_at(tmp_path_factory.mktemp("certificate"))


@pytest.mark.parametrize("keywords", [True, False])
def test_a_mailbox_is_read_and_marked(here: Path, imap: ImapServer, keywords: bool) -> None:
    account = imap.account(keywords=keywords)
    account.deliver(mail(IDEA))
    account.deliver(mail("Merci !", message_id="2@x", In_Reply_To="<veillee.a@b>"))
    looked = run("intake", "--imap", account.address, "--dry-run", **LETTERS)
    assert len(looked.stdout.splitlines()) == 2, looked.output
    assert account.flags() == ["", ""]
    assert added(here) == []
    done = run("intake", "--imap", account.address, **LETTERS)
    assert done.exit_code == 0, done.output
    assert added(here) == ["ideas/une-cafetiere-par-quai.md"]
    assert account.flags() == (["Sa", "a"] if keywords else ["", "S"])
    assert run("intake", "--imap", account.address, **LETTERS).stdout == ""
    assert list(answers(here)) == ["1@mini.example"]


def test_what_is_dealt_with_can_be_moved(here: Path, imap: ImapServer) -> None:
    account = imap.account()
    account.deliver(mail(IDEA))
    account.deliver(mail("Merci !", message_id="2@x", In_Reply_To="<veillee.a@b>"))
    done = run("intake", "--imap", account.address, "--imap-move", "Traité", **LETTERS)
    assert done.exit_code == 0, done.output
    assert len(account.box) == 1
    assert account.moved() == 1


def test_a_message_that_is_too_large_is_not_fetched(here: Path, imap: ImapServer) -> None:
    account = imap.account()
    account.deliver(mail("x" * 70 + "\n") + (b"y" * 998 + b"\r\n") * 6000)
    done = run("intake", "--imap", account.address, **LETTERS)
    assert "le message dépasse 5 Mio" in plain(done.stdout)
    assert "Bonjour Ana" in answers(here)["1@mini.example"].get_content()


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_connections_are_encrypted_and_certificates_verified(
    here: Path,
    imaps: ImapServer,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
) -> None:
    account = imaps.account()
    account.deliver(mail(IDEA))
    with tls_front(imaps.port, certificate) as front:
        port = front if scheme == "imaps" else imaps.port
        address = f"{scheme}://{account.name}@127.0.0.1:{port}"
        refused = run("intake", "--imap", address, **LETTERS)
        assert refused.exit_code == 1
        assert "CERTIFICATE_VERIFY_FAILED" in refused.stderr
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        done = run("intake", "--imap", address, **LETTERS)
        assert done.exit_code == 0, done.output
    assert added(here) == ["ideas/une-cafetiere-par-quai.md"]


def test_what_a_mailbox_refuses_is_said(here: Path, imap: ImapServer) -> None:
    account = imap.account()
    wrong = run("intake", "--imap", account.address, VEILLEE_IMAP_PASSWORD="faux")
    none = run("intake", "--imap", f"{account.address}/{quote('Où ça')}", **LETTERS)
    gone = run("intake", "--imap", f"imap://{account.name}@127.0.0.1:{free_port()}", **LETTERS)
    for done in (wrong, none, gone):
        assert done.exit_code == 1
        assert "ne peut pas être lue" in plain(done.stderr)
        assert "Traceback" not in done.output


def prepared(here: Path, *mails: bytes) -> None:
    (here / "in").mkdir()
    for number, content in enumerate(mails):
        (here / "in" / f"{number}.eml").write_bytes(content)
    assert run("intake", "--folder", "in").exit_code == 0


def test_answers_are_sent_and_kept(here: Path) -> None:
    postman = Postman()
    prepared(here, mail(IDEA))
    with smtp_server(postman) as port:
        done = run("intake", "--send", "--smtp", f"smtp://127.0.0.1:{port}")
        assert plain(done.stdout) == "envoyé à Ana Lopès <ana@mini.example>\n"
        assert run("intake", "--send", "--smtp", f"smtp://127.0.0.1:{port}").stdout == ""
    (envelope,) = postman.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == ("bonjour@mini.example", ["ana@mini.example"])
    sent = mail_in(envelope)
    assert (sent["In-Reply-To"], sent["References"]) == ("<1@mini.example>", "<1@mini.example>")
    assert sent["Auto-Submitted"] == "auto-replied"
    assert sent.get_content_charset() == "utf-8"
    assert "Merci pour votre idée « Une cafetière par quai »." in plain(sent.get_content())
    assert [file.parent.name for file in (here / WAITING).rglob("*.eml")] == ["sent"]


def test_answers_go_through_a_server_that_knows_us(
    here: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    postman = Postman()
    prepared(here, mail(IDEA))
    with smtp_server(postman, certificate, by_starttls=True) as port:
        address = f"smtp://{USER}@localhost:{port}"
        untrusted = run("intake", "--send", "--smtp", address, **{SMTP_PASSWORD: PASSWORD})
        assert "CERTIFICATE_VERIFY_FAILED" in untrusted.stderr
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        wrong = run("intake", "--send", "--smtp", address, VEILLEE_SMTP_PASSWORD="faux")
        assert (wrong.exit_code, postman.mails) == (1, [])
        assert "ne prend pas nos réponses" in plain(wrong.stderr)
        assert "faux" not in wrong.stderr
        done = run("intake", "--send", "--smtp", address, **{SMTP_PASSWORD: PASSWORD})
        assert done.exit_code == 0, done.output
    assert len(postman.mails) == 1


def test_answers_go_through_tls_from_the_first_byte(
    here: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    postman = Postman()
    prepared(here, mail(IDEA))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with smtp_server(postman, certificate) as port:
        assert run("intake", "--send", "--smtp", f"smtps://127.0.0.1:{port}").exit_code == 0
    assert len(postman.mails) == 1


def test_an_address_that_doesnt_exist_stops_no_other(here: Path) -> None:
    postman = Postman(unknown=frozenset({"ana@mini.example"}))
    theirs = mail(IDEA.replace("cafetière", "théière"), message_id="2@x", sender="Ben <ben@mini.example>")
    prepared(here, mail(IDEA), theirs)
    with smtp_server(postman) as port:
        done = run("intake", "--send", "--smtp", f"smtp://127.0.0.1:{port}", "--json")
    assert done.exit_code == 1
    assert [envelope.rcpt_tos for envelope in postman.mails] == [["ben@mini.example"]]
    assert "no such user here" in done.stdout
    assert sorted(file.parent.name for file in (here / WAITING).rglob("*.eml")) == ["refused", "sent"]


def test_what_a_busy_or_absent_server_doesnt_take_waits(here: Path) -> None:
    prepared(here, mail(IDEA))
    with smtp_server(Postman(busy=True)) as port:
        busy = run("intake", "--send", "--smtp", f"smtp://127.0.0.1:{port}")
    absent = run("intake", "--send", "--smtp", f"smtp://127.0.0.1:{port}")
    assert (busy.exit_code, absent.exit_code) == (1, 1)
    assert "try again later" in busy.stderr
    assert [file.parent.name for file in (here / WAITING).rglob("*.eml")] == ["outbox"]
