"""Killed at random: no torn file, nothing lost, and the next run ends where an uninterrupted one would have."""

from __future__ import annotations

import random
from pathlib import Path

from tests.conftest import company
from tests.feeds.companies import watch
from tests.feeds.killing import Killer, kill_decisions, kill_fetches, publish
from tests.feeds.serving import serving
from tests.warm import loaded

KILLS = 10
"""A sample; `python benchmarks/killed.py` does it hundreds of times."""


def test_a_killed_fetch_converges(tmp_path: Path) -> None:
    names = publish(tmp_path / "feeds")
    with serving(tmp_path / "feeds") as served, loaded() as program:
        killer = Killer(program, random.Random(1))
        kill_fetches(company(tmp_path / "company"), served, names, KILLS, killer)
    assert killer.tally.killed == KILLS


def test_a_killed_decision_is_finished_or_was_never_taken(tmp_path: Path) -> None:
    names, here = publish(tmp_path / "feeds"), company(tmp_path / "company")
    with serving(tmp_path / "feeds") as served, loaded() as program:
        watch(here, served, names)
        program.seconds(["fetch"], here)
        killer = Killer(program, random.Random(2))
        kill_decisions(here, KILLS, killer)
    assert killer.tally.killed == KILLS
