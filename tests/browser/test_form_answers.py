"""A form while it is filled in: what is wrong is said beside it, rows and names come and go, by keyboard and aloud."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sheets import address, open_form, sheet_in

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
