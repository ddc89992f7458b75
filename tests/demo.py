"""Sites that many tests look at, each built once in a run: the demo's, under a sub-path as it would publish it, and mini's.

pytest-xdist's workers share them: the first that needs one builds it, the others wait for it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site import build

PREFIX = "/portail/"


@dataclass(frozen=True)
class Built:
    """A site's folder, not to be written in, and what its build said."""

    folder: Path
    said: str


def demo_site(factory: pytest.TempPathFactory, audience: str = "internal") -> Built:
    """The demo's site for one audience, built strictly."""
    return _once(factory, f"demo-{audience.replace(':', '-')}", lambda folder: _demo(folder, audience))


def mini_site(factory: pytest.TempPathFactory) -> Built:
    """The miniature company's site for its employees, built strictly."""
    return _once(factory, "mini", build)


def _once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], subprocess.CompletedProcess[str]]
) -> Built:
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sites"
    shared.mkdir(exist_ok=True)
    said = shared / f"{name}.log"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            done = make(shared / name)
            assert done.returncode == 0, done.stderr
            said.write_text(done.stderr)
    return Built(shared / name, said.read_text())


def _demo(folder: Path, audience: str) -> subprocess.CompletedProcess[str]:
    config = folder.with_name(f"{folder.name}-config")
    shutil.copytree(ROOT / "site_config", config, dirs_exist_ok=True)
    settings = config / "site.yml"
    settings.write_text(
        settings.read_text().replace("hydrelis.example/\nlanguage", f"hydrelis.example{PREFIX}\nlanguage")
    )
    assert PREFIX in settings.read_text(), "the page for what isn't there needs to know the sub-path"
    return build(folder, content=ROOT / "content", config=config, VEILLEE_AUDIENCE=audience)
