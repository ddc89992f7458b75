"""Sending a letter to a real SMTP server on this machine: once to each, whatever happens in between."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.commands import PROGRAM, environment, process, run
from tests.intake.servers import PASSWORD, USER, certificate_at, smtp_server
from tests.newsletter.killing import kill_sendings
from tests.newsletter.letters import (
    LETTER,
    SLUG,
    Mailroom,
    addresses,
    listed,
    plain,
    send_to,
    with_letter,
)
from tests.warm import loaded


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The company with a letter, as the working folder."""
    folder = with_letter(tmp_path / "company")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    """The folder of the list."""
    return tmp_path / "kept-apart"


def journal(apart: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (apart / f"{SLUG}.journal").read_text().splitlines()]


def test_each_gets_one_copy_of_their_own(here: Path, apart: Path) -> None:
    everyone = addresses(12)
    room = Mailroom()
    with smtp_server(room) as port:
        done = process(*send_to(listed(apart, *everyone), port), cwd=here)
        assert done.returncode == 0, done.stderr
        assert "Ils l’ont reçue : 12" in plain(done.stdout)
        assert room.copies == dict.fromkeys(everyone, 1)
        again = process(*send_to(apart / "liste.txt", port), cwd=here)
    assert (again.returncode, len(room.mails)) == (0, 12), "nobody gets it twice"
    mail = room.parsed(everyone[3])
    assert mail["To"] == everyone[3]
    assert mail["From"] == "Mini <lettre@mini.example>"
    assert mail["Subject"] == "Novembre, les cartes et le café"
    assert mail["List-Unsubscribe"] == "<mailto:lettre@mini.example?subject=stop>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert len({room.parsed(one)["Message-ID"] for one in everyone}) == 12
    assert [line["state"] for line in journal(apart)] == ["handing", "accepted"] * 12
    assert os.stat(apart / f"{SLUG}.journal").st_mode & 0o77 == 0, "addresses are nobody else's to read"


def test_killed_at_random_nobody_gets_two_and_nobody_none(tmp_path: Path) -> None:
    with loaded() as program:
        tally = kill_sendings(program, tmp_path, people=60, times=12, chance=random.Random(2026))
    assert tally.killed == 12


def test_without_send_nothing_leaves(here: Path, apart: Path) -> None:
    room = Mailroom()
    with smtp_server(room) as port:
        command = [part for part in send_to(listed(apart, *addresses(30)), port) if part != "--send"]
        said = run(*command)
    assert said.exit_code == 0
    assert "À envoyer : 30 e-mails" in plain(said.output)
    assert "personne.019@mini.example" in plain(said.output)
    assert "personne.020@mini.example" not in plain(said.output)
    assert "--send l’envoie" in plain(said.output)
    assert not room.mails
    assert [file.name for file in apart.iterdir()] == ["liste.txt"]


def test_a_courier_that_is_killed_too_leaves_someone_in_doubt_and_says_who(here: Path, apart: Path) -> None:
    """The one case that nothing can mend: the server has the mail, and who would have written it down is dead."""
    everyone = addresses(8)
    file = listed(apart, *everyone)
    room = _Silent(after=3)
    with smtp_server(room) as port:
        command = subprocess.Popen(
            [*PROGRAM, *send_to(file, port)], cwd=here, env=environment({}), stdout=subprocess.PIPE, text=True
        )
        _until(lambda: len(room.mails) == 4)
        for courier in _holders(apart / f"{SLUG}.journal") - {command.pid}:
            os.kill(courier, signal.SIGKILL)
        said, _ = command.communicate()
        assert command.returncode == 1
        assert "En doute : personne.003@mini.example" in plain(said)
        room.after = 1000
        done = run(*send_to(file, port))
        assert done.exit_code == 1, "someone may still not have it"
        assert "En doute : personne.003@mini.example" in plain(done.output)
        assert room.copies == dict.fromkeys(everyone, 1), "not sent again silently"
        [doubtful] = [line["id"] for line in journal(apart) if line["to"] == everyone[3]]
        done = run(*send_to(file, port, "--retry-doubtful"))
        assert done.exit_code == 0
    assert room.copies[everyone[3]] == 2
    copies = [mail for mail in room.mails if mail.rcpt_tos == [everyone[3]]]
    assert all(doubtful.encode() in (mail.original_content or b"") for mail in copies), (
        "the same id, for who can tell"
    )


def test_a_server_that_vanishes_after_the_dot_leaves_a_doubt_and_the_others_go_on(
    here: Path, apart: Path
) -> None:
    everyone = addresses(5)
    room = _Vanishing(everyone[1])
    with smtp_server(room) as port:
        done = run(*send_to(listed(apart, *everyone), port))
    assert done.exit_code == 1
    assert "En doute : personne.001@mini.example" in plain(done.output)
    assert room.copies == dict.fromkeys(everyone, 1)


def test_what_is_put_off_is_tried_again_and_what_is_refused_is_said(here: Path, apart: Path) -> None:
    everyone = addresses(4)
    room = Mailroom(unknown=frozenset({everyone[0]}), later={everyone[1]: 2})
    file = listed(apart, *everyone)
    with smtp_server(room) as port:
        done = run(*send_to(file, port))
        assert done.exit_code == 1
        assert f"Refusé définitivement : {everyone[0]} (550 5.1.1 no such user here)" in plain(done.output)
        assert room.copies == dict.fromkeys(everyone[1:], 1)
        states = [line["state"] for line in journal(apart) if line["to"] == everyone[1]]
        assert states == ["deferred", "deferred", "handing", "accepted"]
        room.unknown = frozenset()
        assert run(*send_to(file, port)).exit_code == 1, "a refusal stays one"
        assert run(*send_to(file, port, "--retry-refused")).exit_code == 0
    assert room.copies == dict.fromkeys(everyone, 1)


def test_a_server_that_says_later_for_long_leaves_them_for_the_next_run(here: Path, apart: Path) -> None:
    everyone = addresses(3)
    room = Mailroom(later={everyone[2]: 5})
    file = listed(apart, *everyone)
    with smtp_server(room) as port:
        done = run(*send_to(file, port))
        assert done.exit_code == 1
        assert "Il en reste à envoyer : 1" in plain(done.output)
        assert run(*send_to(file, port)).exit_code == 0
    assert room.copies == dict.fromkeys(everyone, 1)


def test_no_server_is_said_in_a_sentence(here: Path, apart: Path) -> None:
    done = run(*send_to(listed(apart, "ana@mini.example"), 9))
    assert done.exit_code == 1
    assert "L’envoi s’est arrêté avant la fin" in plain(done.output)
    assert "Il en reste à envoyer : 1" in plain(done.output)


def test_two_at_once_are_one_too_many(here: Path, apart: Path) -> None:
    file = listed(apart, *addresses(6))
    room = _Silent(after=2)
    with smtp_server(room) as port:
        first = subprocess.Popen([*PROGRAM, *send_to(file, port)], cwd=here, env=environment({}), text=True)
        _until(lambda: len(room.mails) == 3)
        second = process(*send_to(file, port), cwd=here)
        assert second.returncode == 1
        assert "une autre commande envoie cette lettre" in plain(second.stderr)
        room.released.set()
        assert first.wait() == 0
    assert set(room.copies.values()) == {1}


@pytest.fixture
def heeding_ctrl_c() -> Iterator[None]:
    """Tests that run in the background were told to ignore Ctrl-C, and would hand that on to what they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_ctrl_c")
def test_ctrl_c_ends_the_mail_under_way_and_the_next_run_goes_on(here: Path, apart: Path) -> None:
    everyone = addresses(6)
    file = listed(apart, *everyone)
    room = _Silent(after=2)
    with smtp_server(room) as port:
        command = subprocess.Popen(
            [*PROGRAM, *send_to(file, port)], cwd=here, env=environment({}), stdout=subprocess.PIPE, text=True
        )
        _until(lambda: len(room.mails) == 3)
        command.send_signal(signal.SIGINT)
        assert command.stdout
        assert any("finit d’abord" in plain(line) for line in iter(command.stdout.readline, ""))
        room.released.set()
        said, _ = command.communicate()
        assert command.returncode == 1
        assert "Ils l’ont reçue : 3" in plain(said)
        assert "Il en reste à envoyer : 3" in plain(said)
        assert run(*send_to(file, port)).exit_code == 0
    assert room.copies == dict.fromkeys(everyone, 1)


def test_by_starttls_with_a_password_from_the_environment(
    here: Path, apart: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_at(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    room = Mailroom()
    with smtp_server(room, certificate, by_starttls=True) as port:
        server = f"server: {{host: localhost, port: {port}, security: starttls, user: {USER}}}\n"
        settings = here / "site_config" / "mailing.yml"
        settings.write_text(settings.read_text() + server)
        command = ["newsletter", LETTER, "--to", str(listed(apart, "ana@mini.example")), "--send"]
        refused = run(*command, VEILLEE_SMTP_PASSWORD="faux")
        assert (refused.exit_code, room.mails) == (1, [])
        done = run(*command, VEILLEE_SMTP_PASSWORD=PASSWORD)
        assert done.exit_code == 0, done.output
    assert len(room.mails) == 1
    settings.write_text("server: {host: mail.example, security: none}\n")
    clear = run(*command)
    assert "est réservé à un serveur de cette machine" in plain(clear.stderr)


def test_a_line_that_power_cut_in_two_is_taken_away(here: Path, apart: Path) -> None:
    everyone = addresses(2)
    file = listed(apart, *everyone)
    kept = {"to": everyone[0], "state": "accepted", "at": "2026-11-20T09:00:00+00:00", "id": "<x@y>"}
    (apart / f"{SLUG}.journal").write_text(json.dumps(kept) + '\n{"to": "personne.001@mini.ex')
    room = Mailroom()
    with smtp_server(room) as port:
        assert run(*send_to(file, port)).exit_code == 0
    assert room.copies == {everyone[1]: 1}
    (apart / f"{SLUG}.journal").write_text("bonjour\n")
    spoilt = run(*send_to(file, port))
    assert spoilt.exit_code == 1
    assert f"{SLUG}.journal:1" in plain(spoilt.stderr)


class _Silent(Mailroom):
    """Takes so many mails, then one more, and says nothing of that one until it is released."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after, self.released = after, _Flag()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(envelope)
        while len(self.mails) > self.after and not self.released.is_set:
            await asyncio.sleep(0.005)
        return "250 taken"


class _Flag:
    is_set = False

    def set(self) -> None:
        self.is_set = True


class _Vanishing(Mailroom):
    """Takes the mail of someone and breaks off without a word."""

    def __init__(self, whom: str) -> None:
        super().__init__()
        self.whom = whom

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(envelope)
        if envelope.rcpt_tos == [self.whom]:
            assert server.transport is not None
            server.transport.abort()
        return "250 taken"


def _holders(file: Path) -> set[int]:
    """The processes that hold a file open."""
    found = set()
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if os.readlink(link) == str(file.resolve()):
                found.add(int(link.parts[2]))
    return found


def _until(is_so) -> None:  # type: ignore[no-untyped-def]
    while not is_so():
        time.sleep(0.005)
