"""Carries the copies of a letter to the mail server, one after the other, in a process that no kill of the command reaches.

The courier has a session of its own and no parent: who kills the command, its group or its children leaves it alone. It
notices within the mail under way that nobody commands it any more, ends that one, writes down what the server said, and
goes. So a copy is never cut between the server's “taken” and our line about it. `sending` starts it.
"""

from __future__ import annotations

import json
import select
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

from curation.intake.servers import one_line
from curation.newsletter.conversation import Answer, Broken, Conversation, InDoubt
from curation.newsletter.journal import ACCEPTED, DEFERRED, HANDING, REFUSED, Journal, Line

DOUBTFUL = "doubtful"
"""What the command is told of a copy that stays at `handing`."""


@dataclass(frozen=True)
class Orders:
    """What is carried: `copy` gives the id and the bytes of someone's; waits are in seconds."""

    recipients: Sequence[str]
    copy: Callable[[str], tuple[str, bytes]]
    stamp: Callable[[], str]
    interval_s: float
    tries: int
    retry_after_s: float


class Courier:
    """One run. `line` leads to the command: its end says that nobody commands any more."""

    def __init__(
        self, orders: Orders, conversation: Conversation, journal: Journal, line: socket.socket
    ) -> None:
        self._orders, self._conversation, self._journal, self._line = orders, conversation, journal, line
        self._is_stopping = False

    def carry(self) -> None:
        """Every copy, those that the server puts off again later, as often as is allowed; then how it ended."""
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, self._stop)
        waiting, end = list(self._orders.recipients), ""
        try:
            for number in range(self._orders.tries):
                if number and not self._goes_on(self._orders.retry_after_s * 2 ** (number - 1)):
                    break
                waiting = [one for one in waiting if self._carry_one(one) == DEFERRED]
                if not waiting or self._is_stopping:
                    break
        except Broken as broken:
            end = broken.why
        except OSError as error:  # the journal can't be written: nothing more may be sent
            end = one_line(error)
        self._tell(end=end)
        self._conversation.close()

    def _carry_one(self, recipient: str) -> str | None:
        """What became of one copy; None when it wasn't begun."""
        if not self._goes_on(0):
            return None
        state, why = self._handed(recipient)
        self._tell(to=recipient, state=state, why=why)
        self._goes_on(self._orders.interval_s)
        return state

    def _handed(self, recipient: str) -> tuple[str, str]:
        message_id, copy = self._orders.copy(recipient)

        def note(state: str, why: str = "") -> None:
            line = Line(recipient.lower(), state, self._orders.stamp(), message_id, why)
            self._journal.write(line)

        try:
            answer = self._patiently(recipient, copy, lambda: note(HANDING))
        except InDoubt as doubt:
            return DOUBTFUL, doubt.why
        state = ACCEPTED if answer.is_taken else REFUSED if answer.is_refused else DEFERRED
        note(state, "" if answer.is_taken else answer.words)
        return state, "" if answer.is_taken else answer.words

    def _patiently(self, recipient: str, copy: bytes, before_the_dot: Callable[[], None]) -> Answer:
        """The server's answer; a conversation that breaks before the dot is begun again, at once, then after waits."""
        for number in range(self._orders.tries + 1):
            try:
                return self._conversation.hand(recipient, copy, before_the_dot)
            except Broken as broken:
                wait_s = self._orders.retry_after_s * 2 ** (number - 1) if number else 0
                if broken.for_good or number == self._orders.tries or not self._goes_on(wait_s):
                    raise
        raise AssertionError("the last try returns or raises")

    def _goes_on(self, seconds: float) -> bool:
        """Wait so long; whether someone still commands then."""
        if not self._is_stopping and select.select([self._line], [], [], seconds)[0]:
            self._is_stopping = True  # the command never speaks: its line is readable when it has ended
        return not self._is_stopping

    def _tell(self, **said: str) -> None:
        try:
            self._line.sendall((json.dumps(said) + "\n").encode())
        except OSError:
            self._is_stopping = True

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._is_stopping = True
