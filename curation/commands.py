"""The commands about files of content: options in, the rooms beside called, their answers printed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from curation.asking import Interview
from curation.errors import FAILED, Stopped, said
from curation.explain import explain as explained
from curation.explain import locate
from curation.files import write_over
from curation.git import added_since, changed_since
from curation.intake.issue_forms import issue_forms
from curation.new import draft as draft_of
from curation.new import kind_named, save
from curation.options import CONFIG, CONTENT, Config, Content, Lang, among
from curation.reference import documents, orphans, stale
from curation.report import FORMATS, Report
from curation.surroundings import Surroundings
from curation.terminal import Screen
from curation.values import read_options
from portal.checks import Change
from portal.language import Translator
from portal.problems import N_, message
from portal.records import Event
from portal.settings import Site


@said
def check(
    context: typer.Context,
    *,
    content: Content = CONTENT,
    config: Config = CONFIG,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            callback=among(FORMATS),
            help="For people, for GitHub’s annotations, for GitLab’s Code Quality report, or for programs.",
        ),
    ] = "text",
    lang: Lang = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REV", help="Judge what changed since this git revision, as a change; with --author."
        ),
    ] = None,
    author: Annotated[
        str | None,
        typer.Option(metavar="HANDLE", help="Who proposes the change, by their name on the forge."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop with 1 for warnings too.")] = False,
) -> None:
    """Report everything that is wrong, sorted, at once.

    Reads the content and the settings. Each line is `path:line: severity: message [rule]`; the last one counts them.
    Stops with 1 when there is an error.

    The format `json` is an object: `version` (1), `counts` (`errors`, `warnings`, `files`) and `problems`, a list of
    objects with `path`, `line`, `severity` (`error` or `warning`), `rule` and `message`. Keys may be added to it;
    `version` goes up when one changes or goes.
    """
    if (base is None) != (author is None):
        raise Stopped(message(N_("--base and --author go together")))
    tree, say = Surroundings.of(context).read(content, config, lang)
    change = (
        Change(author, added_since(base, tree.folder), changed_since(base, tree.folder, Event.folder))
        if base is not None and author is not None
        else None
    )
    report = Report(tree.problems(change), tree.files, say)
    screen = Screen()
    if form == "text" and screen.is_terminal:
        screen.report(report)
    else:
        screen.write(FORMATS[form](report))
    if report.is_refused(strict):
        raise typer.Exit(FAILED)


@said
def new(
    context: typer.Context,
    *,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What to make, such as `person` or `story`.")],
    title: Annotated[
        str | None, typer.Option(help="Its title, or a person’s name; the file is named after it.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="The value of a key; again for other keys or further items."
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing: take what is given and what is most likely.")
    ] = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Make a valid file from answers or options.

    In a terminal, asks for the keys that are needed, then, on demand, for the others. Elsewhere, or with --yes, takes
    the options as they are, and proposes today for a day that is needed. The keys of each kind are in
    `docs/reference/front-matter.md`.

    A key that holds a list takes an item from each --set, or several: `--set communities=a,b`, or `[a, b]` for texts
    with commas. A group is `--set contact.email=…`; an item of a list of groups is
    `--set 'skills={skill: python, level: 3}'`.

    The values are validated before anything is written, and nothing is ever overwritten.
    """
    model = kind_named(kind)
    tree, say = Surroundings.of(context).read_sound(content, config, lang)
    given = read_options(model, title, settings or ())
    screen = Screen()
    interview = None if yes or not _is_terminal() else Interview(tree, screen, say)
    draft = draft_of(model, given, tree, interview, lambda made: screen.problems(made.problems, say))
    screen.problems(draft.problems, say)
    if draft.is_refused:
        raise Stopped(message(N_("nothing was written: mend these values, then try again")), FAILED)
    if interview is not None and not interview.wants(
        N_("Write {path}?"), True, path=tree.shown_path(draft.path)
    ):
        raise typer.Abort
    draft = save(draft, tree)
    for name in draft.values.keys() - given.keys() if interview is None else ():
        screen.say(say.gettext("Filled in: {key}: {value}").format(key=name, value=draft.values[name]))
    screen.say(say.gettext("Written: {path}").format(path=tree.shown_path(draft.path)))
    screen.say(say.gettext("Next: write its text below the second “---”, then run “veillee check”."))


@said
def explain(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of the content folder.")],
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Say how a file is read, and what relates to it.

    Its kind, its address, who sees it, each key with its line, its problems, what the site computes about it, and
    every file that names it.
    """
    tree, say = Surroundings.of(context).read(content, config, lang)
    Screen().sections(explained(locate(file, tree, Surroundings.of(context).working), tree, say))


@said
def schema(
    context: typer.Context,
    only_check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; name the files that are stale, and stop with 1 if any."),
    ] = False,
    docs: Annotated[Path, typer.Option(metavar="DIR", help="Where the reference pages are.")] = Path(
        "docs/reference"
    ),
    project: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the forges look for the forms of their issues.")
    ] = Path(),
    lang: Lang = None,
) -> None:
    """Write the reference pages, the JSON Schemas and the forms of the forges again.

    They are made from the code: the keys of front matter and settings, the rules of `check`, these commands, and what
    contributors are asked for. A schema of a kind that is gone is named, and left for someone to delete.
    """
    say = Translator(lang or Site().language)
    made = {docs / path: text for path, text in documents(context.find_root().command).items()}
    made |= {project / path: text for path, text in issue_forms(Translator(Site().language)).items()}
    old = sorted([*stale(made), *orphans(docs, made)])
    for path in old:
        if only_check or path not in made:
            typer.echo(say.gettext("“{path}” is stale").format(path=path.as_posix()))
        else:
            write_over(path, made[path])
            typer.echo(say.gettext("Written: {path}").format(path=path.as_posix()))
    if only_check and old:
        raise typer.Exit(FAILED)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (check, new, explain, schema):
        app.command()(command)
