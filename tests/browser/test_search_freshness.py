"""A tab that is open meets a new build: it goes on with the index it has, then takes the new one, without an error."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.searching import found
from tests.conftest import company
from tests.demo import PREFIX, mini_site
from tests.nginx import serving
from tests.site import build

OLD, NEW = "écris du port", "mirobolant"
ASKED = "performance.getEntriesByType('resource').map(({ name }) => name)"


@dataclass(frozen=True)
class Company:
    """Its folder, and the folder that its server shows; a build is published as a whole, by one renaming."""

    folder: Path
    shown: Path

    def publish(self) -> str:
        """Write a word in a page, build after the last build, publish; the id of the new index."""
        post = self.folder / "content" / "posts" / "mot.md"
        text = post.read_text()
        assert OLD in text
        post.write_text(text.replace(OLD, NEW))
        next_ = self.folder / "next"
        done = build(
            next_,
            content=self.folder / "content",
            config=self.folder / "site_config",
            VEILLEE_PREVIOUS=str(self.shown),
        )
        assert done.returncode == 0, done.stderr
        shutil.rmtree(self.shown)
        next_.rename(self.shown)
        return self.builds()[-1]

    def builds(self) -> list[str]:
        """The indexes that are there, the last first made."""
        folders = [folder for folder in (self.shown / "assets" / "search").iterdir() if folder.is_dir()]
        named = (self.shown / "assets" / "search" / "build.json").read_text()
        return sorted((folder.name for folder in folders), key=lambda name: name in named)


@pytest.fixture
def published(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Company:
    shown = shutil.copytree(mini_site(tmp_path_factory).folder, tmp_path / "shown")
    return Company(company(tmp_path), shown)


@pytest.fixture
def served(published: Company) -> Iterator[str]:
    with serving(published.shown, prefix=PREFIX) as address:
        yield address


def test_an_open_tab_goes_on_then_takes_the_new_build(page: Page, published: Company, served: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    (old,) = published.builds()
    page.goto(served)
    expect(found(page, "port").first).to_be_visible()
    new = published.publish()
    assert published.builds() == [old, new], "the index before is kept"

    expect(found(page, "écris").first).to_contain_text(OLD)
    assert not any(new in name for name in page.evaluate(ASKED)), "still the old one"
    page.keyboard.press("Escape")  # it empties the field
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(found(page, NEW).first).to_contain_text(NEW)
    assert any(new in name for name in page.evaluate(ASKED))
    assert faults == []


def test_when_the_old_build_is_gone_the_new_one_answers(page: Page, published: Company, served: str) -> None:
    """What the tab hasn’t read yet of its build isn’t there any more: the query starts again in the build that came."""
    (old,) = published.builds()
    page.goto(served)
    page.evaluate(
        "async (root) => { const { open } = await import(`${root}assets/javascripts/veillee/search-engine.js`);"
        " globalThis.engine = await open(new URL(root)); }",
        served,
    )
    new = published.publish()
    shutil.rmtree(published.shown / "assets" / "search" / old)
    titles = page.evaluate(
        f"engine.search('{NEW}').then(({{ hits, groups }}) => engine.read(hits, groups))"
        ".then((read) => read.map(({ title }) => title))"
    )
    assert titles == ["Un mot"]
    assert page.evaluate("engine.root.id") == new
