"""One thing that a build makes: where it is, who may have it, and what it is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.content import Content
from portal.records import Record

INSIDE = ("internal", "private")
"""The audiences that may contribute: the public site shows no way in."""


@dataclass(frozen=True)
class Output:
    """One file of the site. `address` is its path from the site's root; `audiences` begins each audience's name."""

    address: str
    audiences: tuple[str, ...] = ("internal", "external", "private")

    def is_for(self, audience: str) -> bool:
        """Whether the site of `audience` has it."""
        return audience.partition(":")[0] in self.audiences


@dataclass(frozen=True)
class PageOutput(Output):
    """A page: a template, filled with a record or a listing.

    `src_uri` is the path that Markdown links use; `body` is Markdown; `record` is None for a listing, and `form` the
    kind that a form proposes.
    """

    src_uri: str = ""
    template: str = ""
    title: str = ""
    description: str = ""
    body: str = ""
    section: str = ""
    record: Record | None = None
    form: str = ""


@dataclass(frozen=True)
class FragmentOutput(Output):
    """A piece of page that the browser puts into another one; its links are relative to its own address."""

    template: str = ""
    record: Record | None = None


@dataclass(frozen=True)
class SheetOutput(FragmentOutput):
    """A page that stands alone, without the portal's frame: a screen, a poster. Menus, search and sitemap don't have it."""

    title: str = ""


@dataclass(frozen=True)
class DocumentOutput(Output):
    """A file that a pure function writes."""

    render: Callable[[Content], str | bytes] = lambda _: ""


@dataclass(frozen=True)
class MediaOutput(Output):
    """A file of the content, copied as it is; `path` is relative to the content folder."""

    path: str = ""
