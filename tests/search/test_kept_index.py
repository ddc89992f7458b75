"""The index of the build before stays one build more, for tabs that are open; never that of another audience."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import pytest

from hooks.previous import index_before
from portal.outputs import BUILD_FILE, INDEX_FOLDER
from tests.conftest import MINI
from tests.site import build, digests


def folders(site: Path) -> set[str]:
    return {folder.name for folder in (site / INDEX_FOLDER).iterdir() if folder.is_dir()}


def named(site: Path) -> str:
    return str(json.loads((site / BUILD_FILE).read_text())["id"])


def files_of(site: Path, key: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (site / INDEX_FOLDER / key).iterdir()}


def test_an_open_tab_goes_on_with_its_index_for_one_build(tmp_path: Path) -> None:
    content, site = tmp_path / "content", tmp_path / "site"
    shutil.copytree(MINI, content)
    assert build(site, content=content).returncode == 0
    first = named(site)
    files = files_of(site, first)
    assert folders(site) == {first}

    post = content / "posts" / "mot.md"
    post.write_text(post.read_text() + "\nUne girouette neuve.\n")
    assert build(site, content=content).returncode == 0
    second = named(site)
    assert folders(site) == {first, second}
    assert files_of(site, first) == files, "byte for byte"

    done = build(tmp_path / "elsewhere", content=content, VEILLEE_PREVIOUS=str(site))
    assert done.returncode == 0
    assert folders(tmp_path / "elsewhere") == {second}, "same content, same index: nothing more to keep"

    post.write_text(post.read_text() + "\nUne autre girouette.\n")
    done = build(tmp_path / "elsewhere", content=content, VEILLEE_PREVIOUS=str(site))
    assert done.returncode == 0
    assert folders(tmp_path / "elsewhere") == {second, named(tmp_path / "elsewhere")}, "one build, not two"

    done = build(site, content=content, VEILLEE_AUDIENCE="external")
    assert done.returncode == 0
    assert folders(site) == {named(site)}, "what employees may search never stays in the public site"


def test_a_rebuild_in_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(site).returncode == 0
    before = digests(site)
    assert build(site).returncode == 0
    assert digests(site) == before


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site's index, small."""
    folder = tmp_path / INDEX_FOLDER / "0123456789"
    folder.mkdir(parents=True)
    (folder / "0.bin").write_bytes(b"zero")
    (folder / "helpers-3.json").write_bytes(b"[]")
    (folder / "notes.txt").write_text("not ours")
    (folder / "1.bin").symlink_to(folder / "0.bin")
    (tmp_path / INDEX_FOLDER / "9876543210").mkdir()
    (tmp_path / INDEX_FOLDER / "9876543210" / "0.bin").write_bytes(b"older")
    (tmp_path / BUILD_FILE).write_text('{"audience": "internal", "id": "0123456789"}')
    return tmp_path


def test_only_the_files_of_the_index_that_is_named_are_kept(site: Path) -> None:
    assert index_before(site, "internal") == {
        f"{INDEX_FOLDER}/0123456789/0.bin": b"zero",
        f"{INDEX_FOLDER}/0123456789/helpers-3.json": b"[]",
    }


@pytest.mark.parametrize("audience", ["external", "private:cercle"])
def test_nothing_is_kept_for_another_audience(site: Path, audience: str) -> None:
    assert index_before(site, audience) == {}


def test_a_first_build_keeps_nothing_and_says_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert index_before(tmp_path, "internal") == {}
    assert caplog.messages == []


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "[]",
        "null",
        '{"id": "0123456789"}',
        '{"audience": "internal", "id": "../../etc"}',
        '{"audience": "internal", "id": 3}',
        "[" * 5000,
    ],
)
def test_a_damaged_index_is_left_with_a_word(
    site: Path, damaged: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    (site / BUILD_FILE).write_text(damaged)
    assert index_before(site, "internal") == {}
    (said,) = caplog.messages
    assert "the index of the last build isn't kept" in said
