"""Rules about ideas: a decision is explained, and what was done is told."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.case import Case, Finding, at
from portal.problems import N_, message


def unexplained_decision(case: Case) -> Iterator[Finding]:
    """An idea that is adopted, declined or done says why."""
    what = N_("the idea is {status} without a reason: say why, to everyone, under “decision”")
    for idea in case.content.ideas():
        if idea.status in {"adopted", "declined", "done"} and not idea.decision:
            yield at(idea, ("status",), message(what, status=idea.status))


def untold_idea(case: Case) -> Iterator[Finding]:
    """An idea that is done leads to the story of what it became."""
    what = N_("the idea is done and nobody tells what it became: write a story, and name it under “story”")
    for idea in case.content.ideas():
        if idea.status == "done" and not idea.story:
            yield at(idea, ("status",), message(what))
