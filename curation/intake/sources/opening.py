"""The sources that options name, opened for as long as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from curation.intake.options import IMAP_PASSWORD
from curation.intake.servers import server_at
from curation.intake.sources.folder import Folder
from curation.intake.sources.mailboxes import Maildir, Mbox
from curation.intake.sources.source import Source
from curation.tree import Tree


@dataclass(frozen=True)
class Named:
    """The sources that someone named; paths are absolute."""

    maildir: Path | None = None
    mbox: Path | None = None
    folder: Path | None = None
    imap: str | None = None
    move_to: str | None = None
    issues: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return not any((self.maildir, self.mbox, self.folder, self.imap, self.issues))


@contextmanager
def opened(
    named: Named, tree: Tree, environment: Mapping[str, str], *, read_only: bool
) -> Iterator[list[Source]]:
    """Every source that is named; connections last as long.

    Raises:
        Stopped: one of them can't be reached or read.
    """
    found: list[Source] = []
    with ExitStack() as stack:
        if named.maildir:
            found.append(Maildir(named.maildir))
        if named.mbox:
            found.append(Mbox(named.mbox))
        if named.folder:
            found.append(Folder(named.folder))
        if named.imap:
            from curation.intake.sources.imap import mailbox_at

            server, password = server_at(named.imap, "imap", "imaps"), environment.get(IMAP_PASSWORD)
            mailbox = mailbox_at(server, password, read_only=read_only, move_to=named.move_to)
            found.append(stack.enter_context(mailbox))
        if named.issues:
            from curation.forges.forge import forge_of
            from curation.intake.sources.issues import Issues

            forge = forge_of(tree.folder, tree.settings.site.repository, environment)
            found.append(Issues(forge, named.issues))
        yield found
