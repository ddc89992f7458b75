"""A feed's HTML becomes plain text whatever it is, and plain text becomes Markdown that shows it and does nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from curation.desk.finding import MAX_EXCERPT_CHARS
from curation.judging.text import as_markdown_quote, excerpt, plain, plain_title
from portal.formats.prose import finish
from portal.markdown_links import links
from portal.records.fields import UNSAFE_CHARS, Text, Title

_TITLE, _TEXT = TypeAdapter(Title), TypeAdapter(Text)
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Un.</p><p>Deux.</p>", "Un.\n\nDeux."),
        ("Un.<br><br/>Deux.<BR>Trois.", "Un.\n\nDeux.\nTrois."),
        ("<h2>Titre</h2>\n  <div>Un\n  deux</div>", "Titre\n\nUn deux"),
        ("<p>Avant :</p><ul>\n<li>un</li>\n<li>d<b>eu</b>x</li></ul>Après", "Avant :\n\nun\ndeux\n\nAprès"),
        ("<table><tr><th>pH</th><td>7,2</td></tr><tr><th>mV</th><td>3</td></tr></table>", "pH 7,2\nmV 3"),
        ("L&rsquo;eau&nbsp;: 5&#160;&euro;&#x2026;", "L’eau\u00a0: 5\u00a0€…"),
        ("&amp;lt;b&amp;gt; et &lt;b&gt;", "&lt;b&gt; et <b>"),
        ("<p>&nbsp;</p><p> </p>Un", "Un"),
        ("Un<script>if (a<b='</p>') { }</script> deux<style>p{}</STYLE> trois", "Un deux trois"),
        ("<svg viewBox='0'><text>Logo</text></svg>Un<svg/><iframe src=x>Non</iframe> deux", "Un deux"),
        ("<img src='https://x.example/a.png' alt='Photo'>Un <a href='https://x.example/'>lien</a>", "Un lien"),
        ("<p title=\"a > b\" data-x='>' don't>Un</p>", "Un"),
        ("3 < 4 et 5 > 4, a<b", "3 < 4 et 5 > 4, a"),
        ("<!-- secret --><!-->Un<!DOCTYPE html><?php echo 1 ?><![CDATA[ deux ]]>", "Un deux"),
        ("Un<!-- jamais fermé", "Un"),
        ("Un <a href='jamais fermé>deux</a>", "Un"),
        ("Un<script>jamais fermé", "Un"),
        ("dé\u00adsin\u200bfec\u202etion\x00 e\u0301te\u0301\x0cfin\u2028là \ud800", "désinfection été fin là \ufffd"),
        ("&#0;&#x202e;a&#10;b&#xD800;", "\ufffda b\ufffd"),
        ("a&#" + "9" * 5000 + ";b", "a\ufffdb"),
        (
            "<p>Un.</p><p>L’article <a>Un</a> est apparu en premier sur <a>Blog</a>.</p><p>Lire la suite →</p>",
            "Un.",
        ),
        ("", ""),
    ],
)  # fmt: skip
def test_html_becomes_text_in_paragraphs(html: str, expected: str) -> None:
    assert plain(html) == expected


PIECES = st.sampled_from(
    ["<p>", "</p>", "<", ">", "<br", "<a href=", "'", '"', "&", "&#", "9", ";", "<!--", "-->", "<![CDATA[", "]]>", "\n",
     "<script>", "</script", "<svg/>", "<li>", "&nbsp;", "é", "e\u0301\u0301", "\u202e", "\ud800", "\U000e0041", " "]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_text_of_anything_can_be_kept_in_a_record(html: str) -> None:
    text = plain(html)
    assert not UNSAFE_CHARS.search(text)
    text.encode()
    assert text == text.strip()
    short = excerpt(html)
    assert len(short) <= MAX_EXCERPT_CHARS
    if short:
        assert _TEXT.validate_python(short) == short


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<a ", '<a "', '<a="x" <a="', "<a=", "<!--", "<script>", "<svg/>", "&", "&amp", "&#9", "<", "<!", "\n",
     "<br>", "&nbsp;", "<![CDATA[", "= ", "L’article ", "a. ", " »", "e\u0301", "\u0315\u0301", "<b id=1><p>"],
)  # fmt: skip
def test_hostile_html_is_read_in_a_moment(piece: str) -> None:
    """None of these ends within the test run where the time grows with the square of the length."""
    html = piece * (400_000 // len(piece))
    assert len(plain(html)) <= 200_000
    assert len(excerpt("x" + html)) <= MAX_EXCERPT_CHARS


SENTENCE = "Les boues de la station de Sète partent désormais en méthanisation, et l’odeur aussi. "


def test_a_long_text_is_cut_after_a_sentence() -> None:
    text = excerpt(f"<p>{SENTENCE * 20}</p>")
    assert 300 < len(text) <= MAX_EXCERPT_CHARS
    assert text.endswith("et l’odeur aussi.\u00a0…")


def test_abbreviations_end_no_sentence() -> None:
    text = excerpt("Le rapport de M. Dupont, art. 3, cité p. 12, " + "décrit longuement les boues " * 40, 100)
    assert (
        text
        == "Le rapport de M. Dupont, art. 3, cité p. 12, décrit longuement les boues décrit longuement les…"
    )


def test_a_text_without_sentences_is_cut_between_words_and_one_without_words_anywhere() -> None:
    assert excerpt("boue " * 300, 23) == "boue boue boue boue…"
    assert excerpt("x" * 3000) == "x" * 599 + "…"


def test_a_short_text_stays_whole() -> None:
    assert excerpt("<p>Un.</p><p>Deux.</p>") == "Un.\n\nDeux."


# --- titles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Boues\n et\tbiogaz ", "Boues et biogaz"),
        ("PFAS : 3 < 4 & <b>", "PFAS : 3 < 4 & <b>"),
        (
            "Gel &agrave; 900 m&egrave;tres&#8239;: l&amp;#39;eau &amp; AT&T",
            "Gel à 900 mètres\u202f: l'eau & AT&T",
        ),
        ("&am\u200bp;eacute; &am&#8203;p;agrave;", "é à"),
        ("&" + "amp;" * 400 + "&copy &am&#112;;", "&&copy &"),
        ("", "Sans titre"),
        ("\u200b\u2060 \ufe0f\u00ad", "Sans titre"),
        ("mot " * 60, "mot " * 49 + "mot…"),
        ("x" * 300, "x" * 199 + "…"),
        ("a\u202eb\ud800", "ab\ufffd"),
    ],
)
def test_anything_makes_a_title(text: str, expected: str) -> None:
    assert plain_title(text, "Sans titre") == expected


@given(st.text(max_size=300) | st.lists(PIECES, max_size=250).map("".join))
def test_a_title_is_valid_and_made_once(text: str) -> None:
    title = plain_title(text, "Sans titre")
    assert _TITLE.validate_python(title) == title
    title.encode()
    assert plain_title(title, "x") == title


# --- quotes ---------------------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """MkDocs’ own tags are left unread."""


_Loader.add_multi_constructor("!", lambda _loader, _suffix, _node: None)


def _site_markdown() -> markdown.Markdown:
    """Markdown as the site reads it."""
    listed = yaml.load((ROOT / "mkdocs.yml").read_text(), _Loader)["markdown_extensions"]
    named = [item if isinstance(item, dict) else {item: {}} for item in listed]
    configs = {name: config or {} for item in named for name, config in item.items()}
    # As strict as can be: these aren't on, and a company may put them on.
    more = ["attr_list", "def_list", "abbr", "md_in_html", "pymdownx.magiclink", "pymdownx.tilde", "pymdownx.caret",
            "pymdownx.details", "pymdownx.tasklist", "pymdownx.keys", "pymdownx.mark"]  # fmt: skip
    return markdown.Markdown(extensions=[*configs, *more], extension_configs=configs)


SITE = _site_markdown()


def _shown(quote: str) -> list[str]:
    """The paragraphs that a reader sees, when nothing but paragraphs of one quote was made of it."""
    html = finish(SITE.reset().convert("Avant.\n\n" + quote + "\n\nAprès."), "fr")
    assert set(re.findall(r"<[^>]*>", html)) <= {"<p>", "</p>", "<blockquote>", "</blockquote>"}, html
    assert html.count("<blockquote>") == (1 if quote else 0)
    paragraphs = [" ".join(unescape(text).split()) for text in re.findall(r"<p>(.*?)</p>", html, re.DOTALL)]
    assert (paragraphs[0], paragraphs[-1]) == ("Avant.", "Après.")
    return paragraphs[1:-1]


NAUGHTY = [
    "# Titre", "#titre", "## a ##", "- liste", "+ liste", "* liste", "1. un", "12) douze", "2026. Une année", "> cité",
    "=====", "-----", "***", "___", "- - -", "!!! note", '!!! danger "Titre"', "??? note", "???+ tip", ":   définition",
    "```python", "~~~", "    code", "\tcode", "`code`", "``a`b``", "*gras* _it_ **x** __y__", "snake_case_word",
    "[x](https://x.example)", "![x](https://x.example/a.png)", "[x][1]", "[1]: https://x.example", "[TOC]", "[^1]",
    "[^1]: note", "*[PFAS]: abr", "<b>x</b>", "<script>alert(1)</script>", "<https://x.example>", "<a@x.example>",
    "https://x.example/a_b_c?d=*e*", "http://x.example", "www.x.example", "WWW.x.example", "awa@x.example", "@awa",
    "ftp://x.example", "&lt;b&gt; &amp; &copy; &#42;", "AT&T", "{: .x onclick=alert(1) }", "x {: #y }", "{.class}",
    "{{ config }}", "{% raw %}", "{# c #}", "a | b", "| a | b |", "|---|---|", "--- | ---", ":--|:-:", "~~barré~~",
    "H~2~O m^3^ ^^x^^ ==x==", "++ctrl+c++", "a ++ctrl+c++ b", "C++ et C#", "[ ] tâche",
    "- [x] faite", "\\*a\\*", "\\", "a\\", "\\\\", "--8<-- 'x'",
    "---", "---\ntitle: x\n---", "<!-- x -->", "<?php ?>", "<![CDATA[x]]>", "5 < 6 > 4", "l’eau - l'air", "!", "1986.",
    "=", ":", "#", "-", "+", ">", "Fin.  ", "a  \nb", "« Tout ! » ; 10 %", "éàü 漢字 😀", "user/repo#12", "gh:repo",
]  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_quote_shows_the_text_and_nothing_else(text: str) -> None:
    expected = [found for line in text.split("\n") if (found := " ".join(line.split()))]
    quote = as_markdown_quote(text, "")
    assert _shown(quote) == expected
    assert list(links(quote)) == []


_SEEN = st.text(st.characters(codec="utf-8", exclude_categories=["C", "M", "Z"]), max_size=8)
_BETWEEN = st.sampled_from(["", " ", "\n", "\n\n"])


@given(st.lists(st.sampled_from(NAUGHTY) | _SEEN, max_size=5), _BETWEEN, st.sampled_from([*NAUGHTY, ""]))
def test_a_quote_of_several_shows_them_too(pieces: list[str], between: str, attribution: str) -> None:
    text = between.join(pieces)
    quote = as_markdown_quote(text, attribution)
    lines = [line for raw in text.split("\n") if (line := " ".join(raw.split()))]
    signed = [f"— {' '.join(attribution.split())}"] if attribution and lines else []
    assert _shown(quote) == [*lines, *signed]
    assert not re.search(r"\{[{%#]", quote)


@given(st.lists(PIECES | st.sampled_from(NAUGHTY) | st.text(max_size=3), max_size=20).map("".join))
def test_a_quote_of_anything_does_nothing(text: str) -> None:
    quote = as_markdown_quote(text, text)
    _shown(quote)
    assert not UNSAFE_CHARS.search(quote)
    assert list(links(quote)) == []


def test_a_quote_is_signed() -> None:
    assert as_markdown_quote("Un.\n\nDeux.", "La Gazette") == "> Un.\n>\n> Deux.\n>\n> — La Gazette"
    assert as_markdown_quote(" \n ", "La Gazette") == ""
