"""The index of an audience, from the working folder: the one that is kept, or another made from the content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from curation.errors import Stopped
from curation.finding.cache import INDEXES, opened
from curation.finding.fingerprint import fingerprint
from curation.finding.index import Index, write_index
from curation.finding.published import published, source
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.language import Translator
from portal.problems import N_, Message, message

LONG = 500
"""Files whose index takes more than a second to make: it is said."""


@contextmanager
def open_index(
    around: Surroundings, content: Path, config: Path, audience: str, say: Translator
) -> Iterator[Index]:
    """What an audience may find now, ready to be asked.

    Raises:
        Stopped: a folder isn't there, the settings can't be read, or no site is made for that audience.
    """
    for folder in (content, config):
        if not (around.working / folder).is_dir():
            raise Stopped(message(N_("there is no folder “{folder}” here"), folder=folder))
    found = fingerprint(around.working / content, around.working / config, audience, around.now)

    def tell(what: Message) -> None:
        typer.echo(f"veillee: {say.say(what)}", err=True)

    def make(folder: Path) -> None:
        if found.files > LONG:
            tell(message(N_("making the search index of {count} files…"), count=say.number(found.files)))
        tree, _ = around.read_sound(content, config, None)
        made = source(published(tree, audience))
        with Screen().progress(len(made.documents)) as advance:
            write_index(folder, made, advance)

    damaged = N_("the search index was damaged: it is made again")
    with opened(around.working / INDEXES / found.name, make, lambda: tell(message(damaged))) as index:
        yield index
