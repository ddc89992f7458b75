"""The scripts of the search as the site has them: one file for parts that always go together, and made smaller.

They are written small and apart, to be read; a phone on a slow link wants one short file. A module takes in the
modules that it imports by `import { … } from "./search-….js";`, each in a scope of its own, and then stands in one itself:
only names inside a function are made short. Those that several pages' modules share the state of (`place.js`, `storage.js`)
stay apart, and so does what is imported when it is needed.
"""

from __future__ import annotations

import re
from pathlib import Path

import minify
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

MADE_SMALL = re.compile(r"assets/javascripts/veillee/(search|offline)[\w-]*\.js|sw\.js")
"""The scripts that a first answer waits for. The others are served as they are written."""

_PART = re.compile(r'^import (\{[^}]*\}) from "\./(search-[\w-]+\.js)";\n', re.MULTILINE)
_IMPORT = re.compile(r"^import .+;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_SHARED = frozenset({"search-panel.js"})
"""Parts that hold a state: who imports one gets the one that is there."""


def whole(module: Path) -> str:
    """A module with its parts in front, each once, after those that it stands on."""
    parts: dict[str, str] = {}
    body = _without_parts(module, parts)
    if parts and _EXPORT.search(body):
        body = "".join(_IMPORT.findall(body)) + "export " + _scoped(_IMPORT.sub("", body))
    return "".join([*parts.values(), body])


def _without_parts(module: Path, parts: dict[str, str]) -> str:
    """The module's text without the imports of its parts, which are put into `parts`."""

    def take(found: re.Match[str]) -> str:
        name = found[2]
        if name in _SHARED:
            return found[0]
        if name not in parts:
            parts[name] = _scoped(_without_parts(module.parent / name, parts))
        return ""

    return _PART.sub(take, module.read_text(encoding="utf-8"))


def _scoped(source: str) -> str:
    """A part as the values that it exports, everything else its own."""
    names = ", ".join(_EXPORT.findall(source))
    return f"const {{ {names} }} = (() => {{\n{_EXPORT.sub('', source)}\nreturn {{ {names} }};\n}})();\n"


def small(source: str) -> str:
    """A script without comments and spaces, its own names shortened; raises ValueError for what can't be parsed."""
    return str(minify.string("text/javascript", source))


def finished(file: File, config: MkDocsConfig) -> File:
    """The file of the theme; a script of the search whole and small."""
    if not MADE_SMALL.fullmatch(file.src_uri) or file.abs_src_path is None:
        return file
    return File.generated(config, file.src_uri, content=small(whole(Path(file.abs_src_path))))
