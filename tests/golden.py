"""Golden files: what a test expects to find again, word for word. `make bless` writes them from what is found."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """Compare `text` with the golden file `name`; with `BLESS=1` in the environment, write it instead."""
    file = FOLDER / name
    if os.environ.get("BLESS") == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"{name} is missing: run `make bless`"
    assert text == file.read_text(encoding="utf-8"), f"{name} differs: run `make bless` if this is meant"
