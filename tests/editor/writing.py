"""What someone does in the editor, by what they see: labels, buttons, what is typed."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def opened(page: Page, collection: str, title: str) -> None:
    """Open a record from the list of its collection."""
    page.get_by_role("link", name=collection, exact=True).click()
    page.get_by_role("heading", name=title, exact=True).click()
    expect(page.get_by_role("button", name="Enregistrer")).to_be_visible()
    field(page, "Texte").wait_for()


def begun(page: Page, collection: str, kind: str) -> None:
    """Begin a record."""
    page.get_by_role("link", name=collection, exact=True).click()
    page.get_by_role("link", name=f"Créer une entrée de type {kind}").click()
    field(page, "Texte").wait_for()


def field(page: Page, label: str, within: Locator | None = None) -> Locator:
    """The control of a label, whatever follows it (« (optionnel) »)."""
    labels = (within or page).locator("label").filter(has_text=label)
    return page.locator(f'[id="{labels.first.get_attribute("for")}"]')


def chosen(page: Page, label: str, *names: str) -> None:
    """Choose among a list by typing the beginning of each name."""
    control = field(page, label)
    for name in names:
        control.fill(name)
        page.get_by_role("option", name=name).first.click()


def saved(page: Page) -> None:
    """Save, and wait until it is."""
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Entrée enregistrée")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Modifications enregistrées")).to_be_visible()


def readied(page: Page) -> None:
    """Move a draft to what may be published."""
    page.get_by_role("button", name="Statut: Brouillon").click()
    page.get_by_role("menuitem", name="Prêt").click()
    expect(page.get_by_role("button", name="Statut: Prêt")).to_be_visible(timeout=20_000)


def published(page: Page) -> None:
    """Publish what is ready; the browser asks to confirm."""
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_role("menuitem", name="Publier maintenant").click()
    expect(page.get_by_text("Entrée publiée")).to_be_visible(timeout=20_000)
