"""The command that takes contributions in: options in, the rooms beside called, what came of each message printed."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from curation.errors import FAILED, Stopped, said
from curation.intake import options
from curation.options import CONFIG, CONTENT, Config, Content, Lang
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.problems import N_, message

if TYPE_CHECKING:
    from curation.intake.running import Run
    from curation.intake.taking import Office
    from curation.tree import Tree


@said
def intake(
    context: typer.Context,
    *,
    maildir: options.MaildirFolder = None,
    mbox: options.MboxFile = None,
    folder: options.SheetFolder = None,
    imap: options.ImapServer = None,
    imap_move: options.MoveTo = None,
    issues: options.IssuesLabel = None,
    limit: options.Limit = 200,
    propose: options.Propose = False,
    send: options.Send = False,
    smtp: options.SmtpServer = None,
    sender: options.From = None,
    outbox: options.OutboxFolder = None,
    state: options.StateFolder = options.STATE,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Take contributions in: from messages to validated files, and an answer to each.

    A message is a contribution sheet, or a letter whose subject says what it is. A complete one becomes a file of the
    content; else its sender is asked for what is missing, with what we propose. Each is taken in once, even when a run
    is interrupted; automatic mail is neither read nor answered.

    Prints one line a message. With --json, an object: `version` (1); `messages`, a list of objects with `id`, `sender`,
    `subject`, `verdict` (`new`, `changed`, `known`, `incomplete`, `unclear`, `refused`, `left`, `ignored` or `failed`),
    `kind`, `path`, `request`, `missing`, `questions`, `problems`, `notes`, `flags` and `why`; and `sent`, the answers
    that left, with `file`, `to` and `refused`. Stops with 1 when a message had to be put off until the next run, or an
    answer was refused.
    """
    from curation.intake.running import Run
    from curation.intake.sources.opening import Named, opened

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    here = around.working
    paths = [here / path if path else None for path in (maildir, mbox, folder)]
    named = Named(paths[0], paths[1], paths[2], imap, imap_move, issues)
    if named.is_empty and not send:
        what = N_("where do messages wait? Name one of --maildir, --mbox, --folder, --imap, --issues")
        raise Stopped(message(what))
    office = _office(around, tree, here / state, outbox, sender, propose=propose)
    run = Run(office, say, (lambda text: None) if as_json else Screen().say)
    with (
        nullcontext() if dry_run else office.ledger.alone(),
        opened(named, tree, around.environment, read_only=dry_run) as sources,
    ):
        run.take_in(sources, tree, limit, dry_run=dry_run)
    if send and not dry_run:
        _send(run, smtp, around)
    if as_json:
        typer.echo(json.dumps(run.document, ensure_ascii=False, indent=2))
    if run.has_failed:
        raise typer.Exit(FAILED)


def _office(
    around: Surroundings, tree: Tree, state: Path, outbox: Path | None, sender: str | None, *, propose: bool
) -> Office:
    """What the run works with.

    Raises:
        Stopped: no address is known that answers could come from.
    """
    from curation.intake.ledger import Ledger
    from curation.intake.outbox import Outbox
    from curation.intake.proposing import Proposer
    from curation.intake.taking import Office

    site = tree.settings.site
    address = sender or site.contact
    if address is None:
        raise Stopped(message(N_("who answers? Set “contact” in site.yml, or name an address with --from")))
    folder = around.working / outbox if outbox else state / "outbox"
    proposer = Proposer(tree, around.environment, around.now) if propose else None
    return Office(Ledger(state / "ledger"), Outbox(folder), (site.name, address), around.now, proposer)


def _send(run: Run, smtp: str | None, around: Surroundings) -> None:
    from curation.intake.servers import server_at

    if smtp is None:
        raise Stopped(message(N_("which server sends? Name it with --smtp, or set VEILLEE_SMTP")))
    run.send(server_at(smtp, "smtp", "smtps"), around.environment.get(options.SMTP_PASSWORD))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(intake)
