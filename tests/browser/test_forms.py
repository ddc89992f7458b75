"""The forms in a real browser: what they write is a sheet, byte for byte; nothing is lost, and nothing leaves unasked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from portal import frontmatter
from portal.content import Content
from portal.formats.sheet import SHEET_KINDS, read_sheet, write_sheet
from portal.language import Translator
from portal.loading import load_content
from portal.records import KINDS, Record
from tests.browser.sheets import TOLD, Answers, address, fill, open_form, sheet_in
from tests.conftest import NOW, ROOT

FRENCH = Translator("fr")


@pytest.fixture(scope="module")
def view() -> Content:
    return load_content(ROOT / "content").content.view("internal", NOW)


def written(record: Record) -> tuple[dict[str, Any], str]:
    page = frontmatter.read((ROOT / "content" / record.path).read_bytes())
    return page.front.values, page.body


# --- what is written ----------------------------------------------------------------------------------------------


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
