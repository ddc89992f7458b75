"""A question such as “what is new in Occitanie since the first?” → the file of a letter, made once, then left to people."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from curation.errors import Stopped
from curation.files import write_new, write_over
from curation.newsletter.drafting import draft, slug_of, today
from curation.newsletter.rendering import broken_files
from curation.newsletter.report import told_choice
from curation.newsletter.selecting import Wanted, select
from curation.tree import Tree
from portal.content import Content, private_audience
from portal.language import Translator
from portal.problems import N_, message
from portal.records import Community, Newsletter, Record, Territory
from portal.records.places import path_of
from portal.validation import nearest


@dataclass(frozen=True)
class Question:
    """What a letter should be about, as the command was asked; slugs aren't looked up yet."""

    since: date
    until: date | None
    territory: str | None
    community: str | None
    audience: str
    language: str | None


def begin(asked: Question, tree: Tree, say: Translator, *, over: bool) -> tuple[str, tuple[str, ...]]:
    """Write the letter, unless its file is there and `over` is false; its path inside the content, and what to say.

    Raises:
        Stopped: a slug names nothing, or the days are in the wrong order.
    """
    site = tree.settings.site
    voice = Translator(asked.language or site.language, site.timezone)
    wanted = _wanted(asked, tree, voice)
    slug = slug_of(wanted, voice.language, site.language)
    path = path_of(Newsletter, slug, "")
    shown = tree.shown_path(path)
    if os.path.lexists(tree.folder / path) and not over:
        told = say.gettext(
            "{path} is there: it is set as it stands (--again chooses anew, and loses what was adjusted)"
        )
        return path, (told.format(path=shown),)
    audience = _audience(asked, wanted)
    chosen = select(_view(audience, wanted, tree), wanted)
    written = draft(slug, chosen, wanted, voice, "private" if audience.startswith("private:") else audience)
    (write_over if over else write_new)(tree.folder / path, written.text)
    said = say.gettext("Written: {path}").format(path=shown)
    advice = say.gettext(
        "Next: write its introduction, put it in your order, then run the same command again."
    )
    return path, (*told_choice(chosen, say), said, advice)


def _wanted(asked: Question, tree: Tree, voice: Translator) -> Wanted:
    until = asked.until or today(tree.now, voice)
    if until < asked.since:
        raise Stopped(
            message(N_("{until} comes before {since}: put them in order"), until=until, since=asked.since)
        )
    territory = _named(tree, Territory, asked.territory)
    community = _named(tree, Community, asked.community)
    return Wanted(
        asked.since,
        until,
        territory if isinstance(territory, Territory) else None,
        community if isinstance(community, Community) else None,
    )


def _named(tree: Tree, model: type[Record], slug: str | None) -> Record | None:
    found = tree.loaded.content.get(model.kind, slug)
    if slug is None or found is not None:
        return found
    known = tuple(record.slug for record in tree.loaded.content.of(model.kind))
    if proposal := nearest(slug, known):
        what = N_("there is no “{slug}” in {folder}/: did you mean “{proposal}”?")
        raise Stopped(message(what, slug=slug, folder=model.folder, proposal=proposal))
    what = N_("there is no “{slug}” in {folder}/; there are: {known}")
    raise Stopped(message(what, slug=slug, folder=model.folder, known=known))


def _audience(asked: Question, wanted: Wanted) -> str:
    """Whose view the letter is chosen from.

    Raises:
        Stopped: a private community's letter can't go outside.
    """
    if wanted.community is None or wanted.community.visibility == "open":
        return asked.audience
    if asked.audience == "external":
        what = N_("“{name}” is a private community: its letter can’t go outside")
        raise Stopped(message(what, name=wanted.community.slug))
    return private_audience(wanted.community.slug)


def _view(audience: str, wanted: Wanted, tree: Tree) -> Content:
    """What the readers may see on the letter's day, without what is broken."""
    day = datetime.combine(wanted.until, time.min, ZoneInfo(tree.settings.site.timezone))
    return tree.loaded.content.published(audience, day, broken_files(tree))
