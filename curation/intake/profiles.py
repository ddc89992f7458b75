"""A sheet about someone who has a profile: the same file, with what the sheet says anew. Nothing else of it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError
from rapidfuzz import fuzz

from curation.front_matter_edit import set_keys
from curation.intake.senders import Writer
from curation.intake.understanding import Understanding
from curation.new import Draft, made_by
from curation.tree import Tree
from portal import frontmatter
from portal.content import Content
from portal.formats.sheet.keys import asked
from portal.formats.sheet.names import Names
from portal.problems import N_, Message, Problem, Refused, in_order, message
from portal.records import Person, Source
from portal.records.keys import keys_of
from portal.slugs import fold, fold_name
from portal.validation import problems_of
from portal.yaml12 import Document

_SAME_NAME = 80
"""How alike (0–100) the name on a sheet and the sender’s own must be to be two spellings of one."""


def profile_meant(values: Mapping[str, Any], writer: Writer, content: Content) -> Person | None:
    """Whose profile a sheet is about: by its address, by its name, or the sender’s where it gives none or nearly theirs."""
    people = [person for person in content.of("person") if isinstance(person, Person)]
    address = str((values.get("contact") or {}).get("email", "")).casefold()
    by_address = [person for person in people if address and _address(person) == address]
    if by_address:
        return by_address[0]
    name = str(values.get("name", ""))
    own = writer.person
    if own and (not name or fuzz.token_set_ratio(_words(name), _words(own.name)) >= _SAME_NAME):
        return own
    by_name = [person for person in people if name and fold_name(person.name) == fold_name(name)]
    return by_name[0] if len(by_name) == 1 else None


def changed_profile(person: Person, found: Understanding, text: str, tree: Tree) -> Draft | None:
    """The profile with what is said anew, judged; None where it says all that already. `text` is its file's.

    Raises:
        Refused: the front matter is written so that it can't be changed without touching something else.
    """
    there = person.origin.front.values
    new = {key: _merged(there.get(key), value) for key, value in found.values.items()}
    changes = {key: value for key, value in new.items() if there.get(key) != value}
    body = found.body if found.body and found.body != person.body else ""
    if not changes and not body:
        return None
    dated = {key: date.fromisoformat(value) if key == "joined" else value for key, value in changes.items()}
    edited = set_keys(text, dated, [key.name for key in keys_of(Person)]) if changes else text
    edited = _with_body(edited, person.body, body) if body else edited
    front, problems = _judged(person, edited, tree)
    return Draft(Person, new, person.path, edited, front, problems, body or person.body)


def lost(person: Person, found: Understanding, names: Names) -> Iterator[Message]:
    """What a new list doesn’t have any more: said, so that nothing goes unseen."""
    labels = {item.name: item.label for item in asked(Person.kind)}
    for key, value in found.values.items():
        before = person.origin.front.values.get(key)
        if isinstance(before, tuple) and isinstance(value, tuple):
            gone = [_named(item, key, names) for item in before if _slug(item) not in map(_slug, value)]
            if gone:
                what = N_("no longer under “{label}”: {names}")
                yield message(what, label=message(labels[key]), names=tuple(gone))


def _merged(before: Any, value: Any) -> Any:
    """A group keeps the keys of which nothing is said."""
    return {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value


def _with_body(text: str, before: str, body: str) -> str:
    """The file with another body; all that stands above it stays as it is."""
    head = text.rstrip()
    head = head[: len(head) - len(before)] if before and head.endswith(before) else head + "\n\n"
    return head + body.strip() + "\n"


def _judged(person: Person, text: str, tree: Tree) -> tuple[Document, tuple[Problem, ...]]:
    shown = tree.shown_path(person.path)
    try:
        page = frontmatter.read(text.encode())
    except Refused as refused:
        return Document({}), (Problem(shown, refused.line, refused.rule, refused.message),)
    source = Source(person.path, person.slug, page.body, page.body_line, page.front)
    try:
        return page.front, made_by(Person.read(page.front.values, source), tree)
    except ValidationError as error:
        return page.front, tuple(in_order(problems_of(error, shown, page.front, Person)))


def _words(name: str) -> str:
    return fold(name).replace("-", " ")


def _address(person: Person) -> str:
    return (person.contact.email or "").casefold() if person.contact else ""


def _slug(item: Any) -> Any:
    return item.get("skill") if isinstance(item, dict) else item


def _named(item: Any, key: str, names: Names) -> str:
    kind = "community" if key == "communities" else "skill"
    return str(item) if key == "languages" else names.label(kind, str(_slug(item)))
