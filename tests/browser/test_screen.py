"""The lobby's screen in a real Chromium: it turns for days, alone, with or without the network, and takes in new builds."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.axe import faults_of
from tests.browser.test_search_csp import POLICY
from tests.browser.test_search_offline import keeps
from tests.browser_setup import ZBAR
from tests.demo import PREFIX, demo_site
from tests.nginx import serving

MORNING = "2026-11-24T08:00:00+01:00"
SHOWN = ".is-live .is-shown"
WIDE, UPRIGHT = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1920}
PLACE = """() => {
  const part = document.querySelector(".is-shown"), edge = part.getBoundingClientRect();
  const outside = [...part.querySelectorAll("h2, p, li, figure")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.height && (box.bottom > innerHeight || box.right > innerWidth || box.left < 0 || box.top < edge.top - 30);
  });
  return outside.map((node) => node.textContent.trim());
}"""


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[tuple[str, Path, ExitStack]]:
    """The address of a copy of the site, its folder, and what stops its server."""
    folder = tmp_path / "site"
    shutil.copytree(demo_site(tmp_path_factory).folder, folder)
    with ExitStack() as stack:
        yield stack.enter_context(serving(folder, prefix=PREFIX)), folder, stack


def opened(page: Page, address: str, at: str = MORNING) -> None:
    page.clock.install(time=at)
    page.goto(address)
    expect(page.locator(SHOWN)).to_be_visible(timeout=30_000)


def title(page: Page) -> str:
    return page.locator(f"{SHOWN} h2").inner_text()


def turns(page: Page, most: int) -> list[str]:
    """The titles of the slides that follow each other until one comes back."""
    found = [title(page)]
    for _ in range(most * 3):
        page.clock.run_for(10_000)
        if (now := title(page)) != found[-1]:
            if now == found[0]:
                return found
            found.append(now)
    raise AssertionError(f"it never comes back: {found}")


def until(page: Page, is_so: Callable[[], bool], step_ms: int = 30_000) -> None:
    """Let the screen's time go by, and the network's real one, until that is so."""
    for _ in range(60):
        if is_so():
            return
        page.clock.run_for(step_ms)
        page.wait_for_timeout(60)
    raise AssertionError("never so")


def test_slides_follow_each_other_and_come_back(watched: Page, demo: str) -> None:
    watched.emulate_media(reduced_motion="reduce")
    watched.set_viewport_size(WIDE)
    opened(watched, demo + "ecran/")
    assert watched.evaluate("getComputedStyle(document.documentElement).cursor") == "none"
    assert watched.locator("[data-screen-slide]:not([inert])").count() == 1
    assert faults_of(watched) == ""
    found = turns(watched, 20)
    assert len(found) >= 12
    assert "Prochains rendez-vous" in found


@pytest.mark.parametrize(
    ("address", "size"), [("ecran/", WIDE), ("ecran/", UPRIGHT), ("ecran/la-reunion/", UPRIGHT)]
)
def test_nothing_leaves_the_screen(watched: Page, demo: str, address: str, size: dict[str, int]) -> None:
    watched.emulate_media(reduced_motion="reduce")
    watched.set_viewport_size(size)
    opened(watched, demo + address)
    first = title(watched)
    for _ in range(40):
        assert watched.evaluate(PLACE) == []
        watched.clock.run_for(12_000)
        if title(watched) == first:
            break
    assert watched.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_clock_is_that_of_the_screen_in_the_portals_language(browser: Browser, demo: str) -> None:
    page = browser.new_page(timezone_id="Indian/Reunion", locale="en-US")
    opened(page, demo + "ecran/la-reunion/")
    clock = page.locator("[data-screen-clock]")
    expect(clock).to_contain_text("11:00")
    expect(clock).to_contain_text("mardi 24 novembre")
    before = page.locator("[data-v-screen]").get_attribute("style")
    page.clock.run_for(61_000)
    expect(clock).to_contain_text("11:01")
    assert page.locator("[data-v-screen]").get_attribute("style") != before, (
        "nothing stands on the same pixels"
    )
    page.close()


def test_a_meeting_leaves_once_it_is_over_and_says_that_it_is_today(watched: Page, demo: str) -> None:
    opened(watched, demo + "ecran/deuxieme-etage-siege/")
    games = watched.locator("[data-screen-slide=event]", has_text="Midi jeux").first
    expect(games.locator("[data-screen-mark]")).to_have_text("aujourd’hui")
    end = games.get_attribute("data-end")
    watched.clock.fast_forward(7 * 3_600_000)
    watched.clock.run_for(60_000)
    assert watched.locator(f"[data-end='{end}']").count() == 0
    assert watched.locator("[data-screen-slide=event][data-event]").count() > 0


def test_it_goes_on_for_days_without_the_network(page: Page, server: tuple[str, Path, ExitStack]) -> None:
    address, _, network = server
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.emulate_media(reduced_motion="reduce")
    opened(page, address + "ecran/")
    network.close()
    for _ in range(3):
        page.clock.fast_forward(24 * 3_600_000)
        page.wait_for_timeout(50)
        assert len(turns(page, 22)) >= 8
    assert faults == []


def test_a_browser_that_starts_again_without_the_network_shows_it(
    page: Page, server: tuple[str, Path, ExitStack]
) -> None:
    address, _, network = server
    page.goto(address + "ecran/occitanie/")
    scripts = {
        f"assets/javascripts/veillee/{name}.js" for name in ("main", "screen", "screen-fresh", "agenda")
    }
    keeps(page, {"ecran/occitanie/", "assets/stylesheets/screen.css", "assets/night.css"} | scripts)
    network.close()
    again = page.context.new_page()
    page.close()
    again.goto(address + "ecran/occitanie/")
    expect(again.locator(SHOWN)).to_be_visible(timeout=30_000)
    ground = again.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}, "with its styles"


def rewritten(folder: Path, change: Callable[[str], str]) -> None:
    file = folder / "ecran" / "index.html"
    file.write_text(change(file.read_text()))


def test_a_new_build_comes_in_by_itself_between_two_slides(
    page: Page, server: tuple[str, Path, ExitStack]
) -> None:
    address, folder, _ = server
    page.emulate_media(reduced_motion="reduce")
    opened(page, address + "ecran/")
    page.evaluate("window.stays = true")
    rewritten(folder, lambda html: html.replace("La pompe, le vélo", "La vanne, le tricycle"))
    until(page, lambda: page.get_by_text("La vanne, le tricycle").count() > 0)
    page.clock.run_for(5_000)
    assert page.get_by_text("La pompe, le vélo").count() == 0, "the old slides are gone"
    assert page.locator(".is-shown").count() == 1
    assert page.evaluate("window.stays"), "quietly: the page was not loaded again"


def test_what_is_not_whole_is_not_shown(page: Page, server: tuple[str, Path, ExitStack]) -> None:
    address, folder, _ = server
    page.emulate_media(reduced_motion="reduce")
    opened(page, address + "ecran/")
    before = page.locator("[data-screen-slide]").count()
    whole = (folder / "ecran" / "index.html").read_text()
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(answer.url) if "ecran/" in answer.url else None)
    broken: list[Callable[[str], str]] = [
        lambda _: "<!doctype html><title>Connexion</title><form>Mot de passe</form>",
        lambda _: whole.replace("La pompe, le vélo", '<img src="../absente.png" alt="">Cassée'),
    ]
    for change in broken:
        rewritten(folder, change)
        asked.clear()
        until(page, lambda: len(asked) >= 2)
        page.clock.run_for(30_000)
        assert page.locator("[data-screen-slide]").count() == before
        assert page.get_by_text("Cassée").count() == 0
    assert title(page)


def test_new_styles_make_it_load_again(page: Page, server: tuple[str, Path, ExitStack]) -> None:
    address, folder, _ = server
    opened(page, address + "ecran/")
    loaded: list[Page] = []
    page.on("load", lambda: loaded.append(page))
    styles = folder / "assets" / "stylesheets" / "screen.css"
    styles.write_text(styles.read_text() + "\n.v-screen { --v-new: 1; }\n")
    with suppress(Error):  # the page may leave in the middle of a question
        until(page, lambda: bool(loaded))
    if not loaded:
        page.wait_for_event("load")
    expect(page.locator(SHOWN)).to_be_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.v-screen')).getPropertyValue('--v-new')")
        == "1"
    )


def test_nothing_is_refused_by_the_strictest_policy_nor_asked_elsewhere(
    page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    site = demo_site(tmp_path_factory).folder
    with serving(site, {"Content-Security-Policy": POLICY}, prefix=PREFIX) as address:
        opened(page, address + "ecran/")
        page.clock.run_for(400_000)
        page.wait_for_timeout(200)
        page.goto(address + "histoires/ecouter-le-plastique/affiche/")
        expect(page.get_by_role("button", name="Imprimer cette affiche")).to_be_visible()
        assert [url for url in asked if not url.startswith(address)] == []
    assert refused == []


def test_without_scripts_it_is_a_page_to_read(browser: Browser, demo: str) -> None:
    page = browser.new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(demo + "ecran/")
    slides = page.locator("[data-screen-slide]")
    assert slides.count() > 10
    for number in range(slides.count()):
        expect(slides.nth(number)).to_be_visible()
    boxes = [box for slide in slides.all() if (box := slide.bounding_box())]
    assert all(one["y"] + one["height"] <= other["y"] + 1 for one, other in itertools.pairwise(boxes))
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 391 for box in boxes)
    page.close()


def test_who_asked_for_no_movement_sees_none(watched: Page, demo: str) -> None:
    watched.emulate_media(reduced_motion="reduce")
    opened(watched, demo + "ecran/")
    moving = (
        "node => [getComputedStyle(node).transitionDuration, getComputedStyle(node.children[0]).transform]"
    )
    assert watched.locator(SHOWN).evaluate(moving) == ["0s", "none"]
    expect(watched.locator("[data-screen-line]")).to_be_hidden()


def test_it_asks_that_the_screen_stays_lit(page: Page, demo: str) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'wakeLock',"
        " { value: { request: async (kind) => { (window.asked ??= []).push(kind); } } })"
    )
    opened(page, demo + "ecran/")
    assert page.evaluate("window.asked") == ["screen"]


def test_a_phone_reads_the_code_from_the_picture_of_the_screen(
    watched: Page, demo: str, tmp_path: Path
) -> None:
    watched.emulate_media(reduced_motion="reduce")
    watched.set_viewport_size(WIDE)
    opened(watched, demo + "ecran/")
    watched.screenshot(path=tmp_path / "screen.png")
    command = [str(ZBAR.find()), "--quiet", "--raw", "--nodbus", str(tmp_path / "screen.png")]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    link = watched.locator(f"{SHOWN} h2 a").get_attribute("href")
    assert link
    assert read == "https://veillee.hydrelis.example/portail/" + re.sub(r"^(\.\./)+", "", link)


def test_the_territorys_page_leads_to_its_screen(portal: Page, demo: str) -> None:
    portal.goto(demo + "territoires/occitanie/")
    portal.get_by_role("link", name="Affichez-le dans votre hall").click()
    expect(portal).to_have_url(demo + "ecran/occitanie/")


def test_screens_and_posters_stay_out_of_the_sitemap_and_of_search_engines(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = demo_site(tmp_path_factory).folder
    sitemap = (site / "sitemap.xml").read_text()
    assert "/ecran/" not in sitemap
    assert "/affiche/" not in sitemap
    for page in (
        site / "ecran" / "index.html",
        site / "histoires" / "ecouter-le-plastique" / "affiche" / "index.html",
    ):
        assert '<meta name="robots" content="noindex">' in page.read_text()
