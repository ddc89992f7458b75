"""What is said of a letter and of its sending: sentences, no decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from curation.newsletter.rendering import Rendered
from curation.newsletter.selecting import Chosen
from curation.newsletter.sending import Plan
from curation.report import printable
from portal.formats.newsletter.cards import PART_TITLES
from portal.language import Translator

MAX_NAMED = 20


def told_choice(chosen: Sequence[Chosen], say: Translator) -> Iterator[str]:
    """What a new letter shows and leaves out, kind by kind."""
    if not chosen:
        yield say.gettext("Nothing is new there: the letter is empty.")
    for one in chosen:
        yield f"{say.gettext(PART_TITLES[one.kind])}{_colon(say)} {_names(one.shown)}"
        if one.left:
            left_out = say.gettext("left out:")
            yield f"  {left_out} {_names(one.left)}"


def _names(records: Sequence[object]) -> str:
    return printable(", ".join(getattr(record, "slug", "") for record in records))


def told_mail(rendered: Rendered, files: Sequence[str], say: Translator) -> Iterator[str]:
    """Where the mail is, what it weighs, and what its readers can't see."""
    for path in files:
        yield say.gettext("Written: {path}").format(path=path)
    weight = say.number(len(rendered.html.encode()) / 1000, 1)
    yield say.gettext("Subject: {subject}").format(subject=printable(rendered.letter.title))
    yield say.gettext("Weight of the page: {size} kB (at most 100)").format(size=weight)
    for missing in rendered.missing:
        yield say.gettext("Not shown, its readers can’t see it or something is wrong with it: {name}").format(
            name=missing
        )


def told_plan(plan: Plan, rendered: Rendered, where: str, bytes_each: int, say: Translator) -> Iterator[str]:
    """What `--send` would do."""
    name, address = rendered.envelope.sender
    yield say.gettext("From: {sender}, by {server}").format(
        sender=f"{printable(name)} <{address}>", server=where
    )
    size = say.number(bytes_each / 1000, 1)
    yield say.gettext("To send: {count} mails of {size} kB").format(count=len(plan.to_send), size=size)
    for shown in plan.to_send[:MAX_NAMED]:
        yield f"  {shown}"
    if len(plan.to_send) > MAX_NAMED:
        yield "  " + say.ngettext(
            "and {count} more", "and {count} more", rest := len(plan.to_send) - MAX_NAMED
        ).format(count=rest)
    if plan.have_it:
        yield say.gettext("They have it already: {count}").format(count=len(plan.have_it))
    yield from _troubled(plan, say)


def told_end(left: Plan, why: str | None, say: Translator) -> Iterator[str]:
    """How a sending ended: `left` is how the list stands now, `why` is None when the courier itself was killed."""
    yield say.gettext("They have it: {count}").format(count=len(left.have_it))
    if left.to_send:
        yield say.gettext("Left to send: {count}; run the same command again").format(count=len(left.to_send))
    if why is None:
        why = say.gettext("the process that sends was killed")
    if why:
        yield say.gettext("It ended early: {why}").format(why=printable(why))
    yield from _troubled(left, say)


def _troubled(plan: Plan, say: Translator) -> Iterator[str]:
    for address, line in plan.refused:
        told = say.gettext("Refused for good: {address} ({why})")
        yield told.format(address=address, why=printable(line.why))
    for address, line in plan.doubtful:
        told = say.gettext("In doubt: {address} may have it or not, since {at} (Message-ID {id})")
        yield told.format(address=address, at=line.at, id=line.id)
    if plan.doubtful:
        yield say.gettext("Ask them, or look in the server’s log; --retry-doubtful sends it to them again.")


def _colon(say: Translator) -> str:
    return "\u00a0:" if say.language == "fr" else ":"


def shown_path(file: Path, working: Path) -> str:
    """A file as the user reads it."""
    return (file.relative_to(working) if file.is_relative_to(working) else file).as_posix()
