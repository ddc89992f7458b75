"""The indexes on disk: made once, safe to lose, to damage, to share between processes, and to be unable to write."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from curation.finding.cache import INDEXES, KEPT, opened
from curation.finding.fingerprint import fingerprint
from curation.finding.index import Source, write_index
from portal.search.document import Document
from tests.commands import PROGRAM, environment, run
from tests.conftest import NOW

SOURCE = Source((Document("page", "a/", "Pompe", fields={"title": "Pompe"}),), {}, {}, "fr")


class Making:
    """Makes an index, and remembers how often."""

    def __init__(self) -> None:
        self.made = self.damaged = 0

    def __call__(self, folder: Path) -> None:
        self.made += 1
        write_index(folder, SOURCE)

    def find(self, folder: Path) -> list[int]:
        with opened(folder, self, self._note) as index:
            return list(index.scores("pomp"))

    def _note(self) -> None:
        self.damaged += 1


@pytest.fixture
def making() -> Making:
    return Making()


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def one_bit_else(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def test_an_index_is_made_once(tmp_path: Path, making: Making) -> None:
    assert [making.find(tmp_path / "one") for _ in range(3)] == [[0]] * 3
    assert (making.made, making.damaged) == (1, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.parametrize("damage", [cut_short, one_bit_else, emptied, Path.unlink])
@pytest.mark.parametrize("what", ["*.seg", "*.toc", "about.json", "whole.json"])
def test_a_damaged_one_is_made_again(
    tmp_path: Path, making: Making, damage: Callable[[Path], None], what: str
) -> None:
    making.find(tmp_path / "one")
    (file,) = (tmp_path / "one").glob(what)
    damage(file)
    assert making.find(tmp_path / "one") == making.find(tmp_path / "one") == [0]
    assert (making.made, making.damaged) == (2, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_what_was_put_beside_the_files_is_not_trusted(tmp_path: Path, making: Making) -> None:
    making.find(tmp_path / "one")
    (toc,) = (tmp_path / "one").glob("*.toc")
    toc.with_name("_MAIN_9.toc").write_bytes(toc.read_bytes())
    assert making.find(tmp_path / "one") == [0]
    assert making.made == 2


def test_a_file_in_its_place_is_replaced(tmp_path: Path, making: Making) -> None:
    (tmp_path / "one").write_text("not a folder")
    assert making.find(tmp_path / "one") == [0]
    assert making.made == 1
    assert (tmp_path / "one").is_dir()


def test_where_nothing_can_be_written_it_is_found_all_the_same(tmp_path: Path, making: Making) -> None:
    (tmp_path / "file").write_text("")
    assert making.find(tmp_path / "file" / "one") == [0]


def test_the_last_used_are_kept_and_what_was_left_is_swept(tmp_path: Path, making: Making) -> None:
    forgotten, busy = tmp_path / "00.beside", tmp_path / "01.beside"
    forgotten.mkdir()
    busy.mkdir()
    os.utime(forgotten, (1, 1))
    for age in range(KEPT + 2):
        making.find(tmp_path / f"{age}")
        os.utime(tmp_path / f"{age}", (10**9 + age, 10**9 + age))
    making.find(tmp_path / "last")
    assert {path.name for path in tmp_path.iterdir()} == {"01.beside", "last", *map(str, range(3, KEPT + 2))}


def test_an_open_index_survives_its_folder(tmp_path: Path, making: Making) -> None:
    with opened(tmp_path / "one", making) as index:
        for path in (tmp_path / "one").iterdir():
            path.unlink()
        assert list(index.scores("pomp")) == [0]
        assert index.page(0).title == "Pompe"


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        write_index(folder, SOURCE)
        raise RuntimeError

    with pytest.raises(RuntimeError), opened(tmp_path / "one", fail):
        pass
    assert list(tmp_path.iterdir()) == []


def test_whatever_changes_changes_the_name(here: Path) -> None:
    def name(audience: str = "internal", day: int = 21) -> str:
        return fingerprint(here / "content", here / "site_config", audience, NOW.replace(day=day)).name

    before = name()
    assert name() == before
    (here / "content" / ".hidden").write_text("x")
    assert name() == before
    assert len({before, name("external"), name(day=22)}) == 3
    (here / "site_config" / "synonyms.yml").write_text("[]")
    assert (second := name()) != before
    file = here / "content" / "people" / "ana.md"
    stamp = file.stat()
    file.write_bytes(file.read_bytes().replace(b"ruches", b"rushes"))
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert (third := name()) not in {before, second}
    file.rename(file.with_name("anna.md"))
    assert name() not in {before, second, third}


def test_the_command_says_that_it_mends(here: Path) -> None:
    run("search", "ruches")
    (index,) = (here / INDEXES).iterdir()
    next(index.glob("*.toc")).write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    result = run("search", "ruches")
    assert result.exit_code == 0
    assert result.stderr == "veillee: l’index de recherche était abîmé : il est refait\n".replace(
        " :", "\N{NO-BREAK SPACE}:"
    )
    assert run("search", "ruches").stderr == ""


def test_two_processes_at_once_find_the_same(here: Path) -> None:
    command = [*PROGRAM, "search", "ruches", "--json"]
    both = [
        subprocess.Popen(
            command, cwd=here, env=environment({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    answers = [(process.communicate(timeout=60), process.returncode) for process in both]
    for (out, err), code in answers:
        assert (code, err) == (0, b"")
        assert json.loads(out)["count"] == 2
    assert len(list((here / INDEXES).iterdir())) == 1
