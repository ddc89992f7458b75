"""`veillee new`: every kind from options and by answering, nothing overwritten, nothing invalid written."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curation import files
from curation.files import write_new, write_over
from curation.new import draft, save
from curation.tree import Tree
from curation.values import read_options
from portal.loading import load_content
from portal.records import KINDS, Skill
from portal.slugs import is_slug
from tests.commands import PROGRAM, added, environment, process, read, run, write
from tests.conftest import NOW, company

OPTIONS: dict[str, list[str]] = {
    "person": ["--title", "Zoé Ba", "--set", "job_title=Hydraulicienne", "--set", "territory=nord"],
    "skill": ["--title", "Soudure à l’arc", "--set", "aliases=Soudage", "--set", "broader=numerique"],
    "community": [
        "--title", "Soudeurs", "--set", "purpose=Mieux souder: ensemble.", "--set", "animators=ana,ben",
        "--set", "answer_within_days=3", "--set", "resources={title: Guide, url: https://x.example/}",
    ],
    "territory": [
        "--title", "Est", "--set", "kind=region", "--set", "phase=study", "--set", "geo.lat=48,5", "--set", "geo.lon=7.5",
        "--set", "traits=Des vignes, et du givre", "--set", "traits=[Deux langues, Un canal]",
    ],
    "event": ["--title", "Rencontre", "--set", "start=2026-12-03T10:00", "--set", "location=Port", "--set", "skills=sig"],
    "story": [
        "--title", "Deux vannes", "--set", "published=2026-11-20", "--set", "people=ana", "--set", "status=published",
        "--set", "agreements={person: ana, on: 2026-11-18}", "--set", "agreements={person: ben, on: 2026-11-18}",
        "--set", "featured=2026-11",
        "--set", "results={label: Fuites, before: 12, after: 3.5}", "--set", "results={label: Temps, after: 4}",
        "--set", "quote.text=Enfin : le silence.", "--set", "quote.by=ben",
    ],
    "question": ["--title", "Où est la clé ?", "--set", "asked_by=ben", "--set", "community=donnees"],
    "idea": ["--title", "Un jardin", "--set", "proposed_by=ana", "--set", "supporters=[ben, chloe]"],
    "watch_item": [
        "--title", "Sur l’eau", "--set", "url=https://x.example/a?b=c", "--set", "source=Revue", "--set",
        "published=2026-11-01", "--set", "curated_by=ana", "--set", "why=Pour apprendre.", "--set", "lang=en",
    ],
    "post": ["--title", "Merci", "--set", "author=ana", "--set", "kind=leadership"],
    "guide": ["--title", "Chercher", "--set", "summary=Trouver vite.", "--set", "for=curator,animator", "--set", "order=7"],
    "newsletter": [
        "--title", "Novembre", "--set", "published=2026-11-20", "--set",
        "sections={title: Lu et vu, items: [{story: cartes, words: Enfin.}, {person: ana}]}",
    ],
}  # fmt: skip


def test_every_kind_is_tried() -> None:
    assert OPTIONS.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_options_alone_make_a_file_that_passes(here: Path, kind: str) -> None:
    result = run("new", kind, *OPTIONS[kind], "--lang", "en")
    assert result.exit_code == 0, result.output
    (path,) = added(here)
    assert f"Written: content/{path}\n" in result.stdout
    assert read(here, path).label == OPTIONS[kind][1]
    checked = json.loads(run("check", "--format", "json").stdout)
    assert checked["counts"]["errors"] == 0


def test_values_are_read_by_the_shape_of_their_keys(here: Path) -> None:
    for kind in ("territory", "story", "community", "guide", "watch_item", "event"):
        assert run("new", kind, *OPTIONS[kind]).exit_code == 0
    content = load_content(here / "content").content
    territory: Any = content.territory("est")
    assert (territory.geo.lat, territory.geo.lon) == (48.5, 7.5)
    assert territory.traits == ("Des vignes, et du givre", "Deux langues", "Un canal")
    story: Any = content.story("deux-vannes")
    assert [(item.label, item.before, item.after) for item in story.results] == [
        ("Fuites", 12, 3.5),
        ("Temps", None, 4),
    ]
    assert (story.quote.text, story.quote.by, story.featured) == ("Enfin : le silence.", "ben", "2026-11")
    community: Any = content.community("soudeurs")
    assert community.purpose == "Mieux souder: ensemble."
    assert (community.animators, community.answer_within_days) == (("ana", "ben"), 3)
    guide: Any = content.get("guide", "chercher")
    assert (guide.readers, guide.order) == (("curator", "animator"), 7)
    assert "watch/2026/sur-l-eau.md" in content.by_path
    event: Any = content.get("event", "rencontre")
    assert event.timezone == "Europe/Paris"


def test_what_is_filled_in_is_said(here: Path) -> None:
    result = run("new", "question", *OPTIONS["question"], "--lang", "en")
    assert "Filled in: asked_on: 2026-11-21\n" in result.stdout
    given_day = run("new", "question", *OPTIONS["question"], "--set", "asked_on=2026-01-05", "--lang", "en")
    assert "Filled in" not in given_day.stdout


def test_today_is_a_day_of_the_portal(here: Path) -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    made = process(
        "new", "question", *OPTIONS["question"], cwd=here, SOURCE_DATE_EPOCH=str(int(eve.timestamp()))
    )
    assert made.returncode == 0
    assert "2027-01-01" in (here / "content" / added(here)[0]).read_text()


def test_a_kind_may_be_said_by_its_folder_or_with_a_hyphen(here: Path) -> None:
    assert run("new", "people", *OPTIONS["person"]).exit_code == 0
    assert run("new", "Watch-Item", *OPTIONS["watch_item"]).exit_code == 0


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["person", "--title", "Zoé"], "the key “job_title” is missing"),
        (
            ["person", *OPTIONS["person"], "--set", "joined=12/12/2026"],
            "a date such as 2026-11-05 is expected",
        ),
        (
            ["person", *OPTIONS["person"], "--set", "skills={skill: python, level: 9}"],
            "at most 5 is expected",
        ),
        (["person", *OPTIONS["person"], "--set", "skills={skill: python, lvel: 2}"], "did you mean “level”?"),
        (["person", *OPTIONS["person"], "--set", "skills=python"], "keys and values are expected"),
        (["person", *OPTIONS["person"], "--set", "roles=animatr"], "did you mean “animator”?"),
        (["person", *OPTIONS["person"], "--set", "communities=donees"], "did you mean “donnees”?"),
        (["idea", "--title", "x", "--set", "proposed_by=nobody at all"], "doesn’t exist"),
        (["event", "--title", "x", "--set", "start=2026-12-03"], "nobody knows where to go"),
        (["skill", "--title", ""], "the value is empty"),
        (["skill", "--title", "une\u202eligne"], "an invisible control character (U+202E)"),
        (["skill", "--title", "deux\nlignes"], "one line is expected here"),
        (["skill", "--title", "Pyhton", "--set", "aliases=Python"], "Python"),
        (
            ["guide", "--title", "x", "--set", "summary=y", "--set", "order=first"],
            "a whole number is expected",
        ),
    ],
)
def test_refused_values_write_nothing_and_say_the_mend(
    here: Path, arguments: list[str], sentence: str
) -> None:
    result = run("new", *arguments, "--lang", "en")
    assert result.exit_code == 1
    assert sentence in result.stdout
    assert result.stderr == "veillee: nothing was written: mend these values, then try again\n"
    assert added(here) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["person", "--set", "nme=x"], "unknown key “nme”: did you mean “name”?"),
        (["person", "--set", "contact.emial=x"], "unknown key “emial”: did you mean “email”?"),
        (["person", "--set", "zzzzzz=x"], "unknown key “zzzzzz”; the keys here are: name, "),
        (["person", "--set", "content=x"], "unknown key “content”"),
        (["person", "--set", "name"], "“--set name” isn’t of the form key=value"),
        (["person", "--set", "=x"], "isn’t of the form key=value"),
        (["person", "--title", "a", "--set", "name=b"], "“name” is given twice"),
        (["person", "--set", "contact={email: a@b.fr}", "--set", "contact.phone=1"], ""),
        (["person", "--set", "contact=x", "--set", "contact.phone=1"], "“contact” is given twice"),
    ],
)
def test_options_that_cannot_be_meant_stop_with_2(here: Path, arguments: list[str], sentence: str) -> None:
    result = run("new", *arguments, "--lang", "en")
    assert result.exit_code == (2 if sentence else 1)
    assert sentence in result.stderr
    assert added(here) == []


def test_a_title_that_is_no_utf_8_is_refused(here: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "new", "skill", "--lang", "en", "--title", b"caf\xe9"],
        cwd=here,
        env=environment({}),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode() == "veillee: the value of “title” isn’t in UTF-8\n"


def test_doubts_are_said_and_the_file_is_written(here: Path) -> None:
    result = run("new", "person", *OPTIONS["person"], "--lang", "en")
    assert "warning" in result.stdout
    assert "[thin-profile]" in result.stdout
    assert added(here) == ["people/zoe-ba.md"]


def test_a_mistake_elsewhere_doesnt_stop_a_new_file_but_a_new_one_does(here: Path) -> None:
    write(here, skills__faute="---\ntitle: Faute\nbroader: nope\n---\n")
    assert run("new", "skill", "--title", "Sain").exit_code == 0
    result = run("new", "skill", "--title", "Cartographie", "--lang", "en")
    assert result.exit_code == 1, "the vocabulary would have this skill twice"


def test_settings_with_a_mistake_stop_it(here: Path) -> None:
    (here / "site_config" / "site.yml").write_text("timezone: Mars/Olympus\n")
    result = run("new", "skill", "--title", "x", "--lang", "en")
    assert result.exit_code == 2
    assert "site_config/site.yml:1: error: " in result.stderr
    assert added(here) == []


# --- never over another file ------------------------------------------------------------------------------------------


def test_a_name_that_is_taken_gets_a_number(here: Path) -> None:
    for _ in range(3):
        assert run("new", "question", *OPTIONS["question"]).exit_code == 0
    assert added(here) == [f"questions/ou-est-la-cle{number}.md" for number in ("-2", "-3", "")]


def test_a_file_that_cannot_be_read_keeps_its_place(here: Path) -> None:
    write(here, questions__ou_est_la_cle="x", **{"questions__ou-est-la-cle": "not a record"})
    assert run("new", "question", *OPTIONS["question"]).exit_code == 0
    assert (here / "content/questions/ou-est-la-cle.md").read_text() == "not a record"
    assert (here / "content/questions/ou-est-la-cle-2.md").exists()


def test_a_long_title_keeps_its_number_within_the_limit(here: Path) -> None:
    title = "a" * 150
    for _ in range(2):
        assert run("new", "post", "--title", title, "--set", "author=ana").exit_code == 0
    assert [len(Path(path).stem) for path in added(here)] == [100, 100]
    assert all(is_slug(Path(path).stem) for path in added(here))


def test_many_at_once_each_get_a_file_of_their_own(here: Path) -> None:
    def make(number: int) -> int:
        title = ["--title", "Ensemble", "--set", "author=ana", "--set", "communities=donnees"]
        return process("new", "post", *title, cwd=here).returncode

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(make, range(6))) == [0] * 6
    assert added(here) == sorted(
        ["posts/ensemble.md", *(f"posts/ensemble-{number}.md" for number in range(2, 7))]
    )
    assert len({(here / "content" / path).read_text() for path in added(here)}) == 1
    assert run("check").exit_code == 0


def test_someone_faster_is_never_overwritten(here: Path) -> None:
    tree = Tree.read(Path("content"), Path("site_config"), here, NOW)
    made = draft(Skill, {"title": "Vite"}, tree, None, lambda _: None)
    write(here, skills__vite="---\ntitle: La première\n---\n")
    saved = save(made, tree)
    assert saved.path == "skills/vite-2.md"
    assert "La première" in (here / "content/skills/vite.md").read_text()


def test_a_place_that_cannot_be_written_gives_a_sentence(here: Path) -> None:
    (here / "content" / "guides" / "debuter.md").unlink()
    (here / "content" / "guides").rmdir()
    (here / "content" / "guides").write_text("a file")
    result = run("new", "guide", *OPTIONS["guide"], "--lang", "en")
    assert result.exit_code == 2
    assert "“content/guides/chercher.md” can’t be written" in result.stderr


@pytest.mark.parametrize("has_links", [True, False])
def test_files_are_written_whole_beside_and_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    def without_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not has_links:
        monkeypatch.setattr(files.os, "link", without_links)
    file = tmp_path / "deep" / "er" / "x.md"
    write_new(file, "é\n")
    assert file.read_bytes() == "é\n".encode()
    for there in (file, tmp_path / "link.md"):
        if there != file:
            there.symlink_to(tmp_path / "nowhere")
        with pytest.raises(FileExistsError):
            write_new(there, "other")
    assert file.read_text() == "é\n"
    write_over(file, "other")
    assert file.read_text() == "other"
    assert sorted(item.name for item in tmp_path.rglob("*")) == ["deep", "er", "link.md", "x.md"]


# --- any title at all -------------------------------------------------------------------------------------------------

NAUGHTY = [
    "../../x", "..", "/etc/passwd", "C:\\CON", "nul.md", ".hidden", "-", "---", "--- # x", "index", "null", "~", "no",
    "true", "0x1F", "12:30", "2026-01-02", "1e3", "- liste", "# titre", "clé: valeur", "clé : valeur", "[a, b]", "{a: b}",
    "*ancre", "&ancre", "!!python/object:os.system", "| bloc", "> plié", "'", '"', "\\", "a\tb", "  bords  ", "@", "`",
    "%YAML 1.1", "<script>alert(1)</script>", "![x](javascript:alert(1))", "{{ config }}", "{% raw %}", "${HOME}", "$(ls)",
    "𝒜𝓫𝓬", "e\u0301", "ﷺ", "שלום", "العربية", "\u202eevil", "\u200b", "😀", "\ufeff", "a\u0000b", "a\nb", "a\rb",
    "\u0085", "0\u00850", "a\u2028b", "a\n\u2029b", "a\rb\n c", "a \nb", " a\n  b\n\n c", "a\n---\nb",
    "\u2028", "\U0010ffff", "=", "<<", "a #b", "a\u00a0: b", "é" * 200, "x" * 201, "",
]  # fmt: skip


def naughty(function: Any) -> Any:
    for title in NAUGHTY:
        function = example(title=title)(function)
    return function


@naughty
@given(title=st.text(max_size=220))
def test_any_title_makes_a_file_inside_its_folder_that_reads_back_equal_or_none(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content" / "skills").mkdir(parents=True)
        (root / "site_config").mkdir()
        tree = Tree.read(Path("content"), Path("site_config"), root, NOW)
        made = draft(Skill, read_options(Skill, title, [f"aliases={title}x"]), tree, None, lambda _: None)
        if not made.is_refused:
            save(made, tree)
        written = [path for path in root.rglob("*") if path.is_file()]
        loaded = load_content(root / "content")
        assert loaded.problems == ()
        if made.is_refused:
            assert written == []
            return
        (file,) = written
        assert file.parent == root / "content" / "skills"
        assert is_slug(file.stem)
        assert os.path.realpath(file) == str(file.resolve())
        (skill,) = loaded.content.skills()
        assert skill.title == title.strip()
        assert skill.aliases[-1].endswith("x")


@naughty
@settings(max_examples=40)
@given(title=st.text(max_size=220))
def test_any_text_in_any_key_reads_back_equal_or_is_refused(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = company(Path(folder))
        tree = Tree.read(Path("content"), Path("site_config"), root, NOW)
        options = [f"decision={title}", "proposed_by=ana", "status=declined"]
        made = draft(
            KINDS["idea"], read_options(KINDS["idea"], "Une idée", options), tree, None, lambda _: None
        )
        if made.is_refused:
            return
        save(made, tree)
        idea: Any = load_content(root / "content").content.get("idea", "une-idee")
        assert idea.decision == title.strip()
