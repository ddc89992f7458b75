"""Rules about links: they are relative, they stay inside the content, and they lead somewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from portal.checks.case import MAX_FINDINGS, Case, Destination, Finding, Text, short
from portal.checks.tags import is_remote, scheme_of
from portal.content import DOCUMENTS, PICTURES
from portal.markdown_links import path_of
from portal.problems import N_, message
from portal.validation import nearest

_LONGEST_GUESS = 100


def broken_link(case: Case) -> Iterator[Finding]:
    """A link to another page, a picture or a document leads to a file that exists."""
    guessed = N_("the link “{target}” leads to no file: did you mean “{proposal}”?")
    lost = N_(
        "the link “{target}” leads to no file: link to the .md file of a record, or to a file beside this one"
    )
    guess = cache(lambda path: _guess(path, case.pages))
    for text in case.texts:
        for found in islice(_broken(case, text), MAX_FINDINGS):
            if proposal := guess(found.path):
                here = posixpath.dirname(text.record.path)
                proposed = posixpath.relpath(proposal, here)
                said = message(guessed, target=short(found.target), proposal=proposed)
            else:
                said = message(lost, target=short(found.target))
            yield text.finding(found.offset, said)


def _broken(case: Case, text: Text) -> Iterator[Destination]:
    for found in text.destinations:
        if found.path and not _escapes(found.path) and found.path not in case.pages:
            yield found


def _guess(path: str, pages: Iterable[str]) -> str | None:
    """The page or file of the same kind that was most likely meant; one of the same folder rather than another."""
    ending = posixpath.splitext(path)[1].lower() or ".md"
    folder = path.partition("/")[0]
    alike = sorted(
        (page for page in pages if page.lower().endswith(ending)), key=lambda page: page.startswith(folder)
    )
    by_name = {_name(page): page for page in alike}
    proposal = nearest(_name(path)[:_LONGEST_GUESS], by_name)
    return by_name[proposal] if proposal else None


def _name(path: str) -> str:
    """The words of a path that tell one file from another: a community's folder, or a file's name."""
    return posixpath.splitext(posixpath.basename(path.removesuffix("/index.md")))[0]


def unpublished_file(case: Case) -> Iterator[Finding]:
    """A text shows or links only files of the kinds that are published."""
    what = N_("“{target}” isn’t of a kind that is published ({kinds}): export it as one of these")
    kinds = tuple(sorted(PICTURES | DOCUMENTS))
    for text in case.texts:
        found = (item for item in text.destinations if item.path in case.content.media)
        refused = (item for item in found if not str(item.path).lower().endswith(kinds))
        for item in islice(refused, MAX_FINDINGS):
            yield text.finding(item.offset, message(what, target=short(item.target), kinds=kinds))


def absolute_link(case: Case) -> Iterator[Finding]:
    """A link inside the portal is relative to the file that it stands in."""
    what = N_("“{target}” only works in one place: link to the file, such as ../people/awa-diop.md")
    for text in case.texts:
        found = (item for item in text.destinations if _is_absolute(item.target))
        for item in islice(found, MAX_FINDINGS):
            yield text.finding(item.offset, message(what, target=short(item.target)))


def _is_absolute(target: str) -> bool:
    scheme = scheme_of(target)
    on_this_disk = scheme == "file" or len(scheme) == 1
    return on_this_disk or (path_of(target).startswith(("/", "\\")) and not is_remote(target))


def escaping_link(case: Case) -> Iterator[Finding]:
    """No link leaves the content folder."""
    what = N_("“{target}” leaves the content folder: put the file inside it, and link to it there")
    for text in case.texts:
        found = (item for item in text.destinations if item.path and _escapes(item.path))
        for item in islice(found, MAX_FINDINGS):
            yield text.finding(item.offset, message(what, target=short(item.target)))


def _escapes(path: str) -> bool:
    return path == ".." or path.startswith("../")


def html_link(case: Case) -> Iterator[Finding]:
    """Links inside the portal are written in Markdown, which makes them work on every page."""
    what = N_(
        "“{target}” isn’t found from HTML: write it in Markdown, [words]({target}) or ![description]({target})"
    )
    for text in case.texts:
        found = (item for item in text.destinations if item.html and item.path)
        for item in islice(found, MAX_FINDINGS):
            yield text.finding(item.offset, message(what, target=short(item.target)))
