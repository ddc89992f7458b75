"""The index of the build before, kept one build more: a tab that is open goes on searching, then learns of the new one."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path

from portal.outputs import BUILD_FILE, INDEX_FOLDER

log = logging.getLogger("mkdocs.veillee")

_ID = re.compile(r"[0-9a-f]{10}")
_NAME = re.compile(r"[a-z0-9-]{1,60}\.(?:bin|json)")


def index_before(site: Path, audience: str) -> Mapping[str, bytes]:
    """The files of the index that the site in a folder was built with, by address; without those that it kept itself.

    Nothing when there is none, when it can’t be read, or when it was made for another audience: what one audience may
    search must never stay in the site of another.
    """
    named = site / BUILD_FILE
    if not named.is_file():
        return {}
    try:
        values = json.loads(named.read_bytes())
        key, owner = values["id"], values["audience"]
        if not _ID.fullmatch(key):
            raise ValueError(key)
    except (ValueError, KeyError, TypeError, OSError, RecursionError):
        log.info("%s can't be read: the index of the last build isn't kept", named)
        return {}
    if owner != audience:
        return {}
    folder = site / INDEX_FOLDER / key
    files = sorted(file for file in folder.glob("*") if _NAME.fullmatch(file.name) and not file.is_symlink())
    return {f"{INDEX_FOLDER}/{key}/{file.name}": file.read_bytes() for file in files if file.is_file()}
