"""The catalogue of interface strings: complete in French, with the same placeholders and French spaces."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from portal.labels import LABELS
from portal.language import LANGUAGES, Translator
from tests.conftest import ROOT

FRENCH = ROOT / "portal" / "locales" / "fr" / "LC_MESSAGES" / "veillee.po"
KEYWORDS = {
    "_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)s|(?<!%)%(?!%)\w|\{\w+\}")


@cache
def extracted() -> frozenset[tuple[str | None, str | tuple[str, ...]]]:
    """Every (context, id) of the code and the templates."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    return frozenset((context, message) for _, _, message, _, context in found)


@cache
def catalogue() -> Catalog:
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def entries() -> list[Message]:
    return [message for message in catalogue() if message.id]


def strings(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def test_every_string_of_the_code_and_the_templates_is_in_the_catalogue() -> None:
    known = {
        (message.context, message.id if isinstance(message.id, str) else tuple(message.id))
        for message in entries()
    }
    missing = sorted(str(item) for item in extracted() - known)
    assert missing == [], "run `make messages`, then translate"


def test_no_string_of_the_catalogue_is_out_of_use() -> None:
    known = {
        (message.context, message.id if isinstance(message.id, str) else tuple(message.id))
        for message in entries()
    }
    assert sorted(str(item) for item in known - extracted()) == []


def test_every_string_is_translated_for_good() -> None:
    todo = [message.id for message in entries() if message.fuzzy or not all(strings(message.string))]
    assert todo == []


def test_translations_keep_their_placeholders() -> None:
    wrong = []
    for message in entries():
        wanted = set(PLACEHOLDER.findall(" ".join(strings(message.id))))
        for text in strings(message.string):
            found = set(PLACEHOLDER.findall(text))
            # A singular may say its number in words.
            if not (found == wanted or (isinstance(message.id, tuple | list) and found <= wanted)):
                wrong.append(message.id)
    assert wrong == []


def test_french_typography() -> None:
    wrong = []
    for message in entries():
        for text in strings(message.string):
            said = PLACEHOLDER.sub("x", text)
            if re.search(r"(?<![\u202f\u00a0\s;!?])[;!?](?=\s|$)", said) or re.search(
                r"[ \u00a0]([;!?])", said
            ):
                wrong.append(f"narrow no-break space before ; ! ?: {text}")
            if re.search(r"(?<=\w):(?=\s|$)| :", said):
                wrong.append(f"no-break space before a colon: {text}")
            if re.search(r"«(?!\u00a0)|(?<!\u00a0)»|« | »", said):
                wrong.append(f"no-break spaces inside guillemets: {text}")
            if re.search(r"\w'\w|[“”]|\.\.\.", said):
                wrong.append(f"’, « » and … are the French marks: {text}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_front_matter_has_its_word(language: str) -> None:
    say = Translator(language)
    said = [say.gettext(label) for group in LABELS.values() for label in group.values()]
    assert all(said)
    if language == "fr":
        assert say.gettext("Directory") == "Annuaire"


def test_plurals_follow_each_language() -> None:
    say_fr, say_en = Translator("fr"), Translator("en")
    ids = ("%(num)s person", "%(num)s people")
    assert say_fr.ngettext(*ids, 0) == say_fr.ngettext(*ids, 1) != say_fr.ngettext(*ids, 2)
    assert say_en.ngettext(*ids, 0) == say_en.ngettext(*ids, 2) != say_en.ngettext(*ids, 1)


def test_dates_and_numbers_are_said_in_words() -> None:
    import datetime as dt

    moment = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    assert Translator("fr").date(moment) == "1er janvier 2027", "in the portal's zone"
    assert Translator("en").date(dt.date(2026, 11, 5)) == "November 5, 2026"
    assert Translator("fr").date(dt.date(2026, 11, 21)) == "21 novembre 2026"
    assert Translator("fr").zone_name("Indian/Reunion") == "La Réunion"
    assert Translator("fr").number(12500.5) == "12\u202f500,5"
    assert Translator("fr").percent(0.4).replace("\u202f", "\u00a0") == "40\u00a0%"
    assert Translator("fr").listed(["a", "b", "c"]) == "a, b et c"
    assert Translator("fr").language_name("en") == "anglais"
    assert Translator("fr").language_name("xx-nonsense") == "xx-nonsense"


def test_templates_hold_no_french() -> None:
    """Words of the interface live in the catalogue: a template with an accent has escaped it."""
    accented = re.compile(r"[àâçéèêëîïôûùüœÀÉÈÊ]")
    guilty = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sorted(Path(ROOT / "overrides").rglob("*.html"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if accented.search(re.sub(r"\{#.*?#\}", "", line))
    ]
    assert guilty == []
