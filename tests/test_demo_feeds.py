"""The demo company's sources: each subscription is answered, and the sample feeds hold what they are there to show."""

from __future__ import annotations

import json
import re
from calendar import timegm
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from rapidfuzz import fuzz

from curation.judging.text import excerpt, plain, plain_title
from curation.judging.urls import canonical, is_home_page, same_page_key
from portal.loading import load_content, load_settings
from portal.records import WatchItem
from portal.subscriptions import Feeds
from tests.conftest import NOW, ROOT

SAMPLES = ROOT / "site_config" / "sample_feeds"
ANSWERED_OTHERWISE = {"moved.xml": "reseaux-et-territoires.xml", "gone.xml": None}
"""Addresses that the demo server answers with a permanent move (301) to a file, or with 410."""
FORMATS = {
    "assainir-en-campagne.xml": ("rss091u", 9),
    "cahiers-de-la-pluie.xml": ("rss20", 10),
    "carnet-du-fontainier.xml": ("rss20", 8),
    "courrier-des-deux-rives.xml": ("rss20", 12),
    "energies-fatales.json": ("json1", 11),
    "gazette-eau-publique.xml": ("rss20", 18),
    "huerta-del-sureste.xml": ("rss20", 8),
    "industrial-defence-notes.atom": ("atom10", 9),
    "observatoire-metiers-eau.rdf": ("rss10", 7),
    "oreille-du-reseau.xml": ("rss20", 7),
    "reseaux-et-territoires.xml": ("rss20", 10),
    "revue-analyse-eaux.atom": ("atom10", 11),
}


@cache
def feeds() -> Feeds:
    settings, problems = load_settings(ROOT / "site_config")
    assert problems == []
    return settings.feeds


@cache
def read(name: str) -> tuple[str, list[dict[str, Any]]]:
    """The format of a sample and its entries: `title`, `link`, `id`, `html`, `published`, `enclosures`."""
    body = (SAMPLES / name).read_bytes()
    if name.endswith(".json"):
        items = json.loads(body)["items"]
        return "json1", [
            {
                **item,
                "link": item["url"],
                "html": item.get("content_html") or item["content_text"],
                "published": datetime.fromisoformat(item["date_published"]).astimezone(UTC),
            }
            for item in items
        ]
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=True)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed.version, [_entry(entry) for entry in parsed.entries]


def _entry(entry: Any) -> dict[str, Any]:
    texts = [content.value for content in entry.get("content", [])] + [entry.get("summary", "")]
    moment = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    return {
        "title": entry.title,
        "link": entry.link,
        "id": entry.get("id"),
        "html": max(texts, key=len),
        "published": datetime.fromtimestamp(timegm(moment), UTC) if moment else None,
        "updated": dict.get(entry, "updated"),
        "enclosures": [enclosure.href for enclosure in entry.get("enclosures", [])],
    }


def entries(name: str) -> list[dict[str, Any]]:
    return read(name)[1]


def titled(name: str, words: str) -> dict[str, Any]:
    (found,) = [entry for entry in entries(name) if words in entry["title"]]
    return found


def test_each_subscription_is_answered_and_each_sample_is_subscribed_to() -> None:
    asked = {urlsplit(item.url).path.removeprefix("/") for item in feeds().sources if not item.disabled}
    assert {urlsplit(item.url).netloc for item in feeds().sources} == set(feeds().allow)
    served = {ANSWERED_OTHERWISE.get(name, name) for name in asked} - {None}
    assert served == {file.name for file in SAMPLES.iterdir()} == set(FORMATS)
    assert asked >= set(ANSWERED_OTHERWISE)
    assert [item.id for item in feeds().sources if item.disabled] == ["fuites-et-satellites"]


def test_subscriptions_name_communities_skills_and_curators_that_exist() -> None:
    content = load_content(ROOT / "content").content
    slugs = {kind: {record.slug for record in content.of(kind)} for kind in ("community", "skill", "person")}
    for source in feeds().sources:
        assert set(source.communities) <= slugs["community"], source.id
        assert set(source.skills) <= slugs["skill"], source.id
        assert source.owner in slugs["person"], source.id


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_samples_are_in_the_format_they_claim(name: str) -> None:
    assert (read(name)[0], len(entries(name))) == FORMATS[name]


def test_entries_are_recent_and_link_to_invented_publishers_only() -> None:
    silent = "observatoire-metiers-eau.rdf"
    first, last = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
    for name in FORMATS:
        hosts = set(re.findall(r"https?://([^/\s\"'<&]+)", (SAMPLES / name).read_text(errors="replace")))
        real = {"purl.org", "www.w3.org", "www.itunes.com", "jsonfeed.org"}  # names of formats
        assert {host for host in hosts if not host.endswith(".example")} <= real, name
        for entry in entries(name) if name != silent else ():
            assert entry["published"] is None or first <= entry["published"] < last, entry["title"]
    newest = max(entry["published"] for entry in entries(silent))
    assert (NOW - newest).days > feeds().silent_after_days


def test_sources_are_written_in_their_language_and_one_of_them_has_changed() -> None:
    identify = LanguageIdentifier.from_model_file(MODEL_FILE)
    identify.set_languages(["de", "en", "es", "fr", "it"])
    for source in feeds().sources:
        name = urlsplit(source.url).path.removeprefix("/")
        if name in FORMATS:
            said = " ".join(f"{entry['title']}. {plain(entry['html'])}" for entry in entries(name))
            assert identify.classify(said)[0] == source.language, name
    moved = entries("reseaux-et-territoires.xml")
    assert [identify.classify(plain(entry["html"]))[0] for entry in moved] == ["en"] * 7 + ["fr"] * 3


def test_the_podcast_links_to_its_home_page_only() -> None:
    episodes = entries("oreille-du-reseau.xml")
    assert {is_home_page(entry["link"], None) for entry in episodes} == {True}
    assert len({entry["enclosures"][0] for entry in episodes}) == len(episodes)


def test_three_sources_carry_the_same_press_release_with_small_changes() -> None:
    found = [
        titled("gazette-eau-publique.xml", "Quarante-deux millions"),
        titled("revue-analyse-eaux.atom", "42 M€"),
        titled("energies-fatales.json", "kilowattheures par gramme"),
    ]
    for one, other in combinations(found, 2):
        assert not {one["title"], same_page_key(one["link"])} & {
            other["title"],
            same_page_key(other["link"]),
        }
        assert 85 < fuzz.ratio(excerpt(one["html"]), excerpt(other["html"])) < 100


def test_one_story_is_linked_with_tracking_parameters_by_another_source() -> None:
    own = titled("revue-analyse-eaux.atom", "l’étalon qui manquait")["link"]
    tracked = titled("gazette-eau-publique.xml", "l’étalon qui manquait")["link"]
    assert "utm_" in tracked
    assert canonical(tracked) == own


def test_what_is_on_the_watch_already_comes_back_in_the_feeds() -> None:
    items = load_content(ROOT / "content").content.of("watch_item")
    watched = {same_page_key(item.url) for item in items if isinstance(item, WatchItem)}
    seen = {same_page_key(entry["link"]) for name in FORMATS for entry in entries(name)}
    assert len(watched & seen) == 5


def test_the_weekly_column_keeps_its_title_and_changes_its_text() -> None:
    column = [
        entry for entry in entries("cahiers-de-la-pluie.xml") if entry["title"] == "La pluie de la semaine"
    ]
    assert len({entry["html"] for entry in column}) == len({entry["link"] for entry in column}) == 4


def test_one_entry_was_rewritten_under_its_id() -> None:
    new, old = [
        entry for entry in entries("revue-analyse-eaux.atom") if "Rappel de lot" in str(entry["title"])
    ]
    assert new["id"] == old["id"]
    assert new["title"] != old["title"]
    assert new["updated"] > old["updated"]


def test_the_hacked_entry_does_nothing_once_read_as_text() -> None:
    hacked = titled("carnet-du-fontainier.xml", "Votre facture")
    assert "\u202e" in hacked["title"]
    assert "\u202e" not in plain_title(hacked["title"], "")
    assert canonical(hacked["link"]) is None
    for dangerous in ("<script>", "onerror=", "onload=", "javascript:", "<iframe"):
        assert dangerous in hacked["html"]
    assert not re.search(r"[<>]|script|alert|javascript|display", plain(hacked["html"]))
