"""Feeds: sound to independent readers, the same names whatever changes around them, and nothing that a view hides."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from portal.addresses import absolute
from portal.content import Content
from portal.outputs.syndication import MOST
from portal.records import Post, Source
from tests.subscriptions.sites import company, documents, view

HTTP = {"type": "string", "format": "uri", "pattern": "^https?://"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "url": HTTP, "avatar": HTTP},
        "anyOf": [{"required": ["name"]}, {"required": ["url"]}, {"required": ["avatar"]}],
    },
}
WHEN = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
JSON_FEED = {
    "description": "https://jsonfeed.org/version/1.1, in our words; no key of ours beside the standard's.",
    "type": "object",
    "required": ["version", "title", "items", "home_page_url", "feed_url", "language"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": HTTP,
        "feed_url": HTTP,
        "description": {"type": "string"},
        "user_comment": {"type": "string"},
        "next_url": HTTP,
        "icon": HTTP,
        "favicon": HTTP,
        "authors": AUTHORS,
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "expired": {"type": "boolean"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": HTTP,
                    "external_url": HTTP,
                    "title": {"type": "string"},
                    "content_html": {"type": "string", "minLength": 1},
                    "content_text": {"type": "string", "minLength": 1},
                    "summary": {"type": "string"},
                    "image": HTTP,
                    "banner_image": HTTP,
                    "date_published": WHEN,
                    "date_modified": WHEN,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                    "attachments": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["url", "mime_type"],
                            "additionalProperties": False,
                            "properties": {
                                "url": HTTP,
                                "mime_type": {"type": "string", "pattern": "^[a-z]+/[a-z0-9.+-]+$"},
                                "title": {"type": "string"},
                                "size_in_bytes": {"type": "integer", "minimum": 1},
                                "duration_in_seconds": {"type": "number"},
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return documents(view())


def atoms(made: dict[str, str]) -> dict[str, Any]:
    return {address: feedparser.parse(text) for address, text in made.items() if address.endswith("atom.xml")}


def names(made: dict[str, str]) -> dict[str, list[str]]:
    """The name of each feed, then those of its entries, sorted."""
    return {
        address: [feed.feed.id, *sorted(entry.id for entry in feed.entries)]
        for address, feed in atoms(made).items()
    }


def test_all_each_kind_community_territory_and_skill_has_its_feeds(made: dict[str, str]) -> None:
    pages = [
        "", "billets/", "histoires/", "idees/", "lettres/", "questions/", "veille/", "communautes/donnees/",
        "competences/apiculture/", "competences/numerique/", "competences/python/", "competences/sig/",
        "territoires/nord/", "territoires/sud/", "territoires/usine/",
    ]  # fmt: skip
    assert sorted(address.removesuffix("atom.xml") for address in atoms(made)) == sorted(pages)
    assert [page for page in pages if f"{page}feed.json" not in made] == []


def test_atom_is_sound(made: dict[str, str]) -> None:
    for address, feed in atoms(made).items():
        assert not feed.bozo, (address, feed.get("bozo_exception"))
        assert feed.version == "atom10"
        head = feed.feed
        assert head.id.startswith("urn:uuid:")
        assert head.title
        assert head.language == "fr"
        (itself,) = [link.href for link in head.links if link.rel == "self"]
        assert itself == absolute(address, "https://mini.example/portail/")
        assert re.search(r"<updated>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d</updated>", made[address])
        for entry in feed.entries:
            assert entry.id.startswith("urn:uuid:")
            assert entry.title
            assert entry.link.startswith("https://mini.example/portail/")
            assert entry.published_parsed
            assert entry.updated_parsed >= entry.published_parsed
            assert "content" in entry or "summary" in entry
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def test_json_feed_is_sound_and_says_the_same(made: dict[str, str]) -> None:
    validator = Draft202012Validator(JSON_FEED, format_checker=FormatChecker())
    Draft202012Validator.check_schema(JSON_FEED)
    for address, feed in atoms(made).items():
        other = made[address.replace("atom.xml", "feed.json")]
        said = json.loads(other)
        assert list(validator.iter_errors(said)) == []
        assert [item["id"] for item in said["items"]] == [entry.id for entry in feed.entries]
        assert [item["title"] for item in said["items"]] == [entry.title for entry in feed.entries]


def test_names_last_whatever_changes_around_them(made: dict[str, str], tmp_path: Path) -> None:
    here = company(
        tmp_path,
        {
            "content/posts/mot.md": ("title: ", "title: Autrement dit, "),
            "content/questions/carte.md": ("asked_on: 2026", "asked_on: 2025"),
            "content/communities/donnees/index.md": ("title: ", "title: Nouveau nom, "),
            "site_config/site.yml": ("https://mini.example/portail/", "https://ailleurs.example/"),
        },
    )
    assert names(documents(view(here))) == names(made)
    assert documents(view(here)) != made
    assert documents(view()) == made, "the same bytes when nothing changed"


def test_only_another_company_has_other_names(made: dict[str, str], tmp_path: Path) -> None:
    renamed = company(
        tmp_path / "a", {"site_config/site.yml": ("company: Mini", "company: Maxi\nidentity: Mini")}
    )
    other = company(tmp_path / "b", {"site_config/site.yml": ("company: Mini", "company: Maxi")})
    assert names(documents(view(renamed))) == names(made)
    mine, theirs = (
        {name for named in names(found).values() for name in named}
        for found in (made, documents(view(other)))
    )
    assert mine.isdisjoint(theirs)


def test_an_entry_has_one_name_in_every_audience(made: dict[str, str]) -> None:
    public, internal = names(documents(view(audience="external"))), names(made)
    assert set(public["atom.xml"][1:]) < set(internal["atom.xml"][1:])
    assert public["atom.xml"][0] != internal["atom.xml"][0], "the feeds themselves differ"


def test_an_item_of_the_watch_says_why_and_leads_outside(made: dict[str, str]) -> None:
    (item,) = json.loads(made["veille/feed.json"])["items"]
    assert item["external_url"] == "https://revue.example/abeilles"
    assert item["content_html"].startswith("<p>")
    assert item["summary"] in item["content_html"].replace("\u202f", " ").replace("\u00a0", " ")
    assert f'<a href="{item["external_url"]}"' in item["content_html"]
    (entry,) = atoms(made)["veille/atom.xml"].entries
    assert [link.href for link in entry.links if link.rel == "related"] == [item["external_url"]]


def test_an_answer_brings_its_question_back(made: dict[str, str]) -> None:
    by_title = {item["title"]: item for item in json.loads(made["questions/feed.json"])["items"]}
    answered = next(item for item in by_title.values() if item["date_modified"] > item["date_published"])
    assert "<blockquote>" in answered["content_html"]


def test_prose_is_safe_and_its_links_are_whole(tmp_path: Path) -> None:
    hostile = (
        "[Ana](../people/ana.md) [cercle](../communities/cercle/index.md) <script>alert(1)</script>"
        '<img src="https://pisteur.example/x.png"> ]]> & "quotes" <b onclick="x()">gras</b> [note](#plus)'
    )
    here = company(tmp_path, {"content/posts/mot.md": ("Je vous écris du port.", hostile)})
    found = documents(view(here))
    (item,) = json.loads(found["billets/feed.json"])["items"]
    html = item["content_html"]
    assert 'href="https://mini.example/portail/annuaire/ana/"' in html
    assert f'href="{item["url"]}#plus"' in html
    assert "cercle/" not in html, "what the view doesn't hold is only words"
    for bad in ("script", "pisteur", "onclick", "alert"):
        assert bad not in html
    (entry,) = feedparser.parse(found["billets/atom.xml"]).entries
    assert ']]&gt; &amp; "quotes"' in entry.content[0].value.replace("&quot;", '"')


def test_pictures_come_with_their_story(tmp_path: Path) -> None:
    image = "image:\n  src: carte.png\n  alt: La carte\n  credit: Ana\nchallenge:"
    here = company(tmp_path, {"content/stories/cartes.md": ("challenge:", image)})
    (here / "content" / "stories" / "carte.png").write_bytes(b"\x89PNG" + b"\0" * 96)
    found = documents(view(here))
    (item,) = [item for item in json.loads(found["histoires/feed.json"])["items"] if "image" in item]
    picture = "https://mini.example/portail/stories/carte.png"
    assert item["attachments"] == [{"url": picture, "mime_type": "image/png", "size_in_bytes": 100}]
    assert f'<img src="{picture}" alt="La carte">' in item["content_html"]
    (entry,) = [entry for entry in feedparser.parse(found["histoires/atom.xml"]).entries if entry.enclosures]
    assert [(it.href, it.length, it.type) for it in entry.enclosures] == [(picture, "100", "image/png")]


def test_feeds_are_bounded_and_begin_with_the_newest() -> None:
    content = view()
    posts = [
        Post.read(
            {
                "title": f"Billet {number}",
                "author": "ana",
                "published": f"2026-{1 + number // 28:02}-{1 + number % 28:02}",
            },
            Source(f"posts/billet-{number}.md", f"billet-{number}", "Un mot."),
        )
        for number in range(MOST + 30)
    ]
    many = Content([*content.records, *posts], content.settings, now=content.now)
    items = json.loads(documents(many)["billets/feed.json"])["items"]
    assert len(items) == MOST
    days = [item["date_modified"] for item in items]
    assert days == sorted(days, reverse=True)


def test_without_an_address_there_is_no_feed_and_the_page_says_so(tmp_path: Path) -> None:
    here = company(tmp_path, {"site_config/site.yml": ("url: https://mini.example/portail/\n", "")})
    found = documents(view(here))
    assert [address for address in found if address.endswith(("atom.xml", "feed.json"))] == []
    assert "URL:" not in found["agenda/agenda.ics"]
    assert json.loads(found["api/v1/people.json"])["items"][0]["url"] is None


def test_lists_of_feeds_are_read_back(made: dict[str, str]) -> None:
    from curation.reading.opml import read_opml

    listed = read_opml(made["s-abonner/veillee.opml"].encode(), "x")
    assert sorted(feed.url for feed in listed) == sorted(
        absolute(address, "https://mini.example/portail/") for address in atoms(made)
    )


def test_sources_of_a_private_community_stay_there(tmp_path: Path) -> None:
    here = company(tmp_path)
    (here / "site_config" / "feeds.yml").write_text(
        "sources:\n"
        "  - {id: tous, name: Tous, url: https://tous.example/f}\n"
        "  - {id: ouvert, name: Ouvert, url: https://ouvert.example/f, communities: [donnees, cercle]}\n"
        "  - {id: clos, name: Clos, url: https://clos.example/f, communities: [cercle]}\n"
        "  - {id: tu, name: Tu, url: https://tu.example/f, disabled: muet}\n"
    )
    inside = documents(view(here))["veille/sources.opml"]
    assert re.findall(r'text="([^"]+)"', inside) == ["Tous", "Ouvert"]
    assert "cercle" not in inside
    closed = documents(view(here, "private:cercle"))["veille/sources.opml"]
    assert re.findall(r'text="([^"]+)"', closed) == ["Tous", "Ouvert", "Clos"]
    assert "veille/sources.opml" not in documents(view(here, "external"))


def test_no_word_of_a_private_community_leaves_its_site() -> None:
    for audience in ("internal", "external"):
        for address, text in documents(view(audience=audience)).items():
            assert not re.search("cercle|z[eé]phyr", address + text, re.IGNORECASE), address
    closed = documents(view(audience="private:cercle"))
    assert "communautes/cercle/atom.xml" in closed
    assert "Zéphyr" in closed["communautes/cercle/agenda.ics"]
