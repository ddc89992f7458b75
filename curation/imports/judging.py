"""Every profile as it would be, judged by the model and by all rules: what would be wrong stays out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from curation.imports.changes import Change
from curation.imports.roster import imported_values
from curation.tree import Tree
from portal import frontmatter
from portal.content import Content
from portal.problems import N_, Problem, Refused, Severity, message
from portal.records import Person, Record, Source
from portal.validation import problems_of


def judged(
    changes: Sequence[Change], tree: Tree, file: str
) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """The changes that leave sound profiles, and why the others don't, at their line of the directory `file`."""
    problems: list[Problem] = []
    people: dict[str, Person] = {}
    refused: set[str] = set()
    for change in changes:
        read = _read(change, file, tree)
        if isinstance(read, Person):
            people[read.path] = read
        elif read is not None:
            problems.extend(read)
            refused.add(change.path)
    by_path = {tree.shown_path(change.path): change for change in changes if change.path in people}
    for problem in _made_by(people, by_path, tree) if people else ():
        problems.append(_placed(problem, by_path[problem.path], file))
        refused.add(by_path[problem.path].path)
    return tuple(change for change in changes if change.path not in refused), tuple(problems)


def _read(change: Change, file: str, tree: Tree) -> Person | list[Problem] | None:
    """The person as they would be, what is wrong with them, or None for a file that isn't written."""
    if change.after is None:
        return None
    shown = tree.shown_path(change.path)
    try:
        page = frontmatter.read(change.after.encode())
        source = Source(change.path, change.slug, page.body, page.body_line, page.front)
        person = Person.read(page.front.values, source)
    except Refused as refused:
        return [_placed(Problem(shown, refused.line, refused.rule, refused.message), change, file)]
    except ValidationError as error:
        return [_placed(problem, change, file) for problem in problems_of(error, shown, page.front, Person)]
    read_back = dict(imported_values(page.front.values))
    if any(read_back.get(item.key) != item.there for item in change.differences):
        what = message(N_("“{name}” can’t be written so that it reads back as it is"), name=change.name)
        return [_placed(Problem(shown, 1, "invalid-value", what), change, file)]
    return person


def _made_by(people: Mapping[str, Person], paths: Mapping[str, Change], tree: Tree) -> Iterator[Problem]:
    """The errors that these people would have and that weren't there before."""
    content = tree.loaded.content
    others: list[Record] = [record for record in content.records if record.path not in people]
    widened = Content([*others, *people.values()], tree.settings, media=content.media.values())
    found = tree.problems(loaded=dataclasses.replace(tree.loaded, content=widened))
    errors = [item for item in found if item.path in paths and item.severity is Severity.ERROR]
    there = {(item.path, item.rule, str(item.message)) for item in tree.problems()} if errors else set()
    return (item for item in errors if (item.path, item.rule, str(item.message)) not in there)


def _placed(problem: Problem, change: Change, file: str) -> Problem:
    """The problem at the line that it comes from; someone who isn't in the directory has it in their file."""
    return problem if change.line is None else dataclasses.replace(problem, path=file, line=change.line)
