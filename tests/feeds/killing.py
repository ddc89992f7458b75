"""Kills the real program at random moments, and looks at what it left. Used by the tests, and in numbers by a benchmark."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from curation.desk.store import Papers, Store
from portal.loading import load_content
from portal.records import WatchItem
from tests.desk.desks import LONG
from tests.feeds.companies import on_desk, rss, watch
from tests.feeds.serving import Served
from tests.warm import Program

SOURCES, ENTRIES = 10, 8


def publish(folder: Path) -> list[str]:
    """Feeds on disk, some entries told by two of them; their names."""
    folder.mkdir()
    names = [f"source-{number}.xml" for number in range(SOURCES)]
    for number, name in enumerate(names):
        items = [
            {
                "title": f"Mesure {entry} du poste {number} sur le réseau séparatif",
                "link": f"https://poste-{number}.example/{entry}",
                "text": f"Poste {number}, mesure {entry} : {LONG[number + entry :]}",
            }
            for entry in range(ENTRIES)
        ]
        shared = {
            "title": "Le même communiqué pour tous les postes de relèvement",
            "link": f"https://poste-{number}.example/c",
        }
        (folder / name).write_text(rss(*items, {**shared, "text": f"Communiqué. {LONG}"}, title=name))
    return names


@dataclass
class Tally:
    """How many runs were killed before their end, and how many ended."""

    killed: int = 0
    ended: int = 0


@dataclass
class Killer:
    """Kills runs of the program at moments of its choice."""

    program: Program
    chance: random.Random
    tally: Tally = field(default_factory=Tally)

    def run(self, arguments: Sequence[str], folder: Path, within_s: float) -> None:
        """Run the program; kill it, with the processes that it started, unless it ends before."""
        if self.program.run(arguments, folder, self.chance.uniform(0, within_s)) is None:
            self.tally.killed += 1
        else:
            self.tally.ended += 1


def whole(folder: Path) -> Papers:
    """The desk, every file of which must be whole, like every page of the watch."""
    papers = Store(folder / "desk").read()
    assert papers.problems == ()
    assert load_content(folder / "content").problems == ()
    return papers


def kill_fetches(company: Path, served: Served, names: list[str], times: int, killer: Killer) -> None:
    """Fetches killed `times` times, in as many rounds as they need; each round must end like an uninterrupted one."""
    program, tally, fetch = killer.program, killer.tally, ["fetch", "--force"]
    watch(company, served, names)
    calm = company.with_name("calm")
    shutil.copytree(company, calm)
    within_s = program.seconds(fetch, calm) * 1.1
    expected = on_desk(calm)
    assert len(expected) == SOURCES * (ENTRIES + 1)
    while tally.killed < times:
        round_ = company.with_name("round")
        shutil.copytree(company, round_)
        for _ in range(min(5, times - tally.killed)):
            killer.run(fetch, round_, within_s)
            papers = whole(round_)
            assert {item.path for item in papers.filed} <= expected.keys()
        program.seconds(fetch, round_)
        assert on_desk(round_) == expected
        shutil.rmtree(round_)


def kill_decisions(company: Path, times: int, killer: Killer) -> None:
    """Decisions killed `times` times on a desk of candidates; what was said is finished, what wasn't still waits."""
    program, chance, before = killer.program, killer.chance, killer.tally.killed
    desk = company / "desk"
    started = {item.finding.id for item in whole(company).filed}
    within_s = program.seconds(["candidates"], company) * 1.5
    while killer.tally.killed - before < times:
        waiting = sorted({item.finding.id for item in whole(company).filed})
        if len(waiting) < 3:
            break
        name = chance.choice(waiting)
        arguments = chance.choice(
            [
                ["keep", name, "--why", "Utile."],
                ["refuse", name, "--why", "Non."],
                ["later", name],
                ["reopen", name],
            ]
        )
        killer.run([*arguments, "--by", "ana"], company, within_s)
        papers = whole(company)
        said = {finding.id for decision in papers.decisions for finding in decision.findings}
        assert {item.finding.id for item in papers.filed} | said == started
    assert program.run(["settle"], company) == 0
    kept = [one for one in Store(desk).read().decisions if one.verdict == "keep"]
    content = load_content(company / "content").content
    urls = {item.url for item in content.of("watch_item") if isinstance(item, WatchItem)}
    assert {one.findings[0].url for one in kept} <= urls
