"""Pagefind's side: plain pages of the same texts, its index, and how it is asked in a browser.

It is asked through its own module rather than its interface, and without its worker: both spare it bytes.
"""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.search.build import Built, size_of, started
from benchmarks.search.tools import pagefind_program
from portal.search.document import Document

FOLDER = "pagefind-site"

ASK = """
async ([base, text]) => {
  const start = performance.now();
  const pagefind = await import(base + "pagefind/pagefind.js");
  if (!window.ready) await pagefind.options({ noWorker: true });
  window.ready = true;
  const found = await pagefind.search(text);
  const shown = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
  return { ms: performance.now() - start, at: Date.now() / 1000, count: found.results.length,
           urls: shown.map((one) => one.raw_url ?? one.url) };
}
"""
"""Asks one query; gives the time to the ten results' texts, when it was over, and the results' addresses."""


_INTERFACE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Rechercher</title><link rel="icon" href="data:,">
<link href="pagefind/pagefind-ui.css" rel="stylesheet"><script src="pagefind/pagefind-ui.js"></script></head>
<body><div id="search"></div>
<script>new PagefindUI({ element: "#search", pageSize: 10, showImages: false MORE });</script></body></html>
"""
_EMPTY = '<!doctype html><html lang="fr"><title>Rien</title></html>'


def write_pages(documents: Iterable[Document], folder: Path) -> None:
    """A page for each document, nothing else in it than its words."""
    shutil.rmtree(folder, ignore_errors=True)
    for document in documents:
        file = folder / document.address / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(_page(document)), encoding="utf-8")


def write_interfaces(folder: Path) -> None:
    """The pages that it is asked on.

    `interface.html` has its own interface, as its documentation sets it up, but for ten results rather than five;
    `eager.html` the same, told not to wait for further keys; `empty.html` nothing, for its module.
    """
    for name, more in (("interface", ""), ("eager", ", debounceTimeoutMs: 0")):
        (folder / f"{name}.html").write_text(_INTERFACE.replace(" MORE", more), encoding="utf-8")
    (folder / "empty.html").write_text(_EMPTY, encoding="utf-8")


def _page(document: Document) -> Iterator[str]:
    say, fields = html.escape, document.fields
    yield f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{say(document.title)}</title></head>'
    yield f"<body><main data-pagefind-body><h1>{say(document.title)}</h1>"
    yield f"<p>{say(document.subtitle)}</p>"
    if document.date:
        yield f'<p data-pagefind-meta="date">{document.date}</p>'
    for name in ("headings", "aliases", "skills"):
        if fields.get(name):
            yield f"<h2>{say(fields[name])}</h2>"
    for name in ("tags", "people", "body"):
        if fields.get(name):
            yield f"<p>{say(fields[name])}</p>"
    yield "</main></body></html>"


def build(folder: Path) -> Built:
    """Run Pagefind over the pages; what it cost."""
    seconds, peak = started([str(pagefind_program()), "--site", str(folder), "--silent"])
    return Built(seconds, peak, size_of(folder / "pagefind"))
