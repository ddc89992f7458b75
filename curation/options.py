"""The options that several commands share, and what stands in for them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Annotated

import typer

from portal.language import LANGUAGES

CONTENT, CONFIG, DESK = Path("content"), Path("site_config"), Path("desk")


def among(known: Collection[str]) -> Callable[[str | None], str | None]:
    """An option's callback that refuses what isn't known."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in known:
            raise typer.BadParameter(f"{value!r} isn't one of {', '.join(known)}.")
        return value

    return check


Content = Annotated[
    Path, typer.Option("--content", envvar="VEILLEE_CONTENT", metavar="DIR", help="The content folder.")
]
Config = Annotated[
    Path, typer.Option("--config", envvar="VEILLEE_CONFIG", metavar="DIR", help="The folder of the settings.")
]
DeskFolder = Annotated[
    Path,
    typer.Option(
        "--desk", envvar="VEILLEE_DESK", metavar="DIR", help="The folder of candidates and decisions."
    ),
]
STATE = Path(".cache/veillee/sources.sqlite3")
StateFile = Annotated[
    Path,
    typer.Option(
        "--state", envvar="VEILLEE_STATE", metavar="FILE", help="What this machine remembers of the sources."
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        envvar="VEILLEE_CURATOR",
        metavar="PERSON",
        help="Who decides: the name of their file; whose e-mail address git knows, when absent.",
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        callback=among(LANGUAGES),
        help="The language of what is said; that of the site when absent.",
    ),
]
