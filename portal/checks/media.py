"""Rules about pictures: they are ours, they exist, they are described, light, and don't say where they were taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from posixpath import dirname, join, normpath, splitext

from portal.checks.case import MAX_FINDINGS, Case, Finding, Text, at, short
from portal.checks.tags import EXECUTABLE_TAGS, is_remote
from portal.content import PICTURES, Media
from portal.problems import N_, message
from portal.records import Person, Record, Story
from portal.yaml12 import Location


def remote_image(case: Case) -> Iterator[Finding]:
    """Pictures are the portal’s own: one from another server would tell it who reads."""
    what = N_("the picture “{source}” comes from another server: copy it beside the file, if you may use it")
    for text in case.texts:
        found = (item for item in _sources(text) if is_remote(item[1]))
        for offset, source in islice(found, MAX_FINDINGS):
            yield text.finding(offset, message(what, source=short(source)))
    for record, location, source in _pictures(case):
        if is_remote(source):
            yield at(record, location, message(what, source=short(source)))


def _sources(text: Text) -> Iterator[tuple[int, str]]:
    for link in text.links:
        if link.image:
            yield link.start, link.target
    for tag in text.tags:
        if tag.name not in EXECUTABLE_TAGS:
            for value in tag.values("src", "srcset", "poster", "background"):
                yield from ((tag.offset, source.strip()) for source in value.split(","))


def _pictures(case: Case) -> Iterator[tuple[Record, Location, str]]:
    """Pictures that keys name."""
    for record in case.content.records:
        if isinstance(record, Person) and record.photo:
            yield record, ("photo",), record.photo
        if isinstance(record, Story) and record.image:
            yield record, ("image", "src"), record.image.src


def missing_picture(case: Case) -> Iterator[Finding]:
    """A picture that a key names is a picture beside the file."""
    what = N_(
        "there is no picture “{source}” here: put a .jpg, .png or .webp beside the file, or take the key away"
    )
    for record, location, source in _pictures(case):
        path = normpath(join(dirname(record.path), source))
        if not is_remote(source) and not (path in case.content.media and _is_picture(path)):
            yield at(record, location, message(what, source=short(source)))


def _is_picture(path: str) -> bool:
    return splitext(path)[1].lower() in PICTURES


def undescribed_picture(case: Case) -> Iterator[Finding]:
    """A picture has words for those who don’t see it."""
    what = N_("the picture “{source}” has no description: write what it shows, ![like this]({source})")
    for text in case.texts:
        for offset, source in islice(_undescribed(text), MAX_FINDINGS):
            yield text.finding(offset, message(what, source=short(source)))


def _undescribed(text: Text) -> Iterator[tuple[int, str]]:
    for link in text.links:
        if link.image and not text.prose.text[slice(*link.words)].strip():
            yield link.start, link.target
    for tag in text.tags:
        if tag.name == "img" and not tag.values("alt"):
            yield tag.offset, "".join(tag.values("src")[:1])


def unreadable_picture(case: Case) -> Iterator[Finding]:
    """A picture’s file is what its name says."""
    what = N_("this file isn’t a picture that can be read: export it again as .jpg, .png or .webp")
    for file in _files(case):
        if _is_picture(file.path) and not file.image:
            yield Finding(file.path, 1, message(what))


def heavy_picture(case: Case) -> Iterator[Finding]:
    """A picture is light enough for a phone: at most the KiB that the company set."""
    what = N_(
        "the picture weighs {size} KiB and at most {most} is allowed: make it smaller (1600 px wide is enough)"
    )
    most = case.content.settings.checks.max_image_kib
    for file in _files(case):
        if file.image and file.size > most * 1024:
            yield Finding(file.path, 1, message(what, size=-(-file.size // 1024), most=most))


def located_picture(case: Case) -> Iterator[Finding]:
    """A picture doesn’t say where it was taken."""
    what = N_("the picture says where it was taken (GPS): export it without its metadata")
    for file in _files(case):
        if file.located:
            yield Finding(file.path, 1, message(what))


def _files(case: Case) -> list[Media]:
    return sorted(case.content.media.values(), key=lambda item: item.path)
