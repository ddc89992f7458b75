"""What a fetch found → lines for people, or a document for programs. Nothing here prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from curation.desk.candidates import Candidate
from curation.feeds.decide import Decided
from curation.feeds.run import Found
from curation.report import printable
from portal.language import Translator
from portal.problems import N_

JSON_VERSION = 1
"""Goes up when a reader of the JSON format would break."""

OUTCOMES: Mapping[str, str] = {
    "candidate": N_("new"),
    "changed": N_("rewritten by their source"),
    "known": N_("waiting already"),
    "duplicate": N_("told already"),
    "filtered": N_("out of topic"),
    "refused": N_("refused before"),
    "kept": N_("kept before"),
}
"""Each outcome of an entry, as people read it."""


def as_document(found: Found, say: Translator) -> dict[str, Any]:
    """What `veillee fetch --json` prints."""
    same = _told_elsewhere(found.waiting)
    sources: list[dict[str, Any]] = [
        {
            "source": item.subscription.id,
            "status": item.status,
            "failure": item.failed.kind if item.failed else None,
            "reason": say.say(item.failed.reason) if item.failed else None,
            "entries": [_entry(decided, same, say) for decided in item.decided],
        }
        for item in found.fetched
    ]
    counts = Counter(entry["outcome"] for source in sources for entry in source["entries"])
    return {"version": JSON_VERSION, "counts": {name: counts[name] for name in OUTCOMES}, "sources": sources}


def _entry(decided: Decided, same: Mapping[str, str], say: Translator) -> dict[str, Any]:
    outcome, of, reason = decided.outcome, decided.of, say.say(decided.reason)
    if decided.to_file and (told := same.get(decided.to_file.id)):
        outcome, of, reason = "duplicate", told, say.gettext("another source tells the same")
    return {"title": printable(decided.title), "outcome": outcome, "reason": reason, "of": of}


def _told_elsewhere(waiting: Sequence[Candidate] | None) -> dict[str, str]:
    """The findings that stand behind the first one of their candidate, and the id of that one."""
    return {finding.id: item.id for item in waiting or () for finding in item.findings[1:]}


def as_lines(found: Found, say: Translator, *, is_dry: bool) -> Iterator[str]:
    """A line a source that has something to say, then the whole."""
    same = _told_elsewhere(found.waiting)
    total: Counter[str] = Counter()
    for item in found.fetched:
        counts = Counter(_entry(decided, same, say)["outcome"] for decided in item.decided)
        total += counts
        name = printable(item.subscription.name)
        if item.failed:
            yield say.gettext("{source} – {what}").format(source=name, what=say.say(item.failed.reason))
        elif counts["candidate"] or counts["changed"]:
            yield say.gettext("{source} – {what}").format(source=name, what=_counted(counts, say))
    yield _summary(found, total, say, is_dry=is_dry)


def _counted(counts: Counter[str], say: Translator) -> str:
    told = say.gettext("{what}: {count}")
    return ", ".join(
        told.format(what=say.gettext(what), count=say.number(counts[name]))
        for name, what in OUTCOMES.items()
        if counts[name]
    )


def _summary(found: Found, total: Counter[str], say: Translator, *, is_dry: bool) -> str:
    fetched = found.fetched
    if not fetched:
        return say.gettext("No source is due: --force asks them all.")
    failed = sum(item.failed is not None for item in fetched)
    parts = [
        say.ngettext("{count} source asked", "{count} sources asked", len(fetched)).format(
            count=len(fetched)
        ),
        say.ngettext("{count} failed", "{count} failed", failed).format(count=failed) if failed else "",
        _counted(total, say) or say.gettext("nothing new"),
    ]
    asked = ", ".join(filter(None, parts))
    if is_dry:
        return say.gettext("{asked}. Nothing was written.").format(asked=asked)
    if found.waiting is None:
        return f"{asked}."
    count = len(found.waiting)
    waits = say.ngettext("{count} candidate waits.", "{count} candidates wait.", count).format(count=count)
    return f"{asked}. {waits}"
