"""Every document that one subscribes to, as a view of the miniature company makes it; and small changes of that company."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from portal.content import Content
from portal.loading import load_content, load_settings
from portal.outputs import DocumentOutput, declare
from portal.search.index import build_index
from tests.conftest import MINI, NOW

CONFIG = MINI.parent / "site_config"


def company(folder: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """A copy of the miniature company; `changes` replaces a text of some files (path → before, after)."""
    shutil.copytree(MINI, folder / "content")
    shutil.copytree(CONFIG, folder / "site_config")
    for path, (before, after) in (changes or {}).items():
        file = folder / path
        text = file.read_text()
        assert before in text, path
        file.write_text(text.replace(before, after))
    return folder


def view(folder: Path = MINI.parent, audience: str = "internal") -> Content:
    """What an audience sees of a company."""
    settings, problems = load_settings(folder / "site_config")
    assert problems == []
    return load_content(folder / "content", settings).content.view(audience, NOW)


def documents(content: Content) -> dict[str, str]:
    """What is made for a view, by address: feeds, calendars, cards, lists and the interface."""
    kept = (".xml", ".json", ".ics", ".vcf", ".opml")
    # The index of the search is long to make, and no document here is made from it.
    without_index = build_index(iter(()), "fr", {}, {})
    made = (output for output in declare(content, without_index) if isinstance(output, DocumentOutput))
    found = {}
    for output in made:
        if output.address.endswith(kept) and not output.address.startswith("assets/"):
            text = output.render(content)
            assert isinstance(text, str)
            found[output.address] = text
    return found
