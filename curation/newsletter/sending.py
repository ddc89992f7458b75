"""The command's side of a sending: what is left to send, one command at a time, and the courier that does it."""

from __future__ import annotations

import fcntl
import json
import os
import select
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from curation.errors import FAILED, Stopped
from curation.newsletter.conversation import Conversation
from curation.newsletter.courier import Courier, Orders
from curation.newsletter.journal import ACCEPTED, HANDING, REFUSED, Journal, Line
from portal.problems import N_, message

PATIENCE_S = 60
"""How long a run waits for the courier of a killed one to end the mail that it was at."""


@dataclass(frozen=True)
class Again:
    """Whom a person wants to be tried once more: those in doubt, who may get it twice, and those refused for good."""

    doubtful: bool = False
    refused: bool = False


@dataclass(frozen=True)
class Plan:
    """Who gets a copy in this run, and why the others don't; addresses as the list writes them."""

    to_send: tuple[str, ...]
    have_it: tuple[str, ...]
    refused: tuple[tuple[str, Line], ...]
    doubtful: tuple[tuple[str, Line], ...]


def plan(addresses: Sequence[str], known: Mapping[str, Line], again: Again = Again()) -> Plan:
    """What a journal says of a list: nobody gets a copy twice, unless a person says so for those in doubt."""
    to_send, have_it, refused, doubtful = [], [], [], []
    for address in addresses:
        line = known.get(address.lower())
        state = line.state if line else None
        if line and state == ACCEPTED:
            have_it.append(address)
        elif line and state == REFUSED and not again.refused:
            refused.append((address, line))
        elif line and state == HANDING and not again.doubtful:
            doubtful.append((address, line))
        else:
            to_send.append(address)
    return Plan(tuple(to_send), tuple(have_it), tuple(refused), tuple(doubtful))


@contextmanager
def alone(journal: Path) -> Iterator[Journal]:
    """The journal, while no other command sends this letter from this folder.

    Raises:
        Stopped: another one does, or the courier of a killed one doesn't end.
    """
    handle = os.open(journal.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        # A record lock stays with this process and dies with it: the courier, a fork of it, never holds it.
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        opened = _opened(journal)
        try:
            yield opened
        finally:
            opened.close()
    except (BlockingIOError, PermissionError):
        raise Stopped(message(N_("another run sends this letter now: wait until it ends")), FAILED) from None
    finally:
        os.close(handle)


def _opened(file: Path) -> Journal:
    for _ in range(PATIENCE_S * 20):
        try:
            return Journal.open(file)
        except BlockingIOError:
            select.select([], [], [], 0.05)
    what = N_(
        "the last run was stopped, and still waits for the mail server’s answer: try again in some minutes"
    )
    raise Stopped(message(what), FAILED)


def send(
    orders: Orders,
    conversation: Conversation,
    journal: Journal,
    heard: Callable[[Mapping[str, str]], None],
    interrupted: Callable[[], None],
) -> str | None:
    """Have the courier carry every copy; `heard` is told of each. Why it ended early, or nothing; None: it was killed.

    An interruption (Ctrl-C) lets the courier end the mail that it is at, after `interrupted` said so; a second one
    doesn't wait for it.
    """
    line = _started(orders, conversation, journal)
    end: str | None = None
    is_interrupted = False
    with line, line.makefile("r", encoding="utf-8") as told:
        while True:
            try:
                said = told.readline()
            except KeyboardInterrupt:
                if is_interrupted:
                    raise
                is_interrupted = True
                line.shutdown(socket.SHUT_WR)
                interrupted()
                continue
            if not said:
                return end
            news = json.loads(said)
            if "end" in news:
                end = news["end"]
            else:
                heard(news)


def _started(orders: Orders, conversation: Conversation, journal: Journal) -> socket.socket:
    """The command's end of the line to a courier that has just begun."""
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        _leave_home(lambda: Courier(orders, conversation, journal, theirs).carry())
    theirs.close()
    os.waitpid(child, 0)
    return ours


def _leave_home(work: Callable[[], None]) -> None:
    """Do the work in a process with a session of its own and no parent here; this one and that one end with it."""
    try:
        os.setsid()
        if os.fork() == 0:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nowhere, descriptor)
            work()
    finally:
        os._exit(0)
