"""`veillee poster`: what it says when something is missing, and what WeasyPrint may read. The sheet itself is looked at in
a browser (tests/browser/test_posters.py); WeasyPrint isn't among the tests' own dependencies."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.commands import run

PAGE = Path("site/histoires/cartes/affiche/index.html")


@pytest.fixture
def built(here: Path) -> Path:
    """A company whose site has the poster of its story."""
    (here / PAGE).parent.mkdir(parents=True)
    (here / PAGE).write_text("<!doctype html><p>Affiche</p>")
    return here


@pytest.fixture
def weasyprint(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands where WeasyPrint would: it notes what it is given, and writes a file."""
    seen = SimpleNamespace(pages=1, fetch=None, read=None)

    class HTML:
        def __init__(self, filename: str, url_fetcher: Callable[[str], Any]) -> None:
            seen.read, seen.fetch = filename, url_fetcher

        def render(self) -> Any:
            return SimpleNamespace(
                pages=[None] * seen.pages, write_pdf=lambda target: Path(target).write_bytes(b"%PDF-1.7")
            )

    class URLFetcher:
        def __init__(self, allowed_protocols: tuple[str, ...]) -> None:
            assert allowed_protocols == ("file",)

        def fetch(self, url: str) -> str:
            return url

    module, urls = ModuleType("weasyprint"), ModuleType("weasyprint.urls")
    vars(urls).update(URLFetcher=URLFetcher)
    vars(module).update(HTML=HTML, urls=urls)
    monkeypatch.setitem(sys.modules, "weasyprint", module)
    monkeypatch.setitem(sys.modules, "weasyprint.urls", urls)
    return seen


def test_the_poster_is_written_from_the_page_of_the_site(built: Path, weasyprint: SimpleNamespace) -> None:
    done = run("poster", "content/stories/cartes.md", "--out", "out/affiche.pdf")
    assert done.exit_code == 0, done.stderr
    assert Path(weasyprint.read) == (built / PAGE).resolve()
    assert (built / "out" / "affiche.pdf").read_bytes().startswith(b"%PDF")
    assert [file.name for file in (built / "out").iterdir()] == ["affiche.pdf"]
    assert "affiche.pdf" in done.stdout


def test_nothing_outside_the_site_is_read(built: Path, weasyprint: SimpleNamespace) -> None:
    run("poster", "content/stories/cartes.md", "--out", "a.pdf")
    inside = (built / "site" / "assets" / "theme.css").resolve().as_uri()
    assert weasyprint.fetch(inside) == inside
    for outside in (
        "file:///etc/passwd",
        (built / "site/../secret").as_uri(),
        "https://elsewhere.example/x.png",
    ):
        with pytest.raises(ValueError, match="isn't a file of the site"):
            weasyprint.fetch(outside)


def test_more_than_a_sheet_is_said(built: Path, weasyprint: SimpleNamespace) -> None:
    weasyprint.pages = 2
    done = run("poster", "content/stories/cartes.md", "--out", "a.pdf")
    assert done.exit_code == 1
    assert "2 feuilles" in done.stderr


def test_without_weasyprint_it_says_what_to_install(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setitem(sys.modules, "weasyprint.urls", None)
    done = run("poster", "content/stories/cartes.md", "--out", "a.pdf")
    assert done.exit_code == 2
    assert "pip install weasyprint" in done.stderr
    assert "libpango-1.0-0" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (built / "a.pdf").exists()


def test_without_the_page_it_says_to_build(here: Path) -> None:
    done = run("poster", "content/stories/cartes.md", "--out", "a.pdf", "--lang", "en")
    assert done.exit_code == 2
    assert "histoires/cartes/affiche/" in done.stderr
    assert "make build" in done.stderr


def test_only_stories_and_meetings_have_one(here: Path) -> None:
    done = run("poster", "content/people/ana.md", "--out", "a.pdf", "--lang", "en")
    assert done.exit_code == 2
    assert "only stories and meetings" in done.stderr
