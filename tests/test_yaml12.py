"""The one YAML loader: YAML 1.2's values, line numbers, bounds and refusals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import frontmatter, yaml12
from portal.problems import Refused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("10:30", "10:30"),
        ("2026-01-02", "2026-01-02"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0o17", 15),
        ("017", 17),
        ("0x1F", 31),
        ("-12", -12),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("1_000", "1_000"),
        ("=", "="),
        ("<<", "<<"),
        ('"12"', "12"),
        ("'no'", "no"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    document = yaml12.load(f"key: {text}\n")
    assert document.values == {"key": value}
    assert type(document.values["key"]) is type(value)


def test_every_key_and_item_has_its_line() -> None:
    document = yaml12.load(
        "a: 1\nskills:\n  - skill: python\n    level: 3\n  - {skill: sig,\n     level: 2}\n", first_line=2
    )
    assert document.line_of(("a",)) == 2
    assert document.line_of(("skills", 0, "level")) == 5
    assert document.line_of(("skills", 1, "level")) == 7
    assert document.line_of(("skills", 1, "unknown")) == 6, "the nearest key around answers"


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("a: &x 1\nb: *x\n", "anchors", 1),
        ("a: *x\n", "aliases", 1),
        ("a: 1\na: 2\n", "stands here twice", 2),
        ("a: !!python/object:os.system ls\n", "tags", 1),
        ("a: !custom x\n", "tags", 1),
        ("a: " + "[" * 600 + "]" * 600, "levels of nesting", 1),
        ("a:\n" + "".join(" " * n + "b:\n" for n in range(1, 60)), "levels of nesting", 13),
        ("a: 1\n---\nb: 2\n", "second YAML document", 2),
        ("- a\n- b\n", "“key: value” lines", 1),
        ("just words\n", "“key: value” lines", 1),
        ("title: one: two\n", "between quotes", 1),
        ("title: 'one\n", "never closed", 1),
        ("? [a, b]\n: 1\n", "plain word", 1),
        ("a: " + "x" * 300_000, "longer than", 1),
    ],
)
def test_what_is_not_one_plain_bounded_mapping_is_refused(text: str, words: str, line: int) -> None:
    with pytest.raises(Refused) as caught:
        yaml12.load(text)
    assert words in str(caught.value)
    assert caught.value.line >= line


def test_an_alias_bomb_ends_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(Refused) as caught:
        yaml12.load(bomb)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("raw", "words", "line"),
    [
        ("nom: é".encode("latin-1"), "UTF-8", 1),
        ("---\nnom: x\n".encode("utf-16"), "UTF-16", 1),
        (b"---\nname: x\n---\n\0", "NUL", 4),
        (b"x" * (1024 * 1024 + 1), "larger than", 1),
        (b"name: x\n", "missing", 1),
        (b"---\nname: x\n", "never closed", 1),
        (b"--- name: x\n---\n", "missing", 1),
    ],
)
def test_bytes_that_are_no_page_are_refused_with_the_mend(raw: bytes, words: str, line: int) -> None:
    with pytest.raises(Refused) as caught:
        frontmatter.read(raw)
    assert words in str(caught.value)
    assert caught.value.line == line


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = frontmatter.read("---\nname: Éloïse\n---\n\nBonjour\n".encode())
    windows = frontmatter.read("\ufeff---\r\nname: Éloïse\r\n---\r\n\r\nBonjour\r\n".encode())
    assert plain == windows
    assert (plain.body, plain.body_line) == ("Bonjour", 5)


scalars = st.one_of(st.text(max_size=40), st.integers(-(10**9), 10**9), st.booleans(), st.none())
keys = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def _tuples(value: object) -> object:
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    return {key: _tuples(item) for key, item in value.items()} if isinstance(value, dict) else value


@given(
    st.dictionaries(keys, values, max_size=5),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
)
def test_what_is_written_reads_back_equal(mapping: dict[str, object], body: str) -> None:
    text = frontmatter.write(mapping, body)
    if "\0" in text:
        return
    page = frontmatter.read(text.encode())
    assert page.front.values == _tuples(mapping)
    assert page.body == body.strip()
