"""Every document that one subscribes to, as a view of the miniature company makes it; and small changes of that company."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from portal.content import Content
from portal.loading import load_content, load_settings
from portal.outputs import DocumentOutput
from tests.conftest import MINI, NOW
from tests.site import declared

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
    made = (output for output in declared(content) if isinstance(output, DocumentOutput))
    found = {}
    for output in made:
        if output.address.endswith(kept) and not output.address.startswith("assets/"):
            text = output.render(content)
            assert isinstance(text, str)
            found[output.address] = text
    return found
