"""The only module of `portal` that reads files: folders in, records and problems out. Nothing here judges content."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image, UnidentifiedImageError
from pydantic import ValidationError

from portal import frontmatter, yaml12
from portal.content import DOCUMENTS, PICTURES, Content, Loaded, Media
from portal.directory_import import DirectoryImport
from portal.mailing import Mailing
from portal.problems import N_, Message, Problem, Refused, message
from portal.records import FOLDERS, Record, Source
from portal.records.base import Model
from portal.records.places import layout, slug_in
from portal.settings import Checks, Logo, Settings, Site, Synonyms
from portal.slugs import MAX_SLUG_BYTES, is_slug, slugify
from portal.subscriptions import Feeds
from portal.validation import nearest, problems_of, unknown_key

__all__ = ["Loaded", "Place", "load_content", "load_settings"]

MAX_LOGO_BYTES = 100 * 1024

_GPS_IFD = 0x8825
_S = TypeVar("_S", bound=Model)


@dataclass(frozen=True)
class Place:
    """What a path of the content folder stands for."""

    model: type[Record]
    slug: str


def load_settings(folder: Path, rules: Collection[str] = ()) -> tuple[Settings, list[Problem]]:
    """Read the YAML files that a company sets, and `outline.geojson`; an absent file leaves its defaults.

    `rules` are the names that `severity` may hold; without any, names aren't looked at.
    """
    site, site_front, site_problems = _settings_file(folder / "site.yml", Site)
    checks, front, checks_problems = _settings_file(folder / "checks.yml", Checks)
    feeds, feeds_front, feeds_problems = _settings_file(folder / "feeds.yml", Feeds)
    directory, _, directory_problems = _settings_file(folder / "import.yml", DirectoryImport)
    synonyms, synonyms_front, synonyms_problems = _settings_file(folder / "synonyms.yml", Synonyms)
    synonyms_problems += _repeated(synonyms, synonyms_front, f"{folder.name}/synonyms.yml")
    mailing, _, mailing_problems = _settings_file(folder / "mailing.yml", Mailing)
    outline, outline_problems = _outline(folder / "outline.geojson", folder.name)
    unknown = [
        Problem(
            f"{folder.name}/checks.yml",
            front.line_of(("severity", name)),
            "unknown-key",
            unknown_key(name, rules),
        )
        for name in checks.severity
        if rules and name not in rules
    ]
    logo, wrong = _logo(folder, site.logo) if site.logo else (None, None)
    if wrong:
        site_problems.append(
            Problem(f"{folder.name}/site.yml", site_front.line_of(("logo",)), "invalid-value", wrong)
        )
    settings = Settings(
        site=site,
        checks=checks,
        feeds=feeds.read_from(feeds_front),
        directory=directory,
        synonyms=synonyms,
        mailing=mailing,
        logo=logo,
        outline=outline,
    )
    found = [
        site_problems, checks_problems, unknown, feeds_problems, directory_problems, synonyms_problems, mailing_problems,
        outline_problems,
    ]  # fmt: skip
    return settings, [problem for problems in found for problem in problems]


def _settings_file(file: Path, model: type[_S]) -> tuple[_S, yaml12.Document, list[Problem]]:
    path, front = f"{file.parent.name}/{file.name}", yaml12.Document({})
    if not file.exists():
        return model(), front, []
    try:
        front = yaml12.load(frontmatter.decode(file.read_bytes()))
        return model.model_validate(front.values), front, []
    except Refused as refused:
        return model(), front, [Problem(path, refused.line, refused.rule, refused.message)]
    except ValidationError as error:
        return model(), front, problems_of(error, path, front, model)


def _repeated(synonyms: Synonyms, front: yaml12.Document, path: str) -> list[Problem]:
    what = N_("“{words}” stands in a group already: make one group of both, or take it away from one")
    return [
        Problem(
            path,
            front.line_of(("groups", group, rank)),
            "invalid-value",
            message(what, words=synonyms.groups[group][rank]),
        )
        for group, rank in synonyms.repeated()
    ]


def _logo(folder: Path, name: str) -> tuple[Logo | None, Message | None]:
    """The picture of that name in the settings' folder, or what is wrong with it."""
    file, suffix = folder / name, Path(name).suffix.lower()
    if suffix not in {".svg", ".png"} or file.parent != folder:
        return None, message(N_("the logo is an SVG or PNG file of this folder, not “{name}”"), name=name)
    if file.is_symlink() or not file.is_file():
        return None, message(N_("there is no file “{name}” in this folder"), name=name)
    if file.stat().st_size > MAX_LOGO_BYTES:
        limit = MAX_LOGO_BYTES // 1024
        return None, message(N_("the logo is larger than {limit} KiB: make it lighter"), limit=limit)
    return Logo.model_validate({"suffix": suffix, "content": file.read_bytes()}), None


def _outline(file: Path, folder: str) -> tuple[tuple[tuple[tuple[float, float], ...], ...], list[Problem]]:
    """The outer rings of a GeoJSON file's polygons (RFC 7946 § 3.1.6)."""
    if not file.exists():
        return (), []
    try:
        rings = _rings(json.loads(file.read_bytes()))
        return tuple(tuple((float(lon), float(lat)) for lon, lat, *_ in ring) for ring in rings), []
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        what = message(N_("this isn’t a GeoJSON file of polygons"))
        return (), [Problem(f"{folder}/{file.name}", 1, "invalid-value", what)]


def _rings(node: Mapping[str, Any]) -> list[Any]:
    match node["type"]:
        case "FeatureCollection":
            return [ring for feature in node["features"] for ring in _rings(feature["geometry"])]
        case "Feature":
            return _rings(node["geometry"])
        case "Polygon":
            return [node["coordinates"][0]]
        case "MultiPolygon":
            return [polygon[0] for polygon in node["coordinates"]]
        case _:
            return []


def load_content(folder: Path, settings: Settings | None = None) -> Loaded:
    """Read every file below `folder`; each that can't be read becomes a problem and the others go on."""
    records: dict[tuple[str, str], Record] = {}
    media: list[Media] = []
    problems: list[Problem] = []
    unreadable: set[tuple[str, str]] = set()
    for file, path in _files(folder):
        shown = f"{folder.name}/{path}"
        if file.is_symlink():
            problems.append(Problem(shown, 1, "place", message(N_("links to other files are refused"))))
        elif file.suffix.lower() != ".md":
            media.append(_media(file, path))
            problems.extend(_media_problems(file, shown))
        elif isinstance(place := _place(path), Problem):
            problems.append(Problem(shown, 1, place.rule, place.message))
        elif (place.model.kind, place.slug) in records:
            first = records[place.model.kind, place.slug].path
            problems.append(
                Problem(
                    shown,
                    1,
                    "place",
                    message(N_("the slug “{slug}” is taken by {path}"), slug=place.slug, path=first),
                )
            )
        else:
            record, found = _record(file, path, shown, place)
            problems.extend(found)
            if record is None:
                unreadable.add((place.model.kind, place.slug))
            else:
                records[record.key] = record
    content = Content(records.values(), settings, media=media)
    return Loaded(content, tuple(problems), frozenset(unreadable), folder.name)


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder with its relative path, sorted; hidden ones are left alone, links not followed."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            file = Path(where, name)
            yield file, file.relative_to(folder).as_posix()


def _place(path: str) -> Place | Problem:
    """Which record a path is, or why it can't be one."""
    folder, *rest = path.split("/")
    model = FOLDERS.get(folder)
    if model is None or not rest:
        proposal = nearest(folder, FOLDERS)
        if proposal and rest:
            what = message(
                N_("no kind of record lives in “{folder}/”: did you mean “{proposal}/”?"),
                folder=folder,
                proposal=proposal,
            )
        else:
            what = message(
                N_("no kind of record lives here; the folders are: {folders}"), folders=tuple(FOLDERS)
            )
        return Problem(path, 1, "place", what)
    if (slug := slug_in(model, path)) is None:
        return Problem(
            path, 1, "place", message(N_("this kind of record is a file {where}"), where=layout(model))
        )
    if not is_slug(slug):
        what = message(
            N_("the file’s name must be in a–z, 0–9 and hyphens, at most {limit} characters: “{proposal}”, for instance"),
            limit=MAX_SLUG_BYTES, proposal=slugify(slug),
        )  # fmt: skip
        return Problem(path, 1, "place", what)
    return Place(model, slug)


def _record(file: Path, path: str, shown: str, place: Place) -> tuple[Record | None, list[Problem]]:
    try:
        page = frontmatter.read(file.read_bytes())
    except Refused as refused:
        return None, [Problem(shown, refused.line, refused.rule, refused.message)]
    except OSError as error:
        what = message(N_("the file can’t be read: {why}"), why=error.strerror or "?")
        return None, [Problem(shown, 1, "encoding", what)]
    source = Source(path, place.slug, page.body, page.body_line, page.front)
    try:
        return place.model.read(page.front.values, source), []
    except ValidationError as error:
        return None, problems_of(error, shown, page.front, place.model)


def _media(file: Path, path: str) -> Media:
    size = file.stat().st_size
    if file.suffix.lower() not in PICTURES:
        return Media(path, size)
    try:
        with Image.open(file) as picture:
            return Media(path, size, image=True, located=bool(picture.getexif().get_ifd(_GPS_IFD)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Media(path, size)


def _media_problems(file: Path, shown: str) -> list[Problem]:
    if file.suffix.lower() in PICTURES | DOCUMENTS:
        return []
    kinds = tuple(sorted(PICTURES | DOCUMENTS))
    return [
        Problem(
            shown,
            1,
            "place",
            message(
                N_("files of this kind aren’t published; pictures and documents are: {kinds}"), kinds=kinds
            ),
        )
    ]
