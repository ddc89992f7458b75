"""The screen under a pilot's fingers: keys go in, lines of text come out."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from curation.desk.desk import Desk
from curation.desk.finding import Finding
from curation.review.app import Review
from curation.review.preview import View
from curation.review.session import Session
from portal.language import Translator
from portal.problems import Message
from tests.conftest import NOW
from tests.desk.desks import finding

_TEXT = re.compile(
    r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>([^<]*)</text>'
)
_SPACES = re.compile(r"[ \u00a0\u202f]+")


@dataclass(frozen=True)
class Shown:
    """A screen that is open."""

    program: Review
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait until all is drawn."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Write a text where the cursor is, as a terminal sends what is pasted."""
        self.program.post_message(events.Paste(text))
        await self.pilot.pause()

    async def save(self) -> None:
        """Press Ctrl+S and wait until it is done or refused."""
        await self.pilot.press("ctrl+s")
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line; runs of spaces are one."""
        rows: dict[float, list[tuple[float, float, str]]] = defaultdict(list)
        for x, y, length, text in _TEXT.findall(self.program.export_screenshot()):
            rows[float(y)].append((float(x), float(length), unescape(text)))
        return [_SPACES.sub(" ", _joined(sorted(rows[y]))).strip() for y in sorted(rows)]

    @property
    def text(self) -> str:
        """What is on the screen, as one line: sentences are found however they are broken."""
        return _SPACES.sub(" ", " ".join(self.lines))


def _joined(parts: list[tuple[float, float, str]]) -> str:
    """The parts of a line by where they begin and how long they are; what is blank isn't drawn."""
    line, end = "", 0.0
    for begin, length, text in parts:
        line += (" " if begin - end > 1 else "") + text
        end = begin + length
    return line


def play(
    desk: Desk,
    scene: Callable[[Shown], Awaitable[None]],
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "fr",
    alarms: Mapping[str, Sequence[Message]] | None = None,
) -> Session:
    """Open a desk for Ana at the tests' moment, play a scene on it; the session as it ended."""
    session = Session(desk, "ana", lambda: NOW)
    program = Review(View(session, Translator(language), alarms or {}))

    async def run() -> None:
        async with program.run_test(size=size) as pilot:
            await pilot.pause()
            await scene(Shown(program, pilot))

    asyncio.run(run())
    return session


def published(name: str, day: int, **facts: Any) -> Finding:
    """A finding of a day of November, unlike the others."""
    text = " ".join(
        f"{name}{word}" for word in ("pompe", "vanne", "sable", "boue", "filtre", "égout", "pluie")
    )
    more = {"published": f"2026-11-{day}T08:00:00Z", "excerpt": text, **facts}
    return Finding.model_validate(finding(name).model_dump() | more)


def watched(here: Path) -> list[Path]:
    """The pages that were made of candidates."""
    return sorted((here / "content" / "watch" / "2026").glob("a-propos-de-*.md"))
