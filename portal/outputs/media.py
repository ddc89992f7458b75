"""The files of the content that are published: those that a visible record shows."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from portal.content import Content
from portal.markdown_links import image_sources
from portal.outputs.output import MediaOutput
from portal.records import Person, Record, Story


def media_files(content: Content) -> Iterator[MediaOutput]:
    """Only the files that a visible record shows: a private record's pictures stay with it."""
    used = {path for record in content.records for path in media_of(record)}
    for path in sorted(used & content.media.keys()):
        yield MediaOutput(path, path=path)


def media_of(record: Record) -> Iterator[str]:
    """The paths, inside the content folder, of the files that a record shows or links."""
    sources = [source for prose in record.prose() for source in image_sources(prose.text)]
    if isinstance(record, Person) and record.photo:
        sources.append(record.photo)
    if isinstance(record, Story) and record.image:
        sources.append(record.image.src)
    for source in sources:
        if "://" not in source:
            yield normpath(join(dirname(record.path), source))
