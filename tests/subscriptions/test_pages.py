"""What a reader finds: the page that lists every way to follow, and from each page its own; and that changes are said."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.commands import run
from tests.demo import mini_site

BASE = "https://mini.example/portail/"


class Links(HTMLParser):
    """The `href`s of a page by element: links of the head that are alternates, and anchors; and its codes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alternates: dict[str, str] = {}
        self.anchors: list[str] = []
        self.codes: list[str] = []
        self._in_code = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        self._in_code = values.get("class") == "v-subscribe__address"
        if tag == "link" and values.get("rel") == "alternate":
            self.alternates[values["type"]] = values["href"]
        elif tag == "a":
            self.anchors.append(values.get("href", ""))

    def handle_data(self, data: str) -> None:
        if self._in_code:
            self.codes.append(data)
            self._in_code = False


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini_site(tmp_path_factory).folder


def page(site: Path, address: str) -> Links:
    return Links((site / address / "index.html").read_text())


def files(site: Path, address: str, hrefs: list[str]) -> list[Path]:
    """The files of the site that addresses on a page lead to."""
    whole = (urljoin(BASE + address, href.replace("webcal:", "https:")) for href in hrefs)
    return [site / urlsplit(url).path.removeprefix("/portail/") for url in whole if url.startswith(BASE)]


def test_every_way_on_the_page_leads_to_a_file(site: Path) -> None:
    found = page(site, "s-abonner/")
    ways = [href for href in found.anchors if re.search(r"\.(xml|json|ics|vcf|opml)$", href)]
    assert [file for file in files(site, "s-abonner/", ways) if not file.is_file()] == []
    made = {file for ending in ("atom.xml", "feed.json", "agenda.ics") for file in site.rglob(ending)}
    skills = {file for file in made if "competences" in file.parts}
    assert made - skills <= set(files(site, "s-abonner/", ways)), "each is listed"
    assert [href for href in ways if href.startswith("webcal://mini.example/portail/")]
    assert found.codes == [f"{BASE}atom.xml", f"{BASE}agenda/agenda.ics"], "to copy, without a script"


@pytest.mark.parametrize(
    ("address", "types"),
    [
        ("", {"application/atom+xml", "application/feed+json"}),
        ("histoires/", {"application/atom+xml", "application/feed+json"}),
        ("agenda/", {"text/calendar"}),
        ("agenda/port/", {"text/calendar"}),
        ("communautes/donnees/", {"application/atom+xml", "application/feed+json", "text/calendar"}),
        ("territoires/sud/", {"application/atom+xml", "application/feed+json", "text/calendar"}),
        ("competences/python/", {"application/atom+xml", "application/feed+json"}),
        ("annuaire/ana/", set()),
    ],
)
def test_a_page_tells_readers_what_follows_it(site: Path, address: str, types: set[str]) -> None:
    found = page(site, address)
    assert set(found.alternates) == types
    targets = files(site, address, list(found.alternates.values()))
    assert len(targets) == len(types)
    for target in targets:
        assert target.is_file()
        assert target in files(site, address, found.anchors), "and shows it to people"
    assert site / "s-abonner" in [file.parent / file.name for file in files(site, address, found.anchors)]


def test_someone_and_a_community_have_their_card_on_their_page(site: Path) -> None:
    for address, name in (("annuaire/ana/", "ana.vcf"), ("communautes/donnees/", "donnees.vcf")):
        assert site / address / name in files(site, address, page(site, address).anchors)


# --- what changes in a meeting is said -----------------------------------------------------------------------------

PORT = Path("content/events/port.md")


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(here: Path) -> Path:
    git(here, "init")
    git(here, "add", ".")
    git(here, "commit", "-m", "begin")
    return here


def said(repository: Path) -> list[str]:
    result = run("check", "--lang", "en", "--base", "main", "--author", "ana")
    return [line.split(": error: ")[1] for line in result.stdout.splitlines() if "[unsaid-change]" in line]


def change(before: str, after: str) -> None:
    text = PORT.read_text()
    assert before in text
    PORT.write_text(text.replace(before, after))


UNSAID = "“{key}” changed: add a line to “changes”, with the day (“on”) and what people must know (“what”) [unsaid-change]"


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("start", "2026-01-08T08:30", "2026-01-08T08:00"),
        ("location", "location: Le port", "location: La criée"),
        ("status", "location:", "status: cancelled\nlocation:"),
        ("skipped", "location:", "skipped: [2027-02-04]\nlocation:"),
    ],
)
def test_a_change_that_matters_is_said(repository: Path, key: str, before: str, after: str) -> None:
    change(before, after)
    assert said(repository) == [UNSAID.format(key=key)]
    change("location:", "changes:\n  - {on: 2026-01-02, what: On se retrouve autrement.}\nlocation:")
    assert said(repository) == []
    git(repository, "commit", "-am", "say it")
    git(repository, "checkout", "-b", "later")
    change("title: Le café du port", "title: Le thé du port")
    assert said(repository) == [], "a title may change in silence"
    change("changes:\n  - {on: 2026-01-02, what: On se retrouve autrement.}\n", "")
    assert said(repository) == [
        "lines of “changes” were taken away: agendas would ignore the next change; put them back [unsaid-change]"
    ]


def test_what_is_over_may_change_in_silence(repository: Path) -> None:
    file = Path("content/events/atelier.md")
    file.write_text(file.read_text().replace("Salle bleue", "Salle verte"))
    assert said(repository) == []
