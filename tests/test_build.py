"""Whole builds: strict, reproducible, the same with both generators, and closed to what is broken or private."""

from __future__ import annotations

import gzip
import re
import shutil
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from portal.addresses import ADDRESSES
from portal.checks import check
from portal.loading import load_content
from portal.problems import Severity
from portal.records import KINDS
from tests.broken_files import make_broken
from tests.conftest import MINI, NOW, ROOT
from tests.demo import demo_site, mini_site
from tests.search.reader import Reader
from tests.site import build, digests


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini_site(tmp_path_factory).folder


def test_the_demo_company_builds_strictly_and_lightly(tmp_path_factory: pytest.TempPathFactory) -> None:
    demo = demo_site(tmp_path_factory)
    site = demo.folder
    assert "WARNING" not in demo.said
    pages = [site / "index.html", *site.glob("annuaire/*/index.html"), *site.glob("competences/*/index.html")]
    heavy = {
        page.parent.name: size for page in pages if (size := len(gzip.compress(page.read_bytes()))) > 15_000
    }
    assert len(pages) > 100
    assert heavy == {}, "the home page, a profile and a skill weigh at most 15 kB of HTML, gzipped"


def test_the_demo_company_has_its_size() -> None:
    content = load_content(ROOT / "content").content
    least = {
        "person": 60, "skill": 40, "community": 10, "territory": 8, "event": 25, "story": 15, "question": 15, "idea": 12,
        "post": 10, "guide": 8, "watch_item": 20,
    }  # fmt: skip
    counts = {kind: len(content.of(kind)) for kind in KINDS}
    assert [kind for kind, count in least.items() if counts[kind] < count] == []
    assert sum(item.visibility == "private" for item in content.communities()) in {1, 2}


def test_same_content_same_bytes_in_two_folders_and_two_time_zones(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another" / "folder"
    shutil.copytree(MINI, tmp_path / "another" / "content")
    done = build(
        elsewhere,
        content=tmp_path / "another" / "content",
        TZ="Pacific/Auckland",
        PYTHONHASHSEED="7",
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    assert digests(elsewhere) == digests(site)


def test_properdocs_makes_the_same_pages(site: Path, tmp_path: Path) -> None:
    done = build(tmp_path / "site", generator="properdocs")
    assert done.returncode == 0, done.stderr

    def pages(where: Path) -> dict[str, str]:
        # Only the names of the generators may differ.
        return {
            file.relative_to(where).as_posix(): re.sub(r'<meta name="generator"[^>]*>', "", file.read_text())
            for file in where.rglob("*.html")
        }

    assert pages(tmp_path / "site") == pages(site)


def test_every_page_says_its_language_and_escapes_its_title(site: Path) -> None:
    pages = list(site.rglob("index.html"))
    assert len(pages) > 25
    for page in pages:
        html = page.read_text()
        assert '<html lang="fr"' in html
        assert html.count("<h1") == 1, page


def test_an_english_portal_needs_one_word_of_configuration(tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "tests" / "mini" / "site_config", config)
    settings = config / "site.yml"
    settings.write_text(settings.read_text().replace("language: fr", "language: en"))
    done = build(tmp_path / "site", config=config)
    assert done.returncode == 0, done.stderr
    home = (tmp_path / "site" / "index.html").read_text()
    assert '<html lang="en"' in home
    assert (tmp_path / "site" / "directory" / "ana" / "index.html").exists()
    assert not (tmp_path / "site" / "annuaire").exists()


@pytest.mark.parametrize("audience", ["internal", "external"])
def test_no_byte_of_a_private_community_reaches_another_site(audience: str, tmp_path: Path) -> None:
    done = build(tmp_path / "site", VEILLEE_AUDIENCE=audience)
    assert done.returncode == 0, done.stderr
    for file in (tmp_path / "site").rglob("*"):
        assert not re.search("cercle|z[eé]phyr", file.name, re.IGNORECASE)
        if file.is_file() and file.suffix in {".html", ".json", ".xml", ".txt"}:
            assert not re.search("cercle secret|z[eé]phyr|/cercle", file.read_text(), re.IGNORECASE), file
        if file.suffix == ".bin" and file.name != "texts.bin":
            said = zlib.decompress(file.read_bytes(), -15).decode(errors="replace")
            assert not re.search("cercle|z[eé]phyr", said, re.IGNORECASE), file
    index = tmp_path / "site" / "assets" / "search"
    reader = Reader({file.relative_to(index).as_posix(): file.read_bytes() for file in index.rglob("*.*")})
    shown = [reader.slot(number, 0) for number in range(reader.root["n"])]
    shown += [
        reader.slot(number, more) for number in range(len(shown)) for more in range(1, reader.kind(number)[4])
    ]
    assert all(shown[: reader.root["n"]])
    assert not re.search("cercle|z[eé]phyr", str(shown), re.IGNORECASE)


def test_an_unknown_audience_builds_nothing(tmp_path: Path) -> None:
    done = build(tmp_path / "site", VEILLEE_AUDIENCE="publique")
    assert done.returncode != 0
    assert "unknown audience 'publique'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "site").rglob("*.html"))


def test_what_cannot_be_read_is_not_published(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(MINI, content)
    (content / "people" / "eve.md").write_text("---\nname: [Eve\n---\n\nMot de passe: tournesol\n")
    (content / "people" / "fay.md").write_text(
        "---\nname: Fay\njob_title: x\nterritory: sud\naudience: tout-le-monde\n---\ntournesol\n"
    )
    (content / "notes.md").write_text("tournesol\n")
    done = build(tmp_path / "strict", content=content)
    assert done.returncode != 0, "a strict build stops"
    assert "content/people/eve.md:2:" in done.stderr
    done = build(tmp_path / "site", content=content, strict=False)
    assert done.returncode == 0, done.stderr
    published = " ".join(
        file.read_text() for file in (tmp_path / "site").rglob("*") if file.suffix in {".html", ".json"}
    )
    assert "tournesol" not in published
    assert (tmp_path / "site" / "annuaire" / "ana" / "index.html").exists(), "the others go on"


def test_a_text_that_looks_like_metadata_stays_text(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(MINI, content)
    post = content / "posts" / "mot.md"
    post.write_text(
        post.read_text().replace(
            "Je vous écris du port.", "Title: ceci est une phrase\n\ntemplate: rien du tout"
        )
    )
    done = build(tmp_path / "site", content=content)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "site" / "billets" / "mot" / "index.html").read_text()
    assert "ceci est une phrase" in html
    assert "rien du tout" in html


def test_settings_that_cannot_be_read_stop_the_build_strict_or_not(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "site.yml").write_text("name: Mini\nlangage: fr\n")
    done = build(tmp_path / "site", config=config, strict=False)
    assert done.returncode != 0
    assert "config/site.yml:2: clé inconnue «\u00a0langage\u00a0»" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_rule_in_the_settings_is_named_with_its_line(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "checks.yml").write_text("severity:\n  late-answer: off\n  late-anwser: error\n")
    done = build(tmp_path / "site", config=config)
    assert done.returncode != 0
    assert "config/checks.yml:3:" in done.stderr
    assert "late-answer" in done.stderr


def test_a_picture_that_breaks_a_rule_is_not_published(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(MINI, content)
    (content / "posts" / "page.html").write_text("<script>alert(1)</script>")
    (content / "posts" / "faux.png").write_text("pas une image")
    post = content / "posts" / "mot.md"
    post.write_text(post.read_text() + "\n![Une page](page.html) ![Un faux](faux.png)\n")
    done = build(tmp_path / "site", content=content, strict=False)
    assert done.returncode == 0, done.stderr
    assert not list((tmp_path / "site").rglob("page.html"))
    assert not list((tmp_path / "site").rglob("faux.png"))


def test_the_companys_logo_and_colours_are_its_own(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    (config / "site.yml").write_text('name: Mini\nlogo: logo.svg\ncolours:\n  primary: "#7a1f5c"\n')
    done = build(tmp_path / "site", config=config)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "assets" / "logo.svg").read_text() == (config / "logo.svg").read_text()
    assert 'src="../assets/logo.svg"' in (tmp_path / "site" / "annuaire" / "index.html").read_text()
    assert "#7a1f5c" in (tmp_path / "site" / "assets" / "theme.css").read_text()


@pytest.mark.parametrize("name", ["../secret.png", "absent.svg", "logo.exe", "/etc/passwd"])
def test_a_logo_that_is_not_one_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (config / "site.yml").write_text(f"name: Mini\nlogo: {name}\n")
    done = build(tmp_path / "site", config=config)
    assert done.returncode != 0
    assert "config/site.yml:2:" in done.stderr


def test_a_pale_colour_is_refused_because_text_would_not_be_read(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "site.yml").write_text('name: Mini\ncolours:\n  primary: "#ffd000"\n')
    done = build(tmp_path / "site", config=config)
    assert done.returncode != 0
    assert "config/site.yml:3:" in done.stderr


def test_the_public_site_shows_no_way_in_and_no_empty_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = demo_site(tmp_path_factory, "external").folder
    pages = {page.relative_to(site).as_posix(): page.read_text() for page in site.rglob("*.html")}
    assert len(pages) > 60
    shown = " ".join(pages.values()).replace("animation@hydrelis.example", "")
    assert "@hydrelis.example" not in shown
    assert "tel:" not in shown
    assert "forge.hydrelis.example" not in shown
    menu = re.findall(r'<nav class="v-nav".*?</nav>', pages["index.html"], re.DOTALL)[0]
    assert "Annuaire" in menu
    assert "Agenda" not in menu, "nothing of the agenda is public"


def test_nothing_of_a_tree_broken_in_every_way_is_published(tmp_path: Path) -> None:
    content, site = make_broken(tmp_path), tmp_path / "site"
    done = build(site, content=content, strict=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    loaded = load_content(content)
    problems = [*loaded.problems, *check(loaded, NOW)]
    wrong = {problem.path.partition("/")[2] for problem in problems if problem.severity is Severity.ERROR}
    assert len(wrong) > 90
    for path in wrong:
        folder, _, rest = path.partition("/")
        address = f"{ADDRESSES['fr'].get(folder, folder)}/{rest.removesuffix('.md').removesuffix('/index')}"
        assert not (site / address / "index.html").exists(), path
        assert not (site / path).exists(), path
    for page in site.rglob("*.html"):
        live = _Live()
        live.feed(page.read_text())
        assert live.found == [], page


class _Live(HTMLParser):
    """Gathers what could run in a page: handlers, scripts that aren't the portal's, addresses that are code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip().lower() for name, value in attrs}
        is_ours = (
            "assets/javascripts/veillee/" in values.get("src", "")
            or values.get("type") == "application/ld+json"
        )
        if (tag == "script" and not is_ours) or tag in {"iframe", "object", "embed"}:
            self.found.append(tag)
        self.found += [name for name in values if name.startswith("on")]
        codes = ("javascript:", "data:", "vbscript:")
        self.found += [
            value for name, value in values.items() if name in {"href", "src"} and value.startswith(codes)
        ]


def broken_links(site: Path) -> list[str]:
    """Every relative link of every page that leads to no file of the site."""
    found = []
    for page in site.rglob("*.html"):
        if page.name in {"404.html", "503.html"}:
            continue
        for target in re.findall(r'<a\b[^>]* href="([^"#?:]+)["#?]', page.read_text()):
            place = (page.parent / target).resolve()
            if not (place.is_file() or (place / "index.html").is_file()):
                found.append(f"{page.relative_to(site)}: {target}")
    return found


@pytest.mark.parametrize("audience", ["internal", "external", "private:futurs-chefs-d-usine"])
def test_no_link_of_the_demo_leads_nowhere(audience: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert broken_links(demo_site(tmp_path_factory, audience).folder) == []


def test_someone_who_left_is_still_named_and_no_longer_linked(tmp_path: Path) -> None:
    content, site = tmp_path / "content", tmp_path / "site"
    shutil.copytree(MINI, content)
    for path, key in {
        "questions/carte.md": "by: ben", "questions/attente.md": "asked_by: ben", "stories/cartes.md": "by: ben",
        "posts/mot.md": "author: ana", "watch/2026/abeilles.md": "curated_by: ben", "ideas/ruche.md": "proposed_by: ana",
        "events/port.md": "organizers: [ben]", "territories/sud.md": "lead: ana",
    }.items():  # fmt: skip
        text = (content / path).read_text()
        assert key in text
        (content / path).write_text(text.replace(key, re.sub("ana|ben", "dan", key)))
    story = content / "stories/cartes.md"
    story.write_text(
        story.read_text().replace("agreements:\n", "agreements:\n  - {person: dan, on: 2026-09-07}\n")
    )
    done = build(site, content=content)
    assert done.returncode == 0, done.stderr
    assert broken_links(site) == []
    assert "Dan Parti" in (site / "questions" / "carte" / "index.html").read_text()
    assert not (site / "annuaire" / "dan").exists()


def test_a_moment_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    done = build(tmp_path / "site", SOURCE_DATE_EPOCH="demain")
    assert done.returncode != 0
    assert "demain" in done.stderr
    assert "Traceback" not in done.stderr
