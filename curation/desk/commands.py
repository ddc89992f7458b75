"""The commands of the desk: list the candidates, decide, take back. Options in, the desk called, its answers printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curation.errors import FAILED, Stopped, said
from curation.options import CONFIG, CONTENT, DESK, By, Config, Content, DeskFolder, Lang
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.language import Translator
from portal.problems import N_, message

if TYPE_CHECKING:
    from curation.desk.decision import Decision
    from curation.desk.desk import Desk

Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="The candidates, by their ids.")]


def open_desk(
    context: typer.Context, content: Path, config: Path, desk: Path, lang: str | None
) -> tuple[Desk, Translator]:
    """The desk with the content and settings, which must be sound.

    A candidate's file that can't be read is said, and left for someone to mend; the others go on.

    Raises:
        Stopped: the settings have a problem, or a decision can't be read; with its line.
    """
    from curation.desk.desk import Desk
    from curation.report import line

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    opened = Desk.open(tree, desk, around.working)
    for problem in opened.papers.decision_problems:
        # What it refuses or keeps would come back.
        what = N_("a decision can’t be read: {problem}")
        raise Stopped(message(what, problem=str(line(problem, say))), FAILED)
    for problem in opened.papers.problems:
        typer.echo(str(line(problem, say)), err=True)
    return opened, say


@said
def candidates(
    context: typer.Context,
    *,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    source: Annotated[
        str | None, typer.Option("--source", metavar="ID", help="Only those of one source.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    lang: Lang = None,
) -> None:
    """List what waits for a curator, the most relevant first.

    The score (0 to 100) is learnt from what was kept and refused before; it sorts, a person chooses. With --json, an
    object: `version` (1), `model` (the version of the score), `waiting` (how many) and `candidates`, a list of objects
    with `id`, `score`, `title`, `url`, `sources`, `published`, `lang`, `excerpt`, `skills`, `communities`, and the words
    `for` and `against`.
    """
    from curation.desk.listing import as_document, as_lines

    opened, say = open_desk(context, content, config, desk, lang)
    found = [item for item in opened.appraised if source is None or source in item.candidate.sources]
    if as_json:
        document = as_document(found[:limit], len(found))
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    screen = Screen()
    for text in as_lines(found[:limit], len(found), opened, say):
        screen.say(text)


@said
def keep(
    context: typer.Context,
    *,
    candidate: Annotated[str, typer.Argument(metavar="ID", help="The candidate, by its id.")],
    why: Annotated[str, typer.Option("--why", help="Why it matters to us: what readers see first.")],
    communities: Annotated[
        str, typer.Option("--communities", metavar="A,B", help="Who should read it.")
    ] = "",
    skills: Annotated[str, typer.Option("--skills", metavar="A,B", help="What it is about.")] = "",
    title: Annotated[
        str | None, typer.Option("--title", help="A title of ours, where the source’s won’t do.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="The address, where the source gives none.")
    ] = None,
    by: By = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Keep a candidate: its page is written into the watch, with why it matters.

    The decision is a file of its own under `desk/decisions/`; the candidate leaves the desk.
    """
    from curation.desk.curator import curator
    from curation.desk.items import Words

    opened, say = open_desk(context, content, config, desk, lang)
    words = Words(why, _listed(communities), _listed(skills), title, url)
    found, now = opened.find(candidate), Surroundings.of(context).now
    with _refusals_said(say):
        decision = opened.keep(found, curator(opened.tree, by), words, now)
    Screen().say(say.gettext("Kept: {path}").format(path=opened.tree.shown_path(decision.item or "")))


@contextmanager
def _refusals_said(say: Translator) -> Iterator[None]:
    """Says what a decision can’t be written for, with its lines, then stops."""
    from curation.desk.desk import ItemRefused

    try:
        yield
    except ItemRefused as refused:
        Screen().problems(refused.problems, say)
        raise Stopped(message(N_("nothing was written: mend these values, then try again")), FAILED) from None


@said
def refuse(
    context: typer.Context,
    *,
    ids: Ids,
    why: Annotated[str | None, typer.Option("--why", help="Why not: the score learns from it.")] = None,
    by: By = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Refuse candidates for good: they never come back, even under another id or from another source."""
    from curation.desk.curator import curator

    opened, say = open_desk(context, content, config, desk, lang)
    who, now = curator(opened.tree, by), Surroundings.of(context).now
    for found in [opened.find(name) for name in ids]:
        with _refusals_said(say):
            opened.refuse(found, who, why, now)
        Screen().say(say.gettext("Refused: {title}").format(title=found.title))


@said
def later(
    context: typer.Context,
    *,
    ids: Ids,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DAY", help="The day they come back; in a week when absent."),
    ] = None,
    by: By = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Put candidates off: they come back on a day."""
    from curation.desk.curator import curator

    opened, say = open_desk(context, content, config, desk, lang)
    who, now = curator(opened.tree, by), Surroundings.of(context).now
    day = _day(until) if until else None
    for found in [opened.find(name) for name in ids]:
        decision = opened.later(found, who, day, now)
        text = say.gettext("Put off until {day}: {title}")
        Screen().say(text.format(day=say.date(decision.until or now), title=found.title))


@said
def reopen(
    context: typer.Context,
    *,
    ids: Ids,
    by: By = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Take decisions back: the candidates return to the desk, and the pages made of them go.

    A page that someone has edited since is left, and said.
    """
    from curation.desk.curator import curator

    opened, say = open_desk(context, content, config, desk, lang)
    who, now = curator(opened.tree, by), Surroundings.of(context).now
    for decision in [_decision(opened, name) for name in ids]:
        opened.reopen(decision, who, now)
        Screen().say(say.gettext("Back on the desk: {title}").format(title=decision.findings[0].title))


@said
def settle(
    context: typer.Context,
    *,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Carry out the decisions that curators wrote in the files of candidates, and those that were interrupted.

    In a forge’s editor, a curator adds `decision: keep` (or `refuse`, `later`), `by:` and `why:` to the front matter of
    a candidate’s file, and `communities:` or `skills:` if need be. `veillee fetch` does this first.
    """
    opened, say = open_desk(context, content, config, desk, lang)
    _, is_refused = settled(opened, say, Screen(), Surroundings.of(context))
    if is_refused:
        raise typer.Exit(FAILED)


def settled(opened: Desk, say: Translator, screen: Screen, around: Surroundings) -> tuple[Desk, bool]:
    """Do what `settle` says and print it: the desk after it, and whether something couldn’t be done."""
    from curation.desk.desk import ItemRefused

    if opened.finish():
        opened = opened.again()
    is_refused = False
    written = list(opened.written())
    for filed, candidate in written:
        try:
            decision = opened.carry_out(filed, candidate, around.now)
        except ItemRefused as refused:
            screen.problems(refused.problems, say)
            is_refused = True
        else:
            opened = opened.after(decision)
            title = decision.findings[0].title
            screen.say(say.gettext(_SAID[decision.verdict]).format(title=title))
    return opened.again() if written else opened, is_refused


_SAID = {"keep": N_("Kept: {title}"), "refuse": N_("Refused: {title}"), "later": N_("Put off: {title}")}


def _decision(opened: Desk, name: str) -> Decision:
    decision = opened.decided.get(name)
    if decision is None:
        raise Stopped(message(N_("nothing was decided about “{id}”"), id=name), FAILED)
    return decision


def _listed(text: str) -> tuple[str, ...]:
    return tuple(item for part in text.split(",") if (item := part.strip()))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = N_("a date such as 2026-11-05 is expected, not “{value}”")
        raise Stopped(message(what, value=text)) from None


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    commands: Sequence[Callable[..., None]] = (candidates, keep, refuse, later, reopen, settle)
    for command in commands:
        app.command()(command)
