"""The command that proposes: options in, the proposal made, its answer printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curation.errors import said
from curation.options import CONFIG, CONTENT, DESK, STATE, Config, Content, DeskFolder, Lang, StateFile
from curation.report import printable
from curation.surroundings import Surroundings
from curation.terminal import Screen
from curation.tree import Tree
from portal.language import Translator
from portal.problems import N_, Message, message

if TYPE_CHECKING:
    from curation.forges.request import Change, Opened

BRANCH = "veillee/watch"


@dataclass(frozen=True)
class _Errand:
    """What is proposed from where: the content, the desk's folder as it was named, and the two branches."""

    around: Surroundings
    tree: Tree
    say: Translator
    desk: Path
    branch: str
    target: str | None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The desk, the watch items that are made of it, and the list of sources, some of which may have moved."""
        feeds = self.around.working / self.tree.settings_name / "feeds.yml"
        return (self.around.working / self.desk, self.tree.folder / "watch", feeds)


@said
def propose(
    context: typer.Context,
    *,
    branch: Annotated[
        str, typer.Option("--branch", metavar="NAME", help="The branch of the proposal.")
    ] = BRANCH,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", metavar="NAME", help="The branch to propose to; the remote’s own when absent."
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The title of the request.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Only write here what the open proposal holds; propose nothing.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the description and the files; push nothing.")
    ] = False,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    state: StateFile = STATE,
    lang: Lang = None,
) -> None:
    """Propose the desk and the watch as one pull or merge request, opened or refreshed.

    Makes one commit of what changed in the desk, the watch and feeds.yml, pushes it to a branch of `origin`, and opens
    or refreshes its request on GitHub, GitLab or Forgejo. The working tree, the index and the current branch stay as
    they are; what others pushed to the branch stays there. Nothing changed: nothing is made. A token is read in
    VEILLEE_FORGE_TOKEN, else in GITHUB_TOKEN, GITLAB_TOKEN, FORGEJO_TOKEN or GITEA_TOKEN; docs/proposing.md tells what
    happens without one.

    With --resume, the files that wait in the branch are written here, where nothing changed: a scheduled run begins
    so, to carry out what curators wrote in the request.
    """
    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    errand = _Errand(around, tree, say, desk, branch, target)
    if resume:
        _resume(errand)
    elif dry_run:
        _print(errand, _change(errand, state, title))
    else:
        _propose(errand, _change(errand, state, title))


def _change(errand: _Errand, state: Path, title: str | None) -> Change:
    """Its words are the portal's, for all who read the request, not those of --lang."""
    from curation.desk.desk import Desk
    from curation.feeds.health import health
    from curation.feeds.state import State
    from curation.forges.description import description
    from curation.forges.description import title as usual_title
    from curation.forges.request import Change

    tree = errand.tree
    # A file of the desk that can't be read stops no proposal: the description says what to mend.
    desk = Desk.open(tree, errand.desk, errand.around.working)
    waiting = [filed.finding for filed in desk.papers.filed]
    states = State.read(errand.around.working / state)
    sources = health(tree.settings.feeds, states, waiting, desk.decided, tree.content)
    body = description(desk, sources, tree.translator)
    return Change(errand.branch, title or usual_title(desk, tree.translator), body, errand.paths)


def _propose(errand: _Errand, change: Change) -> None:
    from curation.forges.propose import propose as proposed

    around, site = errand.around, errand.tree.settings.site
    done = proposed(change, around.working, errand.target, around.environment, site=site, now=around.now)
    _say(errand, _told(done, errand.branch))


def _print(errand: _Errand, change: Change) -> None:
    from curation.forges.propose import files_of

    around, site = errand.around, errand.tree.settings.site
    draft = files_of(change, around.working, errand.target, around.environment, site=site)
    screen = Screen()
    screen.say(change.title)
    screen.write(f"\n{change.body}\n")
    _say(errand, (message(_WHAT[what], path=printable(path)) for path, what in draft.files.items()))
    _say(errand, [*_kept(draft.kept), *([message(_NOTHING)] if draft.is_empty else [])])


def _resume(errand: _Errand) -> None:
    from curation.forges.resume import Resumed, resume

    around, site = errand.around, errand.tree.settings.site
    done = resume(
        errand.branch,
        errand.paths,
        around.working,
        errand.target,
        around.environment,
        site=site,
        now=around.now,
    )
    for what, paths in (
        (N_("Written: {path}"), done.written),
        (N_("Removed: {path}"), done.removed),
        (N_("Left as it is here: {path}"), done.left),
    ):
        _say(errand, (message(what, path=printable(path)) for path in paths))
    if done == Resumed():
        _say(errand, [message(N_("Nothing waits in “{branch}”."), branch=errand.branch)])


_NOTHING = N_("Nothing to propose.")
_WHAT = {"added": N_("Added: {path}"), "changed": N_("Changed: {path}"), "removed": N_("Removed: {path}")}


def _told(done: Opened, branch: str) -> Iterator[Message]:
    """What came of a proposal, in sentences."""
    if done.how == "nothing":
        yield message(_NOTHING)
    elif done.how == "branch":
        yield message(N_("Pushed: the branch “{branch}”."), branch=branch)
        if done.url:
            yield message(N_("Open its request here: {url}"), url=done.url)
    else:
        where = done.url or f"#{done.number}" if done.number else branch
        yield message(
            N_("Refreshed: {request}") if done.was_there else N_("Opened: {request}"), request=where
        )
    yield from _kept(done.kept)
    yield from done.notes


def _kept(paths: Iterable[str]) -> Iterator[Message]:
    for path in paths:
        yield message(N_("Left as someone else wrote it: {path}"), path=printable(path))


def _say(errand: _Errand, what: Iterable[Message]) -> None:
    for told in what:
        Screen().say(errand.say.say(told))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(propose)
