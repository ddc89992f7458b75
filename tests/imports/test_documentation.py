"""The worked example of `docs/importing-people.md`, played on the demo company as the page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.commands import run
from tests.conftest import ROOT
from tests.imports.directory import actions, imported

PAGE = (ROOT / "docs" / "importing-people.md").read_text()


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("content", "site_config"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    found = re.search(r"```csv\n(.+?)```", PAGE, re.DOTALL)
    assert found
    (tmp_path / "rh.csv").write_text(found[1])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_says_and_does_what_the_page_says(demo: Path) -> None:
    result = run("import", "people", "rh.csv", "--lang", "en")
    assert result.exit_code == 0
    assert f"```\n{result.stdout}```" in PAGE
    done = {
        "alexandru-vlasceanu": "leave", "amandine-rochefourt": "unchanged", "maelle-le-goff": "create", "zoe-ba": "create",
    }  # fmt: skip
    assert actions(imported()) == done
    assert actions(imported()) == {"amandine-rochefourt": "unchanged"}
    assert run("check").exit_code == 0


def test_the_settings_of_the_page_are_read(demo: Path) -> None:
    for found in re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL):
        (demo / "site_config" / "import.yml").write_text(found)
        (demo / "rh.csv").write_text("Matricule;Prénom;Nom;Site;Langues;Statut\n")
        assert imported()["problems"] == []
