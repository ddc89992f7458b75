"""Which of the decisions on a candidate stands. Pure: the same decisions give the same answer in any order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from curation.desk.decision import Decision

_STRENGTH = {"keep": 2, "refuse": 1, "later": 0}


def standing(decisions: Iterable[Decision]) -> Decision | None:
    """The decision that stands, None where all was taken back.

    A `reopen` takes back whatever was decided before it. Then each curator's last word counts; among curators, someone
    who kept is heard before one who refused, and a refusal before a “later”.
    """
    by_moment = sorted(decisions, key=_order)
    reopened = max((place for place, item in enumerate(by_moment) if item.verdict == "reopen"), default=-1)
    last_words = {item.by: item for item in by_moment[reopened + 1 :]}
    return max(last_words.values(), key=lambda item: (_STRENGTH[item.verdict], _order(item)), default=None)


def by_finding(decisions: Iterable[Decision]) -> Mapping[str, Decision]:
    """For each finding that was decided about and not reopened, the decision that stands, by the finding's id."""
    about: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for finding in decision.findings:
            about[finding.id].append(decision)
    standings = {finding: standing(found) for finding, found in about.items()}
    return {finding: decision for finding, decision in sorted(standings.items()) if decision is not None}


def _order(decision: Decision) -> tuple[str, str]:
    return decision.at, decision.model_dump_json()
