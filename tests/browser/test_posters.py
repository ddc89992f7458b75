"""Posters in a real Chromium: one sheet of A4 each, whatever the title; and cards that the pages name."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from portal.loading import load_content
from tests.browser.axe import faults_of
from tests.browser_setup import ZBAR
from tests.conftest import NOW, ROOT

OVERFLOWS = """() => {
  const parts = (names) => [...document.querySelectorAll(names)];
  const found = [
    ...parts(".v-sheet__body, .v-sheet__night").filter((part) => part.scrollHeight > part.clientHeight + 1),
    ...parts(".v-fact, .v-sheet__night").filter((part) => part.scrollWidth > part.clientWidth + 1),
  ];
  const title = document.querySelector(".v-sheet__title").getBoundingClientRect();
  const below = document.querySelector(".v-sheet__facts, .v-sheet__when");
  if (below && title.bottom > below.getBoundingClientRect().top) found.push(below);
  return found.map((part) => part.className);
}"""


def posters() -> list[str]:
    view = load_content(ROOT / "content").content.view("internal", NOW)
    stories = [f"histoires/{story.slug}/affiche/" for story in view.stories()]
    return [*stories, *(f"agenda/{event.slug}/affiche/" for event in view.events())]


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_nothing_of_any_poster_is_cut(watched: Page, demo: str) -> None:
    watched.emulate_media(media="print")
    cut = {}
    for address in posters():
        watched.goto(demo + address, wait_until="load")
        if found := watched.evaluate(OVERFLOWS):
            cut[address] = found
    assert cut == {}


@pytest.mark.parametrize(
    "address", ["histoires/la-pompe-et-le-velo/affiche/", "agenda/atelier-pompe-avec-jean-luc/affiche/"]
)
def test_it_is_one_sheet_even_with_the_longest_title_that_a_record_may_have(
    watched: Page, demo: str, address: str
) -> None:
    watched.goto(demo + address)
    assert sheets(watched.pdf(prefer_css_page_size=True, print_background=True)) == 1
    assert sheets(watched.pdf(format="A4")) == 1, "with the browser's own settings too"
    watched.locator(".v-sheet__title").evaluate(
        "node => { node.textContent = 'Remettre en eau la conduite du bas '.repeat(6).slice(0, 200);"
        " node.className = 'v-sheet__title v-sheet__title--6'; }"
    )
    watched.emulate_media(media="print")
    assert watched.evaluate(OVERFLOWS) == []
    assert sheets(watched.pdf(prefer_css_page_size=True, print_background=True)) == 1


def test_a_phone_reads_its_code(watched: Page, demo: str, tmp_path: Path) -> None:
    watched.set_viewport_size({"width": 1000, "height": 1300})
    watched.goto(demo + "agenda/atelier-pompe-avec-jean-luc/affiche/")
    watched.screenshot(path=tmp_path / "sheet.png", full_page=True)
    command = [str(ZBAR.find()), "--quiet", "--raw", "--nodbus", str(tmp_path / "sheet.png")]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert read == "https://veillee.hydrelis.example/portail/agenda/atelier-pompe-avec-jean-luc/"


@pytest.mark.parametrize("width", [390, 1440])
def test_it_is_seen_whole_and_without_fault_on_any_screen(watched: Page, demo: str, width: int) -> None:
    watched.set_viewport_size({"width": width, "height": 900})
    for address in ("histoires/le-carnet-des-crues/affiche/", "agenda/cafe-des-fuites/affiche/"):
        watched.goto(demo + address)
        assert faults_of(watched) == ""
        assert watched.evaluate("document.documentElement.scrollWidth") <= width
        assert watched.evaluate(OVERFLOWS) == []


def test_the_button_prints(watched: Page, demo: str) -> None:
    watched.add_init_script("window.print = () => { window.printed = true; }")
    watched.goto(demo + "histoires/le-carnet-des-crues/affiche/")
    watched.get_by_role("button", name="Imprimer cette affiche").click()
    assert watched.evaluate("window.printed")


def test_a_story_and_a_meeting_lead_to_their_posters(portal: Page, demo: str) -> None:
    for page in ("histoires/le-carnet-des-crues/", "agenda/cafe-des-fuites/"):
        portal.goto(demo + page)
        portal.get_by_role("link", name=re.compile("^Une affiche de")).click()
        assert portal.url == f"{demo}{page}affiche/"


@pytest.mark.parametrize(
    ("address", "card"),
    [
        ("histoires/le-carnet-des-crues/", "story-le-carnet-des-crues"),
        ("communautes/fuites-et-rendement/", "community-fuites-et-rendement"),
        ("annuaire/awa-diop/", "site"),
        ("", "site"),
    ],
)
def test_a_page_names_its_card(portal: Page, demo: str, address: str, card: str) -> None:
    portal.goto(demo + address)

    def said(name: str) -> str | None:
        return portal.locator(f"meta[property='og:image{name}']").get_attribute("content")

    assert said("") == f"https://veillee.hydrelis.example/portail/assets/cards/{card}.png"
    assert said(":alt")
    body = portal.request.get(f"{demo}assets/cards/{card}.png").body()
    assert Image.open(BytesIO(body)).size == (int(said(":width") or 0), int(said(":height") or 0))
    assert portal.locator("meta[name='twitter:card']").get_attribute("content") == "summary_large_image"


def test_pages_take_few_sheets_of_paper(portal: Page, demo: str) -> None:
    portal.emulate_media(color_scheme="dark")
    for address, most in {
        "histoires/la-pompe-et-le-velo/": 3,
        "agenda/atelier-pompe-avec-jean-luc/": 1,
        "annuaire/awa-diop/": 3,
        "agenda/": 4,
    }.items():
        portal.goto(demo + address)
        assert (
            sheets(portal.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm")))
            <= most
        )


def test_paper_is_white_and_a_ticket_is_read_on_it(portal: Page, demo: str) -> None:
    portal.emulate_media(media="print", color_scheme="dark")
    portal.goto(demo + "agenda/atelier-pompe-avec-jean-luc/")
    assert portal.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (
        portal.locator(".v-ticket dd").first.evaluate("node => getComputedStyle(node).color")
        == "rgb(0, 0, 0)"
    )
