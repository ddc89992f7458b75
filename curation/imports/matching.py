"""Who is who: each person of the directory and the profile that is theirs. What is doubtful is a problem, never a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from curation.imports.listed import Listed
from curation.imports.roster import Roster, folded
from portal.problems import N_, Message, Problem, message
from portal.slugs import slugify

NEW, LEFT_OUT = "new", ""

_DOUBTFUL = N_("{what}: say who it is under “known” in import.yml, by an id or an e-mail address")


@dataclass(frozen=True)
class Match:
    """A person of the directory and the slug of their profile; None for someone new, or who can't be recognised.

    `maybe` are the slugs of profiles that may be theirs: nobody may take these people for absent. `is_sure` says that a
    second import recognises them by more than their name, `is_left_out` that the company wants no profile of them.
    """

    listed: Listed
    slug: str | None = None
    problems: tuple[Problem, ...] = ()
    maybe: frozenset[str] = frozenset()
    is_sure: bool = True
    is_left_out: bool = False

    @property
    def is_nobody(self) -> bool:
        """Whether it can't even be told who isn't absent."""
        return bool(self.problems) and self.slug is None and not self.maybe


@dataclass(frozen=True)
class _Shared:
    """How many people of the directory have an id, an address, or a name that nothing else tells apart."""

    ids: Counter[str]
    emails: Counter[str]
    names: Counter[str]


def matched(
    listed: Sequence[Listed], roster: Roster, known: Mapping[str, str], path: str
) -> tuple[Match, ...]:
    """The profile of each person, in order: by what the company said, by id, by address, then by a unique name.

    `known` are ids or addresses and slugs, or `new`, or nothing for people to leave out; `path` is the file's for problems.
    """
    emails = Counter(item.email for item in listed if item.email)
    shared = _Shared(Counter(item.id for item in listed if item.id), emails, Counter())
    said = {word.casefold(): slug for word, slug in known.items()}
    sure = [_surely(item, shared, roster, said) for item in listed]
    taken = frozenset(match.slug for match in sure if match and match.slug)
    shared.names.update(folded(item.name) for item, match in zip(listed, sure, strict=True) if match is None)
    found = [match or _by_name(item, shared, roster, taken) for item, match in zip(listed, sure, strict=True)]
    return tuple(_placed(match, path) for match in _without_twins(found))


def _surely(item: Listed, shared: _Shared, roster: Roster, said: Mapping[str, str]) -> Match | None:
    """A match by more than a name, or None."""
    if not (item.id or item.email or item.name):
        return _doubt(
            item, message(N_("nobody is named here: there is no id, no e-mail address and no name"))
        )
    if item.id and shared.ids[item.id] > 1:
        what = message(N_("the id “{id}” stands in this file more than once"), id=item.id)
        return _doubt(item, what, roster.by_id.get(item.id, frozenset()))
    slug = said.get((item.id or "").casefold(), said.get(item.email))
    was_made = item.id in roster.by_id if item.id else item.email in roster.by_email
    if slug == LEFT_OUT or (slug == NEW and not was_made):
        return Match(item, is_sure=False, is_left_out=slug == LEFT_OUT)
    if slug and slug != NEW:
        return _existing(item, slug, roster)
    return _by_id(item, shared, roster)


def _by_id(item: Listed, shared: _Shared, roster: Roster) -> Match | None:
    if item.id and (slugs := roster.by_id.get(item.id)):
        return _one_of(
            item, slugs, roster, message(N_("the id “{id}” is that of several profiles"), id=item.id)
        )
    return _by_email(item, shared, roster)


def _by_email(item: Listed, shared: _Shared, roster: Roster) -> Match | None:
    slugs = roster.by_email.get(item.email, frozenset())
    if not slugs or shared.emails[item.email] > 1:
        return None
    others = frozenset(slug for slug in slugs if item.id and roster.id_of(slug) not in {None, item.id})
    if others == slugs:
        what = N_("“{email}” is the address of {slugs}, whose id was another one")
        return _doubt(item, message(what, email=item.email, slugs=tuple(sorted(slugs))), slugs)
    several = message(N_("“{email}” is the address of several profiles"), email=item.email)
    return _one_of(item, slugs - others, roster, several)


def _by_name(item: Listed, shared: _Shared, roster: Roster, taken: frozenset[str]) -> Match:
    """A profile that nobody else has, by its name; or someone new."""
    name = folded(item.name)
    if not name:
        return Match(item, is_sure=False)
    slugs = frozenset(
        slug
        for slug in roster.by_name.get(name, frozenset())
        if slug not in taken and not (item.id and roster.id_of(slug))
    )
    is_sure = bool(item.id) or (bool(item.email) and shared.emails[item.email] == 1)
    if shared.names[name] > 1 and (slugs or not is_sure):
        return _doubt(
            item, message(N_("several people of this file are called “{name}”"), name=item.name), slugs
        )
    if not slugs:
        return _someone_new(item, roster, is_sure)
    several = message(N_("several profiles are called “{name}”"), name=item.name)
    match = _one_of(item, slugs, roster, several)
    theirs = roster.profiles[match.slug].email if match.slug else ""
    if theirs and item.email and theirs != item.email:
        what = N_("“{name}” may be {slug}, who has another e-mail address")
        return _doubt(item, message(what, name=item.name, slug=match.slug), slugs)
    return match


def _someone_new(item: Listed, roster: Roster, is_sure: bool) -> Match:
    slug = slugify(item.name)
    if slug in roster.unreadable:
        what = N_("“{name}” may be the profile {slug}, which can’t be read: mend it first")
        return Match(
            item, problems=(_unplaced(message(what, name=item.name, slug=slug)),), maybe=frozenset({slug})
        )
    return Match(item, is_sure=is_sure and bool(item.email))


def _one_of(item: Listed, slugs: frozenset[str], roster: Roster, several: Message) -> Match:
    return _existing(item, next(iter(slugs)), roster) if len(slugs) == 1 else _doubt(item, several, slugs)


def _existing(item: Listed, slug: str, roster: Roster) -> Match:
    """The profile of that slug, if it is there and can be read."""
    remembered = roster.memory.people.get(slug)
    is_begun = remembered is not None and remembered.begun and slug not in roster.unreadable
    if slug in roster.profiles or is_begun:
        return Match(item, slug)
    if slug in roster.unreadable:
        what = message(N_("the profile {slug} can’t be read: mend it first"), slug=slug)
    elif remembered is not None:
        what = message(
            N_(
                "the profile {slug} was taken away: delete desk/imports/people/{slug}.yml to have it made again, "
                'or write {id}: "" under “known” in import.yml to leave this person out'
            ),
            id=item.id or item.email or "…",
            slug=slug,
        )
    else:
        what = message(N_("import.yml says that this is {slug}, and there is no such profile"), slug=slug)
    return Match(item, problems=(_unplaced(what),), maybe=frozenset({slug}))


def _doubt(item: Listed, what: Message, maybe: frozenset[str] = frozenset()) -> Match:
    return Match(item, problems=(_unplaced(message(_DOUBTFUL, what=what)),), maybe=maybe)


def _without_twins(matches: Sequence[Match]) -> Iterator[Match]:
    """Two people of the directory are never one profile."""
    counted = Counter(match.slug for match in matches if match.slug)
    for match in matches:
        if match.slug and counted[match.slug] > 1:
            what = message(N_("several people of this file would be {slug}"), slug=match.slug)
            yield _doubt(match.listed, what, frozenset({match.slug}))
        else:
            yield match


def _unplaced(what: Message) -> Problem:
    return Problem("", 0, "doubtful-match", what)


def _placed(match: Match, path: str) -> Match:
    problems = tuple(replace(problem, path=path, line=match.listed.line) for problem in match.problems)
    return replace(match, problems=problems)
