"""Lists of feeds: what other readers export is taken, what is written here can be taken by them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import FAILED, Stopped
from curation.reading.opml import MAX_OPML_BYTES, Outline, read_opml
from portal.formats.opml import sources_listed, write_opml
from portal.subscriptions import Subscription
from tests.feeds.reading import CORPORA, SAMPLES

LISTS = sorted((CORPORA if CORPORA.is_dir() else SAMPLES).glob("*.opml"))


def outlines(inner: str) -> tuple[Outline, ...]:
    return read_opml(f"<opml><body>{inner}</body></opml>".encode(), "liste.opml")


def test_a_list_is_read_with_its_folders() -> None:
    assert read_opml((SAMPLES / "abonnements.opml").read_bytes(), "abonnements.opml") == (
        Outline(
            "Journal de léau R&D",
            "https://loi.example/rss?a=1&b=2",
            "https://loi.example/",
            ("Eau", "Réglementation"),
        ),
        Outline("Bulletin des nappes", "http://bulletin.example/rdf", None, ("Eau",)),
        Outline("sans-titre.example", "https://sans-titre.example/atom.xml"),
    )


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_feed_of_real_lists_is_read(path: object) -> None:
    document = path.read_bytes()  # type: ignore[attr-defined]
    urls = dict.fromkeys(re.findall(rb'xmlUrl="(https?:[^"]*)"', document, re.IGNORECASE))
    read = read_opml(document, "liste.opml")
    assert {one.url for one in read} >= {url.decode().replace("&amp;", "&") for url in urls}
    assert all(one.title for one in read)


def test_what_is_written_is_read_again() -> None:
    sources = [
        Subscription(id="eau", name="L’eau & « la <boue> »", url="https://x.example/?a=1&b=%22", communities=("eau", "r-d")),
        Subscription(id="air", name="Air", url="http://été.example/flux", language="fr"),
    ]  # fmt: skip
    text = write_opml(sources_listed(sources), "Veille <eau>")
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head>\n    <title>Veille &lt;eau&gt;</title>\n'
        '  </head>\n  <body>\n    <outline type="rss" text="L’eau &amp; « la &lt;boue&gt; »"'
        ' title="L’eau &amp; « la &lt;boue&gt; »" xmlUrl="https://x.example/?a=1&amp;b=%22" category="/eau,/r-d"/>\n'
        '    <outline type="rss" text="Air" title="Air" xmlUrl="http://été.example/flux" language="fr"/>\n'
        "  </body>\n</opml>\n"
    )
    assert [(one.title, one.url) for one in read_opml(text.encode(), "x")] == [
        (one.name, one.url) for one in sources
    ]
    assert read_opml(write_opml([], "Rien").encode(), "x") == ()


def test_usual_mistakes_are_mended() -> None:
    assert outlines(
        '<outline text="R&D &nbsp;&eacute;&bof; &#233;" xmlUrl="https://x.example/?a&b=1&amp;c"/>'
    ) == (Outline("R&D \u00a0é&bof; é", "https://x.example/?a&b=1&c"),)
    assert [
        one.url
        for one in outlines('<OUTLINE XMLURL="feed:https://x.example/"/><outline xmlUrl="feed://y.example"/>')
    ] == [
        "https://x.example/",
        "http://y.example",
    ]
    latin = '\n<?xml version="1.0" encoding="iso-8859-1"?><opml><outline text="Été" xmlUrl="https://x.example"/></opml>'
    assert read_opml(latin.encode("latin-1"), "x")[0].title == "Été"


def test_only_web_addresses_and_bounded_lines_are_taken() -> None:
    assert outlines('<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl=""/><outline text="x"/>') == ()
    (one,) = outlines(
        f'<outline text="a\u202e&#10;b{"c" * 500}" xmlUrl="https://x.example" htmlUrl="javascript:x"/>'
    )
    assert one.title == ("a b" + "c" * 500)[:200]
    assert one.page is None


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "it is empty"),
        (b"<opml/>" + b" " * MAX_OPML_BYTES, "it is larger than 1 MiB"),
        (b"<rss version='2.0'/>", "it isn’t OPML"),
        (b"bonjour", "it isn’t sound XML at line 1, column 1"),
        (b"<opml>\n<body>", "it isn’t sound XML at line 2, column 7"),
        (b"<opml>" + b"<outline>" * 101, "its lists are nested too deep"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "it declares entities"),
        (b'<!DOCTYPE opml [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><opml/>', "it declares entities"),
        (b"\x1f\x8b\x08\x00", "it is compressed"),
        (b"&" * 1_000_000, "it isn’t sound XML"),
        (b"<opml " + b" ".join(b"a%d=''" % n for n in range(80_000)), "it isn’t sound XML"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(document: bytes, why: str) -> None:
    with pytest.raises(Stopped, match=re.escape(f"“liste.opml” is no list of feeds: {why}")) as stopped:
        read_opml(document, "liste.opml")
    assert stopped.value.code == FAILED


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 30), st.binary(max_size=12)), max_size=6))
def test_whatever_happens_to_a_list_it_is_read_or_refused(cuts: list[tuple[int, int, bytes]]) -> None:
    document = (SAMPLES / "abonnements.opml").read_bytes()
    for start, length, put in cuts:
        document = document[:start] + put + document[start + length :]
    try:
        read = read_opml(document, "x")
    except Stopped:
        return
    assert all(one.url.startswith(("http://", "https://")) for one in read)
