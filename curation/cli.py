"""The `veillee` command: every room's commands in one program. Clock and environment are read here, nowhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from curation import commands, demo, editor
from curation.desk import commands as desk
from curation.errors import Stopped
from curation.feeds import commands as feeds
from curation.finding import commands as finding
from curation.forges import commands as forges
from curation.imports import commands as imports
from curation.intake import commands as intake
from curation.newsletter import commands as newsletter
from curation.posters import commands as posters
from curation.review import commands as review
from curation.stories import commands as stories
from curation.surroundings import Surroundings
from portal.problems import N_, message

app = typer.Typer(
    name="veillee",
    help="Check, write, curate and explain the content of the portal.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _now(environment: Mapping[str, str]) -> datetime:
    """The moment of `SOURCE_DATE_EPOCH` (reproducible-builds.org), or now."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise Stopped(
            message(N_("SOURCE_DATE_EPOCH isn’t a number of seconds: “{value}”"), value=epoch)
        ) from None


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Check, write, curate and explain the content of the portal."""
    if show_version:
        typer.echo(f"veillee {version('veillee')}")
        raise typer.Exit
    environment = dict(os.environ)
    context.obj = Surroundings(partial(_now, environment), environment, Path.cwd())


for room in (
    commands, stories, feeds, desk, review, forges, intake, imports, finding, newsletter, posters, demo, editor,
):  # fmt: skip
    room.register(app)


def main() -> None:
    """Run the command; what a terminal can't show is escaped rather than refused."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app()
