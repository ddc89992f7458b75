"""The mail of a letter: what it says and to whom, light, alone, and the same bytes for the same letter."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from portal.content import Content
from portal.formats import newsletter as formats
from portal.loading import load_content, load_settings
from portal.records import Newsletter
from tests.commands import run, write
from tests.conftest import NOW, ROOT
from tests.newsletter.letters import LETTER, SLUG, TEXT, plain, with_letter

DEMO = ("2026-10", "2026-11", "2026-11-occitanie", "2026-11-partenaires")


class _Seen(HTMLParser):
    """Tags with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str, attribute: str) -> list[str]:
        return [attributes.get(attribute) or "" for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def demo() -> Content:
    settings, problems = load_settings(ROOT / "site_config")
    assert problems == []
    return load_content(ROOT / "content", settings).content


def mail_of(content: Content, slug: str, **more: object) -> tuple[str, str]:
    letter = content.get("newsletter", slug)
    assert isinstance(letter, Newsletter)
    view = content.view(content.audience_of(letter), content.leaves_at(letter))
    seen = view.get("newsletter", slug)
    assert isinstance(seen, Newsletter)
    made = formats.edition(seen, view, "https://veillee.example/portail", **more)  # type: ignore[arg-type]
    return formats.html(made), formats.plain_text(made)


@pytest.mark.parametrize("slug", DEMO)
def test_it_is_light_and_asks_nothing_of_anyone(demo: Content, slug: str) -> None:
    html, text = mail_of(demo, slug)
    seen = _Seen(html)
    assert len(html.encode()) < formats.MAX_BYTES
    assert {"script", "link", "iframe", "form", "input", "video", "object"}.isdisjoint(
        name for name, _ in seen.tags
    )
    assert not re.search(r"@font-face|@import|url\(|javascript:|\son\w+=", html)
    assert seen.all("img", "src") == [], "no picture that would say who reads"
    assert seen.all("html", "lang") == ["fr"]
    assert all(role == "presentation" for role in seen.all("table", "role"))
    links = {link for link in seen.all("a", "href") if not link.startswith("mailto:")}
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert links <= set(text.split()) | {word.strip("()") for word in text.split()}, (
        "the text holds every link"
    )
    assert "lettre-stop@hydrelis.example" in text
    assert "mailto:lettre-stop@hydrelis.example" in seen.all("a", "href")
    assert f"https://veillee.example/portail/lettres/{slug}/" in links


@pytest.mark.parametrize("slug", DEMO)
def test_the_text_is_well_set(demo: Content, slug: str) -> None:
    _, text = mail_of(demo, slug)
    for line in text.splitlines():
        assert len(line) <= 72 or " " not in line.strip(), line
    assert not re.search(r"<[a-z]+[ >]|&[a-z]+;|\*\*", text)
    assert "\n\n\n\n" not in text


def test_the_order_and_the_words_are_the_teams(demo: Content) -> None:
    html, text = mail_of(demo, "2026-11")
    titles = [
        "L’histoire du mois",
        "Le mot de la direction",
        "On vous attend",
        "Lu ailleurs pour vous",
        "Pour finir",
    ]
    places = [html.index(f">{title}<") for title in titles]
    assert places == sorted(places)
    assert "Kévin ne voudrait vexer personne. Rassurez-le." in html
    assert "  jeudi 3 décembre 2026, 08:30 à 09:00" in text
    assert "midi-jeux-de-societe" in html
    assert "mardi 24 novembre 2026" in text, "of a meeting that recurs, the next one on the letter's day"


def test_to_the_public_only_what_is_public(demo: Content) -> None:
    html, text = mail_of(demo, "2026-11-partenaires")
    for said in (html, text):
        assert "Marie-Annick Grondin-Técher" in said, "she agreed to appear"
        assert "Yann Le Guilvinec" in said
        for shy in ("Minh Anh", "marie-annick.grondin", "communautes/cercle"):
            assert shy not in said


def test_same_letter_same_bytes(demo: Content) -> None:
    def made(recipient: str) -> bytes:
        html, text = mail_of(demo, "2026-10")
        envelope = formats.Envelope(
            "2026-10",
            "Octobre, l’été",
            ("L’équipe", "lettre@mini.example"),
            NOW,
            "https://x.example/",
            "",
            "stop@mini.example",
        )
        return formats.addressed(formats.message(envelope, html, text), recipient, envelope.id_for(recipient))

    one = made("ana@mini.example")
    assert one == made("ana@mini.example")
    assert one.isascii()
    assert max(map(len, one.split(b"\r\n"))) <= 998  # RFC 5322 § 2.1.1
    mail = message_from_bytes(one, policy=default)
    assert mail["Subject"] == "Octobre, l’été"
    assert mail["Date"].datetime == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert mail["Auto-Submitted"] == "auto-generated"
    other = message_from_bytes(made("ben@mini.example"), policy=default)
    assert other["Message-ID"] != mail["Message-ID"]
    assert [part.get_content() for part in other.iter_parts()] == [
        part.get_content() for part in mail.iter_parts()
    ]  # type: ignore[attr-defined]


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    here = with_letter(
        tmp_path / "company",
        TEXT.replace("Novembre, les cartes et le café", "'<b onload=x>&amp; \"q\"'").replace(
            "Bonjour,\n", "Bonjour [x](javascript:alert(1)) ![](http://spy.example/p.png) <img src=x>\n"
        ),
    )
    content = load_content(here / "content").content
    html, _ = mail_of(content, SLUG)
    seen = _Seen(html)
    assert "b" not in {name for name, attributes in seen.tags if "onload" in attributes}
    assert not any(link.startswith("javascript") for link in seen.all("a", "href"))
    assert seen.all("img", "src") == []


def test_a_picture_is_hosted_described_and_measured(tmp_path: Path) -> None:
    here = with_letter(tmp_path / "company")
    story = here / "content" / "stories" / "cartes.md"
    Image.new("RGB", (1200, 800), "#0b5563").save(story.with_name("carte.png"))
    picture = "image: {src: carte.png, alt: Une carte « neuve », credit: Ben}\n---\n\nTout"
    story.write_text(story.read_text().replace("---\n\nTout", picture))
    content = load_content(here / "content").content
    letter = content.newsletters()[0]
    assert formats.pictures_of(letter, content) == ("stories/carte.png",)
    html, _ = mail_of(content, SLUG, sizes={"stories/carte.png": (1200, 800)})
    seen = _Seen(html)
    [image] = [attributes for name, attributes in seen.tags if name == "img"]
    assert image["src"] == "https://veillee.example/portail/stories/carte.png"
    assert "carte" in str(image["alt"])
    assert (image["width"], image["height"]) == ("536", "357")


def test_a_letter_in_english_speaks_english(tmp_path: Path) -> None:
    here = with_letter(tmp_path / "company", TEXT.replace("sections:", "lang: en\nsections:"))
    html, text = mail_of(load_content(here / "content").content, SLUG)
    assert '<html lang="en"' in html
    assert "Read it in a browser:" in text
    assert "You receive it because" in text


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = with_letter(tmp_path / "company")
    monkeypatch.chdir(folder)
    return folder


def test_three_files_are_laid(here: Path) -> None:
    done = run("newsletter", LETTER, "--out", "sorties")
    assert done.exit_code == 0, done.output
    names = sorted(file.name for file in (here / "sorties").iterdir())
    assert names == [f"{SLUG}.eml", f"{SLUG}.html", f"{SLUG}.txt"]
    mail = message_from_bytes((here / "sorties" / f"{SLUG}.eml").read_bytes(), policy=default)
    text, html = mail.iter_parts()  # type: ignore[attr-defined]
    laid = (here / "sorties" / f"{SLUG}.html").read_text()
    assert html.get_content().replace("\r\n", "\n").strip() == laid.strip()
    assert "la carte (https://mini.example/portail/histoires/cartes/)" in plain(text.get_content())


def test_what_is_new_is_chosen_once_then_left_to_people(here: Path) -> None:
    write(
        here,
        posts__mot_de_novembre="---\ntitle: Un mot\nauthor: ana\npublished: 2026-11-10\nkind: leadership\n---\n\nMerci.",
    )
    (here / "content" / "posts" / "mot_de_novembre.md").rename(
        here / "content" / "posts" / "mot-de-novembre.md"
    )
    asked = ("newsletter", "--since", "2026-09-01", "--until", "2026-11-21")
    first = run(*asked)
    assert first.exit_code == 0, first.output
    file = here / "content" / "newsletters" / "2026-09-01-2026-11-21.md"
    text = file.read_text()
    assert "- story: cartes  # Les cartes qui parlent" in text
    assert "- event: port" in text
    assert "- post: mot-de-novembre" in text
    assert "zephyr" not in text, "a private community's matters aren't everyone's"
    assert "cartes" in first.output
    assert run("check").exit_code == 0
    file.write_text(text.replace('title: "Ce que', 'title: "Adapté. Ce que'))
    again = run(*asked)
    assert "existe" in plain(again.output)
    assert "Adapté" in file.read_text()
    assert "Adapté" in (here / "newsletters" / f"{file.stem}.html").read_text()
    assert run(*asked, "--again").exit_code == 0
    assert file.read_text() == text


def test_for_a_place_and_for_a_private_community(here: Path) -> None:
    of_usine = run("newsletter", "--since", "2026-09-01", "--until", "2026-09-30", "--territory", "usine")
    assert of_usine.exit_code == 0, of_usine.output
    text = (here / "content" / "newsletters" / "2026-09-usine.md").read_text()
    assert "territory: usine" in text
    assert "story: cartes" in text
    closed = run(
        "newsletter",
        "--since",
        "2026-11-01",
        "--until",
        "2026-11-21",
        "--community",
        "cercle",
        "--lang",
        "en",
    )
    assert closed.exit_code == 0, closed.output
    text = (here / "content" / "newsletters" / "2026-11-cercle-en.md").read_text()
    assert "audience: private" in text
    assert "event: reunion-zephyr" in text
    assert "zephyr" in (here / "newsletters" / "2026-11-cercle-en.html").read_text()
    outside = run("newsletter", "--since", "2026-11-01", "--community", "cercle", "--audience", "external")
    assert (outside.exit_code, "ne peut pas sortir" in outside.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "nommez une lettre"),
        (("--since", "hier"), "2026-11-05"),
        (("--since", "2026-11-02", "--until", "2026-11-01"), "mettez-les dans l’ordre"),
        (("--since", "2026-11-02", "--territory", "usin"), "vouliez-vous dire « usine »"),
        (("content/people/ana.md",), "n’est pas une lettre"),
        ((LETTER, "--send"), "à qui ?"),
        ((LETTER, "--since", "2026-11-02"), "nommez une lettre"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence(here: Path, options: tuple[str, ...], said: str) -> None:
    done = run("newsletter", *options)
    assert done.exit_code == 2
    assert said in plain(done.stderr)


def test_a_letter_with_a_mistake_is_not_set(here: Path) -> None:
    file = here / LETTER
    file.write_text(TEXT.replace("story: cartes", "story: brouillon"))
    done = run("newsletter", LETTER)
    assert done.exit_code == 1
    assert f"{LETTER}:7: erreur: l’histoire « brouillon » n’est pas publiée" in plain(done.stderr)
    assert not (here / "newsletters").exists()


def test_what_readers_can_t_see_is_named(here: Path) -> None:
    (here / "content" / "events" / "port.md").write_text("---\ntitle: Port\nstart: 2026-13-01\n---\n")
    done = run("newsletter", LETTER)
    assert done.exit_code == 0, done.output
    assert "Pas montré" in plain(done.output)
    assert "event: port" in done.output
