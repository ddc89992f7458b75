"""How one file of the content is read, as sections of rows: what it is, its keys, its problems, what relates to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from curation.errors import Stopped
from curation.relations import Row, named_by, related
from curation.report import line, printable
from curation.tree import Tree
from portal import frontmatter
from portal.addresses import address_of
from portal.content import INTERNAL, Content, Media
from portal.content.checklist import ITEMS, missing
from portal.labels import LABELS
from portal.language import Translator
from portal.outputs import media_of
from portal.problems import N_, Problem, Refused, Severity, message
from portal.records import FOLDERS, Person, Record, Story
from portal.validation import nearest
from portal.yaml12 import Document, Location, Value


@dataclass(frozen=True)
class Section:
    """A title and rows of a label and its words; both are plain text on one line."""

    title: str
    rows: tuple[Row, ...]


def locate(file: Path, tree: Tree, working: Path) -> str:
    """The path inside the content folder of a file named from the working folder, or from the content folder.

    Raises:
        Stopped: there is no such file; with the nearest.
    """
    for start in (working, tree.folder):
        found = (start / file).resolve()
        if found.is_file() and found.is_relative_to(tree.folder.resolve()):
            return found.relative_to(tree.folder.resolve()).as_posix()
    known = {tree.shown_path(path) for path in (*tree.loaded.content.by_path, *tree.loaded.content.media)}
    if proposal := nearest(file.as_posix(), known):
        what = message(
            N_("there is no file “{file}” in the content: did you mean “{proposal}”?"),
            file=file,
            proposal=proposal,
        )
    else:
        what = message(N_("there is no file “{file}” in the content"), file=file)
    raise Stopped(what)


def explain(path: str, tree: Tree, say: Translator) -> tuple[Section, ...]:
    """Everything that is known of the file at a path inside the content folder."""
    content = tree.content
    problems = [problem for problem in tree.problems() if problem.path == tree.shown_path(path)]
    record, media = content.by_path.get(path), content.media.get(path)
    view = _view_for(record, content)
    sections = [Section(tree.shown_path(path), tuple(_identity(path, record, problems, view, say)))]
    if media is not None:
        sections.append(Section(say.gettext("File"), tuple(_of_media(media, tree, content, say))))
    else:
        sections.append(
            Section(say.gettext("Keys"), tuple(_keys(_front(tree.folder / path), record, content)))
        )
    sections.append(Section(say.gettext("Problems"), tuple(_problems(problems, say))))
    if isinstance(record, Story):
        sections.append(Section(say.gettext("Checklist"), tuple(_checklist(record, content, say))))
    if record is not None:
        sections.append(Section(say.gettext("What relates to it"), tuple(related(record, view, say))))
        named = ((tree.shown_path(place), key) for place, key in named_by(record, content))
        sections.append(Section(say.gettext("Named by"), tuple(named)))
    return tuple(_printable(section) for section in sections if section.rows)


def _printable(section: Section) -> Section:
    rows = ((printable(label), printable(words)) for label, words in section.rows)
    return Section(printable(section.title), tuple((label, words or "—") for label, words in rows))


def _identity(
    path: str, record: Record | None, problems: list[Problem], view: Content, say: Translator
) -> Iterator[Row]:
    model = FOLDERS.get(path.partition("/")[0])
    if model is not None and path.endswith(".md"):
        label = LABELS["kind"][model.kind]
        yield say.gettext("kind"), f"{say.gettext(label)} ({model.kind})"
    if record is not None:
        site = view.settings.site
        yield say.gettext("slug"), record.slug
        yield say.gettext("name"), record.label
        yield say.gettext("address"), f"{(site.url or '').rstrip('/')}/{address_of(record, site.language)}"
        yield say.gettext("seen by"), _audience(record, view, say)
    if path.endswith(".md"):
        yield say.gettext("in the site"), _presence(record, problems, view, say)


def _audience(record: Record, view: Content, say: Translator) -> str:
    owners = view.each("community", sorted(view.private_to(record)))
    if owners:
        names = say.listed(owner.label for owner in owners)
        return say.gettext("the members of {communities} only").format(communities=names)
    if record.audience == "private":
        return say.gettext("nobody: it is private, and names no private community")
    label = LABELS["audience"][record.audience]
    return say.gettext(label)


def _presence(record: Record | None, problems: list[Problem], view: Content, say: Translator) -> str:
    if record is None or any(problem.severity is Severity.ERROR for problem in problems):
        return say.gettext("no: its errors keep it out")
    if isinstance(record, Person) and view.is_gone(record):
        return say.gettext("no: the person has left")
    if isinstance(record, Story) and record.status == "archived" and view.get(*record.key) is not None:
        return say.gettext("yes, at its address only: it is archived")
    if view.get(*record.key) is None:
        return say.gettext("no: it waits for its status or its day")
    return say.gettext("yes")


def _view_for(record: Record | None, content: Content) -> Content:
    """The site of the record's private community, or that of all employees, where curators read."""
    audience = content.audience_of(record) if record else INTERNAL
    is_private = audience.startswith("private") and audience in content.audiences
    return content.view(audience if is_private else INTERNAL, content.now)


def _front(file: Path) -> Document:
    try:
        return frontmatter.read(file.read_bytes()).front
    except (Refused, OSError):
        return Document({})


def _keys(front: Document, record: Record | None, content: Content) -> Iterator[Row]:
    """Each value with its line; a slug with the name that it stands for."""
    meant = {
        item.location: content.get(item.kind, item.slug) for item in (record.references() if record else ())
    }
    for location, value in _leaves(front.values, ()):
        target = meant.get(location)
        words = f"{value} ({target.label})" if target else _words(value)
        yield f"{front.line_of(location)}: {'.'.join(map(str, location))}", words


def _leaves(value: Value, at: Location) -> Iterator[tuple[Location, Value]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*at, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*at, index))
    else:
        yield at, value


def _words(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _problems(problems: list[Problem], say: Translator) -> Iterator[Row]:
    for problem in problems:
        said = line(problem, say)
        yield str(problem.line), f"{said.severity}: {said.what}"
    if not problems:
        yield "", say.gettext("none")


def _checklist(story: Story, content: Content, say: Translator) -> Iterator[Row]:
    """Each thing that a story needs before it is published: done, or what to do."""
    lacking = missing(story, content)
    for item, label in ITEMS.items():
        todo = [say.say(one.what) for one in lacking if one.item == item]
        yield say.gettext(label), "; ".join(todo) or say.gettext("yes")


def _of_media(media: Media, tree: Tree, content: Content, say: Translator) -> Iterator[Row]:
    yield say.gettext("size"), f"{say.number(media.size / 1024, 1)} KiB"
    yield say.gettext("says where it was taken"), say.gettext("yes") if media.located else say.gettext("no")
    users = [tree.shown_path(record.path) for record in content.records if media.path in media_of(record)]
    yield say.gettext("shown by"), ", ".join(users)
