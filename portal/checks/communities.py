"""Rules about communities: a purpose, someone who animates, and few closed doors."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.case import Case, Finding, at, short
from portal.content import Content
from portal.problems import N_, message
from portal.records import Community


def _by_slug(content: Content) -> list[Community]:
    return sorted(content.communities(), key=lambda item: item.slug)


def community_purpose(case: Case) -> Iterator[Finding]:
    """A community says why it exists."""
    what = N_("nobody knows why to join: say why the community exists, in a sentence or two, under “purpose”")
    for community in _by_slug(case.content):
        if not community.purpose:
            yield at(community, (), message(what))


def community_animator(case: Case) -> Iterator[Finding]:
    """A community that isn’t closed has someone who animates it."""
    what = N_("nobody animates the community: name someone under “animators”, or write “phase: closed”")
    for community in _by_slug(case.content):
        if not community.animators and community.phase != "closed":
            yield at(community, (), message(what))


def private_free_join(case: Case) -> Iterator[Finding]:
    """Nobody enters a private community without being let in."""
    what = N_("anyone could enter this private community: write “join: request” or “join: invite”")
    for community in _by_slug(case.content):
        if community.visibility == "private" and community.join == "free":
            key = "join" if "join" in community.model_fields_set else "visibility"
            yield at(community, (key,), message(what))


def private_share(case: Case) -> Iterator[Finding]:
    """Private communities are few: at most the share that the company set.

    It is said once, on the last private community by slug: the mend is a decision, not a correction of a file.
    """
    communities = _by_slug(case.content)
    closed = [item for item in communities if item.visibility == "private"]
    most = case.content.settings.checks.private_share
    if not closed or len(closed) <= most * len(communities):
        return
    what = N_("private communities are {closed} of {total}, and at most {most} % may be: open one of them")
    said = message(what, closed=len(closed), total=len(communities), most=round(most * 100))
    yield at(closed[-1], ("visibility",), said)


def community_creator(case: Case) -> Iterator[Finding]:
    """A new community is proposed by someone who may open one."""
    if case.change is None or _may_open_communities(case.content, case.change.author):
        return
    what = N_(
        "“{author}” may not open a community: ask someone whose roles include one of {roles} to propose it"
    )
    roles = case.content.settings.checks.creators.roles
    said = message(what, author=short(case.change.author), roles=roles)
    prefix = f"{case.loaded.root}/"
    for path in sorted(added.removeprefix(prefix) for added in case.change.added):
        if isinstance(community := case.content.by_path.get(path), Community):
            yield at(community, (), said)


def _may_open_communities(content: Content, author: str) -> bool:
    """Forges read handles without their case."""
    creators, handle = content.settings.checks.creators, _handle(author)
    if not handle:
        return False
    allowed = {_handle(item) for item in creators.handles}
    allowed |= {
        _handle(person.handle)
        for person in content.people()
        if person.handle and not set(person.roles).isdisjoint(creators.roles)
    }
    return handle in allowed


def _handle(text: str) -> str:
    return text.strip().removeprefix("@").casefold()
