"""The generated part of `docs/reference/`: every file that `veillee schema` writes, by its path."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curation.command_reference import commands
from portal.checks import RULES
from portal.directory_import import DirectoryImport
from portal.formats.json_schema import schema_text
from portal.formats.reference import checks, front_matter, settings
from portal.mailing import Mailing
from portal.records import KINDS, Model
from portal.settings import Checks, Site, Synonyms
from portal.subscriptions import Feeds

SETTINGS_FILES: Mapping[str, type[Model]] = {
    "site.yml": Site,
    "checks.yml": Checks,
    "feeds.yml": Feeds,
    "import.yml": DirectoryImport,
    "synonyms.yml": Synonyms,
    "mailing.yml": Mailing,
}


def documents(group: Any) -> Mapping[str, str]:
    """Path below `docs/reference/` → text; `group` holds the commands."""
    schemas = {kind: schema_text(model) for kind, model in KINDS.items()}
    schemas |= {name.removesuffix(".yml"): schema_text(model) for name, model in SETTINGS_FILES.items()}
    return {
        "front-matter.md": front_matter(KINDS.values()),
        "settings.md": settings(SETTINGS_FILES),
        "checks.md": checks(RULES),
        "commands.md": commands(group, "veillee"),
        **{f"schemas/{name}.json": text for name, text in schemas.items()},
    }


def stale(made: Mapping[Path, str]) -> list[Path]:
    """The files whose text isn't the one that would be made."""
    return [path for path, text in made.items() if _text(path) != text]


def orphans(docs: Path, made: Mapping[Path, str]) -> list[Path]:
    """The schemas below `docs` that nothing makes any more."""
    return [file for file in (docs / "schemas").glob("*.json") if file not in made]


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None
