"""One message from its decision to its answer, so that a run may be killed anywhere: nothing is lost, nothing doubled.

The ledger says first what is about to be written, and under which name; the file is written; it is proposed; the answer
is laid in the outbox; the ledger says that all is done; the source marks the message. Whatever was interrupted is taken
up there by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from curation.files import write_new, write_over
from curation.intake.answers import answer
from curation.intake.deciding import decide
from curation.intake.ledger import Entry, Ledger, digest_of, key_of
from curation.intake.letters import letter
from curation.intake.outbox import Outbox
from curation.intake.outcome import Outcome
from curation.intake.sources.source import Held, Source
from curation.new import Draft, compose
from curation.tree import Tree
from portal import frontmatter
from portal.content import Content
from portal.records import Person, Record
from portal.records import Source as Origin
from portal.records.places import slug_in

Propose = Callable[[Outcome, str, str], str | None]
"""Proposes the file at a path of the content under the key of its message; the address of the request, if it has one."""


@dataclass(frozen=True)
class Office:
    """What a run works with. `sender` is our name and address; `propose` is None where files are only written."""

    ledger: Ledger
    outbox: Outbox
    sender: tuple[str, str]
    now: datetime
    propose: Propose | None = None


@dataclass(frozen=True)
class Taken:
    """What came of a message, the path of its file, the address of its proposal, and the content before and since."""

    outcome: Outcome
    before: Tree
    tree: Tree
    path: str | None = None
    request: str | None = None


def considered(held: Held, tree: Tree) -> Outcome:
    """What would be done about a message; nothing is."""
    return decide(held.message, tree, lambda path: text_at(tree, path) or "")


def take(held: Held, source: Source, tree: Tree, office: Office) -> Taken | None:
    """Deal with one message; None when it was dealt with before.

    Raises:
        Stopped: something can't be written, proposed or answered; the next run takes the message up again.
    """
    key = key_of(held.message.id)
    before = office.ledger.get(key)
    if before is not None and before.done:
        source.done(held, before.verdict)
        return None
    taken = _carried_out(held, key, before, tree, office)
    if taken.outcome.is_answered:
        text = answer(taken.outcome, taken.before, request=taken.request).text
        if not source.answer(held, text):
            office.outbox.put(key, letter(held.message, text, key=key, sender=office.sender, now=office.now))
    _note(office, key, Entry(verdict=taken.outcome.verdict), done=True)
    office.ledger.forget_original(key)
    source.done(held, taken.outcome.verdict)
    return taken


def _carried_out(held: Held, key: str, before: Entry | None, tree: Tree, office: Office) -> Taken:
    """Write and propose what comes of a message, or go on where an interrupted run stopped."""
    earlier = _earlier(before, key, tree, office)
    base = earlier.tree if earlier else tree
    outcome = decide(held.message, base, earlier.text_of) if earlier else considered(held, tree)
    draft = outcome.draft
    if draft is None:
        return Taken(outcome, base, tree, outcome.path)
    if earlier:
        draft, original = replace(draft, path=earlier.path), earlier.original
    else:
        original = text_at(tree, draft.path)
        draft = _written(outcome, draft, key, original, tree, office)
    outcome = replace(outcome, draft=draft)
    request = before.request if before else None
    if office.propose:
        if before is None or not before.proposed:
            request = office.propose(outcome, draft.path, key)
            _note(office, key, Entry(verdict=outcome.verdict), proposed=True, request=request)
        _put_back(draft, original, base)
    return Taken(outcome, base, _widened(tree, draft), draft.path, request)


@dataclass(frozen=True)
class _Earlier:
    """What an interrupted run wrote: where, over which text, and the content as it was before that."""

    path: str
    original: str | None
    tree: Tree

    def text_of(self, path: str) -> str:
        """The text of a file, as it was."""
        return (self.original if path == self.path else text_at(self.tree, path)) or ""


def _earlier(entry: Entry | None, key: str, tree: Tree, office: Office) -> _Earlier | None:
    """What an interrupted run wrote for a message; None where it wrote nothing."""
    if entry is None or entry.path is None:
        return None
    text = text_at(tree, entry.path)
    if not entry.proposed and (text is None or digest_of(text) != entry.digest):
        return None
    original = office.ledger.original(key)
    kept = [record for record in tree.loaded.content.records if record.path != entry.path]
    if original is not None:
        page, slug = frontmatter.read(original.encode()), slug_in(Person, entry.path) or ""
        origin = Origin(entry.path, slug, page.body, page.body_line, page.front)
        kept.append(Person.read(page.front.values, origin))
    return _Earlier(entry.path, original, _with(tree, kept))


def _written(  # noqa: PLR0913, PLR0917 - what is written, and what is remembered of it
    outcome: Outcome, draft: Draft, key: str, original: str | None, tree: Tree, office: Office
) -> Draft:
    """Write a file, under another name where someone was faster; the ledger knows the name and the old text first."""
    if original is not None:
        office.ledger.keep_original(key, original)
    while True:
        entry = Entry(verdict=outcome.verdict, path=draft.path, digest=digest_of(draft.text))
        office.ledger.put(key, entry)
        try:
            (write_new if original is None else write_over)(tree.folder / draft.path, draft.text)
        except FileExistsError:
            draft = compose(draft.model, draft.values, tree, draft.body, draft.name)
        else:
            return draft


def _put_back(draft: Draft, original: str | None, tree: Tree) -> None:
    """What is proposed on a branch leaves the working folder, so that it can be pulled once it is merged."""
    file = tree.folder / draft.path
    if text_at(tree, draft.path) == draft.text:
        if original is not None:
            write_over(file, original)
        elif tree.loaded.content.by_path.get(draft.path) is None:
            file.unlink()


def _note(office: Office, key: str, otherwise: Entry, **news: object) -> None:
    entry = office.ledger.get(key) or otherwise
    office.ledger.put(key, entry.model_copy(update=news))


def _widened(tree: Tree, draft: Draft) -> Tree:
    """The content as it is with the file of a draft."""
    origin = Origin(draft.path, slug_in(draft.model, draft.path) or "", draft.body, front=draft.front)
    return _with(tree, [*tree.loaded.content.records, draft.model.read(draft.front.values, origin)])


def _with(tree: Tree, records: Iterable[Record]) -> Tree:
    content = Content(records, tree.settings, media=tree.loaded.content.media.values())
    return replace(tree, loaded=replace(tree.loaded, content=content))


def text_at(tree: Tree, path: str) -> str | None:
    """The text of a file of the content with its own line ends; None where there is none."""
    try:
        return (tree.folder / path).read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
