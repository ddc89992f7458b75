"""Runs that are killed at random moments: at the end, everything is as after one that nothing interrupted."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from pathlib import Path

import curation.intake.running
import curation.intake.sources.opening  # noqa: F401 - what each child would load again
from curation.cli import app
from portal.language import Translator
from portal.loading import load_content
from tests.commands import ENVIRONMENT, added
from tests.conftest import company
from tests.intake.mails import IDEA, mail, maildir
from tests.intake.test_intake import STATE, STORY

KILLS = 300
PROFILE = (
    "Veillée · Personne\nNom : Ben Okoye\nFonction : Chef d’équipe\n"
    "Compétences :\n- Python ; niveau : 3\nTexte :\nJe dessine.\n"
)
MAILS = [
    *(
        mail(IDEA.replace("cafetière", f"chose {number}"), message_id=f"idea-{number}@x")
        for number in range(3)
    ),
    mail(IDEA.replace("cafetière", "chose 1"), message_id="twice@x"),
    mail(IDEA.replace("réunit", "rapproche").replace("cafetière", "chose 2"), message_id="twin@x"),
    mail(STORY, message_id="story@x"),
    mail(PROFILE, message_id="profile@x", sender="Ben <ben@mini.example>"),
    mail("Absent.", message_id="robot@x", Auto_Submitted="auto-replied"),
    mail("Merci !", message_id="thanks@x", References="<veillee.a@b>"),
    mail("Bonjour ?", message_id="what@x", subject="coucou"),
]


def test_no_message_is_lost_and_none_counts_twice(tmp_path: Path) -> None:
    chance = random.Random(7)
    Translator("fr").gettext("yes")
    calm = office(tmp_path / "calm")
    within_s = run_for(calm)
    expected = left_by(calm)
    assert len(expected) == 4 + 1 + 8
    killed = rounds = 0
    while killed < KILLS:
        here = office(tmp_path / f"round-{rounds}")
        rounds += 1
        for _ in range(chance.randint(2, 6)):
            killed += run_for(here, chance.uniform(0.02, within_s)) is None
            assert load_content(here / "content").problems == ()
            assert left_by(here).items() <= expected.items()
        run_for(here)
        assert left_by(here) == expected
        seen = [file.name.rpartition(":2,")[2] for file in (here / "mail" / "cur").iterdir()]
        assert seen == ["S"] * (len(MAILS) - 1)
        assert len(list((here / "mail" / "new").iterdir())) == 1
        shutil.rmtree(here)


def office(folder: Path) -> Path:
    """A company whose Maildir holds every mail."""
    folder.mkdir()
    maildir(company(folder) / "mail", *MAILS)
    return folder


def left_by(folder: Path) -> dict[str, str]:
    """What a run leaves: files of the content that are new or differ, and answers, by their paths."""
    ben = (folder / "content" / "people" / "ben.md").read_text()
    found = {path: (folder / "content" / path).read_text() for path in added(folder) if not hidden(path)}
    if "Chef d’équipe" in ben:
        found["people/ben.md"] = ben
    outbox = folder / STATE / "outbox"
    return found | {file.name: file.read_text() for file in outbox.glob("*.eml")}


def hidden(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".")


def run_for(folder: Path, seconds: float = 60) -> float | None:
    """Run the command in a process of its own and kill it after so long; how long it took, None when it was killed."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        intake_in(folder)
    while time.monotonic() - started < seconds:
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            return time.monotonic() - started
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def intake_in(folder: Path) -> None:
    """The command, in a process that ends with it."""
    os.chdir(folder)
    os.environ.update({key: value for key, value in ENVIRONMENT.items() if value is not None})
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        app(["intake", "--maildir", "mail"], standalone_mode=False)
    finally:
        os._exit(0)
