"""A forge's repository for each test, and a clone of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.forges.repositories import Forge, Repository


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Forge:
    return Forge.made(tmp_path_factory.mktemp("first") / "forge.git")


@pytest.fixture
def forge(first: Forge, tmp_path: Path) -> Forge:
    shutil.copytree(first.folder, tmp_path / "forge.git")
    return Forge(tmp_path / "forge.git")


@pytest.fixture
def clone(forge: Forge, tmp_path: Path) -> Repository:
    return forge.clone(tmp_path / "clone")
