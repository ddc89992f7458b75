"""Cards beside links: drawn of the words alone, the same bytes each time, small, and only of what an audience sees."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from PIL import Image

from hooks.kept_cards import KEPT_S, drawn, forget_unused
from portal.content import Content
from portal.formats.lettering import fitted, lines, mask, width
from portal.formats.night import mixed, night
from portal.formats.social_card import HEIGHT, WIDTH, Card, Style, draw
from portal.loading import load_content, load_settings
from portal.outputs import CardOutput
from portal.outputs.cards import card_address, card_files, card_of, site_card, style_of
from portal.settings import Colours, Logo
from tests.conftest import NOW, ROOT
from tests.site import declared

STYLE = Style(night(Colours()), "Veillée")
LONG = Card(
    "Belle histoire",
    "Débits négatifs, compteurs muets et vannes oubliées\u00a0: " * 4,
    figure="1 240 → 870",
    unit="MWh",
)


@pytest.fixture(scope="module")
def demo() -> Content:
    settings, _ = load_settings(ROOT / "site_config")
    return load_content(ROOT / "content", settings).content


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_card_is_the_same_bytes_each_time_and_small() -> None:
    for card in (
        Card("Communauté", "Eau"),
        LONG,
        replace(LONG, figure="", lead="Pourquoi ? " * 40, note="17 membres"),
    ):
        data = draw(card, STYLE)
        assert data == draw(card, STYLE)
        assert len(data) <= 40_000
        assert picture(data).size == (WIDTH, HEIGHT) == (1200, 630)
        assert picture(data).mode == "P"


def test_every_card_of_the_demo_weighs_at_most_40_kb(demo: Content) -> None:
    view = demo.view("internal", NOW)
    made = {output.address: output.render(view) for output in list(card_files(view))[::6]}
    assert len(made) > 8
    assert {address: len(data) for address, data in made.items() if len(data) > 40_000} == {}


def test_other_words_or_colours_make_another_card() -> None:
    base = draw(LONG, STYLE)
    assert draw(replace(LONG, title="Autre"), STYLE) != base
    assert draw(LONG, replace(STYLE, night=night(Colours(primary="#7a1f5c")))) != base


def test_nothing_is_written_outside_the_card_even_by_the_longest_words() -> None:
    card = Card("x" * 200, "W" * 200, lead="W" * 300, figure="9" * 40, unit="u" * 80, note="n" * 300)
    made = picture(draw(card, Style(STYLE.night, "N" * 60))).convert("RGB")
    empty = picture(draw(Card("", ""), Style(STYLE.night, ""))).convert("RGB")
    for box in ((0, 0, 60, HEIGHT), (0, 0, WIDTH, 60)):
        assert made.crop(box).tobytes() == empty.crop(box).tobytes()


def test_lines_break_at_ordinary_spaces_only() -> None:
    words = "Mardi de Jean-Luc\u00a0: la pompe est-elle bavarde\u202f? «\u00a0Oui\u00a0»"
    for room in range(200, 900, 50):
        found = lines(words, "serif", 40, room, 9)
        if found:
            assert " ".join(found) == words
            assert not any(line.startswith((":", "?", "»")) for line in found)
            assert all(width(line, "serif", 40) <= room for line in found)


def test_lines_have_about_the_same_width() -> None:
    found = lines("La pompe, le vélo et les trente-huit sons", "serif", 60, 900, 3)
    assert found is not None
    assert len(found) == 2
    wide = [width(line, "serif", 60) for line in found]
    assert min(wide) / max(wide) > 0.7


def test_what_is_too_long_is_cut_between_words() -> None:
    size, found = fitted("beaucoup de mots " * 30, "serif", range(40, 30, -5), 500, 2)
    assert size == 35
    assert len(found) == 2
    assert found[-1].endswith("…")


def test_a_narrow_no_break_space_is_drawn_as_nothing() -> None:
    for space in "\u00a0\u202f":
        assert mask(space, "serif", 60)[0].getbbox() is None


def test_colours_mix_as_browsers_mix_them() -> None:
    # What Chromium computes for color-mix(in oklab, …), read from its canvas.
    assert mixed("#ffffff", 0.5, "#000000") == "#636363"
    assert mixed("#ff0000", 0.5, "#0000ff") == "#8c53a2"
    assert mixed("#0b5563", 1, "#000000") == "#0b5563"


def test_a_logo_in_png_is_drawn_and_one_in_svg_leaves_the_name(demo: Content) -> None:
    file = BytesIO()
    Image.new("RGBA", (200, 80), (220, 20, 60, 255)).save(file, "PNG")
    seen = picture(draw(LONG, replace(STYLE, logo=file.getvalue()))).convert("RGB")
    corner = seen.crop((WIDTH - 160, HEIGHT - 100, WIDTH - 80, HEIGHT - 60)).getcolors(99_999)
    assert corner is not None
    assert any(abs(red - 220) < 12 and green < 40 for _, (red, green, _) in corner)
    for logo in (Logo(suffix=".svg", content=b"<svg/>"), Logo(suffix=".png", content=b"not a picture")):
        demo_with = Content(demo.records, demo.settings.model_copy(update={"logo": logo}), now=NOW)
        assert draw(LONG, style_of(demo_with)) == draw(LONG, style_of(demo))


def test_a_private_record_has_no_card_elsewhere(mini: Content) -> None:
    settings = mini.settings.model_copy(
        update={"site": mini.settings.site.model_copy(update={"url": "https://mini.example/"})}
    )
    whole = Content(mini.records, settings)
    found = {
        audience: {output.address for output in card_files(whole.view(audience, NOW))}
        for audience in ("internal", "external", "private:cercle")
    }
    assert "assets/cards/community-cercle.png" in found["private:cercle"]
    for audience in ("internal", "external"):
        assert not any("cercle" in address or "zephyr" in address for address in found[audience])
        assert "assets/cards/site.png" in found[audience]


def test_without_its_address_a_site_has_no_card(internal: Content) -> None:
    assert internal.settings.site.url is None
    assert not any(isinstance(output, CardOutput) for output in declared(internal))


def test_cards_say_kind_place_date_and_figures(demo: Content) -> None:
    view = demo.view("internal", NOW)
    story, event, community = (
        view.get("story", "la-pompe-et-le-velo"), view.get("event", "atelier-pompe-avec-jean-luc"),
        view.get("community", "fuites-et-rendement"),
    )  # fmt: skip
    assert story
    assert event
    assert community
    said = card_of(story, view)
    assert said.eyebrow == "Belle histoire · Auvergne-Rhône-Alpes · 12 novembre 2026"
    assert said.figure == "0 → 38"
    assert card_of(event, view).day == ("mardi", "12", "janvier 2027")
    assert card_of(event, view).note == "13:30 à 17:00"
    assert card_of(community, view).note.endswith("membres")
    assert site_card(view).title == "Veillée"
    assert card_address(view.people()[0]) == "assets/cards/site.png"


def test_a_card_is_drawn_once_and_kept_outside_the_site(demo: Content, tmp_path: Path) -> None:
    view = demo.view("internal", NOW)
    output = next(iter(card_files(view)))
    first = drawn(output, view, tmp_path)
    kept = tmp_path / f"{output.fingerprint}.png"
    assert [file.name for file in tmp_path.iterdir()] == [kept.name]

    def never(_: Content) -> bytes:
        raise AssertionError("drawn again")

    assert drawn(replace(output, render=never), view, tmp_path) == first
    kept.write_bytes(first[: len(first) // 2])
    assert drawn(output, view, tmp_path) == first, "half a file isn't a card"
    (tmp_path / "file").write_text("")
    assert drawn(output, view, tmp_path / "file" / "below") == first, (
        "a folder that can't be written only costs time"
    )


def test_a_card_that_no_build_asks_for_goes_after_a_while(demo: Content, tmp_path: Path) -> None:
    view = demo.view("internal", NOW)
    asked, other = islice(card_files(view), 2)
    now = time.time()
    long_ago = now - KEPT_S - 60
    for output in (asked, other):
        drawn(output, view, tmp_path)
        os.utime(tmp_path / f"{output.fingerprint}.png", (long_ago, long_ago))
    drawn(asked, view, tmp_path)
    forget_unused(tmp_path, now)
    assert [file.name for file in tmp_path.iterdir()] == [f"{asked.fingerprint}.png"]
    forget_unused(tmp_path / "nowhere", now)


def test_a_fingerprint_follows_all_that_a_card_is_drawn_from(demo: Content) -> None:
    view = demo.view("internal", NOW)
    site = view.settings.site.model_copy(update={"colours": Colours(primary="#7a1f5c")})
    other = Content(view.records, view.settings.model_copy(update={"site": site}), now=NOW)
    before, after = (
        {item.address: item.fingerprint for item in card_files(content)} for content in (view, other)
    )
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
