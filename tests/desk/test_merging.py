"""Two curators at once, in two clones of a real repository: git merges their work, and no decision is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands import process
from tests.conftest import company
from tests.desk.desks import filed, finding, opened

FINDINGS = [
    finding(f"article-{number}", title=f"Article numéro {number} sur les filtres à sable")
    for number in range(4)
]


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Ana", "-c", "user.email=ana@mini.example", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of a company whose desk holds four candidates."""
    first = company(tmp_path / "first")
    filed(first, *FINDINGS)
    git(first, "init", "-q", "-b", "main")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Candidates")
    git(tmp_path, "clone", "-q", "first", "second")
    return first, tmp_path / "second"


def decide(folder: Path, by: str, *arguments: str) -> None:
    done = process(*arguments, "--by", by, cwd=folder)
    assert done.returncode == 0, done.stderr


def test_both_decide_on_everything_and_nothing_is_lost(clones: tuple[Path, Path]) -> None:
    first, second = clones
    a, b, c, d = (item.id for item in FINDINGS)
    for folder, by in ((first, "ana"), (second, "ben")):
        decide(folder, by, "keep", a, "--why", f"Utile, dit {by}.")
        decide(folder, by, "refuse", b, "--why", f"Inutile, dit {by}.")
    decide(first, "ana", "keep", c, "--why", "À lire.")
    decide(second, "ben", "refuse", c)
    decide(second, "ben", "later", d)
    for folder in clones:
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "Decisions")
    git(first, "pull", "-q", "--no-rebase", "--no-edit", "../second", "main")
    assert git(first, "status", "--porcelain") == ""
    desk = opened(first)
    assert desk.problems == ()
    assert len(desk.papers.decisions) == 7
    verdicts = {finding: decision.verdict for finding, decision in desk.decided.items()}
    assert verdicts == {a: "keep", b: "refuse", c: "keep", d: "later"}
    # Both reasons to keep the first are there to read, one page each.
    texts = [file.read_text() for file in (first / "content" / "watch" / "2026").glob("article-numero-0*.md")]
    assert sorted(who for who in ("ana", "ben") for text in texts if f"dit {who}." in text) == ["ana", "ben"]
    assert [item.id for item in desk.candidates] == [d]
