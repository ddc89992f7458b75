"""Markdown → plain passages: the words stay, the marks go, and each heading has the id of the page."""

from __future__ import annotations

import re

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.formats.prose import finish
from portal.search.document import MAX_PASSAGES, Anchor
from portal.search.markdown_words import paragraphs
from portal.search.passages import LEAST_CHARS, MOST_CHARS, cut, joined, passages
from tests.conftest import ROOT


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without its environment."""


_Loader.add_constructor("!ENV", lambda *_: "")


def _renderer() -> markdown.Markdown:
    """Markdown as the site has it."""
    listed = yaml.load((ROOT / "mkdocs.yml").read_text(), _Loader)["markdown_extensions"]
    options = {name: values for item in listed if isinstance(item, dict) for name, values in item.items()}
    names = [next(iter(item)) if isinstance(item, dict) else item for item in listed]
    return markdown.Markdown(extensions=names, extension_configs=options)


RENDERER = _renderer()


def ids_of(text: str) -> list[str]:
    """The ids of the headings of a rendered text, in order."""
    RENDERER.reset()
    return re.findall(r'<h[2-6][^>]* id="([^"]*)"', finish(RENDERER.convert("\n" + text), "fr"))


def anchors_of(text: str) -> list[str]:
    return [part.anchor for part in paragraphs(text) if part.anchor]


@pytest.mark.parametrize(
    "text",
    [
        "## Titre", "##Sans espace", "## Titre ##", "## *Gras*, `code` et __fort__", "## [Un lien](../a.md) ici",
        "## L’été à l’œuvre & Cie", "## A\n\n## A\n\n### A", "# Un\n\n## Un", "Titre\n-----\n\ntexte", "A\n===\n\n## A",
        "texte\n## Collé\nsuite", "```\n## non\n```\n\n## Oui", "~~~ python\n# non\n~~~\n\n## C", "## a_b_c", "## 1. Étude",
        "## Prix < 3 &amp; 4", "## <b>x</b> y", "## C# et C++", "## Note[^1]\n\n[^1]: au pied\n\n## Fin", "## …\n\n## !!!",
        "####### sept", "## a \\# b", "## \\*a\\*", "## x_1\n\n## x\n\n## x", "a\n\nb\n---\n\nc", "## 日本\n\n## 日本",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n## t", "   ## indenté", "    ## code\n\n## après", "## Titre\r\n\r\ntexte\r\n",
        "## «\u00a0Guillemets\u00a0»", "## a  b", "## Émoji 🙂 fin", "Deux lignes\nde texte\n---",
        "## [nom][r]\n\n[r]: x.md", "## 50 % — fin", "<!-- c -->\n## k", "<!--\n## caché\n-->\n\n## vu",
    ],
)  # fmt: skip
def test_headings_have_the_ids_of_the_page(text: str) -> None:
    assert anchors_of(text) == ids_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "> ## cité\n\n## cité",
        "- liste\n\n    ## dedans\n\n## dehors",
        '!!! note "Titre"\n    ## dedans\n\n## Après',
        "##\n\ntexte",
        "## ![image](a.png) après",
        "## <https://x.example> a",
    ],
)
def test_a_heading_whose_id_would_be_a_guess_has_none(text: str) -> None:
    assert set(anchors_of(text)) < set(ids_of(text))


_WORDS = st.sampled_from(
    [
        "été",
        "l’eau",
        "fuite",
        "**gras**",
        "*doux*",
        "`code`",
        "[lien](a.md)",
        "C++",
        "3 %",
        "(x)",
        "– fin",
        "a_b",
    ]
)
_TITLES = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 4), _TITLES), min_size=1, max_size=6))
def test_any_run_of_headings_has_the_ids_of_the_page(titles: list[tuple[int, str]]) -> None:
    text = "\n\n".join(f"{'#' * level} {title}\n\nDu texte." for level, title in titles)
    assert anchors_of(text) == ids_of(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Un *mot* et un **autre**, `vu` [là](../b.md).", "Un mot et un autre, vu là."),
        ("- un\n- [x] deux\n1. trois\n\n* quatre", "· un · deux · trois · quatre"),
        ("| Mesure | Avant |\n|:--|--:|\n| Fuites | 12 |", "Mesure Avant Fuites 12"),
        ("```python\nprint('eau')\n```", "print('eau')"),
        ('!!! note "À savoir"\n    Le débit.', "À savoir Le débit."),
        ("> cité\n> encore", "cité encore"),
        ("![La pompe](p.png) tourne <b>vite</b> &amp; bien", "La pompe tourne vite & bien"),
        ("[![La pompe](p.png)](p.pdf)", "La pompe"),
        ("voir[^1] [r][s]\n\n[^1]: le carnet\n[s]: x.md", "voir r le carnet"),
        ("avant\n\n---\n\naprès", "avant après"),
        ("nom_de_clé _doux_ \\*juste\\*", "nom_de_clé doux juste"),
        ("a <!-- caché --> b <!-- ouvert", "a b <!-- ouvert"),
        ("dit\x01 \x02ça", "dit ça"),
        ("", ""),
    ],
)
def test_words_stay_and_marks_go(text: str, words: str) -> None:
    assert joined(paragraphs(text)) == words


@pytest.mark.parametrize(
    "sign", ["<!--", "#", "## a\n", "_", "a_", "[", "[a](", "> ", "*", "`", "|", "---\n", "<b ", "&#", "\\"]
)
def test_a_hostile_text_is_read_in_a_time_like_its_length(sign: str) -> None:
    # The square of 100,000 would take minutes.
    assert passages(sign * (100_000 // len(sign)))


def test_a_short_text_is_one_passage() -> None:
    (passage,) = passages("Avant.\n\n## Un titre\n\nAprès.")
    assert passage.text == "Avant. Un titre. Après."
    assert passage.anchors == (Anchor(7, "un-titre"),)


def test_an_empty_text_is_one_empty_passage() -> None:
    assert [passage.text for passage in passages("")] == [""]


SENTENCE = "Le débit de nuit a baissé d’un tiers. "


@pytest.mark.parametrize("sentences", [17, 20, 50, 130, 200, 600])
def test_a_long_text_is_cut_in_passages_of_much_the_same_length(sentences: int) -> None:
    parts = paragraphs("\n\n".join(SENTENCE * 5 for _ in range(sentences // 5)))
    found, text = cut(parts), joined(parts)
    assert (
        " ".join(passage.text for passage in found)
        == text[: sum(len(passage.text) + 1 for passage in found) - 1]
    )
    lengths = [len(passage.text) for passage in found]
    assert len(found) <= MAX_PASSAGES
    assert max(lengths) <= MOST_CHARS * 7 / 6
    assert max(lengths) <= 2 * min(lengths)
    if len(text) <= MAX_PASSAGES * MOST_CHARS:
        assert " ".join(passage.text for passage in found) == text, "nothing is left out"
    if len(text) > LEAST_CHARS:
        assert all(passage.text.endswith(".") for passage in found[:-1]), "cut between two sentences"


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert "".join(passage.text for passage in passages("é" * 3000)) == "é" * 3000


def test_a_passage_knows_the_heading_that_it_goes_on_from() -> None:
    text = "Avant.\n\n## Premier\n\n" + SENTENCE * 40 + "\n\n## Second\n\n" + SENTENCE * 20
    found = passages(text)
    assert found[0].anchors == (Anchor(7, "premier"),)
    assert found[1].anchors[0] == Anchor(0, "premier")
    assert found[-1].anchors[-1].id == "second"
    for passage in found:
        for anchor in passage.anchors[1:]:
            assert passage.text[anchor.offset :].startswith(("Premier", "Second"))


def test_no_passage_ends_by_a_heading() -> None:
    text = "\n\n".join(f"## Titre {number}\n\n{SENTENCE * 9}" for number in range(20))
    assert all(not re.search(r"Titre \d+\.$", passage.text) for passage in passages(text))
