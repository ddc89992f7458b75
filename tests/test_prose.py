"""Prose is safe whatever was written, well set in French, and its links lead where they should."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.formats.excerpt import excerpt
from portal.formats.prose import finish, resolve_links, sanitise
from portal.formats.typography import typeset, typeset_html

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='java&#115;cript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](  JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<style>@import 'https://evil.example'</style>",
    "<form action=https://evil.example><input name=q></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<a href=x style='background:url(https://evil.example)'>x</a>",
    "![x](https://evil.example/x.png)",
    "![x](//evil.example/x.png)",
    '<img srcset="https://evil.example/x.png 1x">',
    "<object data=x></object><embed src=x>",
    "<p {: onclick=alert(1) }>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_runs_or_calls_out_survives(payload: str) -> None:
    html = finish(markdown.markdown(payload), "fr").lower()
    for trace in (
        "<script",
        "<iframe",
        "<svg",
        "<style",
        "<form",
        "<base",
        "<meta",
        "<object",
        "<embed",
        "<math",
    ):
        assert trace not in html
    for trace in (
        'onerror="',
        'onload="',
        'href="javascript',
        'href="data:',
        'src="https://evil',
        'src="//evil',
        "srcset",
        "style=",
    ):
        assert trace not in html


@given(st.text(st.sampled_from("<>\"'=/ abimgscriptonx:()[]&#;!-\n"), max_size=80))
def test_sanitising_twice_changes_nothing(text: str) -> None:
    once = sanitise(markdown.markdown(text))
    assert sanitise(once) == once


def test_french_spaces_are_set_in_text_and_nowhere_else() -> None:
    assert typeset("Vraiment ? Oui : « bien » !") == "Vraiment\u202f? Oui\u00a0: «\u00a0bien\u00a0»\u202f!"
    assert (
        typeset("12 000 m³ à 40 % entre 12:30 et 14:00")
        == "12\u202f000\u00a0m³ à 40\u00a0% entre 12:30 et 14:00"
    )
    kept = '<a href="x ? y" title="a : b">t</a><code>if x ? y : z</code><pre>a ; b</pre>'
    assert typeset_html(kept) == kept


def test_english_prose_is_left_as_it_is() -> None:
    assert finish("<p>Really ? Yes</p>", "en") == "<p>Really ? Yes</p>"


def test_links_are_resolved_from_the_file_that_holds_them() -> None:
    known = {"people/ana.md": "../../annuaire/ana/"}
    html = (
        '<a href="../people/ana.md#contact">A</a> <a href="https://x.example/">B</a> <a href="none.md">C</a>'
    )
    resolved = resolve_links(html, "questions/carte.md", known.get)
    assert (
        resolved
        == '<a href="../../annuaire/ana/#contact">A</a> <a href="https://x.example/">B</a> <a href="none.md">C</a>'
    )


def test_an_excerpt_is_plain_and_cut_between_words() -> None:
    text = "## Titre\n\nUn **mot** et [un lien](x.md), puis `du code`.\n\n- [ ] une tâche\n\n| a | b |\n|---|---|\n"
    assert excerpt(text) == "Un mot et un lien, puis du code. une tâche"
    assert excerpt("Un deux trois quatre", 12) == "Un deux…"
