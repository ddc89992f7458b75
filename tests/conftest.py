"""What several test modules share: the miniature company, its content at one fixed moment, and the project's root."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from portal.content import Content
from portal.loading import load_content
from portal.settings import Settings

# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
MINI = Path(__file__).parent / "mini" / "content"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Chromium comes last: in a process where Playwright has begun, nothing else may run a loop of its own.

    The longest of its tests begins, so that no worker ends alone with it.
    """
    items.sort(
        key=lambda item: (
            "playwright" in getattr(item, "fixturenames", ()),
            "test_whole_trip" not in item.nodeid,
        )
    )


@pytest.fixture(scope="session")
def mini() -> Content:
    """The miniature company's records, for every audience."""
    loaded = load_content(MINI, Settings())
    assert loaded.problems == ()
    return loaded.content


@pytest.fixture(scope="session")
def internal(mini: Content) -> Content:
    """What its employees see on 21 November 2026."""
    return mini.view("internal", NOW)


def company(folder: Path) -> Path:
    """A copy of the miniature company, where every private community is welcome; nothing is wrong with it."""
    shutil.copytree(MINI, folder / "content")
    shutil.copytree(MINI.parent / "site_config", folder / "site_config")
    (folder / "site_config" / "checks.yml").write_text("private_share: 1\n")
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The miniature company, as the working folder."""
    monkeypatch.chdir(company(tmp_path))
    return tmp_path
