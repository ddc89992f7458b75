"""What a command finds around it: the moment, the environment, the working folder. Read once, in `curation/cli.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import typer

from curation.errors import Stopped
from curation.report import line
from curation.tree import Tree
from portal.language import Translator
from portal.problems import N_, message


@dataclass(frozen=True)
class Surroundings:
    """`clock` gives an aware moment; `environment` holds the process's variables; `working` is absolute."""

    clock: Callable[[], datetime]
    environment: Mapping[str, str]
    working: Path

    @cached_property
    def now(self) -> datetime:
        """The moment of the command, read once.

        Raises:
            Stopped: the environment sets one that can't be read.
        """
        return self.clock()

    @classmethod
    def of(cls, context: typer.Context) -> Surroundings:
        """Those of the running command."""
        found = context.find_object(cls)
        if found is None:
            raise RuntimeError("the root command comes first")
        return found

    def read(self, content: Path, config: Path, lang: str | None) -> tuple[Tree, Translator]:
        """The content and the settings, and the voice in which to speak of them."""
        tree = Tree.read(content, config, self.working, self.now)
        site = tree.settings.site
        return tree, Translator(lang or site.language, site.timezone)

    def read_sound(self, content: Path, config: Path, lang: str | None) -> tuple[Tree, Translator]:
        """The same, when the settings have no problem: what they say decides what is written.

        Raises:
            Stopped: they have one; its line is said.
        """
        tree, say = self.read(content, config, lang)
        for problem in tree.settings_problems:
            raise Stopped(
                message(N_("the settings can’t be read: {problem}"), problem=str(line(problem, say)))
            )
        return tree, say
