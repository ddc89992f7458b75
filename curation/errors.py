"""How a command stops when it can't go on: with a sentence that says why, and an exit code."""

from __future__ import annotations

from portal.problems import Message

FAILED = 1
"""The work was done, and its answer is no."""
MISUSED = 2
"""The command was called wrongly, or can't find what it needs."""


class Stopped(Exception):  # noqa: N818 - nothing is wrong with the program
    """Raised anywhere in a command; the command line says `message` and leaves with `code`."""

    def __init__(self, message: Message, code: int = MISUSED) -> None:
        super().__init__(str(message))
        self.message, self.code = message, code
