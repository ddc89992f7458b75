"""What is typed finds what is meant, and results say why."""

from __future__ import annotations

from urllib.request import urlopen

from playwright.sync_api import Browser

from portal.search.index import Index
from tests.browser.search_engine.asking import PAGES, PARSE, SHARED, Tab, tab
from tests.search.reader import Reader


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


def test_the_page_that_is_called_as_the_query_comes_first(engine: Tab) -> None:
    for text in ("noemie tanguy", "Noémie Tangu", '"Noémie Tanguy"'):
        found = engine.ask(text)
        assert [shown["title"] for shown in found["shown"]] == [
            "Noémie Tanguy",
            "Noémie Tanguy, Noémie Tanguy",
        ]
        assert [hit["kind"] for hit in found["hits"]] == ["question", "person"], "nothing else would tell"
    assert engine.titles("tanguy")[0] == "Noémie Tanguy, Noémie Tanguy"


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
