"""The candidates that wait → the description of the request that proposes them: Markdown for curators. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from curation.desk.listing import reasons_of, source_names
from curation.forges.inert_markdown import code, inert, link, row
from portal.problems import N_

if TYPE_CHECKING:
    from curation.desk.appraisal import Appraised
    from curation.desk.desk import Desk
    from curation.feeds.health import Health
    from portal.language import Translator

MAX_CHARS = 60_000
"""Under every forge's limit, with room for what a forge adds when it shows it."""
_MAX_ALIKE = 5
_MAX_TO_MEND = 50
_DECISION = """```yaml
decision: keep
by: {by}
why: {why}
```"""


def title(desk: Desk, say: Translator) -> str:
    """The title of the request: the day, and how many wait."""
    day = say.date(say.local(desk.tree.now))
    waiting = say.ngettext("{count} candidate", "{count} candidates", len(desk.appraised))
    return say.gettext("Watch of {day}: {waiting}").format(
        day=day, waiting=waiting.format(count=say.number(len(desk.appraised)))
    )


def description(desk: Desk, sources: Sequence[Health], say: Translator, max_chars: int = MAX_CHARS) -> str:
    """A table of the candidates, the most relevant first; what is wrong with sources; how to decide.

    Whatever comes from a feed is inert. When it would be longer than `max_chars`, the last candidates are only counted.
    """
    after = "\n\n".join(filter(None, (_to_mend(desk, say), _alarms(sources, say), _how_to_decide(say))))
    room = max_chars - len(after) - 2
    return f"{_candidates(desk, say, room)}\n\n{after}\n"


def _candidates(desk: Desk, say: Translator, room: int) -> str:
    found = desk.appraised
    intro = say.ngettext(
        "{count} candidate waits for a decision.", "{count} candidates wait for a decision.", len(found)
    ).format(count=say.number(len(found)))
    if not found:
        return intro
    heads = (N_("Score"), N_("Title"), N_("Source"), N_("Why it is proposed"), N_("Told also by"), N_("File"))
    lines = [intro, "", row(*map(say.gettext, heads)), "| --: | --- | --- | --- | --- | --- |"]
    used = sum(len(line) + 1 for line in lines) + 200
    for number, item in enumerate(found):
        line = _row(item, desk, say)
        if used + len(line) + 1 > room:
            left = len(found) - number
            more = say.ngettext(
                "… and {count} more, in the files.", "… and {count} more, in the files.", left
            )
            return "\n".join([*lines, "", more.format(count=say.number(left))])
        lines.append(line)
        used += len(line) + 1
    return "\n".join(lines)


def _row(item: Appraised, desk: Desk, say: Translator) -> str:
    candidate = item.candidate
    first = candidate.first
    alike = [
        f"{link(other.title, other.url)} ({inert(source_names((other.source,), desk)[0])})"
        for other in candidate.findings[1 : _MAX_ALIKE + 1]
    ]
    return row(
        str(item.score.value),
        link(candidate.title, candidate.url),
        ", ".join(map(inert, source_names(candidate.sources, desk))),
        "<br>".join(map(inert, reasons_of(item, say))) or "–",
        "<br>".join(alike) or "–",
        code(f"{first.source}/{first.id}.md"),
    )


def _to_mend(desk: Desk, say: Translator) -> str:
    """The files of the desk that can't be read, and the decisions written in them that lack something."""
    unread = [
        f"- {code(f'{item.path}:{item.line}')} {inert(say.say(item.message))}" for item in desk.problems
    ]
    unfinished = [
        f"- {code(f'{desk.store.name}/{filed.path}')} "
        + inert(say.gettext("This decision couldn’t be carried out: it needs “by”, and “why” when it keeps."))
        for filed, _ in desk.written()
    ]
    lines = [*unread, *unfinished]
    return "\n".join([_head(N_("To mend"), say), "", *lines[:_MAX_TO_MEND]]) if lines else ""


def _alarms(sources: Sequence[Health], say: Translator) -> str:
    """The sources that someone should look after, each with what is wrong."""
    lines = list(_alarm_lines(sources, say))
    return "\n".join([_head(N_("Alerts about the sources"), say), "", *lines]) if lines else ""


def _alarm_lines(sources: Sequence[Health], say: Translator) -> Iterator[str]:
    for source in sources:
        told = [say.say(what) for alarm, what in source.alarms if alarm != "disabled"]
        if told:
            name, alarms = f"**{inert(source.subscription.name)}**", " · ".join(map(inert, told))
            yield "- " + say.gettext("{source}: {alarms}").format(source=name, alarms=alarms)


def _how_to_decide(say: Translator) -> str:
    example = _DECISION.format(
        by=say.gettext("your-name"), why=say.gettext("What it changes for us, in a sentence.")
    )
    return "\n\n".join(
        (
            _head(N_("How to decide"), say),
            say.gettext(
                "In this request, open the file of a candidate in the editor of the forge, and add these lines to its front"
                " matter, above the second “---”:"
            ),
            example,
            say.gettext(
                "In place of “keep”, “refuse” sets it aside for good, “later” for a week; “by” is the name of your file"
                " among the people. The next run carries it out: what is kept becomes a watch item, the candidate goes."
            ),
            say.gettext(
                "What you write here is never replaced. In a terminal, “veillee review” does the same. Merging brings the"
                " decisions and the candidates that still wait to everyone."
            ),
        )
    )


def _head(text: str, say: Translator) -> str:
    return f"## {say.gettext(text)}"
