"""Deciding by keys: what is written, what is said when it can't be, what is never lost."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key

from curation.desk.desk import Desk
from curation.desk.items import Words
from curation.desk.store import Store, finding_path
from curation.review.session import Session
from portal.records import WatchItem
from tests.commands import read
from tests.conftest import NOW
from tests.desk.desks import filed, ids, opened
from tests.review.screens import Shown, play, published, watched

A, B, C = (
    published("a", 14, excerpt="La carte SIG des fuites."),
    published("b", 13),
    published("c", 12, url=None),
)


def verdicts(here: Path) -> dict[str, str]:
    """What stands on the disk, by finding."""
    return {finding: decision.verdict for finding, decision in opened(here).decided.items()}


# --- keep -------------------------------------------------------------------------------------------------------------


def test_keeping_writes_the_page_with_all_that_was_typed(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t", "g")
        assert "Pourquoi est-ce important pour nous ? C’est ce qu’on lira d’abord." in shown.text
        await shown.type("Deux lignes :\nl’une « après » l’autre.")
        await shown.press("tab")
        await shown.type("donn")
        assert "Entrée : donnees" in shown.text
        await shown.press("enter", "enter")
        assert "sig, " in shown.text
        await shown.press("p", "y", "enter", "enter")
        await shown.save()
        assert "Gardé : À propos de a" in shown.text
        assert "1 candidat attend" in shown.text

    session = play(filed(here, A, B), scene)
    (file,) = watched(here)
    item = read(here, file.relative_to(here / "content").as_posix())
    assert isinstance(item, WatchItem)
    assert item.why == "Deux lignes :\nl’une « après » l’autre."
    assert (item.communities, item.skills, item.curated_by) == (("donnees",), ("sig", "python"), "ana")
    assert [taken.decision.verdict for taken in session.taken] == ["keep"]
    assert ids() == {B.id}


def test_what_is_wrong_is_said_in_the_form_and_nothing_typed_is_lost(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t", "g")
        await shown.save()
        assert "Dites pourquoi c’est important pour nous : une phrase suffit." in shown.text
        await shown.type("Utile.")
        await shown.press("tab")
        await shown.type("donées")
        await shown.save()
        assert "« donées » est inconnu ici : vouliez-vous dire « donnees » ?" in shown.text
        assert "Utile." in shown.text
        await shown.type(", Réseau")
        await shown.press("ctrl+u")
        await shown.type("Données")
        await shown.save()
        assert "Gardé" in shown.text

    play(filed(here, A), scene)
    assert len(watched(here)) == 1


def test_what_was_typed_is_there_when_the_form_is_opened_again(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t", "g")
        await shown.type("À finir plus tard")
        await shown.press("tab")
        await shown.type("donnees")
        await shown.press("escape", "down", "g")
        assert "À finir" not in shown.text
        await shown.press("escape", "up", "g")
        assert "À finir plus tard" in shown.text
        assert "donnees" in shown.text
        await shown.press("!")
        await shown.save()
        await shown.press("u", "g")
        assert "À finir plus tard!" in shown.text

    play(filed(here, A, B), scene)
    assert verdicts(here) == {}
    assert watched(here) == []


def test_an_address_is_asked_where_the_source_gives_none(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        assert "La source ne donne pas d’adresse : il en faudra une pour le garder." in shown.text
        await shown.press("g")
        await shown.type("Utile.")
        await shown.save()
        assert "Donnez son adresse : la source n’en donne pas." in shown.text
        await shown.type("ftp://exemple.example/c")
        await shown.save()
        assert "url" in shown.text
        assert watched(here) == []
        await shown.press("ctrl+u")
        await shown.type("https://exemple.example/c")
        await shown.save()
        assert "Gardé" in shown.text

    play(filed(here, C), scene)
    assert "url: https://exemple.example/c" in watched(here)[0].read_text()


# --- refuse, later ----------------------------------------------------------------------------------------------------


def test_refusing_takes_a_number_or_words_or_nothing(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t", "r", "escape", "r", "2", "r")
        await shown.type("Déjà lu")
        await shown.press("1", "enter", "r", "enter")
        assert "3 décisions prises" in shown.text

    play(filed(here, A, B, C), scene)
    decided = opened(here).decided
    assert [decided[item.id].why for item in (A, B, C)] == ["hors sujet", "Déjà lu1", None]
    assert ids() == set()


def test_a_reason_that_no_file_may_hold_is_said(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("r")
        await shown.type("Pub\u202e !")
        await shown.press("enter")
        assert "U+202E" in shown.text

    play(filed(here, A), scene)
    assert ids() == {A.id}


def test_putting_off_takes_a_week_or_days_or_a_date(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t", "p")
        assert "Il reviendra le samedi 28 novembre 2026." in shown.text
        await shown.press("enter", "p", "3", "0", "enter", "p")
        for wrong, sentence in (
            ("demain", "une date comme 2026-11-05 est attendue, pas « demain »"),
            ("2026-11-21", "ce jour est passé"),
            ("0", "de 1 à 3650 jours sont possibles"),
        ):
            await shown.press("ctrl+u")
            await shown.type(wrong)
            await shown.press("enter")
            assert sentence in shown.text
        await shown.press("ctrl+u")
        await shown.type("2027-01-04")
        await shown.press("enter")
        assert "Remis au 4 janvier 2027 : À propos de c" in shown.text

    play(filed(here, A, B, C), scene)
    decided = opened(here).decided
    days = [str(decided[item.id].until) for item in (A, B, C)]
    assert days == ["2026-11-28", "2026-12-21", "2027-01-04"]


# --- undo -------------------------------------------------------------------------------------------------------------


def test_every_decision_of_the_session_is_taken_back_one_by_one(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t", "g")
        await shown.type("Utile.")
        await shown.save()
        await shown.press("r", "1", "p", "enter")
        assert len(verdicts(here)) == 3
        for left, title in ((2, "c"), (1, "b"), (0, "a")):
            await shown.press("u")
            assert f"De retour sur le bureau : À propos de {title}" in shown.text
            assert len(verdicts(here)) == left
        await shown.press("u")
        assert "Rien à annuler" in shown.text
        assert "3 candidats attendent" in shown.text

    session = play(filed(here, A, B, C), scene)
    assert session.taken == []
    assert watched(here) == []
    assert ids() == {A.id, B.id, C.id}


def test_a_page_that_someone_edited_isn_t_taken_back(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("g")
        await shown.type("Utile.")
        await shown.save()
        (page,) = watched(here)
        page.write_text(page.read_text() + "\nUn mot de plus.\n")
        await shown.press("u")
        assert "a été modifié" in shown.text
        page.unlink()
        await shown.press("u")
        assert "De retour sur le bureau" in shown.text

    play(filed(here, A), scene)
    assert ids() == {A.id}


# --- others -----------------------------------------------------------------------------------------------------------


def elsewhere(here: Path) -> Desk:
    """The desk as another curator opens it."""
    return opened(here)


def test_what_someone_else_decided_meanwhile_isn_t_decided_twice(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t")
        other = elsewhere(here)
        other.refuse(other.find(A.id), "ben", None, NOW)
        await shown.press("g")
        assert "« À propos de a » : refusé par Ben" in shown.text
        assert "Rien n’a été changé." in shown.text
        assert "1 candidat attend" in shown.text
        await shown.press("g")
        await shown.type("Ma phrase")
        other.later(other.find(B.id), "ben", None, NOW)
        await shown.save()
        assert "« À propos de b » : remis à plus tard par Ben" in shown.text
        assert "Ma phrase" in shown.text
        await shown.press("escape")

    session = play(filed(here, A, B), scene)
    assert session.taken == []
    assert verdicts(here) == {A.id: "refuse", B.id: "later"}
    assert watched(here) == []


def test_a_file_that_left_or_holds_a_decision_is_left_alone(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        await shown.press("t")
        Store(here / "desk").drop(A)
        await shown.press("r")
        assert "« À propos de a » a quitté le bureau entre-temps" in shown.text
        file = here / "desk" / finding_path(B)
        file.write_text(file.read_text().replace("---\n", "---\ndecision: refuse\nby: ben\n", 1))
        await shown.press("p")
        assert "« veillee settle » l’exécutera" in shown.text

    play(filed(here, A, B), scene)
    assert verdicts(here) == {}


def test_what_someone_kept_since_isn_t_taken_back(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        other = elsewhere(here)
        await shown.press("r", "1")
        # Ben decided at the same moment in a clone of his; git brings his decision and his page.
        other.keep(other.find(A.id), "ben", Words("Utile."), NOW)
        await shown.press("u")
        assert "ne peut plus être annulé : gardé par Ben" in shown.text
        await shown.press("u")
        assert "Rien à annuler" in shown.text

    play(filed(here, A), scene)
    assert verdicts(here) == {A.id: "keep"}
    assert len(watched(here)) == 1


def test_what_can_t_be_written_is_said(here: Path) -> None:
    async def scene(shown: Shown) -> None:
        (here / "desk" / "decisions").write_text("pas un dossier")
        await shown.press("r", "1")
        assert "Not a directory" in shown.text
        assert "1 candidat attend" in shown.text

    play(filed(here, A), scene)


def test_a_decision_that_came_while_the_desk_was_read_is_seen(here: Path) -> None:
    desk = filed(here, A, B)
    other = elsewhere(here)
    other.refuse(other.find(A.id), "ben", None, NOW)
    session = Session(desk, "ana", lambda: NOW)
    assert [item.candidate.id for item in session.waiting] == [B.id]


def test_what_is_typed_ahead_goes_where_it_is_meant(here: Path) -> None:
    """Over a slow connection, many keys arrive at once."""

    async def scene(shown: Shown) -> None:
        keys = ["t", "g", *"grp", "tab", *"donnees", "shift+tab", "!"]
        for key in keys:
            shown.program.post_message(Key(key, key if len(key) == 1 else None))
        await shown.pilot.pause()
        await shown.save()
        assert "Gardé : À propos de a" in shown.text
        for key in ("r", "1", "p", "enter"):
            shown.program.post_message(Key(key, key if len(key) == 1 else None))
        await shown.pilot.pause()
        assert "Le bureau est vide. 3 décisions prises" in shown.text

    play(filed(here, A, B, C), scene)
    assert verdicts(here) == {A.id: "keep", B.id: "refuse", C.id: "later"}
    text = watched(here)[0].read_text()
    assert "why: grp!" in text
    assert "- donnees" in text
