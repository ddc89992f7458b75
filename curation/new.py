"""Makes one new file of content: a free place, a text that reads back as the same values, and what is wrong with it."""

from __future__ import annotations

import dataclasses
import functools
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from pydantic import ValidationError

from curation.asking import Interview
from curation.errors import Stopped
from curation.files import write_new
from curation.tree import Tree
from portal import frontmatter
from portal.content import Content
from portal.problems import N_, Problem, Refused, Severity, in_order, message
from portal.records import FOLDERS, KINDS, Record, Source, Story
from portal.records.keys import keys_of, label_key
from portal.records.places import path_of
from portal.slugs import MAX_SLUG_BYTES, slugify
from portal.validation import nearest, problems_of
from portal.yaml12 import Document

# Problems quote the key that they ask for: “purpose”, or “join: request”.
_QUOTED_KEY = re.compile(r"“(\w+)(?:: [^”]*)?”")


@dataclass(frozen=True)
class Draft:
    """A file that isn't written yet: what it is made of, its path inside the content folder, and its text.

    `body` is the Markdown below the front matter, `name` the slug that was wished for; `front` has the line of each
    key in `text`; `problems` are those that it has, or makes elsewhere.
    """

    model: type[Record]
    values: Mapping[str, Any]
    path: str
    text: str
    front: Document
    problems: tuple[Problem, ...]
    body: str = ""
    name: str | None = None

    @property
    def is_refused(self) -> bool:
        """Whether it may not be written."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def keys_to_mend(self) -> tuple[str, ...]:
        """The keys that the errors name between quotes, or else those on whose lines they stand."""
        known = [key.name for key in keys_of(self.model)]
        found: list[str] = []
        for problem in self.problems:
            if problem.severity is Severity.ERROR:
                named = [name for name in _QUOTED_KEY.findall(str(problem.message)) if name in known]
                found += named or self._keys_at(problem.line)
        return tuple(dict.fromkeys(found))

    def _keys_at(self, line: int) -> list[str]:
        begins = {str(at[0]): begin for at, begin in self.front.lines.items() if len(at) == 1}
        return [key for key, begin in begins.items() if begin <= line][-1:]


def kind_named(word: str) -> type[Record]:
    """The kind that someone means by its name (`watch-item`) or its folder (`people`).

    Raises:
        Stopped: there is none; with the nearest.
    """
    name = word.strip().lower().replace("-", "_").rstrip("/")
    if model := KINDS.get(name) or FOLDERS.get(name):
        return model
    proposal = nearest(name, KINDS)
    if proposal:
        what = message(N_("unknown kind “{kind}”: did you mean “{proposal}”?"), kind=word, proposal=proposal)
    else:
        what = message(N_("unknown kind “{kind}”; the kinds are: {kinds}"), kind=word, kinds=tuple(KINDS))
    raise Stopped(what)


def proposals(model: type[Record], tree: Tree) -> dict[str, str]:
    """What is most likely meant where nothing is said: today for a day that is needed, the portal's time zone, a draft."""
    found: dict[str, str] = {}
    for key in keys_of(model):
        if key.shape.form == "date" and key.required:
            found[key.name] = tree.today
        elif key.shape.form == "timezone":
            found[key.name] = tree.settings.site.timezone
    if model is Story:
        found["status"] = "draft"
    return found


def compose(
    model: type[Record], values: Mapping[str, Any], tree: Tree, body: str = "", name: str | None = None
) -> Draft:
    """The file that would hold these values, at a place that is free now; `name` is the slug that is wished for."""
    label = str(values.get(label_key(model).name, model.kind))
    slug, path = _free_place(model, name or slugify(label), tree)
    given = {key.name: values[key.name] for key in keys_of(model) if key.name in values}
    text = frontmatter.write({key: _plain(value) for key, value in given.items()}, body)
    draft = functools.partial(Draft, model, values, path, text, body=body, name=name)
    shown = tree.shown_path(path)
    try:
        page = frontmatter.read(text.encode())
    except Refused as refused:
        return draft(Document({}), (Problem(shown, refused.line, refused.rule, refused.message),))
    try:
        # What was given is judged, not what is read back: YAML's own line breaks would be folded by then.
        record = model.read(given, Source(path, slug, page.body, page.body_line, page.front))
    except ValidationError as error:
        return draft(page.front, tuple(in_order(problems_of(error, shown, page.front, model))))
    if page.front.values != given:
        what = N_("“{path}” can’t be written: {why}")
        raise Stopped(message(what, path=shown, why="the values wouldn’t read back as they are"))
    return draft(page.front, made_by(record, tree))


def draft(
    model: type[Record],
    given: dict[str, Any],
    tree: Tree,
    interview: Interview | None,
    refuse: Callable[[Draft], None],
) -> Draft:
    """A draft of what was given, completed by what is most likely, or by an interview as often as it takes.

    `refuse` hears of each draft that can't be written before its keys are asked again.
    """
    likely = proposals(model, tree)
    if interview is None:
        return compose(model, {**likely, **given}, tree)
    made = compose(model, values := interview.complete(model, given, likely), tree)
    while made.is_refused and (again := made.keys_to_mend()):
        refuse(made)
        kept = {name: value for name, value in values.items() if name not in again}
        made = compose(model, values := interview.complete(model, kept, likely, again), tree)
    return made


def _plain(value: Any) -> Any:
    """Lists and dictionaries all the way down, as YAML writes them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _free_place(model: type[Record], slug: str, tree: Tree) -> tuple[str, str]:
    """A slug that no record of the kind has, and the path of its file; a number is added as often as needed."""
    for number in count(1):
        suffix = f"-{number}" if number > 1 else ""
        numbered = slug[: MAX_SLUG_BYTES - len(suffix)].rstrip("-") + suffix
        path = path_of(model, numbered, tree.today[:4])
        known = (
            tree.loaded.content.get(model.kind, numbered) or (model.kind, numbered) in tree.loaded.unreadable
        )
        if not known and not os.path.lexists(tree.folder / path):
            return numbered, path
    raise AssertionError("numbers never end")


def made_by(record: Record, tree: Tree) -> tuple[Problem, ...]:
    """The problems that weren't there before the record, or before it was changed, in its file or elsewhere."""
    content = tree.loaded.content
    widened = Content([*content.records, record], tree.settings, media=content.media.values())
    there = {(problem.path, problem.line, problem.rule) for problem in tree.own_problems}
    found = tree.problems(loaded=dataclasses.replace(tree.loaded, content=widened))
    return tuple(item for item in found if (item.path, item.line, item.rule) not in there)


def save(draft: Draft, tree: Tree) -> Draft:
    """Write the file; when someone took its place a moment ago, under the next free name. What was written.

    Raises:
        Stopped: the place can't be written.
    """
    file = tree.folder / draft.path
    try:
        write_new(file, draft.text)
    except OSError as error:
        if isinstance(error, FileExistsError) and os.path.lexists(file):
            return save(compose(draft.model, draft.values, tree, draft.body, draft.name), tree)
        shown, why = tree.shown_path(draft.path), error.strerror or "?"
        raise Stopped(message(N_("“{path}” can’t be written: {why}"), path=shown, why=why)) from None
    return draft
