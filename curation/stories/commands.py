"""The commands about stories: the board, one step further, someone's agreement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from curation.errors import FAILED, Stopped, day_of, said
from curation.explain import locate
from curation.files import write_over
from curation.options import CONFIG, CONTENT, Config, Content, Lang, among
from curation.surroundings import Surroundings
from curation.terminal import Screen
from curation.tree import Tree
from portal.labels import LABELS
from portal.problems import N_, message
from portal.records import Story
from portal.validation import nearest

_STATUSES = tuple(LABELS["story_status"])
_STATUS = "|".join(_STATUSES)

stories = typer.Typer(
    invoke_without_command=True, no_args_is_help=False, help="Follow stories from draft to archive."
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file of a story.")]


@stories.callback()
@said
def board(
    context: typer.Context,
    *,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar=_STATUS, callback=among(_STATUSES), help="Only this column."),
    ] = None,
    territory: Annotated[
        str | None,
        typer.Option("--territory", metavar="SLUG", help="Only stories from there, or from inside."),
    ] = None,
    waiting_for: Annotated[
        str | None,
        typer.Option("--waiting-for", metavar="PERSON", help="Only stories that wait for someone."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Show every story in its column: its day, since when it stands there, whom it waits for, what it lacks.

    A draft waits for its `editor`, a story in review for its `reviewers`, and each one for the people who appear in it
    and haven't agreed. A scheduled story whose day has come stands among the published ones, a
    published one whose day is to come among the scheduled ones. Late are those whose day
    came while they were a draft or in review; those that are out, or will be, while something is missing are marked.

    Since when is read in git, from the last commit that wrote the line `status`; without git, it is the date of the
    file, and that is said.

    With --json, an object: `version` (1), `dated_by` (`git` or `files`), and `stories`, a list of objects with `slug`,
    `path`, `title`, `status`, `column`, `published`, `late` (`planned`, `unwhole` or null), `since` (a moment or null),
    `since_from` (`git`, `uncommitted` or `file`), `territory`, `editor`, `waits_for` (objects with `task`: `write`,
    `review` or `agree`, and `person`, null where nobody is named) and `missing` (objects with `item` and `message`).
    """
    if context.invoked_subcommand is not None:
        return
    from curation.stories.board import Wanted, cards
    from curation.stories.since import history
    from curation.stories.telling import as_document, note, tables

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    known, screen = tree.content, Screen()
    wanted = Wanted(
        status,  # type: ignore[arg-type]  # one of the statuses: the option's callback looked
        known.territory(_known(territory, "territory", tree)),
        known.person(_known(waiting_for, "person", tree)),
    )
    dated = history(known.every_story(), tree.folder, around.environment)
    found = cards(known, dated, wanted)
    if as_json:
        typer.echo(json.dumps(as_document(found, dated, known, say), ensure_ascii=False, indent=2))
        return
    for title, rows in tables(found, known, say):
        screen.title(title)
        screen.table(rows)
    if not found:
        screen.say(say.gettext("No story is there."))
    if said_of_dates := note(dated, say):
        screen.say(said_of_dates)


@stories.command("advance")
@said
def advance(
    context: typer.Context,
    file: File,
    *,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar=_STATUS,
            callback=among(_STATUSES),
            help="The status to give; the next one when absent.",
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day it comes out, such as 2026-12-03.")
    ] = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Take a story one step further: draft, review, then scheduled or published, then archived.

    A reviewed story is scheduled when its day is to come, and published otherwise. Only the keys `status`, `published`
    and `archived_on` of the file change. With --to, any status, back to a draft too.

    A story is scheduled or published when its checklist is whole: who made it, everyone's agreement, figures with their
    evidence, a picture with its credit or why there is none, a territory, a day. Otherwise the reasons are said, nothing
    is written, and the command stops with 1.
    """
    from curation.stories.moving import apply, next_status, plan

    tree, say = Surroundings.of(context).read_sound(content, config, lang)
    story = _story(file, tree, Surroundings.of(context).working)
    day = day_of(on) if on else None
    step = plan(story, to or next_status(story, day, tree.content.today), day, tree)  # type: ignore[arg-type]
    screen, word = Screen(), LABELS["story_status"][step.to]
    label = say.gettext(word)
    if step.reasons:
        screen.say(say.gettext("“{title}” isn’t ready ({status}):").format(title=story.title, status=label))
        for reason in step.reasons:
            screen.say(f"  - {say.say(reason)}")
        raise typer.Exit(FAILED)
    apply(step, tree)
    said_day = step.values.get("published", story.published)
    screen.say(say.gettext("{path}: {status}").format(path=tree.shown_path(story.path), status=label))
    if step.to == "scheduled" and said_day:
        screen.say(say.gettext("It comes out with the first build of {day}.").format(day=say.date(said_day)))
    if step.to == "review" and not story.reviewers:
        screen.say(say.gettext("Nobody is named to read it: add “reviewers” to the file."))


@stories.command("agree")
@said
def agree(
    context: typer.Context,
    file: File,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who agrees: the name of their file.")],
    *,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day they said so; today when absent.")
    ] = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Write that someone agreed to appear in a story, after reading it.

    One line is added under `agreements`: who, and the day. Someone who changes their mind only needs that line taken
    away: the story then leaves the site.
    """
    from curation.stories.agreeing import with_agreement

    tree, say = Surroundings.of(context).read_sound(content, config, lang)
    story = _story(file, tree, Surroundings.of(context).working)
    known = _known(person, "person", tree) or person
    day = day_of(on) if on else tree.content.today
    if day > tree.content.today:
        raise Stopped(message(N_("nobody has agreed on {day} yet, it is to come"), day=day))
    write_over(tree.folder / story.path, with_agreement(story, known, day, tree))
    found = tree.content.person(known)
    text = say.gettext("{path}: {name} agrees to appear ({day})")
    name = found.name if found else known
    Screen().say(text.format(path=tree.shown_path(story.path), name=name, day=say.date(day)))


def _story(file: Path, tree: Tree, working: Path) -> Story:
    """The story of a file.

    Raises:
        Stopped: there is no such file, or it is no story that can be read.
    """
    path = locate(file, tree, working)
    found = tree.content.by_path.get(path)
    if not isinstance(found, Story):
        what = N_("“{path}” isn’t a story that can be read: “veillee check” says why")
        raise Stopped(message(what, path=tree.shown_path(path)))
    return found


def _known(slug: str | None, kind: str, tree: Tree) -> str | None:
    """A slug that exists.

    Raises:
        Stopped: it doesn't; with the nearest.
    """
    if slug is None or tree.content.get(kind, slug) is not None:
        return slug
    if proposal := nearest(slug[:100], [item.slug for item in tree.content.of(kind)]):
        what = N_("there is no “{slug}” here: did you mean “{proposal}”?")
        raise Stopped(message(what, slug=slug, proposal=proposal))
    raise Stopped(message(N_("there is no “{slug}” here"), slug=slug))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.add_typer(stories, name="stories")
