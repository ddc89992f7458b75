"""The scripts of the search reach the site small, with the parts that always go together in one file."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from hooks.scripts import small, whole
from tests.conftest import ROOT
from tests.site import build

FOLDER = ROOT / "overrides" / "assets" / "javascripts" / "veillee"
MODULES = sorted(FOLDER.glob("*.js"))
WORKER = ROOT / "overrides" / "sw.js"


def write(folder: Path, **modules: str) -> Path:
    for name, source in modules.items():
        (folder / f"search-{name}.js").write_text(source)
    return folder / "search-first.js"


def test_parts_are_taken_in_once_in_the_order_they_need(tmp_path: Path) -> None:
    first = write(
        tmp_path,
        first='import { b } from "./search-b.js";\nimport { c } from "./search-c.js";\nimport { p } from "./p.js";\nb(c);\n',
        b='import { c } from "./search-c.js";\nconst own = 1;\nexport function b() {\n  return c + own;\n}\n',
        c="const own = 2;\nexport const c = own;\n",
    )
    made = whole(first)
    assert re.findall(r"const \{ (\w+) \}", made) == ["c", "b"]
    assert re.findall(r'from "(.*)"', made) == ["./p.js"], "what isn't a part stays apart"
    assert made.count("const own = 2") == 1
    assert "export" not in made


def test_what_cannot_be_parsed_stops_the_build() -> None:
    with pytest.raises(ValueError, match="unexpected"):
        small("const x = ;")


def test_what_is_read_stays_after_what_it_reads() -> None:
    # A version of the minifier moved the destructuring of this module before its constant.
    made = small((FOLDER / "directory.js").read_text())
    assert re.search(r"const (\w+)=asked\(\w+\),\{kept:", made)


def test_the_site_has_the_search_small_and_the_rest_as_written(tmp_path: Path) -> None:
    done = build(tmp_path / "site")
    assert done.returncode == 0, done.stderr
    made = tmp_path / "site" / "assets" / "javascripts" / "veillee"
    assert {file.name for file in made.iterdir()} == {module.name for module in MODULES}
    for module in MODULES:
        is_searching = module.name.startswith(("search", "offline"))
        assert (made / module.name).read_text() == (
            small(whole(module)) if is_searching else module.read_text()
        )
    assert (tmp_path / "site" / "sw.js").read_text() == small(WORKER.read_text())
    panel = (made / "search-panel.js").read_text()
    assert sorted(set(re.findall(r'from"\./([\w-]+)\.js"', panel))) == ["place", "storage"]


def test_the_search_and_its_interface_weigh_little() -> None:
    opened = [FOLDER / "search.js", FOLDER / "search-panel.js"]
    assert sum(len(gzip.compress(small(whole(module)).encode(), 9)) for module in opened) <= 8_000
