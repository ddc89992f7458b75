"""The commands that look after the list of sources: how each is, one more, many from elsewhere, all to elsewhere."""

from __future__ import annotations

import asyncio
import json
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curation.desk.commands import open_desk
from curation.errors import FAILED, Stopped, said
from curation.files import write_over
from curation.options import CONFIG, CONTENT, DESK, STATE, Config, Content, DeskFolder, Lang, StateFile
from curation.surroundings import Surroundings
from curation.terminal import Screen
from portal.frontmatter import decode
from portal.problems import N_, message
from portal.slugs import slugify
from portal.subscriptions import Subscription

if TYPE_CHECKING:
    from collections.abc import Sequence


sources = typer.Typer(invoke_without_command=True, no_args_is_help=False, help="Look after the sources.")


@sources.callback()
@said
def listed(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    state: StateFile = STATE,
    content: Content = CONTENT,
    config: Config = CONFIG,
    desk: DeskFolder = DESK,
    lang: Lang = None,
) -> None:
    """Say how each source is: when it last answered, what it last published, what is kept of it, what is wrong.

    Alarms: it moved for good, is gone, fails, has been silent for `silent_after_days`, or is now in another language or
    leads to another domain, which may mean that someone took its domain over. Yield is what was kept of what was
    proposed, and the success stories that link to a page made of it.

    With --json, an object: `version` (1) and `sources`, a list of objects with `id`, `name`, `url`, `succeeded`,
    `newest` and `tried` (moments or null), `proposed`, `kept`, `stories` and `alarms` (objects with `alarm` and
    `message`).
    """
    if context.invoked_subcommand is not None:
        return
    from curation.feeds.health import health
    from curation.feeds.health_report import as_document, table
    from curation.feeds.state import State

    opened, say = open_desk(context, content, config, desk, lang)
    around, screen = Surroundings.of(context), Screen()
    states = State.read(around.working / state)
    waiting = [filed.finding for filed in opened.papers.filed]
    found = health(opened.tree.settings.feeds, states, waiting, opened.decided, opened.tree.content)
    if as_json:
        typer.echo(json.dumps(as_document(found, say), ensure_ascii=False, indent=2))
    else:
        screen.table(table(found, say))


@sources.command("add")
@said
def add(
    context: typer.Context,
    *,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The address of a feed, or of a page that has one.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="What readers call it; its own title when absent.")
    ] = None,
    communities: Annotated[str, typer.Option("--communities", metavar="A,B", help="Who reads it.")] = "",
    skills: Annotated[str, typer.Option("--skills", metavar="A,B", help="What it is about.")] = "",
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="PERSON", help="Who looks after it.")
    ] = None,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Add a source to `feeds.yml`, by the address of its feed or of a page that declares one.

    The feed is fetched and read before anything is written. The file keeps its comments and its order.
    """
    from curation.feeds.finding_feeds import found_feed

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    feeds = tree.settings.feeds
    feed = asyncio.run(found_feed(url, tree.settings, around.now))
    if there := next((item for item in feeds.sources if item.url == feed.url), None):
        raise Stopped(message(N_("this feed is watched already, as “{name}”"), name=there.id), FAILED)
    title = name or feed.title or url
    subscription = Subscription(
        id=_free_id(title, {item.id for item in feeds.sources}), name=title[:200], url=feed.url,
        communities=_split(communities), skills=_split(skills), language=feed.language, owner=owner,
    )  # fmt: skip
    _write(around.working / config / "feeds.yml", [subscription])
    text = say.gettext("Added: {name} ({url}), {count} entries today.")
    Screen().say(text.format(name=subscription.name, url=subscription.url, count=feed.entries))


@sources.command("import")
@said
def import_(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A list of feeds in OPML, from any reader.")],
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Add every feed of an OPML file that isn't watched yet. Nothing is fetched."""
    from curation.reading.opml import read_opml

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    known = tree.settings.feeds.sources
    taken, urls = {item.id for item in known}, {item.url for item in known}
    added = []
    for outline in read_opml((around.working / file).read_bytes(), file.name):
        if outline.url in urls:
            continue
        urls.add(outline.url)
        added.append(Subscription(id=_free_id(outline.title, taken), name=outline.title, url=outline.url))
        taken.add(added[-1].id)
    if added:
        _write(around.working / config / "feeds.yml", added)
    text = say.ngettext("{count} source added.", "{count} sources added.", len(added))
    Screen().say(text.format(count=len(added)))


@sources.command("export")
@said
def export(
    context: typer.Context,
    *,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Print the sources as OPML 2.0, for any other reader."""
    from portal.formats.opml import sources_listed, write_opml

    tree, _ = Surroundings.of(context).read_sound(content, config, lang)
    typer.echo(write_opml(sources_listed(tree.settings.feeds.sources), tree.settings.site.name), nl=False)


@sources.command("follow")
@said
def follow(
    context: typer.Context,
    *,
    state: StateFile = STATE,
    content: Content = CONTENT,
    config: Config = CONFIG,
    lang: Lang = None,
) -> None:
    """Write the new address of each source that moved for good, as its server said at the last fetch.

    The change is one to review like any other: `veillee propose` takes it along.
    """
    from curation.feeds.state import State
    from curation.feeds.subscriptions_file import with_address

    around = Surroundings.of(context)
    tree, say = around.read_sound(content, config, lang)
    states, file = State.read(around.working / state), around.working / config / "feeds.yml"
    for item in tree.settings.feeds.sources:
        found = states.get(item.id)
        if found and found.url == item.url and found.moved_to and item.disabled is None:
            write_over(file, with_address(decode(file.read_bytes()), item.id, found.moved_to))
            text = say.gettext("{name} now has the address {url}")
            Screen().say(text.format(name=item.name, url=found.moved_to))


def _free_id(title: str, taken: set[str]) -> str:
    """A name that no source has yet, from a title."""
    base = slugify(title, "source")
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _split(text: str) -> tuple[str, ...]:
    return tuple(item for part in text.split(",") if (item := part.strip()))


def _write(file: Path, added: Sequence[Subscription]) -> None:
    from curation.feeds.subscriptions_file import EMPTY, with_sources

    text = decode(file.read_bytes()) if file.exists() else EMPTY
    write_over(file, with_sources(text, added))


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.add_typer(sources, name="sources")
