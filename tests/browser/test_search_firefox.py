"""The main path of the search in a real Firefox: from the key to the page, through several ranges in one answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.bidi import Firefox, firefox

OPTIONS = "[...document.querySelectorAll('dialog[open] [role=option]')]"
READS = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/texts.bin'))"


@pytest.fixture(scope="module")
def fox() -> Iterator[Firefox]:
    with firefox() as browser:
        yield browser


def results(fox: Firefox, typed: str, title: str) -> list[str]:
    """Type in the open dialog, in the place of what it holds; the results, once one of them has that title."""
    fox.press("Control+a")
    fox.type(typed)
    fox.wait(f"{OPTIONS}.some((option) => option.querySelector('[data-in=title]').textContent === {title!r})")
    return [re.sub(r"\s+", " ", text) for text in fox.ask(f"{OPTIONS}.map((option) => option.textContent)")]


def test_from_the_key_to_the_page(fox: Firefox, demo: str) -> None:
    fox.open(demo)
    fox.wait("document.querySelector('header .is-awake') !== null")
    fox.press("/")
    fox.wait("document.activeElement.matches('dialog[open] [role=combobox]')")
    found = results(fox, "recherche de fuites", "Recherche de fuites")
    assert any(text.startswith("Awa Diop") for text in found), "who can help"
    assert len(found) >= 10
    assert fox.ask(f"{OPTIONS}.filter((option) => option.querySelector('mark')).length") > 5
    reads = fox.ask(f"{READS}.map(({{ responseStatus }}) => responseStatus)")
    assert set(reads) == {206}, "texts come by ranges"
    assert len(reads) < len("recherche de fuites"), "the ten of an answer in one request"

    fox.press("Control+a")
    fox.type('"bruit d’un réducteur"')
    fox.wait(
        f"{OPTIONS}.length === 1 && {OPTIONS}[0].textContent.includes('bruit d’un réducteur de pression')"
    )
    results(fox, "telegestoin", "Télégestion et supervision")
    results(fox, "python", "Python")

    fox.press("ArrowDown")
    assert fox.ask(f"{OPTIONS}[0].ariaSelected") == "true"
    fox.press("Enter")
    fox.wait(
        "location.pathname.endsWith('/competences/python/') && document.querySelector('h1')?.textContent"
    )
    assert fox.faults == []
    fox.ask("void setTimeout(() => { throw new Error('said aloud'); })")
    fox.wait("new Promise((done) => setTimeout(done, 10, true))")
    assert any("said aloud" in fault for fault in fox.faults), "an error would have been seen"
