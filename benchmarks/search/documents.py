"""The documents of a run: of a content folder, as the build makes them, or of any folder of Markdown, a page a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from portal import frontmatter
from portal.content import Content
from portal.loading import load_content
from portal.problems import Refused
from portal.search.document import Document
from portal.search.markdown_words import paragraphs
from portal.search.passages import cut
from portal.slugs import slugify

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""The moment at which the made-up company is looked at."""


def content_of(folder: Path) -> Content:
    """What employees see of a content folder; stops on anything that the loader refuses."""
    loaded = load_content(folder)
    if loaded.problems:
        raise SystemExit(f"The content folder isn't sound: {loaded.problems[0]}")
    return loaded.content.view("internal", NOW)


def pages_of(folder: Path) -> tuple[Document, ...]:
    """A document for each Markdown file below a folder, with a front matter or without."""
    return tuple(_pages(folder))


def _pages(folder: Path) -> Iterator[Document]:
    for file in sorted(folder.rglob("*.md")):
        try:
            page = frontmatter.read(file.read_bytes())
            values, body = page.front.values, page.body
        except Refused:
            values, body = {}, file.read_text(encoding="utf-8", errors="replace")
        parts = list(paragraphs(body))
        headings = [part.text for part in parts if part.is_heading]
        title = str(values.get("title") or values.get("name") or (headings[0] if headings else file.stem))
        address = "/".join(slugify(name) or "page" for name in file.relative_to(folder).with_suffix("").parts)
        fields = {
            "title": title,
            "headings": " ".join(headings),
            "body": " ".join(part.text for part in parts),
        }
        yield Document("page", f"{address}/", title, fields=fields, passages=cut(parts))
