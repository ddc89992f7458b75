"""`veillee demo`: the demo company's own sources, fetched on loopback, judged, built, without touching the repository."""

from __future__ import annotations

import re
import subprocess

from tests.commands import process
from tests.conftest import ROOT


def test_the_demo_fetches_judges_and_builds_in_a_copy() -> None:
    before = status()
    done = process("demo", "--no-ask", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout.replace("\u00a0", " ")
    assert re.search(r"nouveaux : \d{2,}, déjà dits : \d+, hors sujet : \d+, déjà refusés : \d+", told)
    for alarm in ("partie pour de bon", "silencieuse depuis", "disparue", "désactivée"):
        assert alarm in told, alarm
    page = ROOT / told.splitlines()[-1]
    assert page.is_relative_to(ROOT / ".cache" / "demo-curation" / "site" / "veille")
    assert "Le meilleur score du jour" in page.read_text()
    assert status() == before


def status() -> str:
    """What git sees of the folders that a company owns."""
    command = ["git", "status", "--porcelain", "--", "content", "site_config", "desk"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
