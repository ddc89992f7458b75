"""What the last import put in each profile: one small file a person, `desk/imports/people/<slug>.yml`, kept in git.

It tells what came from the directory from what a person wrote: a key is changed only while it holds what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from curation.files import write_over
from curation.imports.words import Value
from portal import frontmatter, yaml12
from portal.directory_import import ImportedKey
from portal.problems import Problem, Refused
from portal.records.base import Model
from portal.records.fields import Line
from portal.slugs import is_slug
from portal.validation import problems_of

FOLDER = "imports/people"


class Imported(Model):
    """`desk/imports/people/<slug>.yml`."""

    id: Line | None = None
    """What the directory calls the person."""
    values: dict[ImportedKey, str | tuple[str, ...]] = Field(default_factory=dict)
    """What the last import put in the profile, or found there."""
    begun: bool = False
    """The profile was about to be made."""

    @property
    def email(self) -> str:
        """The address of the last import without its case, or nothing."""
        return str(self.values.get("contact.email", "")).casefold()


@dataclass(frozen=True)
class Memory:
    """All that past imports remember, by slug; `unreadable` slugs have a file with `problems`."""

    people: Mapping[str, Imported]
    unreadable: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def remembered(desk: Path, shown: str) -> Memory:
    """Read every file; `shown` is how the user reads the desk's path."""
    people: dict[str, Imported] = {}
    problems: list[Problem] = []
    unreadable: set[str] = set()
    for file in _files(desk / FOLDER):
        path, front = f"{shown}/{FOLDER}/{file.name}", yaml12.Document({})
        try:
            front = yaml12.load(frontmatter.decode(file.read_bytes()))
            people[file.stem] = Imported.model_validate(front.values)
        except Refused as refused:
            problems.append(Problem(path, refused.line, refused.rule, refused.message))
            unreadable.add(file.stem)
        except ValidationError as error:
            problems.extend(problems_of(error, path, front, Imported))
            unreadable.add(file.stem)
    return Memory(people, frozenset(unreadable), tuple(problems))


def _files(folder: Path) -> Iterator[Path]:
    """The files of people, sorted; links and other names aren't ours."""
    for file in sorted(folder.glob("*.yml")):
        if is_slug(file.stem) and file.is_file() and not file.is_symlink():
            yield file


def remember(desk: Path, slug: str, imported: Imported) -> None:
    """Write the file of one person."""
    write_over(desk / FOLDER / f"{slug}.yml", text_of(imported))


def text_of(imported: Imported) -> str:
    """The file as text: each value on a line of its own, in the order of the keys."""
    values: dict[str, Value | list[str]] = {
        key: list(value) if isinstance(value, tuple) else value for key, value in imported.values.items()
    }
    whole = {"id": imported.id, "values": values}
    return (
        frontmatter.HANDLER.export({key: value for key, value in whole.items() if value is not None}) + "\n"
    )
