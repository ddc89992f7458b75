"""The browser's search, without interface, in a real Chromium: against a plain reader of the same index, and Whoosh."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error, Page

from hooks.scripts import small, whole
from portal.search.analysis import analyser
from portal.search.document import Anchor, Document, Helper, Passage
from portal.search.encoding import deflated
from portal.search.facets import FIELD_WORDS
from portal.search.index import Index, build_index
from portal.search.scoring import Scores, score
from tests.bidi import firefox
from tests.conftest import ROOT
from tests.nginx import serving
from tests.search.companies import company
from tests.search.oracle import SteadyBM25F, whoosh_index, whoosh_scores
from tests.search.reader import Reader

MODULES = "assets/javascripts/veillee"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
SHARED = json.loads((ROOT / "tests" / "search" / "queries.json").read_text())

OPEN = """
async (base) => {
  const { open } = await import(`${base}assets/javascripts/veillee/search-engine.js`);
  globalThis.engine = await open(base);
}
"""
ASK = """
async ([text, options]) => {
  const result = await engine.search(text, options);
  const shown = await engine.read(result.hits, result.groups);
  const { query, count, numbers, corrected } = result;
  const hits = result.hits.map(({ number, kind, score, matched }) => ({ number, kind, score, matched }));
  return { query, count, numbers: [...numbers], hits, corrected, shown, better: engine.suggestion(result, shown) };
}
"""
HITS = """
async (texts) => {
  const found = [];
  for (const text of texts) found.push((await engine.search(text, { live: false })).hits);
  return found.map((hits) => hits.map(({ number, score }) => ({ number, score })));
}
"""
COUNT = "async ([text, options, facet]) => engine.counts(await engine.search(text, options), facet)"
PARSE = """
async ([base, root, cases]) => {
  const at = (name) => import(`${base}assets/javascripts/veillee/search-${name}.js`);
  const [{ parse }, { reader }] = [await at("query"), await at("words")];
  const { tokens } = reader(root.rules);
  return cases.map(({ text, fields }) => parse(text, fields, tokens));
}
"""

BRETAGNE, LYON, LOIRE = "bretagne", "lyon", "pays-de-la-loire"


def page(
    kind: str, address: str, title: str, *passages: Passage, places: tuple[str, ...] = (), **more: Any
) -> Document:
    fields = {"title": title, "body": " ".join(passage.text for passage in passages)}
    facets = {"territory": places, **more.pop("facets", {})}
    return Document(kind, address, title, fields=fields, passages=passages, facets=facets, **more)


PAGES = (
    page(
        "guide",
        "guides/conduire-un-retour/",
        "Conduire un retour d’expérience",
        Passage(" ".join(["Préparer la réunion avec les équipes."] * 12), (Anchor(0, "preparer"),)),
        Passage(
            "Le chlore vient après. Animer le débriefing sans juger, et noter le chlore résiduel.",
            (Anchor(0, "le-chlore"), Anchor(23, "animer")),
        ),
        places=(LOIRE,),
        facets={"year": ("2026",)},
        subtitle="Pour les équipes",
        date="2026-03-04",
    ),
    page(
        "guide",
        "guides/retours/",
        "Retours de chantier",
        Passage("Une expérience, puis un retour d’expérience sur la pompe <b>doseuse</b>."),
        places=(BRETAGNE,),
    ),
    page(
        "guide",
        "guides/voyages/",
        "Voyages",
        Passage("Le retour du voyage fut une expérience avec la pompe et l’électropompe."),
        places=(BRETAGNE, LYON),
    ),
    page(
        "skill",
        "competences/chloration/",
        "Chloration",
        Passage("Désinfecter au chlore gazeux."),
        facets={"skill": ("chloration",)},
        subtitle="Traitement · 2 personnes",
        helpers=(Helper("Awa Diop", "annuaire/awa-diop/", BRETAGNE, 4, ("teach", "help"), "Ingénieure"),),
    ),
)
DOCUMENTS = sorted([*company(700), *PAGES], key=lambda document: (document.kind, document.address))
"""Numbered as the index numbers them; so many that common words have tails."""

LABELS = {
    "territory": {LOIRE: "Pays de la Loire", BRETAGNE: "Bretagne", LYON: "Lyon", "nantes": "Nantes"},
    "skill": {"chloration": "Chloration"},
    "kind": {"guide": "Guide pratique", "skill": "Compétence", "person": "Personne", "question": "Question"},
}  # fmt: skip


def index_of(documents: Sequence[Document]) -> Index:
    return build_index(documents, "fr", LABELS, FIELD_WORDS["fr"])


def write(index: Index, site: Path) -> None:
    """Put an index in a site that has the modules, as a build makes them, and nothing else but an empty page."""
    root = site / "assets" / "search" / "root.bin"
    # nginx tells two files of one length apart by the second in which they were written: builds are never that close.
    written = root.stat().st_mtime + 2 if root.exists() else None
    for name, data in index.files.items():
        file = site / "assets" / "search" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    if written:
        os.utime(root, (written, written))
    modules = site / MODULES
    if not modules.exists():
        modules.mkdir(parents=True)
        for file in (ROOT / "overrides" / MODULES).glob("search-*.js"):
            (modules / file.name).write_text(small(whole(file)))
        (site / "index.html").write_text('<!doctype html><html lang="fr"><title>Essai</title>')


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(DOCUMENTS)


@pytest.fixture(scope="module")
def scores() -> Scores:
    return score(DOCUMENTS, analyser("fr"))


@pytest.fixture(scope="module")
def site(index: Index, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    write(index, folder)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site, {"Content-Security-Policy": POLICY}) as found:
        yield found


class Tab:
    """A page with an engine, and what it asked of the network."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.requests: list[tuple[str, str]] = []
        page.on(
            "request",
            lambda one: self.requests.append((one.url.rpartition("/")[2], one.headers.get("range", ""))),
        )
        page.goto(base)
        page.evaluate(OPEN, base)
        self.requests.clear()

    def ask(self, text: str, **options: Any) -> dict[str, Any]:
        return dict(self.page.evaluate(ASK, [text, options]))

    def titles(self, text: str, **options: Any) -> list[str]:
        return [shown["title"] for shown in self.ask(text, **options)["shown"]]

    def asked(self) -> list[str]:
        """The files that were asked since the last time."""
        names = [name for name, _ in self.requests]
        self.requests.clear()
        return names


@contextmanager
def tab(browser: Browser, base: str) -> Iterator[Tab]:
    context = browser.new_context()
    try:
        yield Tab(context.new_page(), base)
    finally:
        context.close()


@pytest.fixture(scope="module")
def engine(browser: Browser, address: str) -> Iterator[Tab]:
    """One page for the whole file."""
    with tab(browser, address) as made:
        yield made


def expected(reader: Reader, words: Sequence[str], size: int = 10) -> list[tuple[int, float]]:
    """The best pages for whole words, from the plain reader; one word does without its tail."""
    totals: dict[int, list[float]] = {}
    terms = [term for word in words if (term := analyser("fr").term(word))]
    for term in terms:
        found = reader.postings(term)
        assert found, term
        scores = reader.scores(term)
        for number in scores if len(terms) > 1 else found.numbers:
            totals.setdefault(number, []).append(scores[number])
    ranked = {number: sum(values) * (len(values) / len(terms)) ** 3 for number, values in totals.items()}
    return sorted(ranked.items(), key=lambda pair: (-pair[1], pair[0]))[:size]


def queries(scores: Scores) -> list[list[str]]:
    """Words of the index, alone and together: the most common, and one in twenty of the others."""
    terms = {word: len(scores.of(word)) for word in scores.terms}
    common = sorted(terms, key=lambda word: -terms[word])
    words = [word for word in [*common[:8], *common[8::20]] if analyser("fr").term(word) == word]
    return [
        *([word] for word in words),
        *(list(pair) for pair in zip(words, words[3:], strict=False)),
        words[:4],
    ]


def hits(engine: Tab, asked: list[list[str]]) -> list[list[dict[str, Any]]]:
    """The ten best pages for each of these words, whole ones."""
    texts = [" ".join(words) for words in asked]
    return list(engine.page.evaluate(HITS, texts))


def test_scores_and_order_are_those_of_the_plain_reader(engine: Tab, index: Index, scores: Scores) -> None:
    asked = queries(scores)
    assert max(len(scores.of(word)) for [word] in asked[:8]) > 512, "no word has a tail"
    reader = Reader(dict(index.files))
    reader.shard = cache(reader.shard)
    for words, found in zip(asked, hits(engine, asked), strict=True):
        best = expected(reader, words)
        assert [hit["number"] for hit in found] == [number for number, _ in best], words
        assert [hit["score"] for hit in found] == pytest.approx([score for _, score in best], rel=1e-12)


def test_scores_are_those_of_whoosh_within_one_level(engine: Tab, scores: Scores) -> None:
    oracle = whoosh_scores(whoosh_index(DOCUMENTS), SteadyBM25F())
    asked = [words for words in queries(scores) if len(words) == 1]
    for [word], found in zip(asked, hits(engine, asked), strict=True):
        exact = oracle[word]
        assert [hit["score"] for hit in found] == pytest.approx(
            [exact[hit["number"]] for hit in found], rel=0.0111
        )
        best = sorted(exact.values(), reverse=True)[: len(found)]
        assert [exact[hit["number"]] for hit in found] == pytest.approx(best, rel=0.0222)


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


def test_queries_are_read_as_the_command_line_reads_them(engine: Tab, index: Index) -> None:
    cases = [{**case, "fields": SHARED["fields"][case["fields"]]} for case in SHARED["cases"]]
    root = Reader(dict(index.files)).root
    found = engine.page.evaluate(PARSE, [engine.base, root, cases])
    for case, query in zip(cases, found, strict=True):
        query.pop("typing", None)
        assert query == case["expect"], case["text"]


def test_phrases_are_found_word_after_word(engine: Tab) -> None:
    found = engine.ask("« retour d’expérience »")
    assert {shown["title"] for shown in found["shown"]} == {PAGES[0].title, PAGES[1].title}
    assert found["count"] == 2
    assert engine.titles('"expérience retour"') == []
    assert engine.titles('pompe "retour d\'expérience"')[0] == PAGES[1].title
    assert engine.titles('"chlore résiduel" -"animer le débriefing"') == []


def test_a_phrase_is_shown_where_it_stands(engine: Tab) -> None:
    [shown] = engine.ask('"débriefing sans juger"')["shown"]
    assert shown["url"] == f"{engine.base}guides/conduire-un-retour/#animer"
    assert [part["text"] for part in shown["excerpt"] if part["hit"]] == ["débriefing", "juger"]


def test_what_is_excluded_goes(engine: Tab) -> None:
    assert set(engine.titles("expérience")) == {PAGES[0].title, PAGES[1].title, PAGES[2].title}
    assert set(engine.titles("expérience -chlore -voyages")) == {PAGES[1].title}
    assert set(engine.titles('expérience -"retour d’expérience"')) == {PAGES[2].title}
    assert engine.ask("-chlore")["count"] == 0
    assert len(engine.titles("expérience -le -inconnuici")) == 3


def test_fields_and_filters_narrow(engine: Tab) -> None:
    assert engine.titles('expérience lieu:"pays de la"') == [PAGES[0].title]
    assert set(engine.titles("expérience lieu:bretagne annee:2026")) == set()
    assert set(engine.titles("expérience lieu:bretagne lieu:pays-de-la-loire")) == {
        page.title for page in PAGES[:3]
    }
    assert engine.titles("competence:chloration") == ["Chloration"]
    assert engine.titles("expérience lieu:ailleurs") == []
    assert engine.titles("type:skill chlore") == ["Chloration"]
    assert engine.titles("chlore", filters={"kind": ["guide"], "territory": []}) == [PAGES[0].title]
    assert set(engine.titles("expérience", filters={"territory": ["lyon", "pays-de-la-loire"]})) == {
        PAGES[0].title,
        PAGES[2].title,
    }


def test_facets_count_every_result(engine: Tab, index: Index, scores: Scores) -> None:
    [word] = queries(scores)[0]
    numbers = set(scores.of(word))
    for filters in ({}, {"kind": ["story"]}):
        those = {number for number in numbers if not filters or DOCUMENTS[number].kind == "story"}
        counts = engine.page.evaluate(COUNT, [word, {"filters": filters}, "territory"])
        places = [place for number in those for place in DOCUMENTS[number].facets.get("territory", ())]
        assert {(one["value"], one["label"], one["count"]) for one in counts} == {
            (place, LABELS["territory"][place], places.count(place)) for place in set(places)
        }
        assert [one["count"] for one in counts] == sorted((one["count"] for one in counts), reverse=True)
        kinds = engine.page.evaluate(COUNT, [word, {"filters": filters}, "kind"])
        assert sum(one["count"] for one in kinds) == len(those)
    assert engine.ask(word)["count"] == len(numbers)


def test_a_word_that_is_being_typed_finds_what_it_begins(engine: Tab) -> None:
    assert engine.titles("électrop") == ["Voyages"]
    assert engine.titles("électrop ") == engine.titles("électrop", live=False) == []
    assert engine.titles("chloratio") == engine.titles("chlore"), "the typed word is longer than its term"
    assert PAGES[1].title in engine.titles("pom")


def test_a_slip_of_the_finger_is_mended_and_said(engine: Tab) -> None:
    for text, better in (
        ("pompe voyabe", "pompe voyages"),
        ("électrpompe", "électropompe"),
        ("Hxpérience !", "expérience !"),
    ):
        found = engine.ask(text, live=False)
        assert found["corrected"], text
        assert found["better"] == better
        assert any(part["hit"] for shown in found["shown"] for part in shown["excerpt"])
    right = engine.ask("pompe voyages", live=False)
    assert (right["corrected"], right["better"]) == (False, None)


def test_what_misspelt_words_need_is_fetched_ahead(browser: Browser, address: str) -> None:
    with tab(browser, address) as fresh:
        fresh.page.evaluate("engine.warm()")
        assert sorted(fresh.asked()) == ["search-near.js", "words.bin"]
        assert fresh.ask("hxperience")["better"] == "expérience"
        assert not {"search-near.js", "words.bin"} & set(fresh.asked())


def test_texts_are_shown_as_they_are_with_hits_on_whole_words(engine: Tab) -> None:
    [shown] = engine.ask("DOSEUSES")["shown"]
    assert shown["titleParts"] == [{"text": "Retours de chantier", "hit": False}]
    assert "".join(part["text"] for part in shown["excerpt"]) == PAGES[1].passages[0].text
    assert [part["text"] for part in shown["excerpt"] if part["hit"]] == ["doseuse"]
    [guide] = engine.ask("équipe réunion")["shown"]
    text = "".join(part["text"] for part in guide["excerpt"])
    assert 120 < len(text) < 240
    assert text.endswith(" …")
    assert (guide["date"], guide["subtitle"]) == ("2026-03-04", "Pour les équipes")
    assert guide["url"].endswith("guides/conduire-un-retour/#preparer")


def test_who_can_help_comes_with_a_skill(engine: Tab) -> None:
    hit = engine.ask("chloration")["hits"][0]
    assert hit["kind"] == "skill"
    assert engine.page.evaluate("(number) => engine.helpers(number)", hit["number"]) == [
        ["Awa Diop", "annuaire/awa-diop/", "bretagne", 4, "teach help", "Ingénieure"]
    ]
    assert engine.page.evaluate("engine.helpers(0)") == []


HOSTILE = (
    "mot " * 2500, "a" * 10_000, "😀" * 3000, "(((", ".*", "[a-z]+\\d{3}$^|",
    "\u202eكلمة שלום\u202c", "<script>alert(1)</script>",
    "\0", "a\0b", "\ud800", "\udfff pompe \ud800", "__proto__:x constructor:y", "toString", "-", "--", '"', '""', "«»“",
    '-"', "lieu:", "lieu:(((", "annee:.*", "%00 %ff", "\ufeff\u200b", "e\u0301" * 500, "-a " * 200, '"a" ' * 200, "١٢٣",
)  # fmt: skip


def test_no_query_breaks_the_search(engine: Tab) -> None:
    for text in HOSTILE:
        for live in (True, False):
            found = engine.page.evaluate(
                """async ([text, live]) => {
                  const result = await engine.search(text, { live });
                  const shown = await engine.read(result.hits, result.groups);
                  engine.suggestion(result, shown);
                  return [result.count, result.hits.length, shown.length];
                }""",
                [text, live],
            )
            assert found[1] == found[2] == min(found[0], 10), text[:40]
    assert engine.titles("toString") == engine.titles("constructor") == []


def test_pages_of_results_follow_each_other(engine: Tab, scores: Scores) -> None:
    [word] = queries(scores)[0]
    whole = engine.ask(word, live=False, limit=40)["hits"]
    assert engine.ask(word, live=False, limit=10, offset=30)["hits"] == whole[30:]
    beyond = engine.ask(word, live=False, limit=10, offset=510)["hits"]
    assert len(beyond) == min(10, len(scores.of(word)) - 510)


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


def test_anchors_of_results_stand_in_their_pages(browser: Browser, demo: str) -> None:
    with tab(browser, demo) as portal:
        anchored = [
            shown["url"]
            for text in (
                "profil fichier",
                "relevé nuit",
                "chlore",
                "comment faire",
                "réunion",
                "retour d'expérience",
            )
            for shown in portal.ask(text)["shown"]
            if "#" in shown["url"]
        ]
        assert len(set(anchored)) > 4
        for url in dict.fromkeys(anchored):
            page, _, anchor = url.partition("#")
            with urlopen(page) as answer:
                assert f'id="{anchor}"' in answer.read().decode(), url


def test_the_demo_answers_within_its_budget(browser: Browser, demo: str) -> None:
    with tab(browser, demo) as portal:
        found = portal.ask("pompe")
        assert len(found["shown"]) == 10
        assert len(portal.asked()) <= 3
