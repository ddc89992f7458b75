"""An edition → the plain text of its mail: lines of 72 characters, every link with its address on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from portal.formats.newsletter.cards import Card, Figure
from portal.formats.newsletter.edition import Edition
from portal.formats.newsletter.html import sent_by
from portal.formats.newsletter.prose import introduction, plain_introduction

COLUMNS = 72


def plain_text(edition: Edition) -> str:
    """The text part of the mail, whole."""
    return "\n".join(_lines(edition)).strip("\n") + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    say = edition.say
    yield from _wrapped(edition.title.upper())
    yield from _wrapped(
        " · ".join(words for words in (edition.portal, edition.day, edition.audience) if words)
    )
    yield f"{say.gettext('Read it in a browser')}{_colon(edition)}"
    yield edition.page
    yield ""
    text = introduction(edition.introduction, edition.path, edition.links, edition.sizes, edition.language)
    for paragraph in plain_introduction(text):
        is_item = paragraph.startswith("- ")
        yield from _wrapped(paragraph, hanging="  " if is_item else "")
        if not is_item:
            yield ""
    for part in edition.parts:
        yield ""
        yield from _wrapped(part.title.upper())
        yield "-" * min(COLUMNS, len(part.title))
        yield ""
        for card in part.cards:
            yield from _card(card, edition)
    yield "-- "
    for line in sent_by(edition):
        yield from _wrapped(line)
    if edition.unsubscribe:
        stop = say.gettext("To receive it no more, write “stop” to {address}.")
        yield from _wrapped(stop.format(address=edition.unsubscribe))
    yield edition.links.root


def _card(card: Card, edition: Edition) -> Iterator[str]:
    if card.words:
        yield from _wrapped(card.words)
        yield ""
    yield from _wrapped(f"* {card.title}", hanging="  ")
    told = [card.eyebrow, _figure(card.figure, edition), *card.facts, card.text]
    for text in told:
        yield from _wrapped(text, first="  ", hanging="  ")
    yield f"  {card.action}{_colon(edition)}"
    yield f"  {card.url}"
    if card.other:
        yield f"  {card.other[0]}{_colon(edition)}"
        yield f"  {card.other[1]}"
    yield ""


def _figure(figure: Figure | None, edition: Edition) -> str:
    if figure is None:
        return ""
    values = f"{figure.before} → {figure.after}" if figure.before else figure.after
    return f"{figure.label}{_colon(edition)} {values} {figure.unit}".rstrip()


def _colon(edition: Edition) -> str:
    return "\u00a0:" if edition.language == "fr" else ":"


def _wrapped(text: str, first: str = "", hanging: str = "") -> list[str]:
    # Words and addresses stay whole; only plain spaces part lines, so that French ones hold.
    return wrap(
        text,
        COLUMNS,
        initial_indent=first,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
