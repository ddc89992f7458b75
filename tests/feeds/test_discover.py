"""From a page to its feeds: those that it declares, in its order; and where to look when it declares none."""

from __future__ import annotations

import pytest

from curation.reading.decoding import Unreadable
from curation.reading.discover import MAX_PAGE_CHARS, DeclaredFeed, Discovered, find_feeds
from tests.feeds.reading import SAMPLES

PAGE = "https://eaux.example/services/accueil"


def found(page: str, url: str = PAGE) -> list[str]:
    return [one.url for one in find_feeds(page.encode(), "text/html", url).declared]


def test_the_feeds_that_a_page_declares() -> None:
    assert find_feeds((SAMPLES / "accueil.html").read_bytes(), "text/html", PAGE) == Discovered(
        declared=(
            DeclaredFeed("https://eaux.example/fr/flux.rss", "Actualités & avis", "application/rss+xml"),
            DeclaredFeed("https://eaux.example/atom.xml", "", "application/atom+xml"),
            DeclaredFeed("https://eaux.example/feed.json"),
        )
    )


def test_addresses_are_absolute_and_of_the_web() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    assert found(link.format("flux")) == ["https://eaux.example/services/flux"]
    assert found('<base href="/a/">' + link.format("flux")) == ["https://eaux.example/a/flux"]
    assert found(link.format("flux") + '<base href="//cdn.example/">') == ["https://cdn.example/flux"]
    assert found('<base href="javascript:x">' + link.format("?a=1&amp;b=2")) == [f"{PAGE}?a=1&b=2"]
    assert (
        found("".join(map(link.format, ("javascript:x", "file:///x", "data:,x", "", "http://", "https://["))))
        == []
    )


def test_links_are_found_however_pages_write_them() -> None:
    assert found("<LINK HREF=/a TYPE=' Application/RSS+XML ;charset=x' REL='Alternate nofollow'>") == [
        "https://eaux.example/a"
    ]
    assert found('</head><body><link rel=feed href="/a"/><link rel=feed href="/a">') == [
        "https://eaux.example/a"
    ]
    assert found('<!-- <link rel=feed href="/a"> --><script>"<link rel=feed href=/a>"</script>') == []
    assert found('<![if IE]><link rel="feed" href="/a"><![endif]>') == ["https://eaux.example/a"]
    assert (
        found('<link rel="stylesheet" type="application/rss+xml" href="/a"><link rel="alternate" href="/b">')
        == []
    )
    latin = '<link rel="feed" title="Été" href="/a">'.encode("latin-1")
    assert find_feeds(latin, "text/html; charset=iso-8859-1", PAGE).declared[0].title == "Été"


def test_only_the_beginning_of_a_page_is_read() -> None:
    link = '<link rel="feed" href="/a">'
    assert found("x" * (MAX_PAGE_CHARS - len(link)) + link) == ["https://eaux.example/a"]
    assert found("x" * MAX_PAGE_CHARS + link) == []
    assert len(found("".join(f'<link rel="feed" href="/{n}">' for n in range(200)))) == 50


def test_where_nothing_is_declared_the_usual_addresses_are_proposed() -> None:
    page = find_feeds(b"<p>Bonjour</p>", "text/html", "https://eaux.example:8443/blog/")
    assert page.declared == ()
    assert page.guesses[:3] == (
        "https://eaux.example:8443/feed",
        "https://eaux.example:8443/rss.xml",
        "https://eaux.example:8443/atom.xml",
    )
    assert "https://eaux.example:8443/spip.php?page=backend" in page.guesses
    assert "https://eaux.example:8443/blog/feed" in page.guesses
    below = find_feeds(b"<p>Bonjour</p>", "text/html", "https://eaux.example/blog/page.html").guesses
    assert not any("page.html" in address for address in below)
    assert find_feeds(b'<link rel="feed" href="/a">', "", PAGE).guesses == ()


def test_a_body_that_is_no_text_is_refused() -> None:
    for body in (b"", b"\x1f\x8b\x08\x00"):
        with pytest.raises(Unreadable):
            find_feeds(body, "text/html", PAGE)
