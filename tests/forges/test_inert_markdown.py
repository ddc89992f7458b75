"""Texts of feeds in a description: read as they were written, by a real reader of GitHub's Markdown, and without effect."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from curation.forges.inert_markdown import code, inert, link, quiet, row
from curation.report import printable

NO_WIDTH = "\N{ZERO WIDTH SPACE}"
READER = MarkdownIt("gfm-like")
# What forges look for in the text of a rendered description (“Autolinked references”, GitLab’s “special references”).
PINGS = re.compile(r"@[\w-]|[#!&%$~^][\w\"]|\bGH-\d|https?://|\bwww\.", re.IGNORECASE)
TEXTS = [
    "a | b", "**gras** _i_ `code` ~~barré~~", "<script>alert(1)</script>", "![x](https://a.example/x.png)",
    "[x](javascript:alert(1))", "@ana et @hydrelis/equipe", "fixes #12, closes hydrelis/veillee#3, !4 &5 %6 ~bug $7 ^8",
    "fixes https://github.com/h/v/issues/1 www.a.example mailto:ana@hydrelis.example GH-9", "&lt;b&gt; &copy; &#64;ana",
    "$x^2$ $`y`$", "\\| \\\\| \\", "``", "<!-- -->", "- [ ] x", "# x", "> x", "---", "1. x", "~~~", "a\n\n| b", ":smile:",
    "🎉 Été à l’Œuvre", "~\"en deux mots\"", "http://[", "<https://a.example>", "][", "](", "*", "_", "-", "+ x", "\x1b[31m",
]  # fmt: skip


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


def rendered(*cells: str) -> _Text:
    """A table of one row, read as GitHub does."""
    text = _Text()
    head = row(*("h" for _ in cells))
    text.feed(READER.render("\n".join([head, row(*("---" for _ in cells)), row(*cells)])))
    return text


def is_read_as_written(text: str) -> None:
    found = rendered("before", inert(text, 10_000), "after")
    assert found.tags == ["table", "thead", "tr", "th", "th", "th", "tbody", "tr", "td", "td", "td"]
    before, cell, after = found.cells
    assert (before.strip(), after.strip()) == ("before", "after")
    assert cell.strip().replace(NO_WIDTH, "") == printable(text)
    assert not PINGS.search(cell)


@pytest.mark.parametrize("text", TEXTS)
def test_each_trick_is_read_as_written(text: str) -> None:
    is_read_as_written(text)


@given(st.text(st.sampled_from("ab1@#!&%$~^|\\`*_{}[]()<>:/.-\"' \nwGH;x"), max_size=40))
@example("GH-1")
def test_any_text_is_read_as_written(text: str) -> None:
    is_read_as_written(text)


def test_a_long_text_is_cut() -> None:
    assert inert("mot " * 200, 20) == "mot mot mot mot mot…"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x?a=1&copy=2&b=(3)", "https://a.example/@ana/[x]", "https://a.example/a_b_c*d", "https://a.example/|",
        "https://a.example/%7Cx#frag", "http://[::1]/x",
    ],
)  # fmt: skip
def test_a_link_leads_where_it_did(url: str) -> None:
    html = READER.render(row("a") + "\n" + row("---") + "\n" + row(link("L’eau @ana | <b>", url)))
    (target,) = re.findall(r'<a href="([^"]*)"', html)
    encoded = url.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
    assert target.replace("&amp;", "&").replace("%5B", "[").replace("%5D", "]") == encoded.replace("%5B", "[")
    assert html.count("<td>") == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/h/v/issues/12", "https://github.com/h/v/pull/12#discussion_r1", "https://gitlab.example/h/v/-/issues/1",
        "https://gitlab.example/h/v/-/merge_requests/4?x=1", "https://codeberg.org/h/v/pulls/3/", None,
    ],
)  # fmt: skip
def test_an_issue_somewhere_is_not_told_that_we_speak_of_it(url: str | None) -> None:
    assert link("fixes it", url) == "fixes it"


def test_a_title_names_nobody_and_closes_nothing() -> None:
    title = quiet("Profil : @ana *fixes* #12 |\nhttps://a.example")
    assert not PINGS.search(title)
    assert title.replace(NO_WIDTH, "") == "Profil : @ana *fixes* #12 | https://a.example"


def test_a_name_of_a_file_is_code() -> None:
    assert code("presse/abc|`2.md:3") == "`presse/abc??2.md:3`"
