"""Addresses of one page are one; two articles are never one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from curation.judging.urls import MAX_URL_CHARS, canonical, is_home_page, same_page_key
from portal.records.fields import Url

_URL = TypeAdapter(Url)

WRITTEN_ONE_WAY = {
    # RFC 3986 § 6.2.2: case, percent signs, dot segments
    "HTTPS://Eau.Example/Boues": "https://eau.example/Boues",
    "https://eau.example/%7eboues/%c3%a9": "https://eau.example/~boues/%C3%A9",
    "https://eau.example/été à l’usine": "https://eau.example/%C3%A9t%C3%A9%20%C3%A0%20l%E2%80%99usine",
    "https://eau.example/a/./b/../c/..": "https://eau.example/a/",
    "https://eau.example/%2e%2E/a": "https://eau.example/a",
    "https://eau.example/100%": "https://eau.example/100%25",
    # § 6.2.3: the scheme's own port, an empty path, an empty query
    "https://eau.example:443": "https://eau.example/",
    "http://eau.example:080/?": "http://eau.example/",
    "http://eau.example:443/": "http://eau.example:443/",
    # hosts
    "https://eau.example./a": "https://eau.example/a",
    "https://Régie-des-Eaux.example/": "https://xn--rgie-des-eaux-bhb.example/",
    "https://straße.example/": "https://xn--strae-oqa.example/",
    "https://eau。example/": "https://eau.example/",
    "http://[0:0::1]:8080/a": "http://[::1]:8080/a",
    "http://127.0.0.1:8765/flux.xml": "http://127.0.0.1:8765/flux.xml",
    "https://mes_boues.example/": "https://mes_boues.example/",
    # as browsers read it
    " https:\\\\eau.example\\a?b\\c\n": "https://eau.example/a?b%5Cc",
    "https://eau.ex\nample/\ta": "https://eau.example/a",
    # fragments
    "https://eau.example/a#commentaires": "https://eau.example/a",
    "https://eau.example/a#:~:text=boues": "https://eau.example/a",
    "https://eau.example/#!/article/12?x": "https://eau.example/#!/article/12?x",
    # what follows readers
    "https://eau.example/a?utm_source=rss&utm_medium=feed": "https://eau.example/a",
    "https://eau.example/a?b=2&xtor=RSS-12&a=1&fbclid=x": "https://eau.example/a?b=2&a=1",
    "https://eau.example/a?id=3&amp;UTM_Campaign=x&amp;page=2": "https://eau.example/a?id=3&page=2",
    "https://eau.example/a?at_medium=RSS&at_campaign=flux&mtm_kwd=x&pk_campaign=y": "https://eau.example/a",
    "https://eau.example/a?wt.mc_id=1&%75tm_term=2&&b=": "https://eau.example/a?b=",
}

# Each of these chooses what a page says on some site.
KEPT = [
    "https://eau.example/a?reference=12&cid=3",
    "https://eau.example/?gallery=3",
    "https://eau.example/?source=boues&keyword=eau&session=2&ref=4",
    "https://eau.example/partage?u=https://autre.example/x/y",
    "https://eau.example/a//b/",
    "https://eau.example/a/",
    "https://eau.example/A",
    "https://eau.example/a?b=2&a=1&b=3&vide",
    "https://eau.example/a;v=1?q=a+b%2Bc",
    "https://t.co/a",
]

REFUSED = [
    "", "eau.example/a", "/a", "//eau.example/a", "urn:uuid:1", "mailto:a@eau.example", "ftp://eau.example/",
    "javascript:alert(1)", "https://", "https:///a", "https:eau.example", "https://awa@eau.example/",
    "https://awa:secret@eau.example/", "https://@eau.example/", "https://eau.example@autre.example/",
    "https://eau.example:99999/", "https://eau.example:0/", "https://eau.example:port/", "https://a..example/",
    "https://[::1/", "https://[eau.example]/", "https://eau%2eexample/", "https://eau example/", "https://-/",
    f"https://{'a' * 64}.example/", f"https://{'a.' * 130}example/", f"https://eau.example/{'a' * MAX_URL_CHARS}",
    f"https://eau.example/{'é' * 400}", "https://eau.example/\ud800",
]  # fmt: skip


@pytest.mark.parametrize(("url", "expected"), WRITTEN_ONE_WAY.items())
def test_an_address_is_written_one_way(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize("url", KEPT)
def test_what_may_choose_a_page_stays(url: str) -> None:
    assert canonical(url) == url


@pytest.mark.parametrize("url", REFUSED)
def test_what_leads_to_no_public_page_has_no_canonical_address(url: str) -> None:
    assert canonical(url) is None


_ADDRESSES = st.builds(
    "{}://{}{}/{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    st.sampled_from(["eau.example", "Eau.EXAMPLE.", "é.example", "[::1]", "10.0.0.1", "a_b.example"]),
    st.sampled_from(["", ":443", ":80", ":8080", ":"]),
    st.text(st.sampled_from("aZ09/.%25eE7~é\\ {|}[]'\"<>^`:@!$*+,;=-_\x00\u200b😀\ud800"), max_size=30),
    st.text(st.sampled_from("?#&=!a%41utm_;+ é/.\\"), max_size=20),
)


@given(st.text() | _ADDRESSES)
def test_doing_it_twice_changes_nothing_and_a_record_can_hold_it(url: str) -> None:
    found = canonical(url)
    if found is not None:
        assert canonical(found) == found
        assert _URL.validate_python(found) == found
        assert found.isascii()
        assert same_page_key(found) == same_page_key(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://eau.example/a", "https://EAU.example:443/a?utm_source=rss#haut"),
        ("http://eau.example:80", "https://eau.example/"),
        (" urn:uuid:1 ", "urn:uuid:1"),
    ],
)
def test_the_same_page_has_one_key(one: str, other: str) -> None:
    assert same_page_key(one) == same_page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://eau.example/a", "https://www.eau.example/a"),
        ("https://eau.example/a", "https://eau.example/a/"),
        ("https://eau.example/a", "https://eau.example/A"),
        ("https://eau.example/?a=1&b=2", "https://eau.example/?b=2&a=1"),
        ("https://eau.example/", "https://eau.example:8443/"),
    ],
)
def test_what_may_be_two_pages_has_two_keys(one: str, other: str) -> None:
    assert same_page_key(one) != same_page_key(other)


@pytest.mark.parametrize(
    ("url", "site", "is_home"),
    [
        ("https://eau.example", None, True),
        ("http://eau.example/?utm_source=rss#une", None, True),
        ("https://eau.example/?p=12", None, False),
        ("https://eau.example/#!/article/12", None, False),
        ("https://eau.example/podcast/", "http://EAU.example/podcast/?xtor=1", True),
        ("https://eau.example/podcast/12", "https://eau.example/podcast/", False),
        ("https://eau.example/a/", "https://eau.example/", False),
        ("pas une adresse", None, False),
    ],
)
def test_a_home_page_is_no_article(url: str, site: str | None, is_home: bool) -> None:
    assert is_home_page(url, site) is is_home
