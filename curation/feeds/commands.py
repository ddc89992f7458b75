"""The commands of the sources: fetch them, look after them. Options in, the room called, its answers printed."""

from __future__ import annotations

import asyncio
import json
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from curation.desk.commands import open_desk, settled
from curation.errors import Stopped, said
from curation.feeds import source_commands
from curation.options import CONFIG, CONTENT, DESK, STATE, Config, Content, DeskFolder, Lang, StateFile
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.problems import N_, message
from portal.settings import Settings
from portal.subscriptions import Subscription
from portal.validation import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


@said
def fetch(
    context: typer.Context,
    *,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="ID", help="Only this source, now; again for others."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Every source that isn’t disabled, whenever it was asked last.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask and say what would be filed; write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: the fate of every entry.")] = False,
    state: StateFile = STATE,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Ask the sources that are due, and file what is new as candidates on the desk.

    Decisions that were written in files, or interrupted, are carried out first. Nothing is ever published: a curator
    keeps or refuses. A source that fails is named, and the others go on; it is asked again after a while.

    With --json, an object: `version` (1), `counts` (entries by outcome) and `sources`, a list of objects with `source`,
    `status` (`read`, `unchanged` or `failed`), `failure`, `reason`, and `entries`: objects with `title`, `outcome`,
    `reason` and `of`, the id or file that an entry repeats. Every entry of every feed that was read is there.
    """
    from curation.feeds.fetch import chosen
    from curation.feeds.report import as_document, as_lines
    from curation.feeds.run import asked
    from curation.feeds.state import State

    opened, say = open_desk(context, content, config, desk, lang)
    around, screen = Surroundings.of(context), Screen()
    wanted, forced = _sources(opened.tree.settings, source), force or bool(source)
    file = around.working / state
    with nullcontext() if dry_run else State.open(file) as remembered:
        if remembered is not None:
            opened, _ = settled(opened, say, screen, around)
        states = State.read(file) if remembered is None else remembered.sources()
        due = chosen(wanted, states, around.now, is_forced=forced)
        with screen.progress(len(due)) as advance:
            found = asyncio.run(asked(due, opened, states, remembered, advance))
    if as_json:
        typer.echo(json.dumps(as_document(found, say), ensure_ascii=False, indent=2))
        return
    for text in as_lines(found, say, is_dry=dry_run):
        screen.say(text)


def _sources(settings: Settings, named: Sequence[str] | None) -> tuple[Subscription, ...]:
    """The sources named, or all.

    Raises:
        Stopped: there is none, or none of that name.
    """
    feeds = settings.feeds
    if not feeds.sources:
        raise Stopped(message(N_("no source is watched yet: “veillee sources add URL” adds one")))
    if not named:
        return feeds.sources
    known = {item.id: item for item in feeds.sources}
    for name in named:
        if name not in known:
            what = N_("no source “{name}”: did you mean “{proposal}”?")
            raise Stopped(message(what, name=name, proposal=nearest(name, known) or next(iter(known))))
    return tuple(known[name] for name in named)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(fetch)
    source_commands.register(app)
