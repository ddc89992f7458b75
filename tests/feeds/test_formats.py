"""Every format of feed: what is read of each field, whatever the encoding."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from curation.entries import ParsedEntry
from curation.reading.body import read_feed
from curation.reading.dates import moment
from curation.reading.raw_text import language_code, web_address
from tests.feeds.reading import URL, at, feed, rss, sample, title


def test_rss() -> None:
    read = sample("actualites.rss")
    assert (read.source, read.format, read.title) == ("eau", "rss20", "Stations d’épuration : l’actualité")
    assert (read.link, read.language) == ("https://step.example/actualites/", "fr-FR")
    sludge, markup, threshold = read.entries
    assert sludge == ParsedEntry(
        title="Boues & sable : moins de 5\u00a0% d’eau",
        link="https://step.example/actualites/boues?a=1&b=2",
        id="step-42",
        html="<p>Le séchage <b>solaire</b> &amp; ses limites.</p>",
        published=at(2026, 11, 5, 9, 0),
        published_text="Thu, 05 Nov 2026 10:00:00 +0100",
        author="Zoé Ba",
        tags=("R&D", "Boues"),
        enclosures=("https://step.example/audio/boues.mp3",),
    )
    assert markup.title == "Comment écrire <b> dans un rapport"
    assert markup.link == markup.id == "https://step.example/actualites/balises"
    assert (markup.published, markup.author) == (at(2026, 11, 4, 9, 30), "Ana Costa")
    assert threshold.title == "Seuil : 3 < 5 mg/l"
    assert (threshold.link, threshold.id) == (None, "1234")
    assert (threshold.published, threshold.published_text) == (None, "31/02/2026")


def test_rss_091_in_latin_1_with_a_document_type_and_html_entities() -> None:
    read = sample("vieux.rss")
    assert (read.format, read.title, read.language) == ("rss091n", "Réseaux d'eau", "fr")
    assert read.entries[0].title == "L'été à 30°C\u00a0: la chloration suit"


def test_rdf() -> None:
    read = sample("bulletin.rdf")
    assert (read.format, read.link, read.language) == ("rss10", "https://bulletin.example/", "fr")
    assert read.entries == (
        ParsedEntry(
            title="Recharge : “normale” au nord",
            link="https://bulletin.example/1",
            id="https://bulletin.example/1",
            html="Niveaux <i>stables</i>.",
            published=at(2026, 11, 5),
            published_text="2026-11-05",
            author="Ben Morel",
            tags=("nappes",),
        ),
    )


def test_atom() -> None:
    read = sample("journal.atom")
    assert (read.format, read.title) == ("atom10", "Journal & carnets")
    assert (read.link, read.language) == ("https://journal.example/blog/", "fr")
    text, markup = read.entries
    assert text == ParsedEntry(
        title="Écrire &lt;b&gt; en texte",
        link="https://journal.example/blog/1.html",
        id="tag:journal.example,2026:1",
        html="<p>Texte &amp; rien d’autre : a &lt; b</p>",
        published=at(2026, 11, 5, 0, 30),
        published_text="2026-11-04T23:30:00-01:00",
        author="L’équipe eau",
        tags=("Membranes",),
        language="fr",
        enclosures=("https://journal.example/sons/1.mp3",),
    )
    assert markup.title == "Reuse: what next?"
    assert markup.link == "https://journal.example/blog/2026/2.html"
    assert (markup.author, markup.language) == ("Ana Costa, Ben Morel", "en")
    assert markup.html == "<p>Treated <b>water</b>.</p>"
    assert markup.published == at(2026, 11, 3, 6, 0)


def test_atom_03() -> None:
    read = sample("ancien.atom")
    assert (read.format, read.link) == ("atom03", "https://quart.example/")
    entry = read.entries[0]
    assert (entry.title, entry.html) == ("Relevé de nuit", "<p>Rien à signaler.</p>")
    assert (entry.published, entry.published_text) == (at(2004, 11, 5, 10, 0), "2004-11-05T10:00:00")


def test_json_feed() -> None:
    read = sample("veille.json")
    assert (read.format, read.title) == ("json1", "Veille eau")
    assert (read.link, read.language) == ("https://veille.example/", "fr-FR")
    first, second = read.entries
    assert first == ParsedEntry(
        title="Fuites : <1\u00a0% d’ici 2030 ?",
        link="https://veille.example/notes/12",
        id="12",
        html="<p>Oui.</p>",
        published=at(2026, 11, 5, 9, 0),
        published_text="2026-11-05T10:00:00+01:00",
        author="Zoé Ba, Ben Morel",
        tags=("fuites", "3"),
        language="fr",
        enclosures=("https://veille.example/plan.pdf",),
    )
    assert (second.link, second.author) == ("https://ailleurs.example/x", "La veille")
    assert second.html == "<p>Premier &amp; second.</p><p>Troisième &lt;fin&gt;.</p>"
    assert second.published is None


def test_rss_in_json() -> None:
    read = sample("carnet.json")
    assert (read.format, read.title, read.language) == ("rss20", "Carnet & fils", "fr")
    first, second = read.entries
    assert (first.title, first.id, first.link) == ("Eau claire", "c1", "https://carnet.example/1")
    assert (first.published, first.enclosures) == (at(2026, 11, 5, 10), ("https://carnet.example/1.mp3",))
    assert (second.title, second.link) == ("", "https://carnet.example/2")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&lt;b&gt;Gras&lt;/b&gt;", "Gras"),
        ("&amp;lt;b&amp;gt;", "<b>"),
        ("&amp;amp;lt;b&amp;amp;gt;", "&lt;b&gt;"),
        ("AT&amp;T", "AT&T"),
        ("A&amp;amp;E", "A&E"),
        ("a &lt; b", "a < b"),
        ("  sur\n deux\tlignes ", "sur deux lignes"),
        ("e\u0301tat\u200b\u202eécrit\u2028ici\ufeff", "e\u0301tatécrit ici"),
        ("&#x202e;&#8237;caché&#7;&#55357;&#99999999999;&#0;", "caché\ufffd\ufffd\ufffd\ufffd"),
        ("<![CDATA[L’eau<br/>claire &eacute;t&eacute;]]>", "L’eau claire été"),
        ("&lt;![CDATA[L’eau]]&gt;&amp;amp;", "L’eau]]>&"),
        ("a&lt;![b&lt;?c&lt;/i&gt;", "a"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Débit", "<script>alert(1)</script>Débit"),
        ("x" * 600, "x" * 500),
    ],
)  # fmt: skip
def test_a_title_is_one_line_of_text_decoded_once(written: str, shown: str) -> None:
    assert title(written) == shown


@pytest.mark.parametrize(
    ("encoding", "head", "content_type"),
    [
        ("utf-8", "", ""),
        ("utf-8-sig", '<?xml version="1.0"?>', ""),
        ("utf-8", '<?xml version="1.0" encoding="iso-8859-1"?>', "text/xml; charset=iso-8859-1"),
        ("utf-8", '<?xml version="1.0" encoding="utf-16"?>', ""),
        ("utf-8", '<?xml version="1.0" encoding="klingon"?>', "text/xml"),
        ("utf-8", '<?xml version="1.0" encoding="punycode"?>', "text/xml; charset=undefined"),
        ("iso-8859-15", '<?xml version="1.0" encoding="ISO-8859-15"?>', "text/xml"),
        ("cp1252", "", "application/rss+xml; charset=windows-1252"),
        ("cp1252", '<?xml version="1.0" encoding="utf-8"?>', ""),
        ("utf-16", '<?xml version="1.0" encoding="utf-16"?>', ""),
        ("utf-16-be", '<?xml version="1.0"?>', ""),
        ("utf-16-le", '<?xml version="1.0"?>', ""),
        ("utf-32", '<?xml version="1.0"?>', ""),
        ("cp037", '<?xml version="1.0" encoding="cp037"?>', ""),
    ],
)
def test_the_encoding_is_found(encoding: str, head: str, content_type: str) -> None:
    body = f'{head}<rss version="2.0"><channel><title>Été à l’usine — 30 €</title></channel></rss>'
    if encoding in {"iso-8859-15", "cp037"}:
        body = body.replace("’", "'").replace("—", "-")
    if encoding == "cp037":
        body = body.replace("€", "E")
    shown = re.search("<title>(.*)</title>", body)
    assert shown
    assert feed(body.encode(encoding), content_type).title == shown[1]


def test_other_alphabets_are_read_as_they_are_declared() -> None:
    body = '<?xml version="1.0" encoding="{}"?><rss version="2.0"><channel><title>{}</title></channel></rss>'
    for encoding, text in (
        ("gb2312", "水处理"),
        ("windows-1251", "вода"),
        ("iso-2022-jp", "水"),
        ("big5", "污水"),
    ):
        assert feed(body.format(encoding, text).encode(encoding)).title == text


def test_a_letter_that_was_cut_in_two_spoils_nothing_else() -> None:
    body = '<rss version="2.0"><channel><title>Été</title><item><title>Forêt</title></item></channel></rss>'
    assert feed(body.encode()[:-1] + b"\xc3").title == "Été"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Thu, 05 Nov 2026 10:00:00 +0100", at(2026, 11, 5, 9)),
        ("5 Nov 26 10:00 EST", at(2026, 11, 5, 15)),
        ("Thu, 05 Nov 2026 10:00:00 CET", at(2026, 11, 5, 9)),
        ("Thu, 05 Nov 2026 10:00:00 GMT+2", at(2026, 11, 5, 8)),
        ("Thu, 05 Nov 2026 23:59:60 -0000 (minuit)", at(2026, 11, 5, 23, 59, 59)),
        ("Thu, 05 Nov 2026 10:00:00", at(2026, 11, 5, 10)),
        ("Thu, 05 Nov 2026 10:00:00 Mars/Olympus", at(2026, 11, 5, 10)),
        ("Thu Nov  5 10:00:00 2026", at(2026, 11, 5, 10)),
        ("Nov 5, 2026 10:00 PM", at(2026, 11, 5, 22)),
        ("2026-11-05T10:00:00.123456789Z", at(2026, 11, 5, 10)),
        ("2026-11-05t10:00-0830", at(2026, 11, 5, 18, 30)),
        ("2026-11-05 10:00:00 +01:00", at(2026, 11, 5, 9)),
        ("2026/1/5 10:00", at(2026, 1, 5, 10)),
        ("2026-11-05", at(2026, 11, 5)),
        ("jeudi 5 novembre 2026 à 10h30", at(2026, 11, 5, 10, 30)),
        ("sam., 01 août 2026 10:00:00 +0200", at(2026, 8, 1, 8)),
        ("1er févr. 2026", at(2026, 2, 1)),
        ("12 déc. 2026", at(2026, 12, 12)),
        ("5 juin 2026", at(2026, 6, 5)),
        ("5 juillet 2026", at(2026, 7, 5)),
        *((written, None) for written in (
            "", "hier", "05/11/2026", "Thu, 31 Feb 2026 10:00:00 GMT", "2026-13-01", "2026-11-05T25:00:00Z",
            "Thu, 05 Nov 2026 10:00:00 +9900", "0001-01-01T00:00:00Z", "9999-12-31T23:00:00-05:00", "2026-11",
            "1762336800", "2026-W45-4", "5 Nov", "٠", "9" * 200, "a " * 100,
        )),
    ],
)  # fmt: skip
def test_dates(written: str, read: datetime | None) -> None:
    assert moment(written) == read
    if written:
        entry = rss(f"<pubDate>{written}</pubDate>")
        assert (entry.published, entry.published_text) == (read, written[:100].strip().replace("  ", " "))


def test_the_first_date_that_can_be_read_counts() -> None:
    entry = feed(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><published>bientôt</published>'
        "<updated>2026-11-05T10:00:00Z</updated></entry></feed>"
    ).entries[0]
    assert (entry.published, entry.published_text) == (at(2026, 11, 5, 10), "2026-11-05T10:00:00Z")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a/b?c#d", "https://flux.example/chemin/a/b?c#d"),
        (" /a b\n", "https://flux.example/a%20b"),
        ("//autre.example", "https://autre.example"),
        ("http://été.example/é", "http://été.example/é"),
        ('https://x.example/"><script>', "https://x.example/%22%3E%3Cscript%3E"),
        ("https://x.example/\u202efdp", "https://x.example/%E2%80%AEfdp"),
        *((written, None) for written in (
            "", " ", None, "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd",
            "mailto:a@x.example", "feed:x", "http://", "https://[", "https://x.example:99999/", "https://a b/",
            "https://x\\y/", "https://x.example/" + "a" * 2000,
        )),
    ],
)  # fmt: skip
def test_only_web_addresses_survive(written: str | None, meant: str | None) -> None:
    assert web_address(written, URL) == meant


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("fr", "fr"), ("FR-fr", "fr-FR"), ("en_US", "en-US"), ("sr-latn-rs", "sr-Latn-RS"), ("de-CH-1996", "de-CH"),
        ("français", None), ("x-klingon", None), ("", None), (None, None), (3, None),
    ],
)  # fmt: skip
def test_languages(written: object, code: str | None) -> None:
    assert language_code(written) == code


def test_links_are_chosen_and_made_absolute() -> None:
    channel = (
        '<rss version="2.0"><channel><link>https://site.example/blog/</link><item>{}</item></channel></rss>'
    )
    link = feed(channel.format("<link>1.html</link>")).entries[0].link
    assert link == "https://site.example/blog/1.html"
    based = channel.replace("<rss ", '<rss xml:base="https://base.example/a/" ')
    assert feed(based.format("<link>1.html</link>")).entries[0].link == "https://base.example/a/1.html"
    assert rss("<link>1.html</link>").link == "https://flux.example/chemin/1.html"
    assert rss('<guid isPermaLink="false">https://x.example/1</guid>').link is None
    assert rss("<guid>relatif</guid>").link is None
    assert rss("<guid>relatif</guid>").id == "relatif"
    both = "<guid>https://x.example/g</guid><link>https://x.example/l</link>"
    assert (rss(both).id, rss(both).link) == ("https://x.example/g", "https://x.example/l")
    burner = (
        '<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>'
        "<link>https://suivi.example/~r/1</link><feedburner:origLink>https://x.example/1</feedburner:origLink>"
        "</item></channel></rss>"
    )
    assert feed(burner).entries[0].link == "https://x.example/1"


def test_an_identifier_does_not_move_with_its_feed() -> None:
    body = b'<rss version="2.0"><channel><item><guid>/a/1</guid></item></channel></rss>'
    one = read_feed(body, "", "https://ici.example/flux", "eau").entries[0]
    other = read_feed(body, "", "https://ailleurs.example/x/flux", "eau").entries[0]
    assert one.id == other.id == "/a/1"
    assert rss(f"<guid>{'g' * 501}</guid>").id != rss(f"<guid>{'g' * 502}</guid>").id


def test_fields_are_bounded() -> None:
    tags = "".join(
        f"<category>{'t' * 200}{number}</category><category>{number}</category>" for number in range(60)
    )
    entry = rss(f"{tags}<author>{'a' * 900}</author><description>{'é' * 300_000}&lt;a href=</description>")
    assert len(entry.tags) == 30
    assert max(map(len, entry.tags)) == 100
    assert len(entry.author or "") == 200
    assert len(entry.html) == 200_000
    cut = rss(f"<description>{'é' * 199_990}&lt;a href='https://x.example/'&gt;lien&lt;/a&gt;</description>")
    assert cut.html == "é" * 199_990
    many = feed(f'<rss version="2.0"><channel>{"<item><title>x</title></item>" * 2100}</channel></rss>')
    assert (len(many.entries), many.entries[-1].title) == (2000, "x")
