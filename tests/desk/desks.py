"""Desks for the tests: findings with little said, filed in the miniature company's folder."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from pathlib import Path
from typing import Any

from curation.desk.desk import Desk
from curation.desk.finding import Finding
from curation.desk.store import Store
from curation.tree import Tree
from tests.commands import run
from tests.conftest import NOW

LONG = (
    "Le syndicat a mesuré pendant trois hivers la perte de charge de ses filtres, et publie la courbe complète : "
    "le lavage à l’air espacé de deux jours économise un tiers de l’énergie sans que la turbidité en souffre."
)


def finding(name: str, source: str = "une-source", **facts: Any) -> Finding:
    """A finding whose id and facts follow from a name."""
    mark = b32encode(hashlib.sha256(f"{source} {name}".encode()).digest()).decode().lower()[:10]
    given = {
        "title": f"À propos de {name}",
        "url": f"https://{source}.example/{name}",
        "excerpt": f"{name} : {LONG}",
    }
    return Finding(id=mark, source=source, published="2026-11-12T08:00:00Z", lang="fr", **{**given, **facts})


def filed(here: Path, *findings: Finding) -> Desk:
    """The desk of the working folder with these findings on it."""
    for item in findings:
        Store(here / "desk").put(item)
    return opened(here)


def opened(here: Path) -> Desk:
    """The desk of a folder, at the tests' moment."""
    tree = Tree.read(Path("content"), Path("site_config"), here, NOW)
    return Desk.open(tree, Path("desk"), here)


def listed() -> list[dict[str, Any]]:
    """What `veillee candidates --json` tells."""
    result = run("candidates", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["candidates"]
    assert isinstance(found, list)
    return found


def ids() -> set[str]:
    """The ids of what waits."""
    return {item["id"] for item in listed()}
