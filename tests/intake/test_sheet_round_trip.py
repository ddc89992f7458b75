"""What a sheet says is what was written, for every kind, in both languages: values drawn from the models themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.intake.reading import Reader
from curation.intake.understanding import understand
from portal.content import Content
from portal.formats.sheet import SHEET_KINDS, Names, asked, read_sheet, write_sheet
from portal.formats.sheet.keys import Asked
from portal.language import LANGUAGES, Translator
from portal.records import KINDS
from portal.records.fields import UNSAFE_CHARS

NOTHING = {"", "…", "..."}
TODAY = date(2026, 11, 21)
WORDS = [
    "Territoire : nord", "Titre: x", "Veillée · Idée", "-- ", "---", "Le 5 mars 2026, Ana a écrit :", "> cité", "De : moi",
    "Envoyé : hier", "- un point", "### Résultats", "# Texte", "\\Texte : x", "\\\\--", "[x] fait", "niveau : 3", "a ; b",
    "a \\; b", "12 → 8", "Envoyé de mon iPhone", "**Nom** : x", "", "  en retrait", "texte :", "_No response_ !", "(nom) :",
]  # fmt: skip
CHARS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")).filter(
    lambda char: not UNSAFE_CHARS.search(char)
)
LINE = st.one_of(
    st.sampled_from(WORDS), st.text(CHARS, max_size=40), st.text("Nom :;-\\#>[]x1 é", max_size=20)
)
ONE_LINE = LINE.map(str.strip).filter(lambda text: text not in NOTHING)
TEXT = (
    st.lists(LINE, min_size=1, max_size=6)
    .map("\n".join)
    .map(str.strip)
    .filter(lambda text: text not in NOTHING)
)
DAY = st.dates(date(1950, 1, 1), date(2100, 1, 1)).map(date.isoformat)
MOMENT = st.one_of(
    DAY, st.datetimes().filter(lambda at: at.year > 1900).map(lambda at: at.isoformat("T", "minutes"))
)


def values_of(item: Asked, content: Content) -> st.SearchStrategy[Any]:
    if item.parts:
        groups = {
            part.name.rpartition(".")[2]: values_of(part, content) for part in item.parts if part.required
        }
        others = {
            part.name.rpartition(".")[2]: values_of(part, content) for part in item.parts if not part.required
        }
        return st.lists(st.fixed_dictionaries(groups, optional=others), min_size=1, max_size=3).map(tuple)
    one = one_of(item, content)
    return st.lists(one, min_size=1, max_size=3, unique=True).map(tuple) if item.shape.many else one


PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(1, 5),
    "number": st.floats(-1e12, 1e12).map(lambda value: round(value, 3) + 0.0),
    "date": DAY,
    "moment": MOMENT,
    "language": st.sampled_from(["fr", "en", "pl", "wo", "br", "de", "ar", "zh", "pt", "fon", "fr-CA"]),
    "email": st.sampled_from(["a@b.example", "awa.diop@hydrelis.example"]),
    "url": st.sampled_from(["https://a.example/b?c=d;e#f", "http://x.example"]),
    "line": ONE_LINE,
}


def one_of(item: Asked, content: Content) -> st.SearchStrategy[Any]:
    shape = item.shape
    if shape.reference:
        return st.sampled_from([record.slug for record in content.of(shape.reference)])
    if shape.choices:
        return st.sampled_from(shape.choices)
    return PLAIN.get(shape.form, TEXT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEET_KINDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_sheet_reads_back_as_it_was_written(
    kind: str, language: str, mini: Content, data: st.DataObject
) -> None:
    items = [item for item in asked(kind) if data.draw(st.booleans(), label=item.name)]
    flat = {item.name: data.draw(values_of(item, mini), label=item.name) for item in items}
    values: dict[str, Any] = {}
    for name, value in flat.items():
        first, dot, rest = name.partition(".")
        if dot:
            values.setdefault(first, {})[rest] = value
        else:
            values[name] = value
    body = values.pop("body", "")
    text = write_sheet(KINDS[kind], values, body, mini, Translator(language))
    found = understand(read_sheet(text), kind, Reader(Names(mini), TODAY), {})
    assert (dict(found.values), found.body) == (values, body)
    assert found.doubts == ()
    assert found.notes == ()
