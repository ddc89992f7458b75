"""A company that watches feeds on loopback: its feeds.yml, and what a fetch tells."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.commands import run
from tests.feeds.serving import Served

ITEM = (
    "<item><title>{title}</title><link>{link}</link><guid>{guid}</guid><description>{text}</description>"
    "<pubDate>{date}</pubDate></item>"
)


def rss(*items: dict[str, str], title: str = "Un journal", link: str = "https://journal.example/") -> str:
    """A small RSS 2.0 feed."""
    given = [
        ITEM.format(**{"date": "Thu, 12 Nov 2026 08:00:00 GMT", "guid": item["link"], "text": "", **item})
        for item in items
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>{link}</link>{''.join(given)}</channel></rss>"
    )


def watch(here: Path, served: Served, names: list[str], **more: str) -> None:
    """Subscribe the company to some files of a server; `more` holds lines for a source, by its id."""
    lines = [f"allow: ['{served.host}']", "sources:"]
    for name in names:
        source = source_id(name)
        lines += [f"  - id: {source}", f"    name: {name}", f"    url: {served.root}/{name}"]
        lines += [f"    {line}" for line in more.get(source.replace("-", "_"), "").splitlines()]
    (here / "site_config" / "feeds.yml").write_text("\n".join(lines) + "\n")


def source_id(name: str) -> str:
    """The source's name for a file."""
    return name.lower().replace(".", "-").replace("_", "-")


def fetched(*options: str, **variables: str) -> dict[str, Any]:
    """What `veillee fetch --json` tells."""
    result = run("fetch", "--json", *options, **variables)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def outcomes(document: dict[str, Any], source: str | None = None) -> Counter[str]:
    """How many entries of each outcome."""
    return Counter(
        entry["outcome"]
        for item in document["sources"]
        for entry in item["entries"]
        if source in {None, item["source"]}
    )


def on_desk(here: Path) -> dict[str, bytes]:
    """Every file of the desk."""
    folder = here / "desk"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
