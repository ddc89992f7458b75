"""What is fetched, from which servers and builds, and in which browsers."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from portal.search.encoding import deflated
from portal.search.scoring import Scores
from tests.bidi import firefox
from tests.browser.search_engine.asking import ASK, OPEN, PAGES, Tab, index_of, queries, tab, write
from tests.nginx import serving


def test_ten_results_are_read_in_one_request_each_text_once(
    browser: Browser, address: str, scores: Scores
) -> None:
    first, second = [" ".join(words) for words in queries(scores) if len(words) == 2][4:6]
    with tab(browser, address) as fresh:
        assert len(fresh.ask(first)["shown"]) == 10
        ranges = [asked for name, asked in fresh.requests if name == "texts.bin"]
        assert len(ranges) == 1
        assert ranges[0].count(",") > 5
        assert len(fresh.asked()) <= 5
        fresh.ask(first)
        assert fresh.asked() == []
        fresh.ask(second)
        assert fresh.asked().count("texts.bin") == 1


class Ranges(SimpleHTTPRequestHandler):
    """A server that isn't nginx: what it makes of ranges is its `way`."""

    way = ""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = self.headers["Range"]
        if not asked or self.way == "none":
            super().do_GET()
            return
        ranges = re.findall(r"(\d+)-(\d+)", asked)
        if len(ranges) > 1 and self.way == "whole":
            super().do_GET()
        elif len(ranges) > 1 and self.way == "refused":
            self.send_error(416)
        else:
            self._part(*map(int, ranges[0]))

    def _part(self, first: int, last: int) -> None:
        whole = Path(self.translate_path(self.path)).read_bytes()
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(whole)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(whole[first : last + 1])


@contextmanager
def other_server(site: Path, way: str) -> Iterator[str]:
    handler = type("Handler", (Ranges,), {"way": way})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.mark.parametrize("way", ["none", "whole", "refused", "first"])
def test_servers_that_know_less_of_ranges_show_the_same(
    browser: Browser, site: Path, engine: Tab, scores: Scores, way: str
) -> None:
    """None at all; one range, with the whole file, a refusal or the first range for an answer to several."""
    first, second = [" ".join(words) for words in queries(scores) if len(words) == 2][4:6]
    with other_server(site, way) as base, tab(browser, base) as other:
        for text in (first, second):
            shown = [{**one, "url": ""} for one in other.ask(text)["shown"]]
            assert shown == [{**one, "url": ""} for one in engine.ask(text)["shown"]]
            ranges = [asked for name, asked in other.requests if name == "texts.bin"]
            other.requests.clear()
            if text == first:
                assert ranges[0].count(",") > 0
            elif way == "none":
                assert ranges == []
            else:
                assert ranges
                assert not any("," in one for one in ranges)


def test_firefox_shows_the_same(address: str, engine: Tab, scores: Scores) -> None:
    texts = ['"retour d\'expérience"', *(" ".join(words) for words in queries(scores)[-3:])]
    with firefox() as browser:
        browser.open(address)
        browser.ask(f"({OPEN})({json.dumps(address)})")
        for text in texts:
            assert browser.ask(f"({ASK})({json.dumps([text, {}])})") == engine.ask(text)
        assert [fault for fault in browser.faults if "favicon" not in fault] == []


def test_what_misspelt_words_need_is_fetched_ahead(browser: Browser, address: str) -> None:
    with tab(browser, address) as fresh:
        fresh.page.evaluate("engine.warm()")
        assert sorted(fresh.asked()) == ["search-near.js", "words.bin"]
        assert fresh.ask("hxperience")["better"] == "expérience"
        assert not {"search-near.js", "words.bin"} & set(fresh.asked())


def test_a_tab_goes_on_when_a_build_comes_and_when_its_own_is_gone(browser: Browser, tmp_path: Path) -> None:
    old, new = index_of(PAGES[:3]), index_of(PAGES)
    write(old, tmp_path)
    with serving(tmp_path) as base, tab(browser, base) as opened:
        assert opened.page.evaluate("engine.refresh()") is False
        opened.page.evaluate("async () => { globalThis.kept = await engine.search('expérience'); }")
        write(new, tmp_path)
        assert opened.titles("voyages") == ["Voyages"], "the build before is still served"
        assert opened.page.evaluate("engine.refresh()") is True
        assert opened.page.evaluate("engine.root.id") == new.id
        assert opened.titles("gazeux") == ["Chloration"]
        read = "engine.read(kept.hits, kept.groups).then((shown) => shown.map(({ title }) => title).sort())"
        assert opened.page.evaluate(read) == sorted(page.title for page in PAGES[:3])

        last = index_of([PAGES[0], PAGES[3]])
        for file in (tmp_path / "assets" / "search" / new.id).iterdir():
            file.unlink()
        write(last, tmp_path)
        assert opened.titles("débriefing") == [PAGES[0].title]
        assert opened.page.evaluate("engine.root.id") == last.id


def test_a_result_of_a_build_that_is_gone_is_read_from_the_next(browser: Browser, tmp_path: Path) -> None:
    old, new = index_of(PAGES[:3]), index_of([PAGES[0], PAGES[3]])
    write(old, tmp_path)
    with serving(tmp_path) as base, tab(browser, base) as opened:
        opened.page.evaluate("async () => { globalThis.kept = await engine.search('chlore'); }")
        for file in (tmp_path / "assets" / "search" / old.id).iterdir():
            file.unlink()
        write(new, tmp_path)
        shown = opened.page.evaluate("engine.read(kept.hits, kept.groups)")
        assert {one["title"] for one in shown} == {PAGES[0].title, "Chloration"}
        assert opened.page.evaluate("engine.counts(kept, 'territory')") == [
            {"value": "pays-de-la-loire", "label": "Pays de la Loire", "count": 1}
        ]


@pytest.mark.parametrize("spoilt", [None, b"<html>nothing here", deflated(b'{"v":2}')])
def test_a_site_without_an_index_says_so(browser: Browser, tmp_path: Path, spoilt: bytes | None) -> None:
    write(index_of(PAGES[:1]), tmp_path)
    root = tmp_path / "assets" / "search" / "root.bin"
    root.unlink()
    if spoilt:
        root.write_bytes(spoilt)
    with (
        serving(tmp_path) as base,
        pytest.raises(Error, match=f"No search index for {base}: "),
        tab(browser, base),
    ):
        pass


def test_the_demo_answers_within_its_budget(browser: Browser, demo: str) -> None:
    with tab(browser, demo) as portal:
        portal.page.wait_for_load_state("networkidle")  # what an idle page fetches ahead
        portal.requests.clear()
        found = portal.ask("pompe")
        assert len(found["shown"]) == 10
        assert len(portal.asked()) <= 3
