"""What the editor reads and writes again: the real module, in the real browser, over every file of the demo company."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from portal import frontmatter
from tests.conftest import ROOT
from tests.editor.conftest import Desk

FILES = {
    file.relative_to(ROOT).as_posix(): file.read_text() for file in sorted((ROOT / "content").rglob("*.md"))
}
ORDER = ["title", "people", "challenge", "results", "quote", "published", "status", "audience"]
COMMENTED = """---
# Who kept this file before us.
title: "Le pont"   # shown first
people: [ana,
  ben]

# What it proved.
results:
  - {label: Fuites, before: 12, after: 3}
mystère: {gardé: 010, liste: [a, b]}   # nobody here knows this key
audience: internal
# The end.
---


Un texte.   
\tEt sa fin, sans fin de ligne"""  # noqa: W291 - spaces are kept too


@pytest.fixture
def module(page: Page, desk: Desk) -> Page:
    """A page of the site, from which the editor's module of the format can be imported."""
    page.goto(desk.address.replace("admin/", ""))
    return page


def rewritten(
    page: Page, texts: Mapping[str, str], change: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """Each text read and written again by the editor's module, with some values changed."""
    return dict(
        page.evaluate(
            """async ({ texts, change, order }) => {
              const { fromFile, toFile } = await import(new URL("admin/format.js", location.href));
              const again = (text) => toFile({ ...fromFile(text), ...change }, order);
              return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, again(text)]));
            }""",
            {"texts": dict(texts), "change": dict(change or {}), "order": ORDER},
        )
    )


def changed(page: Page, change: Mapping[str, Any], text: str = COMMENTED) -> str:
    return rewritten(page, {"": text}, change)[""]


def test_every_file_of_the_demo_comes_back_as_it_was(module: Page) -> None:
    assert len(FILES) > 200
    again = rewritten(module, FILES)
    assert [name for name, text in FILES.items() if again[name] != text] == []


def test_a_changed_title_changes_that_line_alone_in_every_file(module: Page) -> None:
    again = rewritten(module, FILES, {"veille-essai": "Un essai: « oui »"})
    for name, text in FILES.items():
        lines, before = again[name].splitlines(), text.splitlines()
        added = [line for line in lines if line not in before]
        assert added == ['veille-essai: "Un essai: « oui »"'], name
        assert [line for line in lines if line not in added] == before, name


def test_comments_unknown_keys_order_and_text_stay_around_what_changed(module: Page) -> None:
    assert changed(module, {}) == COMMENTED
    assert changed(module, {"title": "Le gué"}) == COMMENTED.replace('"Le pont"   # shown first', "Le gué")
    fewer = changed(module, {"people": ["ana"]})
    assert fewer == COMMENTED.replace("people: [ana,\n  ben]\n", "people:\n  - ana\n")


def test_a_new_key_stands_after_those_that_come_before_it(module: Page) -> None:
    assert changed(module, {"challenge": "La crue."}) == COMMENTED.replace(
        "  ben]\n", "  ben]\nchallenge: La crue.\n"
    )


def test_what_a_cleared_field_leaves_takes_its_key_away(module: Page) -> None:
    for nothing in (None, "", " ", [], {}, {"a": "", "b": [None]}, [{}]):
        again = changed(module, {"audience": nothing, "quote": nothing})
        assert again == COMMENTED.replace("audience: internal\n", "")


def test_a_changed_text_keeps_the_front_matter(module: Page) -> None:
    head = COMMENTED.partition("\n\n\n")[0]
    assert changed(module, {"body": "Un autre.\n\n"}) == f"{head}\n\nUn autre.\n"


def test_texts_that_yaml_would_read_otherwise_come_back_as_texts(module: Page) -> None:
    texts = ["12", "1.5", ".5", "1e3", "0o17", "0xff", "true", "null", "~", "no", "10:30", "2026-01-02", "a: b", "- a",
             "# a", "% a", "@a", "`a`", "a #b", "«\u00a0a\u00a0»", "'a'", '"a"', "[a]", "{a}", "& a", "* a", "a\nb\n",
             "a\n\nb", "? a", "=", "<<", "x" * 300, "a\\b", "é\u2028è"]  # fmt: skip
    values = {"title": "x", "lignes": texts, "nombres": [1, 2.5, -3], "oui": True}
    text = module.evaluate(
        """async (values) => (await import(new URL("admin/format.js", location.href))).toFile(values, ["title"])""",
        values,
    )
    read = frontmatter.read(text.encode()).front.values
    assert read["lignes"] == tuple(texts)
    assert (read["nombres"], read["oui"]) == ((1, 2.5, -3), True)


def test_a_file_that_cannot_be_read_hides_no_other_and_is_saved_as_it_is_typed(module: Page) -> None:
    broken = "---\ntitle: [oubli\n---\n\nTexte.\n"
    assert changed(module, {}, broken) == broken
    assert changed(module, {"body": "---\ntitle: Oubli\n---\n"}, broken) == "---\ntitle: Oubli\n---\n"
    assert changed(module, {}, "Sans rien.\n") == "Sans rien.\n"


def test_windows_line_ends_of_a_text_stay(module: Page) -> None:
    text = "---\r\ntitle: a\r\nstatus: draft\r\n---\r\n\r\nUn.\r\nDeux.\r\n"
    again = changed(module, {"title": "b"}, text)
    assert again.endswith("---\r\n\r\nUn.\r\nDeux.\r\n")
    assert frontmatter.read(again.encode()).front.values == {"title": "b", "status": "draft"}


def test_the_portal_reads_what_the_editor_writes(module: Page, tmp_path: Path) -> None:
    """A record that is written again whole, every key of it, means the same to our loader."""
    again = module.evaluate(
        """async (texts) => {
          const { fromFile, toFile } = await import(new URL("admin/format.js", location.href));
          const whole = ({ "veillee:source": _, ...values }) => toFile(values);
          return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, whole(fromFile(text))]));
        }""",
        FILES,
    )
    for name, text in FILES.items():
        before, after = frontmatter.read(text.encode()), frontmatter.read(again[name].encode())
        assert after.front.values == before.front.values, name
        assert after.body == before.body, name
