"""A plan as people read it and as programs do. Nothing here prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from curation.explain import Section
from curation.imports.changes import Action, Change, Plan
from curation.imports.merging import Difference
from curation.imports.words import Value
from curation.report import printable
from curation.tree import Tree
from portal.language import Translator
from portal.problems import N_

JSON_VERSION = 1
"""Goes up when a reader of the JSON document would break."""

_TITLES: dict[Action, str] = {
    "create": N_("New profiles: {count}"),
    "update": N_("Profiles that change: {count}"),
    "leave": N_("People who left: {count}"),
    "return": N_("People who come back: {count}"),
}
_KEPT = N_("Kept as someone wrote it: {count}")
_STRANGERS = N_("Not in the directory, and never came from it: {count}")


def sections(plan: Plan, tree: Tree, say: Translator) -> Iterator[Section]:
    """What changes, profile by profile, then what is kept; profiles that stay as they are aren't named."""
    for action, title in _TITLES.items():
        changes = plan.of(action)
        rows = tuple((tree.shown_path(change.path), printable(_said(change, say))) for change in changes)
        if rows:
            yield Section(say.gettext(title).format(count=len(rows)), rows)
    kept = tuple(
        (tree.shown_path(change.path), printable(_kept(item, say)))
        for change in plan.changes
        for item in change.kept
    )
    if kept:
        yield Section(say.gettext(_KEPT).format(count=len(kept)), kept)
    if plan.strangers:
        rows = tuple(("", tree.shown_path(path)) for path in plan.strangers)
        yield Section(say.gettext(_STRANGERS).format(count=len(rows)), rows)


def _said(change: Change, say: Translator) -> str:
    if change.action == "create":
        return say.listed(
            [change.name, *(_value(item.there, say) for item in change.differences if item.key != "name")]
        )
    return " · ".join(
        say.gettext("{key}: {before} → {after}").format(
            key=item.key, before=_value(item.here, say), after=_value(item.there, say)
        )
        for item in change.differences
    )


def _kept(item: Difference, say: Translator) -> str:
    return say.gettext("{key}: {here}, and {there} in the directory").format(
        key=item.key, here=_value(item.here, say), there=_value(item.there, say)
    )


def _value(value: Value | None, say: Translator) -> str:
    if value is None:
        return say.gettext("nothing")
    return say.gettext("“{text}”").format(text=", ".join(value) if isinstance(value, tuple) else value)


def notes(plan: Plan, say: Translator) -> Iterator[str]:
    """What else is worth a line."""
    unchanged = len(plan.of("unchanged"))
    yield say.ngettext(
        "{count} profile stays as it is.", "{count} profiles stay as they are.", unchanged
    ).format(count=unchanged)
    if plan.gone:
        text = say.ngettext(
            "{count} person who left has no profile.", "{count} people who left have no profile.", plan.gone
        )
        yield text.format(count=plan.gone)
    if plan.others:
        text = say.ngettext("{count} entry isn’t a person.", "{count} entries aren’t people.", plan.others)
        yield text.format(count=plan.others)
    if plan.is_withheld:
        yield say.gettext(
            "Nobody is marked as absent: some rows can’t be read, or can’t be told whose they are."
        )


def document(plan: Plan, tree: Tree, say: Translator, is_applied: bool) -> str:
    """The JSON document: `version`, `applied`, `counts`, `changes`, `strangers` and `problems`."""
    actions: tuple[Action, ...] = ("create", "update", "leave", "return", "unchanged")
    named = [change for change in plan.changes if change.action != "unchanged" or change.kept]
    counts: dict[str, int] = {action: len(plan.of(action)) for action in actions}
    counts["kept"] = sum(len(change.kept) for change in plan.changes)
    counts |= {"gone": plan.gone, "others": plan.others, "problems": len(plan.problems)}
    whole = {
        "version": JSON_VERSION,
        "applied": is_applied,
        "counts": counts,
        "withheld": plan.is_withheld,
        "changes": [_change(change, tree) for change in named],
        "strangers": [tree.shown_path(path) for path in plan.strangers],
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "severity": problem.severity.value,
                "rule": problem.rule,
                "message": printable(say.say(problem.message)),
            }
            for problem in plan.problems
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change, tree: Tree) -> dict[str, Any]:
    return {
        "action": change.action,
        "path": tree.shown_path(change.path),
        "name": change.name,
        "line": change.line,
        "differences": [_difference(item) for item in change.differences],
        "kept": [_difference(item) for item in change.kept],
    }


def _difference(item: Difference) -> dict[str, Any]:
    return {"key": item.key, "here": item.here, "there": item.there}
