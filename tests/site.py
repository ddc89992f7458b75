"""Builds real sites for the tests, as a company would: the generator's own command, in a process of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from portal.content import Content
from portal.outputs import Output, declare, index_of
from tests.builder import builder
from tests.conftest import MINI, NOW, ROOT


def build(
    site: Path,
    *,
    content: Path = MINI,
    config: Path | None = None,
    generator: str = "mkdocs",
    strict: bool = True,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` (or `properdocs build`) at the tests' moment; gives the finished process."""
    arguments = ["build", "--config-file", str(ROOT / "mkdocs.yml"), *(["--strict"] if strict else [])]
    settings = {
        "VEILLEE_CONTENT": str(content),
        "VEILLEE_CONFIG": str(config or ROOT / "tests" / "mini" / "site_config"),
        "VEILLEE_SITE": str(site),
        "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
        "NO_MKDOCS_2_WARNING": "1",
        # Whether npm installed the browser editor here changes no other test.
        "VEILLEE_EDITOR": "",
    }
    variables = {**os.environ, **settings, **environment}
    # What is fixed when Python starts asks for a start of its own.
    if generator == "mkdocs" and not {"PYTHONHASHSEED", "TZ"} & environment.keys():
        return builder().run(arguments, variables)
    command = [sys.executable, "-m", generator, *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def declared(view: Content) -> tuple[Output, ...]:
    """All that a build of this view makes, its index too."""
    return declare(view, index_of(view))


def declare_with_editor(view: Content) -> tuple[Output, ...]:
    """The same, where the browser editor is installed."""
    return declare(view, index_of(view), with_editor=True)


def digests(site: Path) -> dict[str, str]:
    """Every file of a site by its path, with a digest of its bytes."""
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }
