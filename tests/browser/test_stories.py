"""The wall, a story among others, and the door to the form that knows where its reader stood."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults_of
from tests.browser.sheets import address, sheet_in

DOORS = {
    "annuaire/awa-diop/": {"people": ["Awa Diop"]},
    "communautes/passer-la-main/": {"communities": ["passer-la-main"]},
    "territoires/occitanie/": {"territory": ["occitanie"]},
    "competences/apiculture/": {"skills": ["Apiculture"]},
    "histoires/une-lettre-de-148-mots/": {
        "sequel_of": ["une-lettre-de-148-mots"], "territory": ["ile-de-france"],
        "communities": ["paroles-d-usagers", "compteurs-communicants"],
    },
    "idees/des-capteurs-de-bruit-sur-les-bennes/": {
        "title": ["Écouter le réseau depuis les bennes à ordures"],
        "from": ["ideas/des-capteurs-de-bruit-sur-les-bennes.md"],
        "communities": ["fuites-et-rendement", "donnees-de-l-eau"],
    },
    "agenda/": {}, "guides/": {}, "": {},
}  # fmt: skip
"""Pages, and what the door of their header gives to the form."""


def test_the_door_knows_where_one_stands(portal: Page, demo: str) -> None:
    for place, given in DOORS.items():
        portal.goto(demo + place)
        door = portal.get_by_role("banner").get_by_role("link", name="Je raconte")
        expect(door).to_be_visible()
        target = urlsplit(door.evaluate("one => one.href"))
        assert target.path.endswith(address("story"))
        assert parse_qs(target.query) == given, place
        assert bool(target.fragment) == bool(given), place


def test_the_form_begins_with_what_the_page_was_about(portal: Page, demo: str) -> None:
    portal.goto(demo + "histoires/une-lettre-de-148-mots/")
    portal.get_by_role("link", name="Raconter la suite").click()
    expect(portal.locator("[data-form-about]")).to_contain_text("Une lettre de cent quarante-huit mots")
    expect(portal.locator("[data-form-fold]")).to_have_attribute("open", "")
    expect(portal.locator("#f-sequel_of")).to_have_value("Une lettre de cent quarante-huit mots")
    portal.locator("#f-title").fill("Six mois après")
    sheet = sheet_in(portal)
    assert "Suite de : Une lettre de cent quarante-huit mots\n" in sheet
    assert "- Paroles d’usagers\n" in sheet
    assert "Territoire : Île-de-France\n" in sheet


def test_people_and_skills_are_taken_as_if_they_were_typed(portal: Page, demo: str) -> None:
    portal.goto(demo + "annuaire/awa-diop/")
    portal.get_by_role("banner").get_by_role("link", name="Je raconte").click()
    expect(portal.locator("[data-ask=people] li")).to_have_text(["Awa Diop"])
    expect(portal.locator("[data-ask=people] .v-names__name--unknown")).to_have_count(0)
    expect(portal.locator("[data-form-fold]")).not_to_have_attribute("open", "")


def test_an_idea_becomes_a_link_in_the_text_and_nothing_else_does(portal: Page, demo: str) -> None:
    portal.goto(demo + "idees/des-capteurs-de-bruit-sur-les-bennes/")
    portal.get_by_role("banner").get_by_role("link", name="Je raconte").click()
    link = "[Écouter le réseau depuis les bennes à ordures](../ideas/des-capteurs-de-bruit-sur-les-bennes.md)"
    expect(portal.locator("#f-body")).to_have_value(re.compile(re.escape(link)))
    for hostile in (
        "from=https://x.example/a.md",
        "from=ideas/../../x.md",
        "from=people/awa-diop.md",
        "body=non",
    ):
        portal.evaluate("localStorage.clear()")
        portal.goto(f"{demo}{address('story')}?title=Titre&{hostile}")
        expect(portal.locator("#f-title")).to_have_value("Titre")
        expect(portal.locator("#f-body")).to_have_value("")


def test_a_draft_keeps_what_it_says(portal: Page, demo: str) -> None:
    portal.goto(demo + address("story"), wait_until="networkidle")  # the form is awake
    portal.locator("#f-title").fill("Mon brouillon")
    portal.locator("#f-body").fill("Mes mots.")
    expect(portal.locator("[data-form-kept]")).to_be_visible()
    portal.goto(f"{demo}{address('story')}?title=Autre&from=ideas/x.md&people=Awa%20Diop")
    expect(portal.locator("[data-form-back] span")).to_be_visible()
    expect(portal.locator("#f-title")).to_have_value("Mon brouillon")
    expect(portal.locator("#f-body")).to_have_value("Mes mots.")
    expect(portal.locator("[data-ask=people] li")).to_have_count(0)


def test_four_answers_are_enough_and_the_rest_is_folded(portal: Page, demo: str) -> None:
    portal.goto(demo + address("story"))
    expect(portal.get_by_role("heading", name="En une minute")).to_be_visible()
    shown = portal.locator("[data-v-form] [data-ask]:visible")
    names = shown.evaluate_all("all => all.map((one) => one.dataset.ask)")
    assert [name for name in names if "." not in name] == ["title", "body", "people", "results"]
    portal.locator("#f-title").fill("La vanne qui chantait")
    portal.locator("#f-body").fill("Elle sifflait la nuit.")
    portal.locator("[data-ask=people] input").fill("awa diop")
    portal.get_by_label("Ce qui est mesuré").first.fill("Nuits sans sommeil")
    portal.get_by_label("Chiffre après").first.fill("0")
    sheet = sheet_in(portal)
    for line in ("Titre : La vanne qui chantait", "- Awa Diop", "- Nuits sans sommeil ; après : 0"):
        assert line in sheet


def test_a_fault_opens_what_is_folded(portal: Page, demo: str) -> None:
    portal.goto(demo + address("story"))
    fold = portal.locator("[data-form-fold]")
    fold.locator("summary").click()
    portal.locator("#f-quote-text").fill("Elles ont tenu.")
    fold.locator("summary").click()
    portal.locator("#f-title").fill("Ruche")
    portal.get_by_role("button", name="Relire, puis envoyer").click()
    expect(portal.locator("#f-quote-by-error")).to_be_visible()


def test_what_is_folded_is_printed(portal: Page, demo: str) -> None:
    portal.goto(demo + address("story"))
    portal.emulate_media(media="print")
    expect(portal.get_by_text("Ce qui était difficile")).to_be_visible()


def test_without_scripts_the_form_says_from_where_one_comes(browser: Browser, demo: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo + "histoires/une-lettre-de-148-mots/")
    page.get_by_role("link", name="Raconter la suite").click()
    expect(page.get_by_text("Vous venez de la page d’une histoire")).to_be_visible()
    expect(page.get_by_text("Vous venez de la page d’une idée")).to_be_hidden()
    context.close()


def test_the_door_is_on_a_phone_too_and_nothing_overflows(portal: Page, demo: str) -> None:
    for width in (320, 390, 768):
        portal.set_viewport_size({"width": width, "height": 800})
        portal.goto(demo + "histoires/")
        expect(portal.get_by_role("banner").get_by_role("link", name="Je raconte")).to_be_in_viewport()
        assert portal.evaluate("document.documentElement.scrollWidth") <= width


def test_the_wall_opens_on_the_story_of_the_month_and_adds_its_figures(portal: Page, demo: str) -> None:
    portal.goto(demo + "histoires/")
    lead = portal.locator(".v-story--lead")
    expect(lead).to_contain_text(re.compile(r"Histoire du mois\s+novembre 2026"))
    expect(lead).to_contain_text("La pompe, le vélo et les trente-huit sons")
    expect(portal.get_by_role("main").or_(portal.locator(".v-main")).first).not_to_contain_text(
        "tableau blanc"
    )
    sums = portal.get_by_role("region", name="Ce que cela fait, mis bout à bout")
    power = sums.get_by_role("article", name=re.compile("MWh par an"))
    expect(power).to_contain_text("− 355")
    expect(power).to_contain_text("dans 2 histoires")
    expect(power.get_by_role("img", name="MWh par an, par territoire")).to_be_visible()
    expect(power.get_by_role("row", name=re.compile("Grand Ouest"))).to_contain_text("115")
    expect(sums).not_to_contain_text("%")


def test_a_series_and_its_sequels_lead_to_one_another(portal: Page, demo: str) -> None:
    portal.goto(demo + "histoires/la-tole-ondulee/")
    expect(portal.locator(".v-parts [aria-current]")).to_have_text("Un roulement en tôle ondulée")
    portal.locator(".v-sequels").get_by_role("link", name="La pompe, le vélo").click()
    portal.locator(".v-sequel--before").get_by_role("link", name="Un roulement en tôle ondulée").click()
    expect(portal).to_have_url(demo + "histoires/la-tole-ondulee/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_archived_story_says_so_at_its_address(portal: Page, demo: str, scheme: str) -> None:
    portal.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    portal.goto(demo + "histoires/le-tableau-blanc-des-astreintes/")
    expect(portal.get_by_role("note")).to_contain_text(
        re.compile(r"Cette histoire est archivée\s+30 septembre 2026")
    )
    expect(portal.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    assert faults_of(portal) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "place", ["histoires/la-pompe-et-le-velo/", "contribuer/histoire/?territory=occitanie"]
)
def test_axe_finds_nothing(portal: Page, demo: str, place: str, scheme: str) -> None:
    portal.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    portal.goto(demo + place)
    assert faults_of(portal) == ""
