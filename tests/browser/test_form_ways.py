"""What becomes of a form: a draft, a mail, an issue, a file, a sheet of paper; without script, enlarged, for everyone."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from portal.content import Content
from portal.formats.sheet import read_sheet, write_sheet
from portal.language import Translator
from portal.loading import load_content
from portal.records import KINDS
from tests.browser.axe import faults_of
from tests.browser.sheets import TOLD, Answers, address, fill, open_form, sheet_in
from tests.conftest import NOW, ROOT

FRENCH = Translator("fr")
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy under which a careful company serves its portal."""


@pytest.fixture(scope="module")
def view() -> Content:
    return load_content(ROOT / "content").content.view("internal", NOW)


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_a_draft_comes_back_and_can_be_erased(portal: Page, demo: str, view: Content) -> None:
    values, body = TOLD["person"]
    answers = Answers("person", view, FRENCH)
    open_form(portal, demo + address("person"))
    fill(portal, answers.form, answers.of(values, body))
    expect(portal.get_by_text("Votre brouillon est gardé dans ce navigateur.")).to_be_visible()
    open_form(portal, demo + address("person"))
    expect(portal.locator("[data-form-says]")).to_contain_text("est revenu")
    assert sheet_in(portal) == write_sheet(KINDS["person"], values, body, view, FRENCH)
    portal.get_by_role("button", name="Effacer le brouillon").first.click()
    expect(portal.locator("#f-name")).to_have_value("")
    expect(portal.get_by_role("button", name="Le remettre")).to_be_focused()
    portal.keyboard.press("Enter")
    expect(portal.locator("#f-name")).to_have_value(values["name"])
    portal.get_by_role("button", name="Effacer le brouillon").click()
    expect(portal.locator("[data-form-says]")).to_have_text("Le brouillon est effacé.")
    expect(portal.locator("[data-form-review]")).to_be_hidden()
    expect(portal.locator("[data-ask=skills] [data-row]:visible")).to_have_count(1)
    assert portal.evaluate("Object.keys(localStorage)") == []
    open_form(portal, demo + address("person"))
    expect(portal.locator("[data-form-back]")).to_be_hidden()


def test_who_writes_is_remembered_and_a_link_may_begin_the_form(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("idea"))
    portal.locator("#f-title").fill("Une idée")
    portal.locator("#f-proposed_by").fill("awa diop")
    sheet_in(portal)
    open_form(
        portal, demo + address("question") + "?community=fuites-et-rendement&title=Un+joint%3F&body=non"
    )
    expect(portal.get_by_label("Votre nom")).to_have_value("Awa Diop")
    expect(portal.locator("#f-community")).to_have_value("Fuites et rendement de réseau")
    expect(portal.locator("#f-title")).to_have_value("Un joint?")
    expect(portal.locator("#f-body")).to_have_value("")


# --- the ways out -----------------------------------------------------------------------------------------------------


def begin_question(page: Page, demo: str, body: str) -> str:
    open_form(page, demo + address("question"))
    page.locator("#f-title").fill("Pourquoi & comment ?")
    page.locator("#f-body").fill(body)
    page.locator("#f-community").select_option(index=1)
    page.locator("#f-asked_by").fill("Awa Diop")
    return sheet_in(page)


def test_a_mail_and_an_issue_hold_the_sheet(portal: Page, demo: str) -> None:
    sheet = begin_question(portal, demo, "Une ligne,\n\net une autre : 100 % d’eau + du sel.")
    mail = portal.get_by_role("link", name="Envoyer par e-mail").get_attribute("href") or ""
    assert mail.startswith("mailto:animation@hydrelis.example?")
    query = urlsplit(mail).query
    subject, body = (unquote(part.partition("=")[2]) for part in query.split("&"))
    assert subject == "Veillée · Question : Pourquoi & comment ?"
    assert body == sheet.replace("\n", "\r\n")
    issue = portal.get_by_role("link", name="Ouvrir une demande").get_attribute("href") or ""
    assert issue.startswith("https://forge.hydrelis.example/communication/veillee/issues/new?")
    assert parse_qs(urlsplit(issue).query) == {"title": [subject], "body": [sheet]}


def test_a_sheet_that_is_too_long_for_an_address_is_copied(portal: Page, demo: str) -> None:
    portal.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet = begin_question(portal, demo, "Une longue histoire d’eau. " * 300)
    for name in ("Envoyer par e-mail", "Ouvrir une demande"):
        link = portal.get_by_role("link", name=name)
        assert len(link.get_attribute("href") or "") < 1800
        portal.evaluate("navigator.clipboard.writeText('')")
        link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
        link.click()
        expect(portal.locator("[data-form-sent]")).to_contain_text("elle est copiée")
        assert portal.evaluate("navigator.clipboard.readText()") == sheet


def test_a_sheet_is_copied_and_downloaded_under_a_strict_policy(portal: Page, demo: str) -> None:
    def strictly(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": STRICT})

    portal.route(f"{demo}**", strictly)
    portal.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet = begin_question(portal, demo, "De l’eau.")
    portal.get_by_role("button", name="Copier").click()
    expect(portal.locator("[data-form-sent]")).to_have_text("C’est copié : collez-la où vous voulez.")
    assert portal.evaluate("navigator.clipboard.readText()") == sheet
    with portal.expect_download() as download:
        portal.get_by_role("button", name="Télécharger").click()
    assert download.value.suggested_filename == "veillee-question-pourquoi-comment.txt"
    assert download.value.path().read_bytes() == sheet.encode()


def test_without_a_newer_clipboard_the_text_is_copied_in_the_older_way(portal: Page, demo: str) -> None:
    portal.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    sheet = begin_question(portal, demo, "De l’eau.")
    portal.get_by_role("button", name="Copier").click()
    expect(portal.locator("[data-form-sheet]")).to_be_focused()
    assert portal.evaluate("getSelection().toString() || document.activeElement.value") == sheet
    expect(portal.locator("[data-form-sent]")).not_to_be_empty()


def test_nothing_is_sent_while_something_is_wrong(portal: Page, demo: str) -> None:
    begin_question(portal, demo, "De l’eau.")
    portal.locator("#f-title").fill("")
    portal.get_by_role("link", name="Envoyer par e-mail").click()
    expect(portal.locator("[data-form-errors]")).to_be_focused()


# --- without JavaScript, on paper, for everyone -----------------------------------------------------------------------


def test_without_javascript_a_form_is_a_sheet_and_loses_nothing(browser: Browser, demo: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo + address("person"))
    assert page.locator("[data-v-form] button:visible").count() == 0, "nothing to press that does nothing"
    expect(page.locator("[data-ask=skills] [data-row]")).to_have_count(3)
    expect(page.locator("[data-ask=skills] [data-row]:visible")).to_have_count(3)
    page.get_by_label("Vos prénom et nom").fill("Zoé")
    page.get_by_label("Vos prénom et nom").press("Enter")
    assert page.url == demo + address("person")
    expect(page.get_by_label("Vos prénom et nom")).to_have_value("Zoé")
    mail = page.get_by_role("link", name="L’écrire dans un e-mail").get_attribute("href") or ""
    body = unquote(mail.partition("&body=")[2])
    page.get_by_text("La fiche vide, à copier").click()
    shown = page.locator(".v-paper pre")
    expect(shown).to_be_visible()
    assert shown.text_content() == body.replace("\r\n", "\n")
    assert read_sheet(body).kind == "person"
    assert page.locator("noscript").count() == 1
    context.close()


@pytest.mark.parametrize("kind", ["person", "story"])
def test_a_form_prints_as_a_sheet(portal: Page, demo: str, kind: str) -> None:
    open_form(portal, demo + address(kind))
    portal.emulate_media(media="print")
    for hidden in ("aside", "[data-form-review]", "[data-form-end] button", ".v-ask__note"):
        assert portal.locator(f"{hidden}:visible").count() == 0, hidden
    rows = portal.locator("[data-control=rows]")
    for number in range(rows.count()):
        expect(rows.nth(number).locator("[data-row]:visible")).to_have_count(3)
    expect(portal.get_by_text("Remettez cette fiche à votre équipe")).to_be_visible()
    inputs = portal.locator("[data-v-form] input[type=text]:visible").all()
    assert all(one.evaluate("one => getComputedStyle(one).borderBottomStyle") == "solid" for one in inputs)
    pages = len(re.findall(rb"/Type\s*/Page\b", portal.pdf(format="A4")))
    assert 1 <= pages <= 3, "sheets of paper"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["story", "person"])
def test_axe_finds_nothing_in_a_form_at_work(
    portal: Page, demo: str, view: Content, kind: str, scheme: str
) -> None:
    portal.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_form(portal, demo + address(kind))
    portal.get_by_role("button", name="Relire, puis envoyer").click()
    expect(portal.locator("[data-form-errors]")).to_be_visible()
    assert faults_of(portal) == ""
    answers = Answers(kind, view, FRENCH)
    fill(portal, answers.form, answers.of(*TOLD[kind]))
    sheet_in(portal)
    portal.locator(".v-review summary").click()
    assert faults_of(portal) == ""


@pytest.mark.parametrize("kind", ["story", "event"])
def test_a_form_fits_when_it_is_enlarged(portal: Page, demo: str, kind: str) -> None:
    """At 200 % a window of 1280 is 640 wide, at 400 % it is 320 (WCAG 2.2 § 1.4.10)."""
    for width in (640, 320):
        portal.set_viewport_size({"width": width, "height": 512})
        open_form(portal, demo + address(kind))
        assert portal.evaluate("document.documentElement.scrollWidth") <= width


def test_each_listing_leads_to_its_form(portal: Page, demo: str) -> None:
    for listing, words, kind in (
        ("questions/", "Poser une question", "question"), ("idees/", "Proposer une idée", "idea"),
        ("histoires/", "Raconter une belle histoire", "story"), ("agenda/", "Annoncer une rencontre", "event"),
        ("annuaire/", "Compléter mon profil", "person"), ("veille/", "Signaler une lecture", "watch_item"),
    ):  # fmt: skip
        portal.goto(demo + listing)
        portal.locator("main, .v-main").get_by_role("link", name=words).first.click()
        expect(portal).to_have_url(demo + address(kind))
        expect(portal.get_by_role("heading", level=1)).to_have_text(words)
        expect(portal.get_by_role("contentinfo").get_by_role("link", name="Contribuer")).to_be_visible()
