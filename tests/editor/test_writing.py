"""A story, from an empty page to the portal, by someone who knows no git: a real browser, server and repository."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from PIL import Image
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
    chosen(editor, "Personnes", "Ana")
    field(editor, "Défi").fill("Chaque nuit, douze mètres cubes: personne ne savait où.")
    field(editor, "Solution").fill("Écouter les rues une à une.")
    editor.get_by_role("button", name="Ajouter : mesure").click()
    field(editor, "Ce qui est mesuré").fill("Fuites par nuit")
    field(editor, "Chiffre avant").fill("12.5")
    field(editor, "Chiffre après").fill("3")
    field(editor, "Unité").fill("%")
    field(editor, "Texte").fill(TEXT)
    field(editor, "Jour de parution").fill("2026-11-20")
    editor.get_by_role("button", name="Ajouter : accord").click()
    chosen(editor, "Qui a donné son accord", "Ana")
    field(editor, "Jour de l’accord").fill("2026-11-18")
    saved(editor)
    assert BRANCH in desk.branches()
    assert desk.on(BRANCH, FILE) == (
        "---\n"
        "title: Où l’eau s’en va\n"
        "people:\n  - ana\n"
        "results:\n"
        '  - label: Fuites par nuit\n    before: 12.5\n    after: 3\n    unit: "%"\n'
        'challenge: "Chaque nuit, douze mètres cubes: personne ne savait où."\n'
        "solution: Écouter les rues une à une.\n"
        "published: 2026-11-20\n"
        "agreements:\n  - person: ana\n    on: 2026-11-18\n"
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


def test_a_meeting_and_a_community_are_written_where_they_belong(
    editor: Page, desk: Desk, tmp_path: Path
) -> None:
    begun(editor, "Agenda", "Rendez-vous")
    field(editor, "Titre").fill("Café des fuites nº 3")
    start = field(editor, "Début")
    start.fill("2026-12-03")
    editor.get_by_label("Heure (vide : toute la journée)").first.fill("10:00")
    field(editor, "Lieu").fill("Salle des cartes")
    chosen(editor, "Animé par", "Ana")
    saved(editor)
    branch = "cms/events/cafe-des-fuites-n-3"
    assert desk.on(branch, "events/cafe-des-fuites-n-3.md") == (
        "---\ntitle: Café des fuites nº 3\nstart: 2026-12-03T10:00\nlocation: Salle des cartes\n"
        "organizers:\n  - ana\ntimezone: Europe/Paris\n---\n"
    )
    assert checked(desk, branch, tmp_path / "event") == ""

    editor.goto(f"{desk.address}#/")
    begun(editor, "Communautés", "Communauté")
    field(editor, "Titre").fill("Œuvres d’eau")
    field(editor, "Pourquoi elle existe").fill("Garder les vieilles fontaines.")
    chosen(editor, "Animateurs et animatrices", "Ana")
    saved(editor)
    branch = "cms/communities/oeuvres-d-eau/index"
    assert desk.on(branch, "communities/oeuvres-d-eau/index.md") == (
        "---\ntitle: Œuvres d’eau\npurpose: Garder les vieilles fontaines.\nanimators:\n  - ana\n---\n"
    )
    assert checked(desk, branch, tmp_path / "community") == ""


def test_half_a_quote_is_refused_with_what_is_missing_and_an_unknown_name_is_kept(
    editor: Page, desk: Desk
) -> None:
    opened(editor, "Agenda", "Réunion Zéphyr")
    chosen(editor, "Communautés", "Données")
    saved(editor)
    written = desk.on("cms/events/reunion-zephyr", "events/reunion-zephyr.md")
    assert "communities:\n  - cercle\n  - donnees\n" in written, "nobody may choose it, and it stays"

    editor.goto(f"{desk.address}#/")
    begun(editor, "Belles histoires", "Belle histoire")
    field(editor, "Titre").fill("À moitié")
    field(editor, "Ce que quelqu’un en a dit").fill("Rien.")
    editor.get_by_role("button", name="Enregistrer").click()
    expect(editor.get_by_text("n’est rempli qu’à moitié")).to_be_visible()
    assert not [branch for branch in desk.branches() if "moitie" in branch]


def test_a_picture_goes_beside_the_story_with_what_it_shows(editor: Page, desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "le port.jpg"
    Image.new("RGB", (800, 600), "#2f5d62").save(photo)
    begun(editor, "Belles histoires", "Belle histoire")
    field(editor, "Titre").fill("Le port, vu d’en haut")
    chosen(editor, "Personnes", "Ana")
    editor.get_by_role("button", name="Choisir une image").click()
    editor.locator("input[type=file]").set_input_files(photo)
    editor.get_by_role("button", name="Choisir les éléments sélectionnés").click()
    field(editor, "Ce que montre l’image").fill("Deux barques à quai, l’eau est basse.")
    field(editor, "Qui a fait l’image").fill("Ana Morel")
    saved(editor)
    branch = "cms/stories/le-port-vu-d-en-haut"
    assert desk.on(branch, "stories/le-port-vu-d-en-haut.md") == (
        "---\ntitle: Le port, vu d’en haut\npeople:\n  - ana\n"
        "image:\n  src: images/le-port.jpg\n  alt: Deux barques à quai, l’eau est basse.\n  credit: Ana Morel\n---\n"
    )
    kept = desk.workshop.git.run("show", f"{branch}:content/stories/images/le-port.jpg").stdout
    assert kept == photo.read_bytes()
    said = [line for line in checked(desk, branch, tmp_path / "checked").splitlines() if "le-port-vu" in line]
    assert said, "a story has more to say than a picture"
    assert not [line for line in said if "image" in line]

    editor.goto(f"{desk.address}#/workflow")
    editor.get_by_role("link", name="Le port, vu d’en haut").click()
    expect(editor.get_by_role("button", name="Choisir une image différente")).to_be_visible()
    shown = editor.frame_locator("iframe").get_by_alt_text("Deux barques à quai")
    expect(shown).to_have_js_property("naturalWidth", 800)
