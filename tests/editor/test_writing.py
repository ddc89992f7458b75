"""A story, from an empty page to the portal, by someone who knows no git: a real browser, server and repository."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.commands import process
from tests.editor.conftest import Desk, text_of
from tests.editor.writing import begun, chosen, field, opened, published, readied, saved

BRANCH = "cms/stories/ou-l-eau-s-en-va"
FILE = "stories/ou-l-eau-s-en-va.md"
TEXT = """Tout a commencé un lundi.

!!! note "À savoir"

    Le relevé se fait à pied.

| rue | avant | après |
|-----|------:|------:|
| Port | 12 | 3 |
"""


def checked(desk: Desk, branch: str, folder: Path) -> str:
    """What `veillee check` says of a branch; nothing when all is well."""
    archive = desk.workshop.git.run("archive", "--format=tar", branch).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    (folder / "site_config").mkdir()
    (folder / "site_config" / "checks.yml").write_text("private_share: 1\n")
    done = process("check", cwd=folder)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_a_story_is_written_saved_taken_up_again_and_published(
    editor: Page, desk: Desk, tmp_path: Path
) -> None:
    begun(editor, "Belles histoires", "Belle histoire")
    field(editor, "Titre").fill("Où l’eau s’en va")
    chosen(editor, "Personnes", "Ana", "Ben")
    field(editor, "Défi").fill("Chaque nuit, douze mètres cubes: personne ne savait où.")
    field(editor, "Solution").fill("Écouter les rues une à une.")
    editor.get_by_role("button", name="Ajouter un chiffre").click()
    field(editor, "Ce qui est mesuré").fill("Fuites par nuit")
    field(editor, "Chiffre avant").fill("12.5")
    field(editor, "Chiffre après").fill("3")
    field(editor, "Unité").fill("%")
    field(editor, "Texte").fill(TEXT)
    field(editor, "Jour de parution").fill("2026-11-20")
    saved(editor)
    assert BRANCH in desk.branches()
    assert desk.on(BRANCH, FILE) == (
        "---\n"
        "title: Où l’eau s’en va\n"
        "people:\n  - ana\n  - ben\n"
        'challenge: "Chaque nuit, douze mètres cubes: personne ne savait où."\n'
        "solution: Écouter les rues une à une.\n"
        "results:\n"
        '  - label: Fuites par nuit\n    before: 12.5\n    after: 3\n    unit: "%"\n'
        "published: 2026-11-20\n"
        "---\n\n" + TEXT
    )
    assert checked(desk, BRANCH, tmp_path) == ""

    editor.goto(f"{desk.address}#/workflow")
    editor.get_by_role("link", name="Où l’eau s’en va").click()
    expect(field(editor, "Texte")).to_have_value(TEXT.rstrip())
    field(editor, "Solution").fill("Écouter les rues une à une, la nuit.")
    saved(editor)
    before = desk.on(BRANCH, FILE)
    assert "solution: Écouter les rues une à une, la nuit.\n" in before
    assert before.endswith(TEXT)

    readied(editor)
    published(editor)
    assert desk.on("main", FILE) == before
    assert BRANCH not in desk.branches()


def test_what_nobody_touched_stays_byte_for_byte(editor: Page, desk: Desk) -> None:
    written = text_of("stories/cartes.md")
    opened(editor, "Belles histoires", "Les cartes qui parlent")
    field(editor, "Défi").fill("Les plans dataient de 1994, et mentaient.")
    saved(editor)
    expected = written.replace("dataient de 1994.", "dataient de 1994, et mentaient.")
    assert expected != written
    assert desk.on("cms/stories/cartes", "stories/cartes.md") == expected
