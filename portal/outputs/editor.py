"""The page of the browser editor and what it is told; only for those inside, where a forge is set."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portal.content import Content
from portal.formats.editor import configuration_text
from portal.outputs.output import DocumentOutput, FragmentOutput

EDITOR_ADDRESS = "admin/"
"""Where the editor is, whatever the language: people know it under this name."""

EMPLOYEES = ("internal",)
"""One editor, in the site of all employees: those of private communities hold copies of the same pages."""


def editor_files(content: Content) -> Iterator[DocumentOutput | FragmentOutput]:
    """The page and its configuration; nothing where no forge is set."""
    editor = content.settings.site.repository.editor
    if editor is None:
        return
    yield FragmentOutput(f"{EDITOR_ADDRESS}index.html", EMPLOYEES, template="editor.html")
    told = partial(configuration_text, editor=editor)
    yield DocumentOutput(f"{EDITOR_ADDRESS}config.yml", EMPLOYEES, render=told)
