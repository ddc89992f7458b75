"""`veillee sources add`, `import` and `export`: the list grows, and every line that someone wrote stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.loading import load_settings
from portal.subscriptions import Subscription
from tests.commands import run
from tests.feeds.companies import rss
from tests.feeds.serving import Served, serving

ITEM = {"title": "Un titre", "link": "https://journal.example/1", "text": "Un texte."}


@pytest.fixture
def served(here: Path) -> Iterator[Served]:
    """A server with a feed and pages that lead to it; the company allows it and watches nothing yet."""
    (here / "feeds").mkdir()
    with serving(here / "feeds") as found:
        (here / "feeds" / "flux.xml").write_text(rss(ITEM, title="Le Journal des filtres"))
        head = '<link rel="alternate" type="application/rss+xml" href="/flux.xml">'
        (here / "feeds" / "accueil.html").write_text(f"<html><head>{head}</head><p>Bonjour.</p></html>")
        (here / "feeds" / "rien.html").write_text("<html><p>Bonjour.</p></html>")
        (here / "site_config" / "feeds.yml").write_text(f"# À nous.\nallow: ['{found.host}']\n")
        yield found


def sources(here: Path) -> dict[str, Subscription]:
    settings, problems = load_settings(here / "site_config")
    assert problems == []
    return {item.id: item for item in settings.feeds.sources}


@pytest.mark.parametrize("path", ["flux.xml", "accueil.html"])
def test_a_source_is_added_by_its_feed_or_by_its_page(here: Path, served: Served, path: str) -> None:
    result = run("sources", "add", f"{served.root}/{path}", "--communities", "donnees", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "Le Journal des filtres" in result.stdout
    (source,) = sources(here).values()
    assert (source.id, source.url) == ("le-journal-des-filtres", f"{served.root}/flux.xml")
    assert source.communities == ("donnees",)
    assert (here / "site_config" / "feeds.yml").read_text().startswith("# À nous.\nallow:")


def test_a_list_keeps_its_comments_and_its_other_keys(here: Path, served: Served) -> None:
    file = here / "site_config" / "feeds.yml"
    file.write_text(
        f"allow: ['{served.host}']\nsources:\n  # La première.\n  - {{id: a, name: A, url: 'https://a.example/f'}}\n\n"
        "# Fin des sources.\nsilent_after_days: 30\n"
    )
    before = file.read_text()
    assert run("sources", "add", f"{served.root}/flux.xml", "--name", "Nouveau : le flux").exit_code == 0
    after = file.read_text()
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert list(sources(here)) == ["a", "nouveau-le-flux"]
    assert after.index("nouveau-le-flux") < after.index("# Fin des sources.")


def test_a_source_is_added_once(here: Path, served: Served) -> None:
    run("sources", "add", f"{served.root}/flux.xml")
    result = run("sources", "add", f"{served.root}/accueil.html", "--lang", "en")
    assert result.exit_code == 1
    assert "watched already" in result.stderr
    assert len(sources(here)) == 1


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("rien.html", "is no feed, and its page declares none"), ("absent.xml", "can’t be read")],
)
def test_what_is_no_feed_changes_nothing(here: Path, served: Served, path: str, sentence: str) -> None:
    before = (here / "site_config" / "feeds.yml").read_text()
    result = run("sources", "add", f"{served.root}/{path}", "--lang", "en")
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert (here / "site_config" / "feeds.yml").read_text() == before


def test_an_address_that_isn_t_public_is_refused(here: Path, served: Served) -> None:
    (here / "site_config" / "feeds.yml").unlink()
    result = run("sources", "add", f"{served.root}/flux.xml", "--lang", "en")
    assert result.exit_code == 1
    assert "127.0.0.1" in result.stderr
    assert served.answers.total() == 0


def test_a_list_goes_out_and_comes_back(here: Path, served: Served, tmp_path: Path) -> None:
    for number in range(3):
        (here / "feeds" / f"{number}.xml").write_text(rss(ITEM, title=f"Revue « {number} » & <associés>"))
        assert run("sources", "add", f"{served.root}/{number}.xml").exit_code == 0
    before = {item.url: item.name for item in sources(here).values()}
    exported = run("sources", "export").stdout
    (here / "liste.opml").write_text(exported)
    (here / "site_config" / "feeds.yml").write_text("sources: []\n")
    result = run("sources", "import", "liste.opml", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert result.stdout == "3 sources added.\n"
    assert {item.url: item.name for item in sources(here).values()} == before
    assert run("sources", "import", "liste.opml", "--lang", "en").stdout == "0 sources added.\n"


@pytest.mark.parametrize(
    "text", ["", "<html/>", "<opml", '<!DOCTYPE a [<!ENTITY b "c">]><opml><body>&b;</body></opml>']
)
def test_a_list_that_is_none_is_said(here: Path, text: str) -> None:
    (here / "liste.opml").write_text(text)
    result = run("sources", "import", "liste.opml", "--lang", "en")
    assert result.exit_code in {1, 2}
    assert result.stderr.startswith("veillee: ")
    assert not (here / "site_config" / "feeds.yml").exists()
