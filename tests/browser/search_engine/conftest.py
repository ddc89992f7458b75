"""One site behind nginx, and one page with an engine, for each module of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal.search.analysis import analyser
from portal.search.index import Index
from portal.search.scoring import Scores, score
from tests.browser.search_engine.asking import DOCUMENTS, POLICY, Tab, index_of, tab, write
from tests.nginx import serving
from tests.search.reader import Reader


@pytest.fixture(scope="module")
def index() -> Index:
    """Tails of fewer pages than so many stand in their shards, the others apart: there are both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.search.heads.MOST_INSIDE", 60)
        made = index_of(DOCUMENTS)
    reader = Reader(dict(made.files))
    tails = [
        len(found.tail) for number in range(len(reader.separators)) for found in reader.shard(number).values()
    ]
    assert any(0 < count <= 60 for count in tails)
    assert any(count > 60 for count in tails)
    return made


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(DOCUMENTS, analyser("fr"))


@pytest.fixture(scope="module")
def site(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    write(index, folder)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site, {"Content-Security-Policy": POLICY}) as found:
        yield found


@pytest.fixture(scope="module")
def engine(browser: Browser, address: str) -> Iterator[Tab]:
    """One page for the whole file."""
    with tab(browser, address) as made:
        yield made
