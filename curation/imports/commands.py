"""The commands that bring people in from a directory: options in, a plan printed, and written on demand."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curation.errors import FAILED, Stopped, said
from curation.options import CONFIG, CONTENT, DESK, Config, Content, DeskFolder, Lang, among
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.problems import N_, in_order, message

if TYPE_CHECKING:
    from curation.imports.changes import Plan
    from curation.imports.export import Format
    from curation.imports.people import Directory
    from curation.tree import Tree
    from portal.language import Translator

FORMATS: tuple[Format, ...] = ("csv", "vcard", "ldif")


@said
def people(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The directory’s export: CSV, vCard or LDIF.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            callback=among(FORMATS),
            help="The format of the file, where neither its beginning nor its name tells.",
        ),
    ] = None,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="The file names everyone: who isn’t in it any more has left."),
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write what the plan says; without it, nothing is.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Let more people leave at once than import.yml allows.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Create and update profiles from a directory, and mark who left.

    Prints the plan; `--apply` writes it. `site_config/import.yml` says which column is which key. A key of a profile is
    changed only while it holds what the last import put there (`desk/imports/people/`): what a person wrote is kept and
    said. Nobody is ever deleted: someone who left gets a last day, which goes when they come back.

    A row that can’t be read, placed or validated is left out and said as `file:line: message`; the others go on. Stops
    with 1 when there is such a row, or when too many people would leave at once.

    With --json, an object: `version` (1), `applied`, `counts`, `withheld` (nobody could be taken for absent), `changes`
    (a list of objects with `action`, `path`, `name`, `line`, and the lists `differences` and `kept` of objects with
    `key`, `here`, `there`), `strangers` (paths of profiles that never came from the directory) and `problems`, as those
    of `check`.
    """
    from curation.imports.memory import remembered
    from curation.imports.people import plan
    from curation.imports.report import document

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    folder = Path(os.path.normpath(around.working / desk))
    made = plan(_directory(file, form, complete, around.working), tree, remembered(folder, desk.as_posix()))
    stopped = _too_many_leave(made, tree) if not yes else None
    if apply and stopped is None:
        made = _written(made, tree, folder)
    screen = Screen()
    if as_json:
        screen.write(document(made, tree, say, apply and stopped is None))
    else:
        _print(made, tree, say, screen)
    if stopped is not None:
        raise stopped
    if not as_json:
        written = N_(
            "Written. Commit the profiles with desk/imports/people/, which remembers what this import put there."
        )
        screen.say(say.gettext(written if apply else N_("Nothing was written: add --apply to write it.")))
    if made.problems:
        raise typer.Exit(FAILED)


def _directory(file: Path, form: str | None, complete: bool, working: Path) -> Directory:
    """The file, of which no more is read than may be imported."""
    from curation.imports.export import MAX_BYTES
    from curation.imports.people import Directory

    with (working / file).open("rb") as opened:
        raw = opened.read(MAX_BYTES + 1)
    known = next((known for known in FORMATS if known == form), None)
    return Directory(raw, file.as_posix(), known, complete)


def _too_many_leave(made: Plan, tree: Tree) -> Stopped | None:
    most = tree.settings.directory.max_leaving_share
    if made.leaving_share <= most:
        return None
    what = N_(
        "{share} % of the people ({count} of {present}) would be marked as left, and {most} % may be: "
        "nothing was written; if they did leave, add --yes"
    )
    share, count = round(made.leaving_share * 100), len(made.of("leave"))
    said = message(what, share=share, count=count, present=made.present, most=round(most * 100))
    return Stopped(said, FAILED)


def _written(made: Plan, tree: Tree, desk: Path) -> Plan:
    from curation.imports.applying import applied

    failed = [
        replace(problem, path=tree.shown_path(problem.path))
        for problem in applied(made.changes, tree.folder, desk)
    ]
    return replace(made, problems=tuple(in_order([*made.problems, *failed])))


def _print(made: Plan, tree: Tree, say: Translator, screen: Screen) -> None:
    from curation.imports.report import notes, sections

    screen.problems(made.problems, say)
    screen.sections(sections(made, tree, say))
    for note in notes(made, say):
        screen.say(note)


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    group = typer.Typer(help="Bring people in from a directory.", no_args_is_help=True, rich_markup_mode=None)
    group.command()(people)

    @group.callback()
    def root() -> None:
        """Bring people in from a directory."""

    app.add_typer(group, name="import")
