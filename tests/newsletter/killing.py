"""Kills `veillee newsletter --send` at random moments until everyone has the letter; used by a test and a benchmark."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.intake.servers import smtp_server
from tests.newsletter.letters import SLUG, Mailroom, addresses, listed, send_to, with_letter
from tests.warm import Program

SLOW_S = 0.006
"""The server thinks at most so long before it takes a mail, and before it says so: kills fall on each side of both."""


@dataclass(frozen=True)
class Killed:
    """How many runs were killed, how many of them left a mail under way that the courier ended, in how many sendings."""

    killed: int = 0
    under_way: int = 0
    sendings: int = 0


def kill_sendings(program: Program, folder: Path, people: int, times: int, chance: random.Random) -> Killed:
    """Send to so many people while the command, with its process group, is killed; then let it end.

    Most often one sending takes all the kills; where it ends before, another one takes the rest. After each, everyone
    has exactly one mail.
    """
    tally = Killed()
    while tally.killed < times:
        here = folder / f"sending-{tally.sendings}"
        here.mkdir()
        tally = _kill_one(program, here, people, times, chance, tally)
    return tally


def _kill_one(
    program: Program, folder: Path, people: int, times: int, chance: random.Random, tally: Killed
) -> Killed:
    here = with_letter(folder / "company")
    everyone = addresses(people)
    file = listed(folder / "kept-apart", *everyone)
    room = Mailroom(chance=random.Random(chance.random()), most_s=SLOW_S)
    killed, under_way, code = tally.killed, tally.under_way, None
    with smtp_server(room) as port:
        command = send_to(file, port)
        start_s = program.seconds(command[:4], here)
        while killed < times and code is None:
            # One in five falls at random after the start, the others soon after a random number of further mails.
            if chance.random() < 0.2:
                code = program.run(command, here, chance.uniform(0, start_s))
            else:
                share = (people - len(room.mails)) // (times - killed)
                goal = len(room.mails) + chance.randint(0, max(2 * share - 4, 0))
                soon_s = chance.uniform(0, 6 * SLOW_S)
                code = program.run_until(command, here, partial(_has_taken, room, goal), soon_s)
            before = _size(file)
            time.sleep(3 * SLOW_S)
            killed += code is None
            under_way += code is None and _size(file) > before
        assert program.run(command, here) == 0
        assert room.copies == dict.fromkeys(everyone, 1)
    return Killed(killed, under_way, tally.sendings + 1)


def _has_taken(room: Mailroom, mails: int) -> bool:
    return len(room.mails) >= mails


def _size(file: Path) -> int:
    journal = file.with_name(f"{SLUG}.journal")
    return journal.stat().st_size if journal.exists() else 0
