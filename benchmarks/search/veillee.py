"""Our side: a site as `mkdocs build` makes it, with the index of the run's documents in the place of its own.

The site is the miniature company of the tests: its pages carry the true header, modules and sentences, and the
search doesn't know how large the company around it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.search.tools import ROOT

FOLDER = "veillee-site"
MINI = ROOT / "tests" / "mini"
MODULES = "/assets/javascripts/veillee/search"
INDEX = "/assets/search/"

ASK = """
async ([base, texts]) => {
  window.engine ??= (await import(base + "assets/javascripts/veillee/search-engine.js")).open(new URL(base, location.href));
  const engine = await window.engine;
  const found = [];
  for (const text of texts) {
    const result = await engine.search(text, { live: true, limit: 10 });
    const shown = await engine.read(result.hits, result.groups);
    found.push({ count: result.count, numbers: shown.map((one) => one.number) });
  }
  return found;
}
"""
"""Asks queries to the engine, without interface; gives the numbers of the ten documents that are shown for each."""

TEN = """
async ([base, text]) => {
  const start = performance.now();
  window.engine ??= import(base + "assets/javascripts/veillee/search-engine.js").then((module) =>
    module.open(new URL(base, location.href)));
  const engine = await window.engine;
  const result = await engine.search(text, { live: true, limit: 10 });
  const shown = await engine.read(result.hits, result.groups);
  return { ms: performance.now() - start, at: Date.now() / 1000, count: shown.length };
}
"""
"""Asks one query to the engine, without interface: the search and the texts of ten results."""

WATCH = """
(event) => {
  const shown = () => [...document.querySelectorAll("dialog[open] [role=option]")];
  const old = new Set(shown());
  window.measured = new Promise((resolve, reject) => {
    let start;
    setTimeout(() => reject(new Error(`${shown().length} results are shown, not ten`)), 30_000);
    addEventListener(event, () => (start ??= performance.now()), { capture: true, once: true });
    const watcher = new MutationObserver(() => {
      const now = shown();
      if (start === undefined || now.length < 10 || now.some((option) => old.has(option))) return;
      watcher.disconnect();
      resolve({ ms: performance.now() - start, at: Date.now() / 1000, count: now.length });
    });
    watcher.observe(document.body, { childList: true, subtree: true });
  });
}
"""
"""From the next event of that name to ten new results in the dialog; the promise stands in `window.measured`."""


def write_site(folder: Path) -> None:
    """Build the miniature company, and take its index away."""
    shutil.rmtree(folder, ignore_errors=True)
    environment = {
        **os.environ,
        "VEILLEE_CONTENT": str(MINI / "content"),
        "VEILLEE_CONFIG": str(MINI / "site_config"),
        "VEILLEE_SITE": str(folder),
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml")]
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
    shutil.rmtree(folder / "assets" / "search", ignore_errors=True)
