"""A message and the content → what is to be done about it. Pure: what a profile's file holds is asked through `read`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from curation.errors import Stopped
from curation.intake.messages import Message
from curation.intake.outcome import Outcome
from curation.intake.profiles import changed_profile, lost, profile_meant
from curation.intake.reading import Reader
from curation.intake.recognising import sheet_of
from curation.intake.senders import Writer, is_of, names_for, writer_of
from curation.intake.understanding import SIGNERS, Understanding, understand
from curation.new import compose, proposals
from curation.tree import Tree
from portal.content import Content
from portal.formats.sheet.fields import Sheet
from portal.problems import N_, Refused, Severity, message
from portal.problems import Message as Sentence
from portal.records import KINDS, Community, Person, Record
from portal.records.keys import label_key
from portal.slugs import fold_name

FileText = Callable[[str], str]
"""The text of a record's file, by its path inside the content folder."""


def decide(received: Message, tree: Tree, text_of: FileText) -> Outcome:
    """What to do about one message."""
    writer = writer_of(received.sender, tree.loaded.content, tree.settings.site)
    if received.automatic:
        return Outcome("ignored", received, writer, why=received.automatic)
    if received.trouble:
        return Outcome("left" if received.bulk else "refused", received, writer, why=received.trouble)
    sheet = sheet_of(received)
    if sheet.kind is None or not sheet.fields:
        is_silent = received.bulk or received.references
        why = message(N_("it holds no contribution sheet"))
        return Outcome("left" if is_silent else "unclear", received, writer, why=why)
    names = names_for(writer, tree.loaded.content, tree.now)
    reader = Reader(names, date.fromisoformat(tree.today))
    if sheet.kind == Person.kind:
        said = understand(sheet, sheet.kind, reader, {})
        if person := profile_meant(said.values, writer, tree.loaded.content):
            return _changed(Outcome("changed", received, writer, said), person, reader, tree, text_of)
    found = understand(sheet, sheet.kind, reader, _defaults(sheet, writer, tree))
    return _new(Outcome("new", received, writer, found), tree)


def _new(outcome: Outcome, tree: Tree) -> Outcome:
    """A record of its own, unless it lacks something or is there already."""
    found = outcome.found
    if found is None or not found.is_complete:
        return replace(outcome, verdict="incomplete")
    twins = list(_same_name(found, tree.loaded.content))
    if same := next((record for record in twins if _says(record, found)), None):
        return replace(outcome, verdict="known", path=same.path)
    try:
        draft = compose(found.model, _placed(found, tree), tree, found.body)
    except Stopped as stopped:
        return replace(outcome, verdict="refused", why=stopped.message)
    flags = (*_flags(outcome.writer, found), *map(_twin, twins))
    return _judged(replace(outcome, draft=draft, flags=flags))


def _changed(outcome: Outcome, person: Person, reader: Reader, tree: Tree, text_of: FileText) -> Outcome:
    """The profile of someone who has one; what they have needn't be said again."""
    found = outcome.found
    if found is None:
        return outcome
    there = person.origin.front.values
    found = replace(found, missing=tuple(item for item in found.missing if item.name not in there))
    outcome = replace(outcome, found=found, path=person.path)
    if not found.is_complete:
        return replace(outcome, verdict="incomplete")
    try:
        draft = changed_profile(person, found, text_of(person.path), tree)
    except Refused as refused:
        return replace(outcome, verdict="refused", why=refused.message)
    if draft is None:
        return replace(outcome, verdict="known")
    found = replace(found, notes=(*found.notes, *lost(person, found, reader.names)))
    return _judged(replace(outcome, found=found, draft=draft, flags=_foreign(outcome.writer, person)))


def _judged(outcome: Outcome) -> Outcome:
    """The same, or incomplete where the checks refuse its file."""
    errors = (
        [item for item in outcome.draft.problems if item.severity is Severity.ERROR] if outcome.draft else []
    )
    if errors:
        wrong = tuple(dict.fromkeys(item.message for item in errors))
        return replace(outcome, verdict="incomplete", draft=None, wrong=wrong)
    return outcome


def _defaults(sheet: Sheet, writer: Writer, tree: Tree) -> Mapping[str, Any]:
    """What stands for keys of which a sheet says nothing: today, the sender, the sender's address at work."""
    kind = sheet.kind or ""
    found: dict[str, Any] = {
        name: value for name, value in proposals(KINDS[kind], tree).items() if name != "timezone"
    }
    if kind in SIGNERS and writer.person:
        found[SIGNERS[kind]] = writer.person.slug
    if kind == "story":
        # Someone reads it, and asks those whom it names, before it has a day.
        found["status"] = "review"
    if (
        kind == "person"
        and writer.is_colleague
        and not writer.person
        and sheet.text_of("contact.email") is None
    ):
        found["contact"] = {"email": writer.sender.address}
    return found


def _placed(found: Understanding, tree: Tree) -> Mapping[str, Any]:
    """The values with the zone of an hour, and an audience as private as the communities that are named."""
    values = dict(found.values)
    if "T" in str(values.get("start", "")):
        values.setdefault("timezone", tree.settings.site.timezone)
    one, many = values.get("community"), values.get("communities", ())
    named = [tree.loaded.content.community(slug) for slug in (*many, *([one] if one else ()))]
    if found.model is not Person and any(_is_private(community) for community in named):
        values["audience"] = "private"
    return values


def _is_private(community: Community | None) -> bool:
    return community is not None and community.visibility == "private"


def _same_name(found: Understanding, content: Content) -> Iterator[Record]:
    """The records of that title or name."""
    label = fold_name(str(found.values.get(label_key(found.model).name, "")))
    return (record for record in content.of(found.model.kind) if fold_name(record.label) == label)


def _says(record: Record, found: Understanding) -> bool:
    """Whether a record holds all that a sheet says, so that it was sent twice."""
    there = record.origin.front.values
    dated = {"published", "asked_on", "proposed_on", "curated_on"}
    said = {key: value for key, value in found.values.items() if key not in dated}
    return record.body == found.body and all(there.get(key) == value for key, value in said.items())


def _flags(writer: Writer, found: Understanding) -> tuple[Sentence, ...]:
    """What a curator must know of who contributes."""
    if writer.person is None:
        return (
            message(N_("{sender} has no profile: make sure of who it is"), sender=writer.sender.discreet),
        )
    signer = found.values.get(SIGNERS.get(found.model.kind, ""), writer.person.slug)
    if signer != writer.person.slug:
        what = N_("{sender} signs for “{signer}”: make sure that they agree")
        return (message(what, sender=writer.sender.discreet, signer=signer),)
    return ()


def _foreign(writer: Writer, person: Person) -> tuple[Sentence, ...]:
    if is_of(writer.sender, person):
        return ()
    what = N_("{sender} changes the profile of {name}, whose address this isn’t: ask them first")
    return (message(what, sender=writer.sender.discreet, name=person.name),)


def _twin(record: Record) -> Sentence:
    return message(N_("{path} has the same title: compare them"), path=record.path)
