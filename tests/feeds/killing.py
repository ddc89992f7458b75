"""Kills the real program at random moments, and looks at what it left. Used by the tests, and in numbers by a benchmark."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from curation.desk.store import Papers, Store
from portal.loading import load_content
from portal.records import WatchItem
from tests.commands import PROGRAM, environment, process
from tests.desk.desks import LONG
from tests.feeds.companies import on_desk, rss, watch
from tests.feeds.serving import Served

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


def kill(
    arguments: Sequence[str], folder: Path, within_s: float, chance: random.Random, tally: Tally
) -> None:
    """Run the program and kill it, with the processes that it started, at a random moment."""
    running = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment({}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(chance.uniform(0, within_s))
        tally.ended += 1
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        tally.killed += 1


def whole(folder: Path) -> Papers:
    """The desk, every file of which must be whole, like every page of the watch."""
    papers = Store(folder / "desk").read()
    assert papers.problems == ()
    assert load_content(folder / "content").problems == ()
    return papers


def seconds(arguments: Sequence[str], folder: Path) -> float:
    """How long an uninterrupted run takes here and now."""
    started = time.perf_counter()
    done = process(*arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - started


def kill_fetches(company: Path, served: Served, names: list[str], times: int, chance: random.Random) -> Tally:
    """Fetches killed `times` times, in as many rounds as they need; each round must end like an uninterrupted one."""
    tally, fetch = Tally(), ["fetch", "--force"]
    watch(company, served, names)
    calm = company.with_name("calm")
    shutil.copytree(company, calm)
    within_s = seconds(fetch, calm) * 1.1
    expected = on_desk(calm)
    assert len(expected) == SOURCES * (ENTRIES + 1)
    while tally.killed < times:
        round_ = company.with_name("round")
        shutil.copytree(company, round_)
        for _ in range(min(5, times - tally.killed)):
            kill(fetch, round_, within_s, chance, tally)
            papers = whole(round_)
            assert {item.path for item in papers.filed} <= expected.keys()
        seconds(fetch, round_)
        assert on_desk(round_) == expected
        shutil.rmtree(round_)
    return tally


def kill_decisions(company: Path, times: int, chance: random.Random) -> Tally:
    """Decisions killed `times` times on a desk of candidates; what was said is finished, what wasn't still waits."""
    tally = Tally()
    desk = company / "desk"
    started = {item.finding.id for item in whole(company).filed}
    within_s = seconds(["candidates"], company) * 1.5
    while tally.killed < times:
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
        kill([*arguments, "--by", "ana"], company, within_s, chance, tally)
        papers = whole(company)
        said = {finding.id for decision in papers.decisions for finding in decision.findings}
        assert {item.finding.id for item in papers.filed} | said == started
    assert process("settle", cwd=company).returncode == 0
    kept = [one for one in Store(desk).read().decisions if one.verdict == "keep"]
    content = load_content(company / "content").content
    urls = {item.url for item in content.of("watch_item") if isinstance(item, WatchItem)}
    assert {one.findings[0].url for one in kept} <= urls
    return tally
