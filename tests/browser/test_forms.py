"""The forms in a real browser: what they write is a sheet, byte for byte; nothing is lost, and nothing leaves unasked."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from portal import frontmatter
from portal.content import Content
from portal.formats.sheet import SHEET_KINDS, read_sheet, write_sheet
from portal.language import Translator
from portal.loading import load_content
from portal.outputs import form_address
from portal.records import KINDS, Record
from tests.browser.sheets import Answers, fill, open_form, sheet_in
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


def address(kind: str) -> str:
    return form_address(kind, "fr")


def written(record: Record) -> tuple[dict[str, Any], str]:
    page = frontmatter.read((ROOT / "content" / record.path).read_bytes())
    return page.front.values, page.body


# --- what is written ----------------------------------------------------------------------------------------------

TOLD: dict[str, tuple[dict[str, Any], str]] = {
    "person": (
        {
            "name": "Zoé N’Diaye-Œuvrard", "job_title": "Agente ; réseau : nuit", "territory": "ile-de-france",
            "skills": (
                {"skill": "python", "level": 5, "offers": ("teach", "help")}, {"skill": "telegestion", "level": 1},
                {"skill": "recherche-de-fuites", "level": 3, "offers": ("help",)}, {"skill": "sig", "level": 2},
            ),
            "interests": ({"skill": "chorale"}, {"skill": "cuisine", "level": 4}),
            "wants_to_learn": ("prise-de-parole",), "languages": ("fr", "wo", "pt"),
            "communities": ("donnees-de-l-eau", "fuites-et-rendement"),
            "contact": {"email": "zoe@hydrelis.example", "phone": "06 39 98 00 01", "chat": "zoe", "office": "[B] 12"},
            "joined": "2026-09-01",
        },
        "Je pose un capteur.\n\nTerritoire : la nuit\n\\Texte : non\n-- \nZoé",
    ),
    "story": (
        {
            "title": "La ruche [2] a passé l’hiver : comment ?", "people": ("awa-diop", "yann-le-guilvinec"),
            "territory": "ile-de-france", "communities": ("jardins-et-ruches",), "skills": ("apiculture",),
            "challenge": "Deux colonies sur trois.\nSolution : aucune", "solution": "1. du liège\n2. de la patience",
            "results": (
                {"label": "Miel ; récolte", "after": 12.5, "before": 3, "unit": "kg", "evidence": "Balance \\; carnet"},
                {"label": "Colonies: au printemps", "after": 41000},
            ),
            "quote": {"text": "Elles ont tenu.", "by": "awa-diop"},
        },
        "Jean a écrit :\n> oui\n\nVeillée · Question\nFin",
    ),
    "event": (
        {
            "title": "Mardi de la pompe", "start": "2027-01-12T13:30", "end": "2027-01-12T17:00", "location": "Établi 2",
            "territory": "auvergne-rhone-alpes", "communities": ("passer-la-main",), "organizers": ("jean-luc-berthomier",),
            "skills": ("electromecanique", "tutorat"), "registration_url": "https://inscriptions.hydrelis.example/mardis?a=b#c",
        },
        "On apporte ses gants.",
    ),
    "question": (
        {
            "title": "Comment purger un réducteur grippé ?", "asked_by": "daniella-rangassin",
            "community": "fuites-et-rendement", "skills": ("recherche-de-fuites",),
        },
        "Secteur de **Bellemène**.\n\n- essayé : la purge\n\n  Posée par : personne",
    ),
    "idea": (
        {
            "title": "Des graines au siège", "proposed_by": "awa-diop", "territory": "ile-de-france",
            "communities": ("jardins-et-ruches", "passer-la-main"),
        },
        "Un bac.\n\n\n\n[Voir](https://exemple.example)",
    ),
    "watch_item": (
        {
            "title": "PFAS: new limits", "url": "https://example.org/pfas?x=1;y=2", "source": "Water : News",
            "published": "2026-11-02", "curated_by": "francoise-dhuisme", "why": "Les seuils changent.\n\nLisez la fin.",
            "communities": ("qualite-et-micropolluants",), "skills": ("micropolluants",), "lang": "en",
        },
        "> Une citation",
    ),
}  # fmt: skip
"""A contribution of each kind that answers everything, with what a reader could take for something else."""


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_a_form_writes_the_sheet_of_its_answers(portal: Page, demo: str, view: Content, kind: str) -> None:
    values, body = TOLD[kind]
    answers = Answers(kind, view, FRENCH)
    given_answers = answers.of(values, body)
    assert set(given_answers) == {field.name for field in answers.form.fields}, "everything is answered"
    open_form(portal, demo + address(kind))
    fill(portal, answers.form, given_answers)
    text = sheet_in(portal)
    assert text == write_sheet(KINDS[kind], values, body, view, FRENCH)
    read = read_sheet(text)
    assert (read.kind, read.unknown, read.prose) == (kind, (), "")
    assert {field.name for field in read.fields} == set(given_answers)
    assert read.text_of("body") == body


WRITE = """async ([script, sheets]) => {
  const { writeSheet } = await import(script);
  return sheets.map(({ header, reserved, otherwise, asked, answers }) =>
    writeSheet({ header, reserved: new Set(reserved), otherwise: new RegExp(`^(?:${otherwise})`, "iu") }, asked, answers));
}"""


def paper(answers: Answers, given_answers: dict[str, Any]) -> dict[str, Any]:
    form = answers.form

    def plain(field: Any) -> dict[str, Any]:
        parts = [plain(part) for part in field.parts]
        return {
            "name": field.name,
            "control": field.control,
            "word": field.word,
            "place": field.place,
            "parts": parts,
        }

    return {
        "header": form.header,
        "reserved": form.reserved,
        "otherwise": form.otherwise,
        "asked": [plain(field) for field in form.fields],
        "answers": given_answers,
    }


def written_by_the_page(page: Page, demo: str, sheets: list[dict[str, Any]]) -> list[str]:
    return page.evaluate(WRITE, [f"{demo}assets/javascripts/veillee/form-sheet.js", sheets])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_record_of_the_demo_is_written_alike(
    portal: Page, demo: str, view: Content, language: str
) -> None:
    say = Translator(language)
    sheets, expected = [], []
    for kind in SHEET_KINDS:
        answers = Answers(kind, view, say)
        for record in view.of(kind):
            values, body = written(record)
            sheets.append(paper(answers, answers.of(values, body.strip())))
            expected.append(write_sheet(KINDS[kind], values, body, view, say))
    assert len(sheets) > 150
    assert written_by_the_page(portal, demo, sheets) == expected


LINES = st.one_of(
    st.sampled_from([
        "Texte : fin", "  \\Texte : fin", "title: x", "Titre (1) ： y", "De : moi", "-- ", "__________", "Veillée · Idée",
        "> veillee: question", "Envoyé de mon téléphone", "Léa a écrit :", "\\\\-- x", "- [ ] case", "", " ", "Communautés:",
    ]),
    st.text("aàéœÉ:;\\[]()=>*#_- .·1", max_size=12),
)  # fmt: skip


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(st.lists(LINES, max_size=6), st.lists(LINES, max_size=4)), min_size=20, max_size=40)
)
def test_whatever_is_typed_is_written_alike(
    portal: Page, demo: str, view: Content, typed: list[tuple[list[str], list[str]]]
) -> None:
    answers = Answers("story", view, FRENCH)
    sheets, expected = [], []
    for lines, words in typed:
        body, labels = "\n".join(lines).strip(), [word.strip() for word in words if word.strip()]
        values = {
            "title": "Histoire",
            "challenge": body or None,
            "results": tuple({"label": label, "after": 2.5, "unit": label} for label in labels),
        }
        sheets.append(paper(answers, answers.of(values, body)))
        expected.append(write_sheet(KINDS["story"], values, body, view, FRENCH))
    assert written_by_the_page(portal, demo, sheets) == expected


# --- what is said of the answers -----------------------------------------------------------------------------------


def test_what_is_missing_is_gathered_and_led_to(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("question"))
    portal.get_by_role("button", name="Relire, puis envoyer").press("Enter")
    summary = portal.locator("[data-form-errors]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("heading")).to_have_text("3 points à reprendre avant l’envoi")
    expect(portal.locator("[data-form-review]")).to_be_hidden()
    summary.get_by_role("link", name="Votre nom").press("Enter")
    name = portal.get_by_label("Votre nom")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description(
        re.compile("Comme dans l’annuaire.*Une réponse est nécessaire")
    )
    described = portal.locator("#f-asked_by-error")
    expect(described).to_have_text("Une réponse est nécessaire ici.")
    name.type("Awa Diop")
    expect(described).to_be_hidden()
    expect(name).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    ("kind", "field", "typed", "said", "mended"),
    [
        ("event", "Page d’inscription", "inscriptions.example", "Une adresse web commence par https://", ""),
        ("event", "Page d’inscription", "https://a b", "Une adresse web commence par https://", "https://a.example/b"),
        ("event", "Nom de la rencontre", "x" * 203, "C’est trop long de 3 caractères.", "x" * 200),
        ("person", "E-mail", "zoe@", "Une adresse e-mail ressemble à nom@entreprise.fr.", "zoe@hydrelis.example"),
        ("story", "Chiffre après", "beaucoup", "Un nombre est attendu ici", "-1 250,75"),
        ("question", "Votre nom", "Personne D’Ici", "Ce nom n’est pas encore dans le portail", ""),
    ],
)  # fmt: skip
def test_a_fault_is_said_beside_its_field_when_it_is_left(
    portal: Page, demo: str, kind: str, field: str, typed: str, said: str, mended: str
) -> None:
    open_form(portal, demo + address(kind))
    box = portal.get_by_label(field, exact=False).first
    box.fill(typed)
    error = portal.locator(f"#{box.get_attribute('id')}-error")
    expect(error).to_be_hidden()
    box.press("Tab")
    expect(error).to_contain_text(said)
    box.fill(mended)
    expect(error).to_be_hidden()
    box.press("Tab")
    expect(error).to_be_hidden()


def test_an_end_comes_after_its_beginning(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("event"))
    portal.locator("#f-title").fill("Café")
    portal.locator("#f-start").fill("2027-01-12")
    portal.locator("#f-start-time").fill("10:00")
    portal.locator("#f-end").fill("2027-01-12")
    portal.locator("#f-end-time").fill("09:00")
    portal.locator("#f-location").focus()
    expect(portal.locator("#f-end-error")).to_have_text("Elle finirait avant d’avoir commencé.")
    portal.locator("#f-end-time").fill("11:00")
    expect(portal.locator("#f-end-error")).to_be_hidden()
    assert "Début : 2027-01-12 10:00\nFin : 2027-01-12 11:00\n" in sheet_in(portal)
    portal.locator("#f-start").fill("")
    portal.locator("#f-location").focus()
    expect(portal.locator("#f-start-error")).to_have_text("Dites aussi le jour.")


def test_a_quote_needs_its_author_and_a_figure_its_value(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("story"))
    portal.locator("#f-title").fill("Ruche")
    portal.locator("#f-quote-text").fill("Elles ont tenu.")
    portal.locator("#f-results-0-unit").fill("kg")
    portal.get_by_role("button", name="Relire, puis envoyer").click()
    expect(portal.locator("[data-form-errors] li")).to_have_text([
        "Ce qui est mesuré : Une réponse est nécessaire ici.",
        "Chiffre après : Une réponse est nécessaire ici.",
        "Qui l’a dit : Dites-le aussi, ou videz l’autre réponse.",
    ])  # fmt: skip


def test_what_is_left_is_counted_when_little_is(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("idea"))
    count = portal.locator("[data-ask=title] [data-count]")
    portal.locator("#f-title").fill("x" * 100)
    expect(count).to_be_hidden()
    portal.locator("#f-title").fill("x" * 199)
    expect(count).to_have_text("encore 1 caractère")


# --- rows and names, by keyboard ------------------------------------------------------------------------------------


def test_rows_come_and_go_by_keyboard_and_aloud(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("person"))
    rows = portal.locator("[data-ask=skills] [data-row]:visible")
    said = portal.locator("[data-form-says]")
    add = portal.locator("[data-ask=skills] [data-add-row]")
    expect(rows).to_have_count(1)
    for number in (2, 3, 4, 5):
        add.press("Enter")
        expect(rows).to_have_count(number)
        expect(rows.nth(number - 1).locator("input").first).to_be_focused()
        expect(said).to_have_text(f"Ajouté : ligne {number}")
    ids = portal.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids)), "every id stays unique"
    rows.nth(4).locator("input").first.fill("Python")
    rows.nth(1).get_by_role("button", name="Retirer cette ligne 2").press("Enter")
    expect(rows).to_have_count(4)
    expect(said).to_have_text("Retiré : ligne 2")
    expect(rows.nth(1).locator("input").first).to_be_focused()
    rows.nth(3).get_by_role("radio", name="4, Confirmé").check()
    expect(rows.nth(3).locator("[data-step-said]")).to_have_text("Confirmé")


def test_names_are_completed_kept_one_by_one_and_taken_away(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("event"))
    box, said = portal.locator("[data-ask=organizers]"), portal.locator("[data-form-says]")
    entry = box.locator("input")
    entry.type("yann le")
    expect(box.locator("datalist option")).to_have_attribute("value", "Yann Le Guilvinec")
    entry.fill("yann le guilvinec")
    entry.press("Enter")
    expect(said).to_have_text("Ajouté : Yann Le Guilvinec")
    entry.fill("AWA DIOP; quelqu’un d’autre")
    box.get_by_role("button", name="Ajouter").click()
    expect(box.locator("li")).to_have_text(["Yann Le Guilvinec", "Awa Diop", "quelqu’un d’autre"])
    expect(box.locator(".v-names__name--unknown")).to_have_text("quelqu’un d’autre")
    box.get_by_role("button", name="Retirer quelqu’un d’autre").press("Enter")
    expect(box.locator("li")).to_have_count(2)
    expect(said).to_have_text("Retiré : quelqu’un d’autre")
    expect(entry).to_be_focused()


def test_a_name_with_commas_is_one_name(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("story"))
    box = portal.locator("[data-ask=skills]")
    box.locator("input").fill("sig, python")
    box.locator("input").press("Enter")
    expect(box.locator("li")).to_have_text(["Systèmes d’information géographique", "Python"])


# --- what will be read -----------------------------------------------------------------------------------------------


def test_the_preview_is_text_and_nothing_else(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("idea"))
    portal.locator("#f-title").fill("<img src=x onerror=alert(1)> & <b>gras</b>")
    portal.locator("#f-proposed_by").fill("<script>alert(2)</script>")
    portal.locator("#f-body").fill(
        "**Du <i>gras</i>**\n\n- un\n- [deux](javascript:alert(3))\n\n<style>*{display:none}</style>"
    )
    sheet_in(portal)
    card = portal.locator("[data-form-preview]")
    expect(card.get_by_role("heading", level=3)).to_have_text("<img src=x onerror=alert(1)> & <b>gras</b>")
    expect(card.locator("strong")).to_have_text("Du <i>gras</i>")
    expect(card.locator("li")).to_have_text(["un", "deux"])
    assert card.locator("img, script, style, i, b, a").count() == 0
    portal.locator("#f-title").fill("Une autre idée")
    expect(card.get_by_role("heading", level=3)).to_have_text("Une autre idée")


def test_a_story_is_shown_with_its_figures(portal: Page, demo: str, view: Content) -> None:
    values, body = TOLD["story"]
    answers = Answers("story", view, FRENCH)
    open_form(portal, demo + address("story"))
    fill(portal, answers.form, answers.of(values, body))
    sheet_in(portal)
    card = portal.locator("[data-form-preview]")
    expect(card.locator(".v-figure__after")).to_have_text(["12,5", "41\u202f000"])
    expect(card.locator("blockquote").first).to_contain_text("Awa Diop")
    expect(card).to_contain_text("Jardins et ruches")


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


def test_who_writes_is_remembered_and_a_link_may_choose_the_community(portal: Page, demo: str) -> None:
    open_form(portal, demo + address("idea"))
    portal.locator("#f-title").fill("Une idée")
    portal.locator("#f-proposed_by").fill("awa diop")
    sheet_in(portal)
    open_form(portal, demo + address("question") + "?community=fuites-et-rendement&title=non")
    expect(portal.get_by_label("Votre nom")).to_have_value("Awa Diop")
    expect(portal.locator("#f-community")).to_have_value("Fuites et rendement de réseau")
    expect(portal.locator("#f-title")).to_have_value("")


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
    assert portal.pdf(format="A4").count(b"/Type /Page\n") <= 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["story", "person"])
def test_axe_finds_nothing_in_a_form_at_work(
    portal: Page, demo: str, view: Content, kind: str, scheme: str
) -> None:
    portal.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_form(portal, demo + address(kind))
    portal.get_by_role("button", name="Relire, puis envoyer").click()
    expect(portal.locator("[data-form-errors]")).to_be_visible()
    results = Axe().run(portal)
    assert results.violations_count == 0, results.generate_report()
    answers = Answers(kind, view, FRENCH)
    fill(portal, answers.form, answers.of(*TOLD[kind]))
    sheet_in(portal)
    portal.locator(".v-review summary").click()
    results = Axe().run(portal)
    assert results.violations_count == 0, results.generate_report()


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
