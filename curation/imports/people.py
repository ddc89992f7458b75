"""A directory's file → a plan: read, map, match, plan, judge. One function a stage; only profiles' texts are read here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from curation.imports.changes import Change, Plan
from curation.imports.columns import missing, spoken_of, wanted
from curation.imports.csv_export import read_csv
from curation.imports.export import MAX_BYTES, Export, Format
from curation.imports.judging import judged
from curation.imports.ldif_export import read_ldif
from curation.imports.leaving import Absence, absence, has_left
from curation.imports.listed import listed
from curation.imports.matching import Match, matched
from curation.imports.memory import Memory
from curation.imports.planning import Planner
from curation.imports.roster import Roster, roster
from curation.imports.vcard_export import read_vcards
from curation.imports.words import Words
from curation.tree import Tree
from portal.directory_import import DirectoryImport
from portal.problems import N_, Problem, Refused, in_order, message
from portal.records import Person
from portal.records.places import path_of

_SUFFIXES: dict[str, Format] = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".vcf": "vcard", ".vcard": "vcard", ".ldif": "ldif", ".ldf": "ldif",
}  # fmt: skip
_BEGINNINGS: dict[bytes, Format] = {b"begin:vcard": "vcard", b"dn:": "ldif", b"version:": "ldif"}


@dataclass(frozen=True)
class Directory:
    """A file of people: its bytes, its path as the user named it, its format, and whether it names everyone."""

    raw: bytes
    path: str
    format: Format | None = None
    is_complete: bool = False


def recognised(raw: bytes, path: str) -> Format:
    """The format of a file, by its beginning, then by its name; CSV where neither tells."""
    text = raw[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(b"#")]
    first = lines[0] if lines else b""
    begun = next((form for start, form in _BEGINNINGS.items() if first.startswith(start)), None)
    return begun or _SUFFIXES.get(Path(path).suffix.lower(), "csv")


def export_of(directory: Directory, settings: DirectoryImport) -> Export:
    """The rows of a file.

    Raises:
        Refused: it is too large, in an unknown encoding, or empty.
    """
    if len(directory.raw) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise Refused("encoding", 1, message(N_("the file is larger than {limit} MiB"), limit=limit))
    form = directory.format or recognised(directory.raw, directory.path)
    if form == "vcard":
        return read_vcards(directory.raw, directory.path)
    if form == "ldif":
        return read_ldif(directory.raw, directory.path)
    delimiter = "\t" if settings.delimiter == "tab" else settings.delimiter
    return read_csv(directory.raw, directory.path, wanted(settings), delimiter)


def plan(directory: Directory, tree: Tree, memory: Memory) -> Plan:
    """What importing a file would do to the people of a tree, given what past imports remember."""
    settings, path = tree.settings.directory, directory.path
    try:
        export = export_of(directory, settings)
    except Refused as refused:
        return Plan(problems=(Problem(path, refused.line, refused.rule, refused.message),))
    if unknown := tuple(missing(export, settings, path)):
        return Plan(problems=unknown)
    everyone = roster(tree.loaded.content.of(Person.kind), memory, tree.loaded.unreadable)
    matches = _matches(export, everyone, tree, path)
    nobody = Absence((), (), False)
    missed = absence(matches, everyone, settings, bool(export.unread)) if directory.is_complete else nobody
    planner = Planner(
        everyone,
        spoken_of(export, settings),
        tree.today,
        read=lambda name: (tree.folder / name).read_bytes().decode(),
        shown=tree.shown_path,
        is_taken=lambda slug: _is_taken(slug, everyone, tree),
    )
    sound = [match for match in matches if not (match.is_left_out or _problems(match, memory))]
    found = [planner.for_match(match) for match in sound] + [
        planner.for_absent(who) for who in missed.leaving
    ]
    changes, unsound = judged([item for item in found if isinstance(item, Change)], tree, path)
    problems = [item for match in matches if not match.is_left_out for item in _problems(match, memory)]
    problems += [item for item in found if isinstance(item, Problem)]
    return Plan(
        changes=tuple(sorted(changes, key=lambda change: change.slug)),
        problems=tuple(in_order([*export.unread, *memory.problems, *problems, *unsound])),
        present=sum(not has_left(profile, tree.today) for profile in everyone.profiles.values()),
        strangers=missed.strangers,
        is_withheld=missed.is_withheld,
        others=export.others,
        gone=sum(item is None for item in found),
    )


def _matches(export: Export, everyone: Roster, tree: Tree, path: str) -> tuple[Match, ...]:
    words = Words.of(tree.content)
    people = [listed(row, export.format, words, path, tree.today) for row in export.rows]
    return matched(people, everyone, words.settings.known, path)


def _problems(match: Match, memory: Memory) -> tuple[Problem, ...]:
    """Why nothing is done for someone; what is said of a file of the memory is said once, for the file."""
    if match.slug in memory.unreadable:
        return memory.problems
    return (*match.problems, *match.listed.problems)


def _is_taken(slug: str, everyone: Roster, tree: Tree) -> bool:
    """Whether a person has this slug, or anything stands in its place, or a past import remembers it."""
    taken = slug in everyone.profiles or slug in everyone.unreadable or slug in everyone.memory.people
    return taken or os.path.lexists(tree.folder / path_of(Person, slug, 0))
