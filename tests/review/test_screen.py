"""Looking: what is shown at every size, moving, searching, sorting, an empty desk, the keys of each language."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from curation.review.keys import keys, moves
from portal.language import LANGUAGES, Translator
from portal.problems import message
from tests.conftest import NOW
from tests.desk.desks import LONG, filed, finding, opened
from tests.review.screens import Shown, play, published

A, B, C = (
    published("a", 12, author="Aurore Vauquelin", excerpt=LONG),
    published("b", 14, lang="en", excerpt=" ".join(f"mot{number}" for number in range(90))),
    published("c", 13, excerpt="Le SIG économise de l’énergie."),
)


def titles(shown: Shown) -> list[str]:
    """The titles in the list, from top to bottom."""
    return [
        line.partition("À propos de ")[2][:1]
        for line in shown.lines
        if line[:1].isdigit() and "À propos" in line
    ]


def test_a_candidate_is_shown_with_all_that_helps_to_judge(here: Path) -> None:
    again = finding("x", source="autre-source", title=A.title, excerpt=A.excerpt)
    desk = filed(here, A, again)
    silent = {"autre-source": [message("silent for {days} days", days=120)]}

    async def scene(shown: Shown) -> None:
        for words in (
            "1 candidat attend",
            "Ana",
            "À propos de a",
            "12 novembre 2026 · Aurore Vauquelin",
            "une-source et autre-source",
            "le lavage à l’air espacé de deux jours économise un tiers de l’énergie",
            "https://une-source.example/a",
            "Score",
            "Aussi paru À propos de a · autre-source",
            "! sa source : silencieuse depuis 120 jours",
        ):
            assert words in shown.text

    play(desk, scene, size=(80, 40), alarms=silent)


def test_words_of_a_source_are_never_obeyed(here: Path) -> None:
    title = "[red]Attention[/red] [@click=app.quit]ici[/] {0} %s"
    desk = filed(here, finding("a", title=title, excerpt=f"[b]{LONG}[/b]"))

    async def scene(shown: Shown) -> None:
        assert title in shown.text
        assert "[b]À propos" not in shown.text
        await shown.press("r")
        await shown.press("1")
        assert f"Refusé : {title}" in shown.text

    play(desk, scene)


@pytest.mark.parametrize("size", [(24, 8), (60, 20), (80, 24), (140, 40)])
def test_every_screen_opens_at_every_size(here: Path, size: tuple[int, int]) -> None:
    desk = filed(here, A, B, C, finding("d", title="Un titre " + "très " * 30 + "long", url=None))

    async def scene(shown: Shown) -> None:
        assert shown.lines[0].startswith("La veille")
        assert "g garder" in shown.lines[-1]
        assert titles(shown) or size[1] < 10
        for key in ("g", "r", "p", "question_mark", "slash"):
            await shown.press(key)
            assert ("Échap" if size[0] >= 60 else "") in shown.lines[-1]
            await shown.press("escape")
            assert "g garder" in shown.lines[-1]
        for key in ("tab", "space", "end", "escape", "end"):
            await shown.press(key)
        await shown.pilot.resize_terminal(size[0] + 30, size[1])
        await shown.pilot.pause()
        assert "g garder" in shown.lines[-1]

    assert play(desk, scene, size=size).taken == []


def test_a_small_terminal_keeps_the_keys_that_decide_and_the_one_that_explains(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        assert shown.lines[-1] == "g garder r refuser p plus tard u annuler ? aide"
        await shown.press("question_mark")
        assert "garder : dire pourquoi, pour qui et sur quoi" in shown.text
        await shown.press("q")
        assert "À propos de a" in shown.text

    play(filed(here, A), scene, size=(60, 20))


def test_arrows_and_letters_move_and_the_text_is_read_by_its_own(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t")
        assert titles(shown)[:3] == ["b", "c", "a"]
        for key, title in (("down", "c"), ("j", "a"), ("k", "c"), ("up", "b"), ("end", "a"), ("home", "b")):
            await shown.press(key)
            assert f"À propos de {title}" in shown.lines, key
        await shown.press("enter", "j", "j", "j")
        assert not any(line == "À propos de b" for line in shown.lines)
        await shown.press("tab", "j")
        assert any(line == "À propos de c" for line in shown.lines)

    play(filed(here, A, B, C), scene, size=(70, 16))


def test_words_are_sought_without_accents_and_decisions_go_on(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("slash")
        await shown.type("ENERGIE sig")
        assert "1 sur 3" in shown.text
        assert titles(shown) == ["c"]
        await shown.press("enter", "r", "1")
        assert "Refusé : À propos de c" in shown.text
        assert "Aucun candidat ne contient « ENERGIE sig »" in shown.text
        await shown.press("u")
        assert titles(shown) == ["c"]
        await shown.press("escape")
        assert sorted(titles(shown)) == ["a", "b", "c"]

    play(filed(here, A, B, C), scene)


def test_letters_sought_are_letters(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("slash", "g", "r", "q", "question_mark")
        assert "Aucun candidat ne contient « grq? »" in shown.text
        await shown.press("escape")
        assert sorted(titles(shown)) == ["a", "b"]

    assert play(filed(here, A, B), scene).taken == []


def test_an_empty_desk_says_what_to_do_next(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        assert "Le bureau est vide. Rien n’attend de décision aujourd’hui." in shown.text
        assert "« veillee fetch » va chercher de nouveaux candidats" in shown.text
        assert shown.lines[-1] == "u annuler ? aide q quitter"
        await shown.press("g", "r", "p", "down", "enter", "space")
        filed(here, A)
        await shown.press("f5")
        assert titles(shown) == ["a"]
        await shown.press("r", "1")
        assert "Le bureau est vide. 1 décision prise, plus rien n’attend." in shown.text
        assert "« veillee propose »" in shown.text

    play(opened(here), scene)


def test_a_clear_desk_tells_who_comes_back(here: Path) -> None:
    desk = filed(here, A, B)
    for item, days in ((A, 3), (B, 9)):
        desk.later(desk.find(item.id), "ben", (NOW + timedelta(days=days)).date(), NOW)

    async def scene(shown: Shown) -> None:
        assert "2 candidats ont été remis à plus tard ; le premier revient le 24 novembre 2026." in shown.text

    play(desk.again(), scene)


def test_the_desk_is_read_again_and_what_can_t_be_read_is_said(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        filed(here, B)
        broken = here / "desk" / "candidates" / "une-source" / "aaaaaaaaaa.md"
        broken.write_text("rien")
        await shown.press("f5")
        assert titles(shown) == ["b", "a"] or titles(shown) == ["a", "b"]
        assert "desk/candidates/une-source/aaaaaaaaaa.md:1: erreur" in shown.text

    play(filed(here, A), scene)


def test_english_keys_keep_with_k(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        assert shown.lines[-1].startswith("k keep r refuse l later u undo")
        await shown.press("J", "k")
        assert "Why does it matter to us?" in shown.text
        await shown.press("escape", "q")

    play(filed(here, A), scene, language="en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_letter_does_one_thing_in_each_language(language: str) -> None:
    say = Translator(language)
    letters = [key.key for key in (*keys(say), *moves(say))]
    assert len(letters) == len(set(letters))
    assert all(len(letter) == 1 and letter.isascii() for letter in letters)


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
def test_it_is_left_by_a_key(here: Path, key: str) -> None:
    async def scene(shown: Shown) -> None:
        await shown.pilot.press(key)
        await shown.pilot.pause()
        assert not shown.program.is_running or shown.program.return_code == 0

    play(filed(here, A), scene)
