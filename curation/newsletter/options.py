"""The options of `veillee newsletter`: what is chosen, for whom, where the mail is laid, and to whom it is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from curation.options import among
from portal.language import LANGUAGES

OUT = Path("newsletters")
AUDIENCES = ("internal", "external")

LetterFile = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE]", help="A letter of content/newsletters/, to be set as a mail and sent."),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Choose what is new since that day, such as 2026-11-01."),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="The last day, which dates the letter; today when absent."),
]
TerritoryOption = Annotated[
    str | None, typer.Option("--territory", metavar="SLUG", help="Write for the people of a territory.")
]
CommunityOption = Annotated[
    str | None,
    typer.Option(
        "--community",
        metavar="SLUG",
        help="Write for a community; for a private one, with what its members alone read.",
    ),
]
AudienceOption = Annotated[
    str,
    typer.Option(
        "--audience",
        metavar="|".join(AUDIENCES),
        callback=among(AUDIENCES),
        help="Who may read it: every employee, or the public, with what may be shown outside only.",
    ),
]
LetterLang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        callback=among(LANGUAGES),
        help="The language of a new letter, and of what is said; that of the site when absent.",
    ),
]
Again = Annotated[
    bool,
    typer.Option(
        "--again", help="Choose again, over the file that is there: what was adjusted in it is lost."
    ),
]
Out = Annotated[
    Path, typer.Option("--out", metavar="DIR", help="Where the mail is laid, as .html, .txt and .eml.")
]
To = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="LIST",
        help="The list of addresses, outside of any git repository; says what --send would do.",
    ),
]
Send = Annotated[bool, typer.Option("--send", help="Send it, once to each of the list; with --to.")]
SmtpServer = Annotated[
    str | None,
    typer.Option(
        "--smtp",
        envvar="VEILLEE_SMTP",
        metavar="URL",
        help="Another server than that of mailing.yml, such as smtps://lettre@mail.example.",
    ),
]
RetryDoubtful = Annotated[
    bool,
    typer.Option(
        "--retry-doubtful",
        help="Send again to those of whom nobody knows whether they got it; they may get it twice.",
    ),
]
RetryRefused = Annotated[
    bool, typer.Option("--retry-refused", help="Try again those whom the server refused for good.")
]
