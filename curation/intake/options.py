"""The options of `veillee intake`: where messages wait, and what becomes of the answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

IMAP_PASSWORD, SMTP_PASSWORD = "VEILLEE_IMAP_PASSWORD", "VEILLEE_SMTP_PASSWORD"
STATE = Path(".cache/veillee/intake")

MaildirFolder = Annotated[
    Path | None,
    typer.Option(
        "--maildir", metavar="DIR", help="A Maildir; mail that is dealt with is marked as seen in it."
    ),
]
MboxFile = Annotated[
    Path | None, typer.Option("--mbox", metavar="FILE", help="An mbox file; it is only read.")
]
SheetFolder = Annotated[
    Path | None,
    typer.Option(
        "--folder", metavar="DIR", help="A folder of .eml mails and .txt or .md sheets; it is only read."
    ),
]
ImapServer = Annotated[
    str | None,
    typer.Option(
        "--imap",
        envvar="VEILLEE_IMAP",
        metavar="URL",
        help="A mailbox, such as imaps://contributions@mail.example/INBOX; its password is in VEILLEE_IMAP_PASSWORD.",
    ),
]
MoveTo = Annotated[
    str | None,
    typer.Option(
        "--imap-move", metavar="FOLDER", help="Where mail that is dealt with is moved on the server."
    ),
]
IssuesLabel = Annotated[
    str | None,
    typer.Option(
        "--issues", metavar="LABEL", help="The open issues with this label, on the project’s forge."
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, help="At most so many messages.")]
Propose = Annotated[
    bool,
    typer.Option(
        "--propose",
        help="Propose each file on the forge, on a branch of its own, rather than leave it in the content folder.",
    ),
]
Send = Annotated[bool, typer.Option("--send", help="Send the answers that wait in the outbox.")]
SmtpServer = Annotated[
    str | None,
    typer.Option(
        "--smtp",
        envvar="VEILLEE_SMTP",
        metavar="URL",
        help="The server that sends, such as smtps://contributions@mail.example; its password is in VEILLEE_SMTP_PASSWORD.",
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="ADDRESS", help="The address that answers; “contact” of site.yml when absent."
    ),
]
OutboxFolder = Annotated[
    Path | None,
    typer.Option(
        "--outbox", metavar="DIR", help="Where answers are laid as .eml files; below --state when absent."
    ),
]
StateFolder = Annotated[
    Path,
    typer.Option(
        "--state", envvar="VEILLEE_INTAKE", metavar="DIR", help="What this machine remembers of the messages."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
