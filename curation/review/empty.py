"""What is said where no candidate is shown: that all is done, and what comes next."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from curation.review.prose import Prose, outside, plain
from curation.review.session import Session
from portal.language import Translator


def nothing_found(words: str, say: Translator) -> RenderableType:
    """No candidate holds the words sought."""
    text = say.gettext("No candidate holds “{words}”. Esc shows them all again.")
    return Prose(outside(text.format(words=words.strip())))


def nothing_waits(session: Session, say: Translator) -> RenderableType:
    """The desk is clear: what was done, who comes back, what to do next."""
    taken = len(session.taken)
    parts: list[RenderableType] = [Prose(plain(say.gettext("The desk is clear.")), style="bold")]
    if taken:
        text = say.ngettext(
            "{count} decision, and nothing waits any more.",
            "{count} decisions, and nothing waits any more.",
            taken,
        )
        parts.append(Prose(plain(text.format(count=taken))))
    else:
        parts.append(Prose(plain(say.gettext("Nothing waits for a decision today."))))
    days = sorted(day for item in session.desk.candidates if (day := session.desk.put_off_until(item)))
    if days:
        text = say.ngettext(
            "{count} candidate was put off; it comes back on {day}.",
            "{count} candidates were put off; the first comes back on {day}.",
            len(days),
        )
        parts.append(Prose(plain(text.format(count=len(days), day=say.date(days[0])))))
    if taken:
        next_step = say.gettext("Next: quit, then share your decisions with “veillee propose”.")
    else:
        next_step = say.gettext("“veillee fetch” looks for new ones; F5 reads the desk again.")
    return Group(*parts, Text(), Prose(plain(next_step)))
