"""The command of the newsletter: options in, the rooms beside called, what they did printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from curation.errors import FAILED, Stopped, day_of, said
from curation.newsletter import options
from curation.options import CONFIG, CONTENT, Config, Content
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.problems import N_, message

if TYPE_CHECKING:
    from curation.newsletter.posting import Post


@said
def newsletter(
    context: typer.Context,
    *,
    file: options.LetterFile = None,
    since: options.Since = None,
    until: options.Until = None,
    territory: options.TerritoryOption = None,
    community: options.CommunityOption = None,
    audience: options.AudienceOption = "internal",
    lang: options.LetterLang = None,
    again: options.Again = False,
    out: options.Out = options.OUT,
    to: options.To = None,
    send: options.Send = False,
    smtp: options.SmtpServer = None,
    retry_doubtful: options.RetryDoubtful = False,
    retry_refused: options.RetryRefused = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
) -> None:
    """Choose what is new for a letter, set it as a mail, and send it once to each of a list.

    With --since, writes content/newsletters/NAME.md: a selection that people then adjust. The same command finds the
    file there and leaves it as it is. Each run sets the letter as a mail: a page of 600 px for every mailbox, a plain
    text, and both as a message.

    With --to, says to whom it would go; with --send too, it goes. What became of each copy is written in a journal
    beside the list: a run that was stopped, however it was, goes on where it ended and nobody gets it twice.

    Stops with 1 when someone of the list didn’t get it.
    """
    from curation.explain import locate
    from curation.newsletter.rendering import letter_at, render
    from curation.newsletter.report import shown_path, told_mail
    from curation.newsletter.starting import Question, begin

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    screen = Screen()
    if send and to is None:
        raise Stopped(message(N_("to whom? Name the list of addresses with --to")))
    if (file is None) == (since is None):
        raise Stopped(message(N_("name a letter, or say with --since from which day on something is new")))
    if since is not None:
        asked = Question(
            day_of(since), day_of(until) if until else None, territory, community, audience, lang
        )
        path, lines = begin(asked, tree, say, over=again)
        for line in lines:
            screen.say(line)
        tree, say = around.read_sound(content, config, lang)
    else:
        path = locate(file or Path(), tree, around.working)
    letter = letter_at(path, tree, say)
    rendered = render(letter, tree)
    folder = around.working / out
    files = [shown_path(made, around.working) for made in rendered.write(folder)]
    for line in told_mail(rendered, files, say):
        screen.say(line)
    if to is not None:
        post = _post(around, to, smtp, doubtful=retry_doubtful, refused=retry_refused)
        if not (post.send if send else post.explain)(letter, tree, say, screen):
            raise typer.Exit(FAILED)


def _post(around: Surroundings, to: Path, smtp: str | None, *, doubtful: bool, refused: bool) -> Post:
    from curation.intake.options import SMTP_PASSWORD
    from curation.newsletter.posting import Post
    from curation.newsletter.sending import Again

    password, again = around.environment.get(SMTP_PASSWORD), Again(doubtful, refused)
    return Post(around.working / to, to.as_posix(), smtp, password, around.clock, again)


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(newsletter)
