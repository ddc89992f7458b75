"""Real feeds, where they are at hand: every entry is accounted for, and no refetch proposes anything twice.

The corpus lies beside the project and is never part of it; without it, the demo company's sample feeds stand in.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.feeds.companies import fetched, on_desk, outcomes, watch
from tests.feeds.serving import Served, serving

CORPUS = ROOT.parent / "shared" / "corpora" / "real-feeds"
SAMPLES = ROOT / "site_config" / "sample_feeds"
CUT_SHORT = "allthis-partial.json"
"""This one ends in the middle of a string: it is refused whole, with the place where its JSON stops."""
SEEN = {"known", "duplicate", "filtered"}
FEEDS = {".xml", ".rss", ".rdf", ".atom", ".json"}


@pytest.fixture
def served(here: Path) -> Iterator[Served]:
    """A company that watches every feed of the corpus, from copies that may be changed."""
    folder = CORPUS if CORPUS.is_dir() else SAMPLES
    (here / "feeds").mkdir()
    for file in sorted(folder.iterdir()):
        if file.suffix in FEEDS:
            shutil.copy(file, here / "feeds" / file.name)
    with serving(here / "feeds") as found:
        watch(here, found, sorted(file.name for file in (here / "feeds").iterdir()))
        yield found


def written(file: Path) -> int:
    """How many entries a file has, by counting its marks."""
    text = file.read_bytes()
    if file.suffix == ".json":
        document = json.loads(text)
        return len(document["items"] if "items" in document else document["rss"]["channel"]["item"])
    return len(
        re.findall(rb"<(?:item|entry)[\s>]", re.sub(rb"<!\[CDATA\[.*?\]\]>", b"", text, flags=re.DOTALL))
    )


def test_every_entry_is_accounted_for(here: Path, served: Served) -> None:
    document = fetched("--lang", "en")
    files = {file.name.lower().replace(".", "-"): file for file in (here / "feeds").iterdir()}
    failed = {files[item["source"]].name for item in document["sources"] if item["status"] != "read"}
    assert failed <= {CUT_SHORT}
    wanted = {file.name: 0 if file.name == CUT_SHORT else written(file) for file in files.values()}
    assert {files[item["source"]].name: len(item["entries"]) for item in document["sources"]} == wanted
    counts = outcomes(document)
    assert set(counts) <= {"candidate", "duplicate", "filtered"}
    assert all(entry["reason"] for item in document["sources"] for entry in item["entries"])
    assert all(
        entry["of"]
        for item in document["sources"]
        for entry in item["entries"]
        if entry["outcome"] == "duplicate"
    )
    assert counts["candidate"] > 0.85 * sum(wanted.values())


def test_no_refetch_proposes_anything(here: Path, served: Served) -> None:
    fetched()
    before = on_desk(here)
    assert outcomes(fetched("--force")) == {}  # not modified
    shutil.rmtree(here / ".cache")
    assert set(outcomes(fetched("--force"))) <= SEEN
    assert on_desk(here) == before


@pytest.mark.parametrize("changes", ["new", "none"])
def test_ids_that_change_or_go_propose_nothing(here: Path, served: Served, changes: str) -> None:
    fetched()
    before = on_desk(here)
    for turn in range(2):
        for file in (here / "feeds").iterdir():
            file.write_bytes(with_other_ids(file.read_bytes(), turn if changes == "new" else None))
        found = outcomes(fetched("--force"))
        assert set(found) <= SEEN, found
    assert on_desk(here) == before


def with_other_ids(text: bytes, turn: int | None) -> bytes:
    """A feed whose entries have other ids, or none; permalinks stay what they are."""
    counted = iter(range(10**6))

    def another(match: re.Match[bytes]) -> bytes:
        if turn is None:
            return b""
        return match[1] + f"urn:x:{turn}:{next(counted)}".encode() + match[2]

    text = re.sub(rb'(<guid isPermaLink="false">)[^<]*(</guid>)', another, text)
    text = (
        re.sub(rb"(<entry>(?:(?!</entry>).)*?<id>)[^<]*(</id>)", another, text, flags=re.DOTALL)
        if turn is not None
        else text
    )
    if turn is None:
        return re.sub(rb'"id"\s*:\s*"[^"]*"\s*,', b"", text)
    return re.sub(rb'("id"\s*:\s*")[^"]*(")', another, text)
