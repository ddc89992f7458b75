"""The two folders that commands work on, read once: the content and the settings."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from curation.errors import Stopped
from curation.source_references import dangling
from portal.checks import Change, check, rule_names
from portal.content import Content, Loaded
from portal.language import Translator
from portal.loading import load_content, load_settings
from portal.problems import N_, Problem, in_order, message
from portal.settings import Settings


@dataclass(frozen=True)
class Tree:
    """A content folder and its settings as they were read at `now` (aware).

    `content_name` and `settings_name` are the folders as the user reads them: shown paths begin with them.
    """

    folder: Path
    content_name: str
    loaded: Loaded
    settings: Settings
    settings_name: str
    settings_problems: tuple[Problem, ...]
    now: datetime

    @classmethod
    def read(cls, content: Path, config: Path, working: Path, now: datetime) -> Tree:
        """Read both folders; `working` (absolute) is where relative paths begin.

        Raises:
            Stopped: one of them isn't a folder.
        """
        for folder in (content, config):
            if not (working / folder).is_dir():
                raise Stopped(message(N_("there is no folder “{folder}” here"), folder=folder))
        folder, settings_folder = _absolute(content, working), _absolute(config, working)
        settings, found = load_settings(settings_folder, rule_names())
        settings_name = _name(settings_folder, working)
        problems = _renamed(found, settings_folder.name, settings_name)
        loaded = load_content(folder, settings)
        return cls(folder, _name(folder, working), loaded, settings, settings_name, problems, now)

    @property
    def files(self) -> int:
        """How many files stand for a record."""
        return len(self.loaded.content.records) + len(self.loaded.unreadable)

    @property
    def translator(self) -> Translator:
        """The voice of the portal."""
        return Translator(self.settings.site.language, self.settings.site.timezone)

    @property
    def today(self) -> str:
        """The day in the portal's zone, as front matter writes it."""
        return self.translator.local(self.now).isoformat()[:10]

    @property
    def content(self) -> Content:
        """Every record, for every audience, at `now`."""
        content = self.loaded.content
        return Content(content.records, self.settings, now=self.now, media=content.media.values())

    def shown_path(self, path: str) -> str:
        """A path inside the content folder as the user reads it."""
        return _joined(self.content_name, path)

    @cached_property
    def own_problems(self) -> tuple[Problem, ...]:
        """Those of the folders as they were read: found once, however many files are about to be added."""
        return self.problems()

    def problems(self, change: Change | None = None, loaded: Loaded | None = None) -> tuple[Problem, ...]:
        """Every problem of the settings and the content, in order, under their names as the user reads them.

        `change` is what someone proposes; `loaded` stands for the content when a file is about to be added to it.
        """
        loaded = loaded or self.loaded
        found = _renamed(check(loaded, self.now, change=change), loaded.root, self.content_name)
        read = _renamed(loaded.problems, loaded.root, self.content_name)
        named = dangling(self.settings.feeds, loaded.content, f"{self.settings_name}/feeds.yml")
        return tuple(in_order([*self.settings_problems, *named, *read, *found]))


def _absolute(folder: Path, working: Path) -> Path:
    return Path(os.path.normpath(working / folder))


def _name(folder: Path, working: Path) -> str:
    """A folder as seen from the working one: relative when inside, else absolute; nothing when it is the same."""
    if folder == working:
        return ""
    return (folder.relative_to(working) if folder.is_relative_to(working) else folder).as_posix()


def _joined(name: str, path: str) -> str:
    whole = f"{name.rstrip('/')}/{path}" if name else path
    return whole.encode(errors="replace").decode()


def _renamed(problems: Iterable[Problem], root: str, name: str) -> tuple[Problem, ...]:
    prefix = root + "/"
    return tuple(
        dataclasses.replace(problem, path=_joined(name, problem.path.removeprefix(prefix)))
        if problem.path.startswith(prefix)
        else problem
        for problem in problems
    )
