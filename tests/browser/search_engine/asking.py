"""The engine of the search in a page of its own: how it is asked, and the site that the tests ask."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from hooks.scripts import small, whole
from portal.search.analysis import analyser
from portal.search.document import Anchor, Document, Helper, Passage
from portal.search.facets import FIELD_WORDS
from portal.search.index import Index, build_index
from portal.search.scoring import Scores
from tests.conftest import ROOT
from tests.search.companies import company

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
  const { query, count, corrected } = result;
  const hits = result.hits.map(({ number, kind, score, matched }) => ({ number, kind, score, matched }));
  return { query, count, hits, corrected, shown, better: engine.suggestion(result, shown) };
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
        Passage("Une expérience, puis un retour d’expérience sur la pompe <b>doseuse</b>, à table."),
        places=(BRETAGNE,),
    ),
    page(
        "guide",
        "guides/voyages/",
        "Voyages",
        Passage("Le retour du voyage fut une expérience avec la pompe et l’électropompe, au tableau noir."),
        places=(BRETAGNE, LYON),
    ),
    page(
        "skill",
        "competences/chloration/",
        "Chloration",
        Passage("Désinfecter au chlore gazeux les anciens fourneaux."),
        facets={"skill": ("chloration",)},
        subtitle="Traitement · 2 personnes",
        helpers=(Helper("Awa Diop", "annuaire/awa-diop/", BRETAGNE, 4, ("teach", "help"), "Ingénieure"),),
    ),
    page(
        "person",
        "annuaire/noemie-tanguy/",
        "Noémie Tanguy",
        Passage(" ".join(["Surveille la qualité et chante le mardi."] * 6)),
    ),
    page(
        "question",
        "questions/noemie/",
        "Noémie Tanguy, Noémie Tanguy",
        Passage("Noémie Tanguy a trouvé."),
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
