"""One message from its decision to its answer, so that a run may be killed anywhere: nothing is lost, nothing doubled.

The ledger says first what is about to be written, and under which name; the file is written; it is proposed; the answer
is laid in the outbox; the ledger says that all is done; the source marks the message. Whatever was interrupted is taken
up there by the next run.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
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
from portal.content import Content
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
    """What came of a message, the path of its file, the address of its proposal, and the content as it is since."""

    outcome: Outcome
    tree: Tree
    path: str | None = None
    request: str | None = None


def considered(held: Held, tree: Tree) -> Outcome:
    """What would be done about a message; nothing is."""
    return decide(held.message, tree, lambda path: _text(tree, path) or "")


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
        text = answer(taken.outcome, tree, request=taken.request).text
        if not source.answer(held, text):
            office.outbox.put(key, letter(held.message, text, key=key, sender=office.sender, now=office.now))
    _note(office, key, Entry(verdict=taken.outcome.verdict), done=True)
    source.done(held, taken.outcome.verdict)
    return taken


def _carried_out(held: Held, key: str, before: Entry | None, tree: Tree, office: Office) -> Taken:
    """Write and propose what comes of a message, or go on where an interrupted run stopped."""
    written = _written_before(before, tree)
    outcome = considered(
        held, _without(tree, written) if written and before and before.verdict == "new" else tree
    )
    original = _text(tree, outcome.draft.path) if outcome.draft and not written else None
    if before is not None and before.path and (written or before.proposed):
        outcome, path = _at(outcome, before), before.path
    elif outcome.draft is not None:
        outcome = _write(outcome, key, tree, office)
        path = outcome.draft.path if outcome.draft else ""
    else:
        return Taken(outcome, tree, outcome.path)
    request = before.request if before else None
    if office.propose and not (before and before.proposed):
        request = office.propose(outcome, path, key)
        _note(office, key, Entry(verdict=outcome.verdict), proposed=True, request=request)
    draft = outcome.draft
    if office.propose and draft:
        _put_back(draft, original, tree)
    return Taken(outcome, _widened(tree, draft) if draft else tree, path, request)


def _write(outcome: Outcome, key: str, tree: Tree, office: Office) -> Outcome:
    """Write the file of an outcome, under another name where someone was faster; the ledger knows the name first."""
    draft = outcome.draft
    while draft is not None:
        entry = Entry(verdict=outcome.verdict, path=draft.path, digest=digest_of(draft.text))
        office.ledger.put(key, entry)
        try:
            (write_over if outcome.verdict == "changed" else write_new)(tree.folder / draft.path, draft.text)
        except FileExistsError:
            draft = compose(draft.model, draft.values, tree, draft.body, draft.name)
        else:
            break
    return replace(outcome, draft=draft)


def _put_back(draft: Draft, original: str | None, tree: Tree) -> None:
    """What is proposed on a branch leaves the working folder, so that it can be pulled once it is merged."""
    file = tree.folder / draft.path
    if _text(tree, draft.path) == draft.text:
        if original is not None:
            write_over(file, original)
        elif tree.loaded.content.by_path.get(draft.path) is None:
            file.unlink()


def _written_before(entry: Entry | None, tree: Tree) -> str | None:
    """The path of the file that an interrupted run has written for this message."""
    text = _text(tree, entry.path) if entry and entry.path else None
    return entry.path if entry and text is not None and digest_of(text) == entry.digest else None


def _at(outcome: Outcome, entry: Entry) -> Outcome:
    """The outcome whose file stands already where the ledger says."""
    if outcome.draft is None or entry.path is None:
        return outcome
    return replace(outcome, verdict=entry.verdict, draft=replace(outcome.draft, path=entry.path))


def _note(office: Office, key: str, otherwise: Entry, **news: object) -> None:
    entry = office.ledger.get(key) or otherwise
    office.ledger.put(key, entry.model_copy(update=news))


def _without(tree: Tree, path: str) -> Tree:
    """The content as it was before a file was written."""
    kept = [record for record in tree.loaded.content.records if record.path != path]
    return _with(tree, Content(kept, tree.settings, media=tree.loaded.content.media.values()))


def _widened(tree: Tree, draft: Draft) -> Tree:
    """The content as it is with the file of a draft."""
    origin = Origin(draft.path, slug_in(draft.model, draft.path) or "", draft.body, front=draft.front)
    record = draft.model.read(draft.front.values, origin)
    content = tree.loaded.content
    return _with(tree, Content([*content.records, record], tree.settings, media=content.media.values()))


def _with(tree: Tree, content: Content) -> Tree:
    return replace(tree, loaded=dataclasses.replace(tree.loaded, content=content))


def _text(tree: Tree, path: str) -> str | None:
    """The file’s text with its own line ends; None where there is none."""
    try:
        return (tree.folder / path).read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
