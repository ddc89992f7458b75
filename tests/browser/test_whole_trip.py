"""The whole trip on real input: feeds fetched, readings kept, a story written in a browser, a letter, and their readers.

`make trip` runs it and says each step. The feeds are those of the corpus beside the project, or else the demo company's.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, expect

from curation.editor import BRANCH, HOST, Workshop, decap_server, free_port
from portal.loading import load_content
from portal.records import WatchItem
from tests.browser.searching import found
from tests.browser_setup import NODE
from tests.commands import environment, process, run
from tests.conftest import ROOT
from tests.editor.conftest import MODULES
from tests.editor.writing import begun, chosen, field, published, readied, saved
from tests.feeds.companies import watch
from tests.feeds.serving import Served
from tests.feeds.serving import serving as serving_feeds
from tests.feeds.test_real_feeds import CORPUS, FEEDS, SAMPLES
from tests.nginx import serving
from tests.site import build

KEPT = 20
CURATOR = "mireille-tanguerre"
COMMUNITY = "donnees-de-l-eau"
OTHERS = ("boues-et-energie", "fuites-et-rendement", "paroles-d-usagers")
STORY = "La nuit où les capteurs se sont tus"
STORY_SLUG = "la-nuit-ou-les-capteurs-se-sont-tus"
TEXT = """À trois heures dix, quarante sondes ont cessé d’écrire en même temps. Personne n’a dormi ; personne n’a paniqué.

Le journal de la passerelle racontait tout : une horloge reculée d’une heure, et des mesures refusées parce qu’elles
venaient du passé. Depuis, l’heure d’hiver se prépare en octobre, à deux, avec une liste de sept lignes.
"""


@dataclass(frozen=True)
class Kept:
    """A reading that a curator kept: its page's title and slug."""

    title: str
    slug: str


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo company in a repository of its own, watching the real feeds, its desk empty."""
    folder = tmp_path_factory.mktemp("trip")
    for name in ("content", "site_config"):
        shutil.copytree(ROOT / name, folder / name)
    source = CORPUS if CORPUS.is_dir() else SAMPLES
    (folder / "feeds").mkdir()
    for file in sorted(source.iterdir()):
        if file.suffix in FEEDS:
            shutil.copy(file, folder / "feeds" / file.name)
    with serving_feeds(folder / "feeds") as served:
        subscribe(folder, served)
        yield folder


def subscribe(folder: Path, served: Served) -> None:
    """Watch the served feeds; the company's own sources stay known, since its communities name them, and rest."""
    file = folder / "site_config" / "feeds.yml"
    own = yaml.safe_load(file.read_text(encoding="utf-8"))["sources"]
    watch(folder, served, sorted(feed.name for feed in (folder / "feeds").iterdir()))
    asked = yaml.safe_load(file.read_text(encoding="utf-8"))
    asked["sources"] += [{**source, "disabled": "Au repos pendant le voyage."} for source in own]
    file.write_text(yaml.safe_dump(asked, allow_unicode=True, sort_keys=False), encoding="utf-8")


def told(*arguments: str, cwd: Path, **variables: str) -> str:
    """What a command of ours printed; it must end well."""
    done = process(*arguments, cwd=cwd, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def kept_readings(here: Path) -> list[Kept]:
    """Fetch every feed, and keep twenty of the candidates, each with a why."""
    fetched = json.loads(told("fetch", "--json", cwd=here))["sources"]
    entries = [entry for source in fetched for entry in source["entries"]]
    read = sum(source["status"] == "read" for source in fetched)
    print(f"\n{read} feeds read, of {len(fetched)}: {len(entries)} entries")
    waiting = json.loads(told("candidates", "--json", "--limit", "1000", cwd=here))["candidates"]
    for number, candidate in enumerate(spread(waiting)):
        community = COMMUNITY if number < 2 else OTHERS[number % len(OTHERS)]
        why = f"Vu chez {candidate['sources'][0]} : à lire avant la prochaine réunion, la méthode vaut pour nos données."
        done = run("keep", candidate["id"], "--why", why, "--communities", community, "--by", CURATOR)
        assert done.exit_code == 0, done.output
    before = {record.path for record in load_content(ROOT / "content").content.of(WatchItem.kind)}
    now = load_content(here / "content").content
    ours = [item for item in now.watch_items() if item.path not in before]
    assert len(ours) == KEPT
    assert all(item.why for item in ours)
    print(f"{len(ours)} readings kept, each with a why")
    return [Kept(item.title, item.slug) for item in ours if COMMUNITY in item.communities]


def spread(waiting: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Twenty candidates from as many sources as there are: one of each in turn, those that a page can be made of."""
    usable = [one for one in waiting if one["url"] and len(one["title"]) > 12]
    by_source: dict[str, list[dict[str, Any]]] = {}
    for one in usable:
        by_source.setdefault(one["sources"][0], []).append(one)
    turns = max(len(some) for some in by_source.values())
    picked = [some[turn] for turn in range(turns) for some in by_source.values() if turn < len(some)]
    return picked[:KEPT]


def write_a_story(page: Page, portal: str) -> None:
    """In the browser editor, from an empty page to the main branch."""
    started = time.monotonic()
    page.goto(f"{portal}admin/")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("heading", name="Belles histoires").wait_for()
    begun(page, "Belles histoires", "Belle histoire")
    field(page, "Titre").fill(STORY)
    chosen(page, "Personnes", "Awa Diop")
    chosen(page, "Territoire", "Grand Ouest")
    chosen(page, "Communautés", "Données")
    field(page, "Défi").fill(
        "Au passage à l’heure d’hiver, quarante sondes ont cessé d’écrire en même temps."
    )
    field(page, "Solution").fill("Régler les horloges en temps universel, et préparer la nuit à deux.")
    page.get_by_role("button", name="Ajouter : mesure").click()
    field(page, "Ce qui est mesuré").fill("Sondes muettes au changement d’heure")
    field(page, "Chiffre avant").fill("40")
    field(page, "Chiffre après").fill("0")
    field(page, "Comment on le sait").fill("Journal de la passerelle, octobre 2025 et octobre 2026")
    page.get_by_role("button", name="Ajouter : accord").click()
    chosen(page, "Qui a donné son accord", "Awa Diop")
    field(page, "Jour de l’accord").fill("2026-11-18")
    field(page, "Jour de parution").fill("2026-11-20")
    field(page, "Texte").fill(TEXT)
    saved(page)
    readied(page)
    published(page)
    print(f"a story written and published in the browser in {time.monotonic() - started:.0f} s: {STORY}")


def write_a_letter(workshop: Workshop, folder: Path, wanted: Kept) -> Path:
    """The community's letter, with the reading among what it shows, set as a mail; the content with it.

    It is written in a clone of what was published: the editor's server still works in its own.
    """
    workshop.git.ask("git refuses", "clone", "--quiet", f"--branch={BRANCH}", str(workshop.copy), str(folder))
    content = folder / workshop.path
    variables = {
        "VEILLEE_CONTENT": str(content),
        "VEILLEE_CONFIG": str(workshop.folder / "site_config"),
    }
    asked = ("newsletter", "--since", "2026-11-01", "--community", COMMUNITY)
    told(*asked, cwd=folder, **variables)
    file = content / "newsletters" / f"2026-11-{COMMUNITY}.md"
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace(f"# - watch_item: {wanted.slug}", f"- watch_item: {wanted.slug}"))
    told(*asked, cwd=folder, **variables)
    (mail,) = (folder / "newsletters").glob("*.html")
    sent = mail.read_text(encoding="utf-8")
    assert STORY_SLUG in sent
    assert wanted.slug in sent or wanted.title in sent
    print(f"a letter of {len(sent.encode()) // 1000} kB shows both")
    return content


def read_all(page: Page, portal: str, wanted: Kept) -> None:
    """As a reader: both are found by the search, on their community's page, in its feed, in its letter."""
    for title in (wanted.title, STORY):
        page.goto(portal)
        titles = found(page, title[:60]).locator(".v-result__title")
        expect(titles.filter(has_text=title[:40]).first).to_be_visible()
    page.goto(f"{portal}communautes/{COMMUNITY}/")
    for title in (wanted.title, STORY):
        expect(page.get_by_role("link", name=title).first).to_be_visible()
    feed = feedparser.parse(page.request.get(f"{portal}communautes/{COMMUNITY}/atom.xml").body())
    assert not feed.bozo
    assert {wanted.title, STORY} <= {plain(entry.title) for entry in feed.entries}
    page.goto(f"{portal}lettres/2026-11-{COMMUNITY}/")
    for title in (wanted.title, STORY):
        expect(page.get_by_role("link", name=title).first).to_be_visible()
    print(f"both found by search, on the page of {COMMUNITY}, in its feed, in its letter")


def plain(title: str) -> str:
    """A title as it was typed: feeds set it with French spaces."""
    return title.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(locale="fr-FR", viewport={"width": 1440, "height": 1000}) as made:
        yield made


def test_from_the_feeds_and_the_editor_to_their_readers(
    here: Path, context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here)
    left: list[str] = []
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((f"http://{HOST}:", "data:", "blob:", "about:"))
            else left.append(request.url)
        ),
    )
    ours = kept_readings(here)
    assert len(ours) == 2
    node = NODE.find()
    assert node, "node is missing: run `make test`, which installs it"
    workshop = Workshop(
        here / "workshop",
        here / "content",
        here / "site_config",
        ROOT,
        MODULES,
        {**os.environ, **environment({})},
    )
    workshop.folder.mkdir()
    behind = free_port()
    workshop.prepare(f"http://{HOST}:{behind}/api/v1", f"http://{HOST}/portail/")
    workshop.build()
    page = context.new_page()
    with (
        decap_server(node, MODULES, workshop.copy, behind, workshop.environment),
        serving(workshop.site) as portal,
    ):
        write_a_story(page, portal)
        content = write_a_letter(workshop, here / "letters", ours[0])
        done = build(workshop.site, content=content, config=workshop.folder / "site_config")
        assert done.returncode == 0, done.stderr
        read_all(page, portal, ours[0])
    assert left == []
