"""A file of vCards: 2.1, 3.0 (RFC 2426) or 4.0 (RFC 6350), one a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from curation.imports.export import Export, Row, cells_of, decode, named
from portal.problems import N_, Message, Problem, message

# Pictures, sounds and keys are never read, and may be large.
_BINARY = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
_BEGIN = re.compile(r"BEGIN:VCARD\s*", re.IGNORECASE)
_END = re.compile(r"END:VCARD\s*", re.IGNORECASE)
_URI = re.compile(r"(?:tel|mailto):", re.IGNORECASE)
MAX_CARD_CHARS = 64 * 1024
MAX_REASON_CHARS = 120

_NOT_A_PERSON = {"group", "org", "location", "device", "application"}


def read_vcards(raw: bytes, path: str) -> Export:
    """One row a card. Columns are the names of properties, `N.given`, `ORG.unit`, `ADR.city`, `TEL.cell` and the like.

    Raises:
        Refused: the encoding can't be read.
    """
    rows: list[Row] = []
    unread: list[Problem] = []
    names: dict[str, None] = {}
    others = 0
    for line, card in _cards(decode(raw)):
        pairs = card if isinstance(card, Message) else _pairs(card)
        if isinstance(pairs, Message):
            unread.append(Problem(path, line, "unreadable-row", pairs))
        elif any(
            name in {"KIND", "X-ADDRESSBOOKSERVER-KIND"} and text.lower() in _NOT_A_PERSON
            for name, text in pairs
        ):
            others += 1
        else:
            names.update((name, None) for name, _ in pairs)
            rows.append(Row(line, cells_of(pairs)))
    return Export("vcard", named(names), tuple(rows), tuple(unread), others)


def _cards(text: str) -> Iterator[tuple[int, str | Message]]:
    """The text of each card, without pictures, and the line where it begins."""
    card: list[str] | None = None
    begun, is_binary = 1, False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if _BEGIN.fullmatch(line):
            if card is not None:
                yield begun, message(N_("the card isn’t closed before the next one: end it with END:VCARD"))
            card, begun = [], number
        if card is None:
            continue
        is_binary = is_binary if line[:1] in {" ", "\t"} else bool(_BINARY.match(line))
        if not is_binary:
            card.append(line)
        if _END.fullmatch(line):
            yield begun, "\r\n".join(card)
            card = None
    if card is not None:
        yield begun, message(N_("the card is never closed: end it with END:VCARD"))


def _pairs(card: str) -> list[tuple[str, str]] | Message:
    if len(card) > MAX_CARD_CHARS:
        limit = MAX_CARD_CHARS // 1024
        return message(N_("the card is longer than {limit} KiB, even without its pictures"), limit=limit)
    import vobject  # type: ignore[import-untyped]

    try:
        # 2.1 breaks quoted-printable values over lines, which is only understood on demand.
        parsed = vobject.readOne(card, allowQP=True)
        contents = sorted(parsed.lines(), key=_preference)
        return [pair for content in contents for pair in _named_texts(content)]
    except Exception as error:  # the library raises whatever its parts raise on what isn't a card
        return message(N_("the card can’t be read: {why}"), why=str(error)[:MAX_REASON_CHARS])


def _preference(content: Any) -> int:
    """1 for what its card prefers, 101 for what it doesn't mention (RFC 6350 § 5.3)."""
    if "pref" in _types(content):
        return 1
    value = next(iter(content.params.get("PREF", ())), "")
    return int(value) if value.isdecimal() else 101


def _types(content: Any) -> set[str]:
    """`work`, `cell` and the like; 2.1 writes them without `TYPE=`."""
    given = [*content.params.get("TYPE", ()), *content.singletonparams]
    return {word.strip().lower() for text in given for word in text.split(",")}


def _named_texts(content: Any) -> Iterator[tuple[str, str]]:
    name, value = content.name, content.value
    if name == "ORG":
        yield from zip(("ORG", "ORG.unit", "ORG.subunit"), value, strict=False)
    elif name in {"N", "ADR"}:
        for part, text in vars(value).items():
            yield f"{name}.{part}", text if isinstance(text, str) else " ".join(text)
    elif isinstance(value, str):
        text = _URI.sub("", value, count=1) if name in {"TEL", "EMAIL"} else value
        yield name, text
        if name in {"TEL", "EMAIL"}:
            yield from ((f"{name}.{kind}", text) for kind in sorted(_types(content)))
