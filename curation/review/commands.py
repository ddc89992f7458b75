"""The command that opens the curator's screen."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from curation.desk.commands import open_desk, settled
from curation.errors import Stopped, said
from curation.options import CONFIG, CONTENT, DESK, STATE, By, Config, Content, DeskFolder, Lang, StateFile
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.language import Translator
from portal.problems import N_, Message, message

if TYPE_CHECKING:
    from curation.desk.desk import Desk
    from curation.review.session import Taken


@said
def review(
    context: typer.Context,
    *,
    by: By = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    state: StateFile = STATE,
    lang: Lang = None,
) -> None:
    """Judge candidates on a screen of the terminal, by keys alone: keep with why, refuse, put off, undo.

    It works over SSH. Each decision is a file at once, the same that `veillee keep` and `veillee refuse` write. The
    decisions that curators wrote in the files of candidates are carried out first, as `veillee settle` does.
    """
    # It is drawn on standard error, which is free of what Python buffers.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        what = N_(
            "this screen needs a terminal; “veillee candidates”, “keep” and “refuse” do the same without one"
        )
        raise Stopped(message(what))
    from curation.desk.curator import curator
    from curation.review.app import Review
    from curation.review.preview import View
    from curation.review.session import Session

    around, screen = Surroundings.of(context), Screen()
    opened, say = open_desk(context, content, config, desk, lang)
    who = curator(opened.tree, by)
    settled(opened, say, screen, around)
    session = Session(opened, who, around.clock)
    alarms = _alarms(session.desk, around.working / state)
    # The mouse stays the terminal's own: what is on the screen can be selected, and addresses opened.
    program = Review(View(session, say, alarms))
    program.run(mouse=False)
    for text in _summary(session.taken, say):
        screen.say(text)
    if program.return_code:
        raise typer.Exit(program.return_code)


def _alarms(desk: Desk, state: Path) -> dict[str, list[Message]]:
    """What is wrong with each source; without what this machine remembers of them, what `feeds.yml` tells."""
    from curation.feeds.health import health
    from curation.feeds.state import SourceState, State

    states: Mapping[str, SourceState] = {}
    with suppress(Stopped):
        states = State.read(state)
    waiting = [filed.finding for filed in desk.papers.filed]
    sources = health(desk.tree.settings.feeds, states, waiting, desk.decided, desk.tree.content)
    return {item.subscription.id: [what for _, what in item.alarms] for item in sources}


def _summary(taken: Sequence[Taken], say: Translator) -> Iterator[str]:
    """What was decided, and what comes next."""
    counted = Counter(item.decision.verdict for item in taken)
    told = (
        say.ngettext("{count} kept", "{count} kept", counted["keep"]),
        say.ngettext("{count} refused", "{count} refused", counted["refuse"]),
        say.ngettext("{count} put off", "{count} put off", counted["later"]),
    )
    counts = (counted["keep"], counted["refuse"], counted["later"])
    found = [text.format(count=count) for text, count in zip(told, counts, strict=True) if count]
    yield (
        say.gettext("Decided: {counts}.").format(counts=say.listed(found))
        if found
        else say.gettext("Nothing was decided.")
    )
    if found:
        yield say.gettext("Next: “veillee propose” shares your decisions.")


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(review)
