"""Where a form leads: the address of a mail that holds a sheet, and the names by which a forge takes a new issue."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from portal.settings import Repository

MAX_MAILTO_CHARS = 1_800
"""Longer `mailto:` addresses are cut by some mail programs and systems."""


def mailto(to: str, subject: str, body: str) -> str:
    """An address that opens a mail (RFC 6068): lines end with CRLF, all else is percent-encoded."""
    lines = body.replace("\n", "\r\n")
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


def issue_parameters(repository: Repository) -> tuple[str, str]:
    """The names of the query parameters that fill in the title and the text of a new issue.

    GitLab has its own (`issue[title]`); GitHub and Forgejo share theirs. Where `forge` isn't set, the address tells.
    """
    address = urlsplit(repository.issue_url or "")
    is_gitlab = (
        repository.forge == "gitlab"
        if repository.forge
        else "gitlab" in (address.hostname or "") or "/-/issues/" in address.path
    )
    return ("issue[title]", "issue[description]") if is_gitlab else ("title", "body")
