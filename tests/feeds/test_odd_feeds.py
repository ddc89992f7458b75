"""Feeds that are broken, cut, odd or real: what can be read is read, and nothing unsafe comes through."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from curation.entries import ParsedEntry, ParsedFeed
from curation.reading.body import read_feed
from curation.reading.decoding import Unreadable
from portal.records.fields import UNSAFE_CHARS, Language, Line, Url
from tests.feeds.reading import FEEDS, SAMPLES, feed, sample


def test_a_feed_without_entries_is_one() -> None:
    for body in (
        '<rss version="2.0"><channel><title>Vide</title></channel></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Vide</title></feed>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<channel><title>Vide</title></channel></rdf:RDF>",
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Vide"}',
    ):
        assert (feed(body).title, feed(body).entries) == ("Vide", ())


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "it is empty"),
        (" \n ", "it is empty"),
        ("<!DOCTYPE html><html><head><link rel='alternate' href='/feed'></head></html>", "a web page"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><feed></body></html>', "a web page"),
        ("<urlset><url><loc>https://x.example</loc></url></urlset>", "no RSS, Atom or JSON Feed"),
        ("/etc/passwd", "no RSS, Atom or JSON Feed"),
        ("https://x.example/feed", "no RSS, Atom or JSON Feed"),
        ("{}", "not a JSON Feed"),
        ("[1]", "not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "isn’t sound JSON: reading stops at line 1"),
        ("[" * 100_000, "nested too deep"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"PK\x03\x04", "compressed"),
        ('<!DOCTYPE rss SYSTEM "x<y" [<!ENTITY a "&b;"><!ENTITY b "x">]><rss/>', "entity “a”"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "entity “a”"),
        ('<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', "entity “b”"),
        (f'<!DOCTYPE rss [<!ENTITY a "{"x" * 101}">]><rss>&a;</rss>', "entity “a”"),
        ("<!DOCTYPE rss [ <rss><channel/></rss>", "document type can’t be read"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_a_reason(body: str | bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=re.escape(why)):
        feed(body)


def test_markup_that_is_broken_in_usual_ways_is_read() -> None:
    inner = '<rss version="2.0"><channel><item><title>Été &amp; eau</title></item></channel></rss>'
    for broken in (
        f"\n\n  <?xml version='1.0'?>\n{inner}",
        f"Warning: cache\n<?xml version='1.0'?>{inner}",
        f"<?xml version='1.0'>{inner}",
        f"<?phpxml version='1.0'?>{inner}",
        f"<!-- <rss> --><?xml version='1.0'?><!-- ?> -->{inner}",
        f"\ufeff\ufeff{inner}",
        inner.replace("&amp;", "&"),
        inner.replace("É", "&Eacute;"),
        inner.replace("Été", "\x00\x0b\uffffÉté"),
        inner.replace("</item>", "</p></item>"),
        inner.replace(' version="2.0"', " version=2.0"),
        f"{inner}<script>publicité()</script>",
    ):
        assert feed(broken).entries[0].title == "Été & eau", broken
    prefixed = (
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Eau</a:title></a:entry></a:feed>'
    )
    assert feed(prefixed).entries[0].title == "Eau"


def test_broken_markup_changes_no_identifier() -> None:
    item = "<item><guid>https://x.example/?a=1&amp;b=2</guid><author>a@x.company (R&amp;D)</author></item>"
    sound, broken = (
        feed(f'<rss version="2.0"><channel>{item}{end}').entries[0]
        for end in ("</channel></rss>", "<br></channel></rss>")
    )
    assert sound == broken
    assert (sound.id, sound.author) == ("https://x.example/?a=1&b=2", "R&D")


def test_elements_that_are_called_like_the_keys_of_the_library_spoil_nothing() -> None:
    names = (
        "links", "authors", "tags", "content", "title_detail", "summary_detail", "author_detail", "guidislink", "id",
        "published", "updated", "created", "published_parsed", "language", "author", "summary", "entries", "feed",
        "enclosures", "category", "source", "image", "feedburner:origLink", "link", "value", "type", "href", "term",
    )  # fmt: skip
    for name in names:
        for odd in (
            f'<{name} a="b"/>',
            f'<{name} a="b">texte</{name}>',
            f"<{name}/>",
            f"<{name}><{name}/></{name}>",
        ):
            head = (
                '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>'
            )
            for item in (f"<title>Eau</title>{odd}", f"{odd}<title>Eau</title>"):
                read = feed(f"{head}{odd}<item>{item}</item></channel></rss>")
                assert [entry.title for entry in read.entries] == ["Eau"], odd
                _is_harmless(read)


def test_of_a_feed_that_was_cut_the_whole_entries_are_read() -> None:
    whole = (SAMPLES / "actualites.rss").read_bytes()
    cut = feed(
        whole[: whole.index(b"isPermaLink") + 4 + whole[whole.index(b"isPermaLink") :].index(b"<guid>")]
    )
    assert [entry.id for entry in cut.entries] == ["step-42"]
    assert feed(whole.replace(b"</channel>", b"")).entries == sample("actualites.rss").entries


def test_json_that_is_odd_is_read() -> None:
    head = '{"version": "https://jsonfeed.org/version/1", "items": '
    entry = feed(head + '[{"id": 1e999, "title": NaN, "tags": {}, "authors": 3, "url": ["x"]}]}').entries[0]
    assert entry == ParsedEntry(title="", id="1e999")
    assert feed(head + f'[{{"id": {"9" * 100_000}}}]}}').entries[0].id
    assert feed(head + '[], "items": [{"id": "a", "id": "b"}]}').entries[0].id == "b"
    halves = feed(head + '[{"id": "\\ud800", "title": "\\udfffx", "content_html": "\\ud800"}]}').entries[0]
    assert (halves.id, halves.title, halves.html) == ("\ufffd", "\ufffdx", "\ufffd")
    assert feed(head + "3}").entries == ()


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_every_entry_of_real_feeds_is_read(path: Path) -> None:
    if path.stem.endswith("partial"):  # it was cut while it was saved
        with pytest.raises(Unreadable, match="isn’t sound JSON"):
            feed(path.read_bytes())
        return
    read = feed(path.read_bytes())
    assert len(read.entries) == _counted(path)
    assert all(entry.id or entry.link for entry in read.entries)
    _is_harmless(read)


def _counted(path: Path) -> int:
    """Entries by the most naive count there is."""
    body = path.read_bytes()
    if path.suffix != ".json":
        return len(re.findall(rb"<(?:item|entry)[\s>]", body))
    document = json.loads(body)
    items = document["items"] if "items" in document else document["rss"]["channel"]["item"]
    return sum(isinstance(item, dict) for item in items)


def _is_harmless(read: ParsedFeed) -> None:
    """What the models of records refuse doesn't come through."""
    for entry in read.entries:
        lines = [entry.title, entry.author, entry.id, entry.published_text, *entry.tags]
        for line in filter(None, lines):
            assert TypeAdapter(Line).validate_python(line) == line
        for url in filter(None, (entry.link, read.link, *entry.enclosures)):
            assert TypeAdapter(Url).validate_python(url) == url
        for code in filter(None, (entry.language, read.language)):
            assert TypeAdapter(Language).validate_python(code) == code
        assert not UNSAFE_CHARS.search(entry.html)
        assert entry.published is None or entry.published.tzinfo is UTC


@settings(max_examples=150)
@given(
    name=st.sampled_from(
        ["actualites.rss", "vieux.rss", "bulletin.rdf", "journal.atom", "veille.json", "carnet.json"]
    ),
    cuts=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=12)), max_size=6),
)
def test_whatever_happens_to_a_feed_it_is_read_safely_or_refused(
    name: str, cuts: list[tuple[int, int, bytes]]
) -> None:
    body = (SAMPLES / name).read_bytes()
    for start, length, put in cuts:
        body = body[:start] + put + body[start + length :]
    with suppress(Unreadable):
        _is_harmless(feed(body))


@pytest.mark.parametrize("reference", ["&#" + "9" * 5000 + ";", "&#x" + "f" * 5000 + ";", "&#99999999999;"])
def test_a_character_reference_without_end_costs_one_mark_and_not_the_feed(reference: str) -> None:
    """Python raises for numbers of more than 4,300 digits."""
    escaped = reference.replace("&", "&amp;")
    item = f"<item><title>Avant {escaped} après</title><author>{escaped}</author><category>{escaped}</category></item>"
    feed = read_feed(
        f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "", "https://a.example/", "a"
    )
    assert feed.entries[0].title.startswith("Avant")
    assert feed.entries[0].title.endswith("après")
    told = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": f"Avant {reference}"}]}
    )
    feed = read_feed(told.encode(), "application/json", "https://a.example/", "a")
    assert feed.entries[0].title.startswith("Avant")
