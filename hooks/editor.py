"""The browser editor as npm installed it: found, never vendored, and copied into the site as it is.

The page, its configuration and our own scripts are declared and written elsewhere; this is only what npm brought.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from portal.outputs import EDITOR_ADDRESS
from portal.settings import Editor

_DECAP = ("decap-cms.js", "decap-cms.js.LICENSE.txt")
_YAML_UNUSED = frozenset({"legacy-exports.js", "types.js", "util.js"})
"""Modules of the YAML library that the others don't import."""


def installed_editor(root: Path, folder: str) -> Mapping[str, Path]:
    """The editor's files by their address in the site, from npm's folder; none where it isn't installed whole.

    An empty `folder` leaves the editor out, whatever is installed.
    """
    if not folder:
        return {}
    modules = root / folder
    decap, yaml = modules / "decap-cms" / "dist", modules / "yaml" / "browser" / "dist"
    found = {f"{EDITOR_ADDRESS}{name}": decap / name for name in _DECAP}
    parts = [file for file in sorted(yaml.glob("*.js")) if file.name not in _YAML_UNUSED]
    found |= {f"{EDITOR_ADDRESS}yaml/{file.name}": file for file in parts}
    found[f"{EDITOR_ADDRESS}yaml/LICENSE"] = modules / "yaml" / "LICENSE"
    return found if parts and all(file.is_file() for file in found.values()) else {}


def about_editor(editor: Editor | None, audience: str, installed: Mapping[str, Path]) -> str:
    """What a build says of the editor, for who keeps the portal; nothing where it is simply there or unwanted."""
    if editor is None or audience != "internal":
        return ""
    if not installed:
        return "The browser editor is absent from this site: `make editor` installs it (it needs npm)."
    if editor.backend == "gitea" and editor.review:
        return "The browser editor saves at once: on Gitea it knows no pull requests (Forgejo and GitLab have them)."
    return ""


def editor_scripts(installed: Mapping[str, Path], config: MkDocsConfig) -> list[File]:
    """The editor's files as MkDocs writes them."""
    return [
        File.generated(config, address, abs_src_path=str(file)) for address, file in sorted(installed.items())
    ]


def is_editor_script(file: File) -> bool:
    """Whether a file of the theme is one of ours for the editor."""
    return file.dest_uri.startswith(EDITOR_ADDRESS)
