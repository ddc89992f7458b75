"""Fills a form as someone would, with the values of a record; and the same answers for its writer alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from portal.addresses import form_address
from portal.content import Content
from portal.formats.forms import Field, Form, form_of
from portal.formats.sheet import Names, asked
from portal.formats.sheet.names import choice_words, language_word
from portal.language import Translator
from portal.records.keys import Shape

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
            "sequel_of": "onze-ruches-et-un-captage",
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


def address(kind: str) -> str:
    """Where the demo has the form of a kind."""
    return form_address(kind, "fr")


def open_form(page: Page, address: str) -> None:
    """Go there, and wait until the form is awake and knows its names."""
    with page.expect_response("**/form-data.json"):
        page.goto(address)
    expect(page.locator("[data-form-end]")).to_be_visible()
    # What is folded away is asked too.
    page.eval_on_selector_all("[data-form-fold]", "all => all.forEach((one) => (one.open = true))")


def sheet_in(page: Page) -> str:
    """Read the form again, as its button says, and give its sheet."""
    page.locator("[data-v-form] button[type=submit]").click()
    expect(page.locator("[data-form-review]")).to_be_visible()
    return page.locator("[data-form-sheet]").input_value()


class Answers:
    """The words that someone would give for a record's values."""

    def __init__(self, kind: str, content: Content, translator: Translator) -> None:
        self.form: Form = form_of(kind, content, translator)
        self._names, self._translator = Names(content), translator
        self._shapes = {one.name: one.shape for item in asked(kind) for one in (item, *item.parts)}

    def of(self, values: Mapping[str, Any], body: str) -> dict[str, Any]:
        """By dotted name; what isn't known is left out."""
        found = {field.name: self._given({**values, "body": body}, field) for field in self.form.fields}
        return {name: answer for name, answer in found.items() if answer not in (None, "", [])}

    def _given(self, values: Mapping[str, Any], field: Field) -> Any:
        first, _, rest = field.name.partition(".")
        value = values.get(first)
        value = value.get(rest) if rest and isinstance(value, Mapping) else value
        if value is None:
            return None
        if field.parts:
            return [dict(self._row(field, item)) for item in value]
        return self._words(self._shapes[field.name], value)

    def _row(self, field: Field, item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for part in field.parts:
            name = part.name.rpartition(".")[2]
            if name in item:
                yield part.name, self._words(self._shapes[part.name], item[name])

    def _words(self, shape: Shape, value: Any) -> Any:
        return [self._word(shape, one) for one in value] if shape.many else self._word(shape, value)

    def _word(self, shape: Shape, value: Any) -> str:
        if shape.reference:
            return self._names.written(shape.reference, value)
        if shape.form == "choice":
            return choice_words(shape, self._translator)[value]
        if shape.form == "language":
            return language_word(value, self._translator)
        if shape.form == "number":
            said = f"{value:g}" if abs(value) < 1e5 else str(int(value))
            return said.replace(".", ",") if self._translator.language == "fr" else said
        return str(value).strip().replace("T", " ") if shape.form == "moment" else str(value).strip()


def fill(page: Page, form: Form, answers: Mapping[str, Any]) -> None:
    """Give each answer by its own control."""
    for field in form.fields:
        if field.name in answers:
            _give(page.locator(f"[data-v-form] [data-ask='{field.name}']"), field, answers[field.name])


def _give(box: Locator, field: Field, answer: Any) -> None:
    if field.control == "rows":
        _give_rows(box, field, answer)
    elif field.control == "pick":
        box.locator("select").select_option(value=answer)
    elif field.control in {"picks", "choices", "scale", "choice"}:
        for word in [answer] if isinstance(answer, str) else answer:
            box.locator(f'input[value="{word}"]').check()
    elif field.control == "names":
        for name in answer:
            box.locator("input").fill(name)
            box.locator("input").press("Enter")
    elif field.control == "moment":
        day, _, time = answer.partition(" ")
        box.locator("[type=date]").fill(day)
        box.locator("[type=time]").fill(time)
    else:
        box.locator("input, textarea").fill(answer)


def _give_rows(box: Locator, field: Field, rows: Any) -> None:
    for number, row in enumerate(rows):
        if number:
            box.locator("[data-add-row]").click()
        last = box.locator("[data-row]:visible").nth(number)
        for part in field.parts:
            if part.name in row:
                _give(last.locator(f"[data-ask='{part.name}']"), part, row[part.name])
