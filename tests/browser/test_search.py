"""The search of every page: its keys, what it finds and how it says it, whom it leads to, and what it keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from portal.content import Content
from portal.loading import load_content
from tests.browser.axe import faults_of
from tests.browser.searching import found
from tests.conftest import NOW, ROOT


@pytest.fixture(scope="module")
def view() -> Content:
    return load_content(ROOT / "content").content.view("internal", NOW)


@pytest.fixture
def dialog(portal: Page) -> Locator:
    """The search, open on the first page."""
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.keyboard.press("/")
    return portal.get_by_role("dialog", name="Rechercher dans le portail")


def look_for(dialog: Locator, text: str) -> Locator:
    """Type, wait for the answer, and give its options; `text` must find something."""
    dialog.get_by_role("combobox").fill(text)
    expect(dialog).to_have_attribute("data-state", re.compile(r"\b(one|many|none)\b(?!.*busy)"))
    return dialog.get_by_role("option")


def chosen(dialog: Locator) -> str:
    """The title of the option that the input says to be active."""
    active = dialog.get_by_role("combobox").get_attribute("aria-activedescendant")
    expect(dialog.locator("[aria-selected=true]")).to_have_attribute("id", active or "nothing is active")
    return dialog.locator("[aria-selected=true] .v-result__title").inner_text()


def test_keys_open_and_close_it_but_never_while_writing(portal: Page, demo: str) -> None:
    dialog = portal.get_by_role("dialog", name="Rechercher dans le portail")
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.get_by_role("link", name="Trouver quelqu’un").focus()
    for key in ("/", "Control+k", "Meta+k"):
        portal.keyboard.press(key)
        expect(dialog.get_by_role("combobox")).to_be_focused()
        expect(dialog.get_by_role("combobox")).to_have_value("")
        portal.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(portal.get_by_role("link", name="Trouver quelqu’un")).to_be_focused()
    portal.get_by_role("banner").get_by_role("button", name="Rechercher…").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Fermer").click()
    expect(dialog).to_be_hidden()
    portal.goto(demo + "annuaire/")
    portal.locator("input[name=texte]").focus()
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.keyboard.type("a/b")
    portal.keyboard.press("Control+k")
    expect(portal.locator("input[name=texte]")).to_have_value("a/b")
    expect(portal.locator("dialog[open]")).to_have_count(0)


def test_results_come_as_one_types_by_kind_with_what_answers_marked(portal: Page, dialog: Locator) -> None:
    box = dialog.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    options = look_for(dialog, "Île de France")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^\s*\d+ résultats"), use_inner_text=True)
    groups = dialog.get_by_role("listbox").get_by_role("group")
    expect(groups.first).to_have_accessible_name("Territoires")
    expect(options.first.locator(".v-result__title")).to_have_text("Île-de-France")
    assert options.first.locator("mark").all_inner_texts()[:2] == ["Île", "France"]
    names = groups.locator("legend").all_inner_texts()
    assert len(names) == len(set(names)), "a kind has one group"
    assert options.count() == 10
    assert faults_of(portal) == ""


def test_the_keyboard_walks_through_the_options_and_opens_one(
    portal: Page, dialog: Locator, demo: str
) -> None:
    options = look_for(dialog, "fuite")
    titles = options.locator(".v-result__title").all_inner_texts()
    for key, expected in [
        ("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowDown", 0), ("End", -1), ("Home", 0),
    ]:  # fmt: skip
        portal.keyboard.press(key)
        assert chosen(dialog) == titles[expected]
        expect(dialog.get_by_role("combobox")).to_be_focused()
    portal.keyboard.press("Enter")
    expect(portal.get_by_role("heading", level=1)).to_have_text(titles[0])
    portal.go_back()
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.keyboard.press("/")
    look_for(dialog, "fuite")
    portal.keyboard.press("Enter")
    expect(portal).to_have_url(demo + "recherche/?q=fuite")


def test_a_skill_is_answered_by_who_can_help_the_nearest_first(
    portal: Page, demo: str, view: Content
) -> None:
    skill = view.skill("python")
    assert skill
    here = [person.name for person in view.holders(skill) if person.territory == "grand-ouest"]
    assert here
    holders = {person.name for person in view.holders(skill)}
    place = json.dumps({"slug": "grand-ouest", "title": "Grand Ouest"})
    portal.evaluate("place => localStorage.setItem('veillee.place', place)", place)
    portal.reload()
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.keyboard.press("/")
    dialog = portal.get_by_role("dialog", name="Rechercher dans le portail")
    look_for(dialog, "python")
    card = dialog.get_by_role("group", name="Qui peut aider : Python")
    titles = card.locator(".v-result__title").all_inner_texts()
    assert titles[0] == "Python"
    assert titles[1 : 1 + len(here)] == here
    assert set(titles[1:]) <= holders
    assert len(titles) == 5
    expect(card.get_by_role("option").nth(1)).to_contain_text("Grand Ouest")
    assert faults_of(portal) == ""
    look_for(dialog, "SIG")
    expect(dialog.get_by_role("listbox").get_by_role("group").first).to_have_accessible_name(
        "Qui peut aider : Systèmes d’information géographique"
    )
    dialog.get_by_role("group", name="Qui peut aider").get_by_role("option").nth(1).click()
    expect(portal).to_have_url(re.compile("/annuaire/[a-z-]+/$"))


def test_filters_combine_within_and_between_and_are_read_only_when_opened(
    portal: Page, dialog: Locator
) -> None:
    asked: list[str] = []
    portal.on("request", lambda request: asked.append(request.url))
    look_for(dialog, "fuite")
    assert not [url for url in asked if "facet-" in url or "search-page" in url]
    dialog.locator("summary", has_text="Filtres").click()
    dialog.locator("summary", has_text="Lieu").click()
    places = dialog.get_by_role("group", name="Lieu").get_by_role("checkbox")
    expect(places.first).to_be_visible()
    assert [url for url in asked if "facet-territory" in url]
    assert not [url for url in asked if "facet-skill" in url]
    assert faults_of(portal) == ""

    def count() -> int:
        expect(dialog).to_have_attribute("data-state", re.compile(r"\b(one|many|none)\b(?!.*busy)"))
        return int(re.sub(r"\D", "", dialog.get_by_role("status").inner_text()) or 0)

    everything = count()
    first, second = (int(number) for number in dialog.locator(".v-facet[open] small").all_inner_texts()[:2])
    places.nth(0).check()
    expect(dialog.get_by_role("status")).to_have_text(re.compile(rf"^\s*{first}\b"), use_inner_text=True)
    places.nth(1).check()
    expect(dialog.get_by_role("status")).not_to_have_text(re.compile(rf"^\s*{first} "), use_inner_text=True)
    assert max(first, second) < count() <= first + second
    dialog.locator("summary", has_text="Type").click()
    dialog.get_by_role("group", name="Type").get_by_role("checkbox", name="Personnes").check()
    expect(dialog.get_by_role("option").first).to_have_attribute("data-kind", "person")
    assert count() < first + second
    kinds = {option.get_attribute("data-kind") for option in dialog.locator("#v-found .v-result").all()}
    assert kinds == {"person"}
    dialog.get_by_role("button", name="Effacer les filtres").click()
    expect(dialog.get_by_role("status")).to_have_text(re.compile(rf"^\s*{everything}\b"), use_inner_text=True)


def test_past_searches_stay_in_this_browser_until_they_are_forgotten(
    portal: Page, dialog: Locator, demo: str
) -> None:
    past = dialog.get_by_role("region", name="Recherches récentes")
    expect(past).to_be_hidden()
    look_for(dialog, "pompe").first.click()
    portal.wait_for_url(re.compile(r"^(?!.*portail/$)"))
    portal.goto(demo)
    portal.evaluate("""localStorage.setItem('veillee.searches',
        [localStorage.getItem('veillee.searches'), ...'bcdefghij'].join('\\n'))""")
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.keyboard.press("/")
    expect(past.get_by_role("button", name="pompe", exact=True)).to_be_visible()
    expect(past).to_contain_text("dans ce navigateur seulement")
    assert faults_of(portal) == ""
    past.get_by_role("button", name="Oublier la recherche : b").click()
    expect(past.get_by_role("listitem")).to_have_count(8)
    expect(past.get_by_role("button", name="b", exact=True)).to_have_count(0)
    past.get_by_role("button", name="pompe", exact=True).click()
    expect(dialog.get_by_role("option").first).to_be_visible()
    expect(dialog.get_by_role("combobox")).to_have_value("pompe")
    dialog.get_by_role("combobox").fill("")
    past.get_by_role("button", name="Tout oublier").click()
    expect(past).to_be_hidden()
    assert portal.evaluate("localStorage.getItem('veillee.searches')") is None


def test_a_misspelt_word_is_understood_and_said(portal: Page, dialog: Locator) -> None:
    look_for(dialog, "develppeur")
    meant = dialog.locator(".v-search__spell")
    expect(meant).to_have_text("Résultats pour développeur", use_inner_text=True)
    meant.get_by_role("button").click()
    expect(dialog.get_by_role("combobox")).to_have_value("développeur")
    expect(meant).to_be_hidden()


def test_nothing_found_leads_to_the_form_of_a_question_already_begun(portal: Page, dialog: Locator) -> None:
    dialog.get_by_role("combobox").fill('"fuite tambourine"')
    link = dialog.get_by_role("link", name="Poser la question")
    expect(link).to_be_visible()
    expect(dialog.get_by_role("status")).to_contain_text("Aucun résultat", use_inner_text=True)
    expect(dialog.get_by_role("listbox")).to_be_hidden()
    assert faults_of(portal) == ""
    link.click()
    expect(portal.locator("[data-ask=title] input")).to_have_value('"fuite tambourine"')
    expect(portal.locator("[data-ask=community] option:checked")).to_have_attribute(
        "data-slug", "fuites-et-rendement"
    )


def test_help_tells_the_language_of_queries(portal: Page, dialog: Locator) -> None:
    dialog.locator("summary", has_text="Comment chercher").click()
    for typed in ("pompe -chlore", "competence:python", "lieu:lyon"):
        expect(dialog.get_by_text(typed)).to_be_visible()
    assert faults_of(portal) == ""


@pytest.mark.parametrize("spares", [False, True])
def test_an_idle_page_opens_its_index_unless_its_reader_spares_data(
    page: Page, demo: str, spares: bool
) -> None:
    said = (
        f"Object.defineProperty(navigator, 'connection', {{ value: {{ saveData: {json.dumps(spares)} }} }})"
    )
    page.add_init_script(said)
    page.goto(demo, wait_until="networkidle")
    asked = page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"
    )
    for name in ("search-panel.js", "root.bin"):
        assert (name in asked) != spares
    assert "search.js" in asked
    assert found(page, "fuite").count() > 0


def test_an_index_out_of_reach_is_said_and_tried_again(portal: Page, demo: str) -> None:
    def break_off(route: Route) -> None:
        route.fulfill(status=404, body="")

    portal.route("**/root.bin", break_off)
    portal.reload()  # an idle page has opened its index already
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.keyboard.press("/")
    dialog = portal.get_by_role("dialog", name="Rechercher dans le portail")
    dialog.get_by_role("combobox").fill("pompe")
    expect(dialog.get_by_role("status")).to_contain_text("pas disponible", use_inner_text=True)
    expect(dialog.get_by_role("link", name="Index de A à Z")).to_have_attribute(
        "href", re.compile("recherche/a-z/")
    )
    portal.context.set_offline(True)
    dialog.get_by_role("combobox").fill("pompes")
    expect(dialog.get_by_role("status")).to_contain_text("hors ligne", use_inner_text=True)
    portal.context.set_offline(False)
    portal.unroute("**/root.bin")
    assert look_for(dialog, "pompe").count() > 0


def test_a_page_whose_body_is_replaced_wakes_again(portal: Page, demo: str) -> None:
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.evaluate("""async () => {
        history.pushState(null, "", "annuaire/");
        const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
        document.body.replaceWith(document.adoptNode(page.body));
    }""")
    expect(portal.locator(".v-seek.is-awake")).to_be_visible()
    portal.keyboard.press("/")
    dialog = portal.get_by_role("dialog", name="Rechercher dans le portail")
    look_for(dialog, "pompe").first.click()
    expect(portal).not_to_have_url(demo + "annuaire/")


def test_a_phone_has_the_whole_screen_for_it(portal: Page, demo: str) -> None:
    portal.set_viewport_size({"width": 390, "height": 844})
    portal.emulate_media(color_scheme="dark", reduced_motion="reduce")
    portal.goto(demo)
    portal.get_by_role("banner").get_by_role("button", name="Rechercher…").click()
    dialog = portal.get_by_role("dialog", name="Rechercher dans le portail")
    look_for(dialog, "recherche de fuites")
    box = dialog.bounding_box()
    assert box
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    assert portal.evaluate("document.documentElement.scrollWidth") <= 390
    assert dialog.evaluate("it => it.scrollWidth") <= 390
    assert faults_of(portal) == ""


@pytest.fixture
def plain(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens an address in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)

    def open_page(address: str) -> Page:
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    context.close()


def test_without_script_the_form_leads_to_pages_that_lead_everywhere(
    plain: Callable[[str], Page], demo: str, view: Content
) -> None:
    page = plain(demo)
    page.get_by_role("banner").get_by_role("searchbox").fill("pompe")
    page.keyboard.press("Enter")
    expect(page).to_have_url(demo + "recherche/?q=pompe")
    expect(page.get_by_text("La recherche a besoin de JavaScript")).to_be_visible()
    expect(page.locator("[data-v-search-page]")).to_be_hidden()
    page.get_by_role("main").get_by_role("link", name="Index de A à Z").click()
    listed = page.locator(".v-az__list a").all_inner_texts()
    expected = [record for record in view.records if record.kind not in {"person", "watch_item"}]
    assert len(listed) == len(expected)
    expect(page.get_by_role("main").get_by_role("link", name="Annuaire")).to_be_visible()
    page.get_by_role("link", name="Électromécanique").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Électromécanique")
