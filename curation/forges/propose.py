"""Proposes files: one commit on a branch of `origin`, then one open request for it, whatever the forge is.

The commit is made beside the curator's index, files and HEAD. What others put in the branch stays there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from curation.errors import FAILED, Stopped
from curation.forges import push_options
from curation.forges.draft import Draft
from curation.forges.forge import open_request
from curation.forges.inert_markdown import quiet
from curation.forges.remote import Heads, NoOptions, twice
from curation.forges.request import Change, Opened, bounded, one_line
from curation.forges.seen import forget, remember
from curation.forges.session import Session
from curation.report import printable
from portal.problems import N_, Message, message
from portal.settings import Site


def propose(  # noqa: PLR0913 - what it works with, each from elsewhere
    change: Change,
    repository: Path,
    target: str | None,
    environment: Mapping[str, str],
    *,
    site: Site = Site(),  # noqa: B008 - it is frozen
    now: datetime | None = None,
) -> Opened:
    """Propose a change from the clone around `repository`, to the branch that `origin` calls its HEAD unless told.

    When the branch is there already it is refreshed, and so is its open request. `now` dates the commit; git's clock
    does without it. When someone else pushes at the same moment, it is done again once, with what they pushed.

    Raises:
        Stopped: with a sentence, whatever went wrong; what was pushed before stays.
    """
    session = Session.of(change, repository, environment, site, now)
    return twice(change.branch, lambda: _proposed(session, change, target))


def files_of(
    change: Change, repository: Path, target: str | None, environment: Mapping[str, str], *, site: Site
) -> Draft:
    """What `propose` would push, without pushing anything.

    Raises:
        Stopped: as `propose` does.
    """
    session = Session.of(change, repository, environment, site, None)
    return twice(change.branch, lambda: session.drafted(change.branch, target)[1])


def _proposed(session: Session, change: Change, target: str | None) -> Opened:
    heads, draft = session.drafted(change.branch, target)
    if draft.is_empty:
        return _nothing(session, change, heads, draft)
    pushed = _pushed(session, change, heads, draft)
    remember(session.clone, change.branch, pushed.tip, draft.unseen, session.author)
    try:
        opened = _opened(session, change, heads, pushed)
    except Stopped as stopped:
        what = N_("“{branch}” is pushed, but its request couldn’t be opened or refreshed: {why}")
        raise Stopped(message(what, branch=change.branch, why=stopped.message), FAILED) from stopped
    return replace(opened, kept=draft.kept, notes=(*pushed.notes, *opened.notes))


def _nothing(session: Session, change: Change, heads: Heads, draft: Draft) -> Opened:
    notes: tuple[Message, ...] = ()
    if heads.tip is None:
        forget(session.clone, change.branch)
    elif draft.is_outdated:
        what = N_("“{branch}” still proposes files that aren’t proposed here any more: close its request")
        notes = (message(what, branch=change.branch),)
    return Opened(None, None, was_there=False, how="nothing", kept=draft.kept, notes=notes)


@dataclass(frozen=True)
class _Pushed:
    """Where the branch is now, what the remote said, and whether it took the options that open a request."""

    tip: str
    said: tuple[str, ...] = ()
    took_options: bool = False
    notes: tuple[Message, ...] = ()


def _pushed(session: Session, change: Change, heads: Heads, draft: Draft) -> _Pushed:
    """Push the commit to the branch, if it isn't there; GitLab opens the request in the same step."""
    asks_by_push = session.way == "push-options"
    has_request = heads.request_at(heads.tip) is not None
    if heads.tip is not None and draft.is_there and (has_request or not asks_by_push):
        return _Pushed(heads.tip)
    text = quiet(one_line(change.title))
    if session.way == "agit":  # Forgejo reads the description there
        text = f"{text}\n\n{bounded(change.body)}"
    commit = draft.commit(session.clone, text, session.author)
    reference = f"refs/heads/{change.branch}"
    options = push_options.gitlab(change, heads.target) if asks_by_push else ()
    try:
        said = session.remote.push(commit, reference, heads.tip, options)
    except NoOptions:
        said = session.remote.push(commit, reference, heads.tip)
        return _Pushed(commit, tuple(said), notes=(_no_options(session),))
    return _Pushed(commit, tuple(said), took_options=asks_by_push)


def _opened(session: Session, change: Change, heads: Heads, pushed: _Pushed) -> Opened:
    if (forge := session.forge) is not None:
        return open_request(forge, change, heads.target)
    known = heads.request_at(heads.tip)
    if session.way == "agit":
        return _asked_of_forgejo(session, change, heads, pushed)
    url, number = push_options.addressed(pushed.said)
    if session.way == "push-options" and pushed.tip == heads.tip:
        return Opened(None, known, was_there=True, how="push-options")
    if pushed.took_options and number is not None:
        return Opened(url, number, was_there=known is not None, how="push-options")
    notes = (_said(session, pushed.said),) if pushed.took_options and pushed.said else ()
    return Opened(url, number, was_there=False, how="branch", notes=notes)


def _asked_of_forgejo(session: Session, change: Change, heads: Heads, pushed: _Pushed) -> Opened:
    """A second push of the same commit, to `refs/for/`.

    The commits of an open request are replaced only when they are those that the branch had: never someone else's.
    """
    known = heads.request_at(heads.tip)
    if known is not None and pushed.tip == heads.tip:
        return Opened(None, known, was_there=True, how="agit")
    options = push_options.agit(change, is_open=known is not None)
    try:
        said = session.remote.push(pushed.tip, f"refs/for/{heads.target}", None, options)
    except NoOptions:
        url, number = push_options.addressed(pushed.said)
        return Opened(url, number, was_there=False, how="branch", notes=(_no_options(session),))
    url, number = push_options.addressed(said)
    return Opened(url, number or known, was_there=known is not None, how="agit")


def _no_options(session: Session) -> Message:
    what = N_("“{remote}” takes no options with a push: open the request by hand, or give a token")
    return message(what, remote=session.remote.shown)


def _said(session: Session, said: tuple[str, ...]) -> Message:
    words = printable(" ".join(said))[:500]
    return message(N_("“{remote}” says: {said}"), remote=session.remote.shown, said=words)
