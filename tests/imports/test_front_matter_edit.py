"""One key of a file is changed and everything else stays byte for byte, whatever the file looks like."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.front_matter_edit import set_keys
from portal import frontmatter
from portal.problems import Refused

FILE = """\
---
# Relu par Léa.
name: Ana   # elle préfère « Ana »
job_title: "Hydrologue"
languages: [fr, pt]

contact:  # au travail
  email: ana@x.example # le bon
  # le standard
  phone: '01 02'
skills:
  - skill: sig  # sans QGIS
    level: 3
left:
---

Un texte,   avec des blancs.
---
"""


def test_only_the_line_of_the_key_changes() -> None:
    changed = set_keys(FILE, {"job_title": "Cheffe: l’eau"})
    assert changed == FILE.replace('"Hydrologue"', "'Cheffe: l’eau'")


def test_a_key_that_holds_the_value_already_is_not_touched() -> None:
    assert set_keys(FILE, {"job_title": "Hydrologue", "languages": ["fr", "pt"], "absent": None}) == FILE


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Anaïs", "name: Anaïs  # elle préfère « Ana »"),
        ("no", "name: 'no'  # elle préfère « Ana »"),
        (date(2026, 11, 5), "name: 2026-11-05  # elle préfère « Ana »"),
        ("a\nb", "name: |-  # elle préfère « Ana »\n  a\n  b"),
        (["a", "b"], "name:  # elle préfère « Ana »\n- a\n- b"),
        ({"a": 1, "b": {}}, "name:  # elle préfère « Ana »\n  a: 1\n  b: {}"),
        (None, "# elle préfère « Ana »"),
    ],
)
def test_the_comment_of_a_line_stays(value: Any, written: str) -> None:
    assert set_keys(FILE, {"name": value}) == FILE.replace("name: Ana   # elle préfère « Ana »", written)


def test_brackets_stay_brackets() -> None:
    assert "languages: [fr, 'no', 'a, b']\n" in set_keys(FILE, {"languages": ("fr", "no", "a, b")})
    nested = ["fr", "09", {"a": True, "b": []}, "x\ny"]
    assert 'languages: [fr, "09", {a: true, b: []}, "x\\ny"]\n' in set_keys(FILE, {"languages": nested})
    assert "languages: français\n" in set_keys(FILE, {"languages": "français"})


def test_in_a_group_only_the_keys_that_differ_change() -> None:
    contact = {"email": "ana@x.example", "phone": "03", "chat": "ana"}
    expected = FILE.replace("  phone: '01 02'\n", '  phone: "03"\n  chat: ana\n')
    assert set_keys(FILE, {"contact": contact}) == expected
    assert set_keys(FILE, {"contact": {"phone": "01 02"}}) == FILE.replace(
        "email: ana@x.example # le bon", "# le bon"
    )


def test_new_keys_stand_in_the_order_given() -> None:
    order = ["name", "job_title", "territory", "skills", "joined", "left"]
    changed = set_keys(FILE, {"joined": date(2020, 1, 2), "territory": "nord", "audience": "external"}, order)
    expected = FILE.replace('"Hydrologue"\n', '"Hydrologue"\nterritory: nord\n')
    expected = expected.replace("    level: 3\n", "    level: 3\njoined: 2020-01-02\n")
    assert changed == expected.replace("left:\n", "left:\naudience: external\n")


def test_a_comment_is_never_lost() -> None:
    with pytest.raises(Refused, match="comment stands inside “skills”"):
        set_keys(FILE, {"skills": []})
    with pytest.raises(Refused, match="comment stands inside “contact”") as caught:
        set_keys(FILE, {"contact": None})
    assert caught.value.line == 7


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    windows = "\ufeff" + FILE.replace("\n", "\r\n")
    expected = "\ufeff" + FILE.replace("left:\n", "left: 2026-11-05\n").replace("\n", "\r\n")
    assert set_keys(windows, {"left": date(2026, 11, 5)}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "---\n{name: Ana, left: x}\n---\n",
        "---\n? name\n: Ana\n? left\n: x\n---\n",
        "---\n---\n",
        "---\n# rien\n---\nx",
        "---\n  name: Ana\n  left: x\n---",
        "---\nname: |+\n  a\n\n\nleft: >-\n  b\n ---",
    ],
)
def test_unusual_front_matter_is_changed_rightly_or_refused(text: str) -> None:
    _is_kept_or_refused(text, {"left": "2026", "new": ["a"]})


def test_what_cannot_be_written_is_refused() -> None:
    for value in ("\ud800", float("inf"), 10**30, {1: 2}):
        with pytest.raises(Refused):
            set_keys(FILE, {"name": value})


# --- any file that our loader reads, any value ------------------------------------------------------------------------

SNIPPETS = [
    "k: v", "k:", "k: 'a #b'", 'k: "é \\n x"   # c', "k: a b\n  c d  # e", "k: [a, 'b',\n  c] # d",
    "k: {a: 1, b: [x]}", "k: |\n  a\n   b\n\n  c", "k: |2-\n   a #no\n", "k: >+\n  a\n\n",
    "k: # c\n  - a\n  - b: 1\n    c: |\n      x", "k:\n- a\n-\n- - b",
    "k:\n  a: 1  # x\n  # own\n  b:\n    c: 2\n  d: [1]", "'k': v", "k : v", "? k\n: v", "k: 2026-01-02", "k: no",
    "k:  ~ # n", "k: 'it''s\n\n  long' # q", "k:\n  - |\n    x\n  # after",
]  # fmt: skip
COMMENTS = ["", "# seul", "\n", "  # en retrait"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def files(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(SNIPPETS), max_size=5))
    lines = ["---"]
    for index, part in enumerate(parts):
        lines += [draw(st.sampled_from(COMMENTS)), part.replace("k", "abcde"[index], 1)]
    front = re.sub(r"\n{2,}(?=\S)", "\n", "\n".join(lines)) if draw(st.booleans()) else "\n".join(lines)
    text = f"{front}\n---\n{draw(st.text())}"
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", end)


@settings(max_examples=400)
@given(
    files(),
    st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=1, max_size=3),
    st.permutations(list("abcdef")),
)
def test_any_value_in_any_file(text: str, values: dict[str, Any], order: list[str]) -> None:
    _is_kept_or_refused(text, values, order)


@settings(max_examples=300)
@given(st.text(alphabet="ab:-#|>'\"[]{}?, \n\t\r~&*!é", max_size=60), st.text(max_size=5))
def test_any_text_between_the_lines(front: str, value: str) -> None:
    _is_kept_or_refused(f"---\n{front}\n---\nbody", {"a": value})


def _is_kept_or_refused(text: str, values: dict[str, Any], order: tuple[str, ...] | list[str] = ()) -> None:
    try:
        changed = set_keys(text, values, order)
    except Refused:
        return
    before, after = frontmatter.read(text.encode()), frontmatter.read(changed.encode())
    others = {key: value for key, value in before.front.values.items() if key not in values}
    assert {key: value for key, value in after.front.values.items() if key not in values} == others
    assert after.body == before.body
    closing = [found.start() for found in re.finditer(r"(?:\n|\r)(?=---)", text)]
    assert any(changed.endswith(text[at + 1 :]) for at in closing), (
        "from its closing line on, the file is the same"
    )
    in_values = repr(before.front.values)
    for comment in {found for found in re.findall(r"# \w+", text) if found not in in_values}:
        assert changed.count(comment) >= text.count(comment)
    assert set_keys(changed, values, order) == changed, "again, nothing changes"
    assert after.front.values.keys() >= {key for key, value in values.items() if value is not None}
    for key, value in values.items():
        if isinstance(value, str):
            assert after.front.values[key] == value
